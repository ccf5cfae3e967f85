// Runs an ONNX net with ONNX Runtime for onnx_net.py, until standard input ends:
//   NODE_PATH=<folder with onnxruntime-node>/node_modules node answer_onnx.js NET
// Request: int32 N, C, H, W, then float32 [N,C,H,W], run one by one. Answer: int32 number of outputs, then for each of
// them int32 rank, int32 sizes (the first one N) and the float32 values.
const fs = require('fs');
const ort = require('onnxruntime-node');

function read(bytes) {
  const buffer = Buffer.alloc(bytes);
  for (let at = 0; at < bytes;) {
    const got = fs.readSync(0, buffer, at, bytes - at);
    if (got === 0) return null;
    at += got;
  }
  return buffer;
}

function write(array) {
  const buffer = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  for (let at = 0; at < buffer.length;) at += fs.writeSync(1, buffer, at);
}

async function main() {
  const session = await ort.InferenceSession.create(process.argv[2], { intraOpNumThreads: 1, interOpNumThreads: 1 });
  for (let header; (header = read(16)) !== null;) {
    const [count, ...shape] = new Int32Array(header.buffer, header.byteOffset, 4);
    const size = shape.reduce((a, b) => a * b);
    const bytes = read(count * size * 4);
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, count * size);
    const answers = [];
    for (let i = 0; i < count; i++) {
      const input = new ort.Tensor('float32', values.slice(i * size, (i + 1) * size), [1, ...shape]);
      answers.push(await session.run({ [session.inputNames[0]]: input }));
    }
    write(Int32Array.of(session.outputNames.length));
    for (const name of session.outputNames) {
      const sizes = answers[0][name].dims.slice(1);
      write(Int32Array.of(sizes.length + 1, count, ...sizes));
      for (const answer of answers) write(answer[name].data);
    }
  }
}

main();
