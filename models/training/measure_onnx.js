// Median milliseconds of a net on one core, with the library that the program uses:
//   NODE_PATH=<folder with onnxruntime-node>/node_modules node measure_onnx.js FILE INPUT 1,1,256,320 [runs]
const ort = require('onnxruntime-node');

async function main() {
  const [, , file, input, shape, runs = '300'] = process.argv;
  const session = await ort.InferenceSession.create(file, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const dimensions = shape.split(',').map(Number);
  const values = new Float32Array(dimensions.reduce((a, b) => a * b)).map(() => Math.random() * 4 - 2);
  const feeds = { [input]: new ort.Tensor('float32', values, dimensions) };
  for (let i = 0; i < 20; i++) await session.run(feeds); // warm up
  const times = [];
  for (let i = 0; i < Number(runs); i++) {
    const start = performance.now();
    await session.run(feeds);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = share => times[Math.floor(share * (times.length - 1))].toFixed(3);
  console.log(`${file} [${shape}]: median ${at(0.5)} ms, p10 ${at(0.1)}, p90 ${at(0.9)}`);
}

main();
