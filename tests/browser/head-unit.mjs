// Usage: node head-unit.mjs URL
// A head unit on MQTT over WebSockets: agrees for the current trip, waits until a face is seen, closes the camera, and
// prints as JSON what it heard. The answers come on a topic of its own.
import mqtt from 'mqtt';

const car = 'cabinmood/car';
const answers = 'head-unit/answers';
const client = await mqtt.connectAsync(process.argv[2], { protocolVersion: 5, reconnectPeriod: 0 });

const heard = [];
const waiting = [];
client.on('message', (topic, payload, packet) => {
  const message = { topic, body: parsed(payload.toString()), correlation: packet.properties?.correlationData?.toString() };
  heard.push(message);
  waiting.filter((wait) => wait.fits(message)).forEach((wait) => wait.resolve(message));
});
await client.subscribeAsync([`${car}/#`, answers], { qos: 1 });

const { body: privacy } = await until((message) => message.topic === `${car}/privacy`);
const agreed = await command('consent', { id: 'browser-1', granted: true, trip: privacy.trip });
const { body: mood } = await until((message) => message.topic === `${car}/mood` && message.body.face === 'present');
await command('camera', { id: 'browser-2', on: false });
const { body: closed } = await until((message) => message.topic === `${car}/privacy` && message.body.camera === 'off');
console.log(JSON.stringify({ agreed: agreed.body.status, correlation: agreed.correlation, face: mood.face, camera: closed.camera }));
await client.endAsync();

function until(fits) {
  const past = heard.find(fits);
  return past ? Promise.resolve(past) : new Promise((resolve) => waiting.push({ fits, resolve }));
}

async function command(name, body) {
  const properties = { responseTopic: answers, correlationData: Buffer.from(body.id) };
  await client.publishAsync(`${car}/set/${name}`, JSON.stringify(body), { qos: 1, properties });
  return until((message) => message.topic === answers && message.correlation === body.id);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text; // availability is a plain word
  }
}
