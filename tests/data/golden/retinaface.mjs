// Makes drawn-face.png and retinaface.json: what the public RetinaFace-MobileNet0.25 finds in a drawn picture, computed
// without any of CabinMood's code. The C# detector must find the same (FaceDetectorGoldenTests).
//
//   npm install --no-save onnxruntime-node@1.30.0
//   node retinaface.mjs ../../../../shared/models/retinaface_mobilenet025_640x640.onnx
//
// The picture shows nobody: it is drawn from ellipses here.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { deflateSync, crc32 } from 'node:zlib';

const ort = createRequire(process.cwd() + '/x')('onnxruntime-node');
const WIDTH = 800, HEIGHT = 500, INPUT = 640, THRESHOLD = 0.5;

function draw() {
  const pixels = new Float64Array(WIDTH * HEIGHT);
  let seed = 1;
  const noise = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648 - 0.5) * 6;
  const paint = (value, inside) => {
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const share = Math.min(1, Math.max(0, inside(x, y)));
        const i = y * WIDTH + x;
        pixels[i] += (value(x, y) - pixels[i]) * share;
      }
    }
  };
  // 1 inside an ellipse, falling to 0 over `soft` of its radius.
  const ellipse = (cx, cy, rx, ry, soft) => (x, y) => (1 - Math.hypot((x - cx) / rx, (y - cy) / ry)) / soft;
  const flat = (value) => () => value;
  const person = (cx, cy, s) => {
    paint(flat(70), ellipse(cx, cy + 210 * s, 170 * s, 110 * s, 0.1)); // shoulders
    paint(flat(120), ellipse(cx, cy + 110 * s, 42 * s, 70 * s, 0.2)); // neck
    paint(flat(38), ellipse(cx, cy - 22 * s, 88 * s, 104 * s, 0.1)); // hair
    paint((x, y) => 188 - Math.abs(x - cx) * 0.5 / s - Math.max(0, y - cy) * 0.15 / s, ellipse(cx, cy + 8 * s, 72 * s, 95 * s, 0.08)); // face
    paint(flat(38), (x, y) => Math.min(ellipse(cx, cy - 62 * s, 80 * s, 34 * s, 0.25)(x, y), 1)); // fringe
    for (const side of [-1, 1]) {
      const ex = cx + side * 30 * s, ey = cy - 8 * s;
      paint(flat(130), ellipse(ex, ey, 21 * s, 13 * s, 0.5)); // socket
      paint(flat(50), (x, y) => Math.min(ellipse(ex, ey - 17 * s, 22 * s, 7 * s, 0.5)(x, y), (ey - 13 * s - y) / s)); // brow
      paint(flat(225), ellipse(ex, ey, 14 * s, 7 * s, 0.3)); // white
      paint(flat(45), ellipse(ex, ey, 6.5 * s, 6.5 * s, 0.3)); // iris
      paint(flat(250), ellipse(ex + 2 * s, ey - 2 * s, 1.8 * s, 1.8 * s, 0.5)); // reflection
      paint(flat(95), ellipse(cx + side * 8 * s, cy + 37 * s, 6 * s, 3.5 * s, 0.6)); // nostril
      paint(flat(120), ellipse(cx + side * 74 * s, cy + 8 * s, 8 * s, 20 * s, 0.5)); // ear
    }
    paint(flat(212), ellipse(cx, cy + 14 * s, 6 * s, 26 * s, 0.9)); // bridge of the nose
    paint(flat(140), ellipse(cx, cy + 34 * s, 16 * s, 8 * s, 0.9)); // its shadow
    paint(flat(105), ellipse(cx, cy + 62 * s, 27 * s, 9 * s, 0.3)); // lips
    paint(flat(50), ellipse(cx, cy + 61 * s, 25 * s, 2.2 * s, 0.5)); // line between them
    paint(flat(130), ellipse(cx, cy + 78 * s, 16 * s, 4 * s, 0.9)); // shadow below
  };
  for (let i = 0; i < pixels.length; i++) pixels[i] = 40 + 30 * Math.sin(i % WIDTH / 90) + 15 * Math.cos(i / WIDTH / 60);
  person(262.3, 228.6, 1.15);
  person(590.7, 268.2, 0.8);
  return Uint8Array.from(pixels, (value) => Math.min(255, Math.max(0, Math.round(value + noise()))));
}

