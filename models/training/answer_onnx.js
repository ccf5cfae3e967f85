// What an ONNX net says of faces that come in raw: for nets that OpenCV's own runtime cannot load.
//   NODE_PATH=<folder with onnxruntime-node>/node_modules node answer_onnx.js NET CHANNELS SIDE < float32 > float32
// Reads any number of [CHANNELS,SIDE,SIDE] inputs, runs them one by one, writes the first output of each.
const fs = require('fs');
const ort = require('onnxruntime-node');

async function main() {
  const [, , net, channels, side] = process.argv;
  const session = await ort.InferenceSession.create(net, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const bytes = fs.readFileSync(0);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const shape = [1, Number(channels), Number(side), Number(side)];
  const size = shape.reduce((a, b) => a * b);
  for (let at = 0; at < values.length; at += size) {
    const input = new ort.Tensor('float32', values.slice(at, at + size), shape);
    const answer = (await session.run({ [session.inputNames[0]]: input }))[session.outputNames[0]].data;
    process.stdout.write(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength));
  }
}

main();
