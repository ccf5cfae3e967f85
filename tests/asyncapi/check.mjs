// Usage: node check.mjs FILE
// Parses FILE with AsyncAPI's own parser; what the parser finds goes to standard error, and errors end with exit code 1.
// Then each line of standard input, {"topic":"...","payload":...}, is checked against the messages of the channel with
// that address. For each comes one line: null when one of the messages fits, else a text that says why none does.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Parser } from '@asyncapi/parser';
import Ajv from 'ajv';

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
for (const { severity, message, path } of diagnostics) {
  // 2 is information and 3 a hint, for example that there is a newer version of the specification.
  if (severity < 2) process.stderr.write(`${path.join('.')}: ${message}\n`);
}
if (!document) process.exit(1);

// Not strict, because the parser leaves marks of its own in the schemas.
const ajv = new Ajv({ strict: false });
const channels = new Map();
for (const channel of document.channels().all()) {
  const validators = channel.messages().all().map((message) => ({
    id: message.id(),
    validate: ajv.compile(message.payload().json()),
  }));
  channels.set(channel.address().replace('{vehicle}', 'car'), validators);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { topic, payload } = JSON.parse(line);
  const validators = channels.get(topic);
  let problem = null;
  if (!validators) {
    problem = `no channel has the address ${topic}`;
  } else if (!validators.some(({ validate }) => validate(payload))) {
    problem = validators
      .map(({ id, validate }) => `${id}: ${ajv.errorsText(validate.errors)}`)
      .join('; ');
  }
  process.stdout.write(`${JSON.stringify(problem)}\n`);
}