function png(pixels) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 0, 0, 0, 0], 8); // 8-bit grey
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) rows.set(pixels.subarray(y * WIDTH, (y + 1) * WIDTH), y * (WIDTH + 1) + 1);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

// Area averaging in double precision: the mean over the source rectangle that a target pixel covers.
function shrink(pixels, scale, width, height) {
  const out = new Float64Array(width * height);
  const overlap = (from, to, i) => Math.max(0, Math.min(to, i + 1) - Math.max(from, i));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0, area = 0;
      for (let v = Math.floor(y * scale); v < Math.min(HEIGHT, Math.ceil((y + 1) * scale)); v++) {
        for (let u = Math.floor(x * scale); u < Math.min(WIDTH, Math.ceil((x + 1) * scale)); u++) {
          const a = overlap(y * scale, (y + 1) * scale, v) * overlap(x * scale, (x + 1) * scale, u);
          sum += a * pixels[v * WIDTH + u];
          area += a;
        }
      }
      out[y * width + x] = sum / area;
    }
  }
  return out;
}

function decode(boxes, scores, landmarks, scale) {
  const faces = [];
  let i = 0;
  for (const [stride, sizes] of [[8, [16, 32]], [16, [64, 128]], [32, [256, 512]]]) {
    for (let row = 0; row < INPUT / stride; row++) {
      for (let column = 0; column < INPUT / stride; column++) {
        for (const size of sizes) {
          const score = scores[2 * i + 1];
          if (score >= THRESHOLD) {
            const ax = (column + 0.5) * stride, ay = (row + 0.5) * stride;
            const cx = ax + boxes[4 * i] * 0.1 * size, cy = ay + boxes[4 * i + 1] * 0.1 * size;
            const w = size * Math.exp(boxes[4 * i + 2] * 0.2), h = size * Math.exp(boxes[4 * i + 3] * 0.2);
            const points = [0, 1, 2, 3, 4].map((p) => [
              (ax + landmarks[10 * i + 2 * p] * 0.1 * size) * scale, (ay + landmarks[10 * i + 2 * p + 1] * 0.1 * size) * scale]);
            faces.push({ score, box: [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2].map((v) => v * scale), landmarks: points });
          }
          i++;
        }
      }
    }
  }
  return faces;
}

function suppress(faces) {
  const area = (b) => (b[2] - b[0]) * (b[3] - b[1]);
  const iou = (a, b) => {
    const w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]), h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
    return w <= 0 || h <= 0 ? 0 : w * h / (area(a) + area(b) - w * h);
  };
  const kept = [];
  for (const face of faces.sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => iou(face.box, other.box) <= 0.4)) kept.push(face);
  }
  return kept;
}

const pixels = draw();
writeFileSync('drawn-face.png', png(pixels));
const scale = Math.max(WIDTH, HEIGHT) / INPUT;
const [width, height] = [WIDTH / scale, HEIGHT / scale];
const small = shrink(pixels, scale, width, height);
const input = new Float32Array(3 * INPUT * INPUT); // 0 where the picture does not reach
[104, 117, 123].forEach((mean, c) => {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) input[(c * INPUT + y) * INPUT + x] = small[y * width + x] - mean;
  }
});
const session = await ort.InferenceSession.create(process.argv[2]);
const out = await session.run({ input0: new ort.Tensor('float32', input, [1, 3, INPUT, INPUT]) });
const faces = suppress(decode(out.output0.data, out['593'].data, out['592'].data, scale));
const round = (value) => Math.round(value * 1e4) / 1e4;
writeFileSync('retinaface.json', JSON.stringify({
  origin: 'retinaface.mjs: the public RetinaFace-MobileNet0.25 in onnxruntime-node, preprocessing and decoding in JavaScript',
  image: 'drawn-face.png',
  threshold: THRESHOLD,
  faces: faces.map((face) => ({
    score: face.score, box: face.box.map(round), landmarks: face.landmarks.map((point) => point.map(round)) })),
}, null, 1) + '\n');
console.log(faces.map((face) => face.score));
