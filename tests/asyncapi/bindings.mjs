// Usage: node bindings.mjs FILE
// Parses FILE with AsyncAPI's own parser and prints as JSON how MQTT is used: the server's binding, and for each operation
// its action, its topic (of the vehicle "car") and its binding.
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const { document } = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
if (!document) process.exit(1);

const bindingOf = (part) => part.bindings().get('mqtt').value();
process.stdout.write(
  JSON.stringify({
    server: bindingOf(document.servers().get('vehicle')),
    operations: document
      .operations()
      .all()
      .map((operation) => ({
        action: operation.action(),
        topic: operation.channels().all()[0].address().replace('{vehicle}', 'car'),
        mqtt: bindingOf(operation),
      })),
  }),
);
