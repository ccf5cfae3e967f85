"""Step 5 of the detector: how it does beside the reference, on scenes and clips never trained on.

The reference looks at every frame enlarged to 640 px, our net at 320x240 (filled up to a
multiple of 32). Counted are the faces of 40 px and more (root of the box's area in the 320 px
frame) that the reference finds with a score of 0.5: in scenes only those that are there.
"""
import json
import zlib

import cv2
import numpy as np
import torch

import webfaces
from anchors import detections, overlap
from detector_net import RetinaFace
from onnx_net import OnnxNet
from reference_detector import ReferenceDetector
from runs import CACHE, PROJECT, Progress, arguments, begin
from scenes import MIRRORED, cabin, camera, mosaic, only_visible
from train_detector import CHECKPOINT, MEAN, normalise

WIDTH, HEIGHT = 320, 240
CLIPS = ("two-occupants.webm", "head-pose-male.webm", "d6.mp4", "d9.mp4", "d12.mp4")


def held_out_scenes(data, count, held=True, seed=2024):
    """Yields (pixels, faces, ignored) at 320x240, the same ones every time."""
    photos = webfaces.load(data, held=held)
    for index in range(count):
        rng = np.random.default_rng((seed, index))
        canvas = (cabin if rng.random() < 0.65 else mosaic)(rng, photos, HEIGHT, WIDTH)
        pixels = camera(rng, canvas.picture, rng.random())
        yield (pixels, *only_visible(pixels, *canvas.labels()))


def clip_frames(path, wanted=120):
    """Some `wanted` to twice as many frames, evenly spread, grey, scaled to fit 320x240."""
    video, index = cv2.VideoCapture(str(path)), 0
    every = max(1, int(video.get(cv2.CAP_PROP_FRAME_COUNT)) // wanted)
    while True:
        there, frame = video.read()
        if not there:
            return
        if index % every == 0:
            grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
            scale = min(WIDTH / grey.shape[1], HEIGHT / grey.shape[0])
            yield cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        index += 1


def load_net(checkpoint):
    """The averaged weights of a checkpoint, ready to score; or an ONNX file, as it is."""
    if str(checkpoint).endswith(".onnx"):
        return OnnxNet(checkpoint)
    net = RetinaFace()
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return net.eval().to(memory_format=torch.channels_last)


def input_of(grey):
    """A frame, filled up with the mean to sides that the net takes, float32 [1,1,H,W]."""
    height, width = (-(-side // 32) * 32 for side in grey.shape)
    image = np.full((height, width), int(MEAN), dtype=np.uint8)
    image[:grey.shape[0], :grey.shape[1]] = grey
    return normalise(torch.from_numpy(image)[None, None]).contiguous(memory_format=torch.channels_last)


@torch.no_grad()
def find(net, grey, threshold):
    """Our detections in a frame, rows [K,15]."""
    image = input_of(grey)
    return detections(*(o[0].numpy() for o in net(image)), *image.shape[2:], threshold)


def matches(rows, boxes, limit=0.5):
    """For each row the index of the box it overlaps most, or -1 below `limit`."""
    if not len(rows) or not len(boxes):
        return np.full(len(rows), -1)
    shared = overlap(rows[:, :4], boxes[:, :4])
    return np.where(shared.max(1) >= limit, shared.argmax(1), -1)


class Tally:
    """Counts over frames, for several thresholds at once."""

    def __init__(self, thresholds):
        self.thresholds = thresholds
        self.frames = self.faces = self.reference_alarms = 0
        self.found = np.zeros(len(thresholds), dtype=int)
        self.alarms = np.zeros(len(thresholds), dtype=int)
        self.landmark_errors = []

    def add(self, ours, reference, truth=None, ignored=None):
        """`ours` at the lowest threshold; `reference` from 0.3 on; `truth` where it is known."""
        self.frames += 1
        sure = reference[reference[:, 4] >= 0.5]
        real = sure if truth is None else sure[matches(sure, truth) >= 0]
        size = np.sqrt((real[:, 2] - real[:, 0]) * (real[:, 3] - real[:, 1]))
        real = real[size >= 40]
        self.faces += len(real)
        there = reference if truth is None else np.concatenate([truth[:, :4], ignored[:, :4]])
        if truth is not None:
            self.reference_alarms += int((self._alarms(sure, truth, ignored)).sum())
            wrong = self._alarms(ours, truth, ignored)
        else:
            wrong = matches(ours, there, 0.4) < 0
        for index, threshold in enumerate(self.thresholds):
            kept = ours[:, 4] >= threshold
            which = matches(real, ours[kept])
            self.found[index] += (which >= 0).sum()
            self.alarms[index] += (wrong & kept).sum()
            if index == 0:
                for face, match in zip(real, which):
                    if match >= 0:
                        self.landmark_errors.append(landmark_error(ours[kept][match], face))

    @staticmethod
    def _alarms(rows, truth, ignored):
        return (matches(rows, truth) < 0) & (matches(rows, ignored, 0.3) < 0)

    def result(self):
        errors = np.array(self.landmark_errors) if self.landmark_errors else np.array([np.nan])
        return {
            "frames": self.frames, "faces": self.faces,
            "recall": {str(t): round(float(f / max(self.faces, 1)), 4) for t, f in zip(self.thresholds, self.found)},
            "alarmsPerFrame": {str(t): round(float(a / max(self.frames, 1)), 4) for t, a in zip(self.thresholds, self.alarms)},
            "referenceAlarmsPerFrame": round(self.reference_alarms / max(self.frames, 1), 4),
            "landmarkErrorMean": round(float(errors.mean()), 4),
            "landmarkErrorMedian": round(float(np.median(errors)), 4),
        }


def landmark_error(ours, reference):
    """Mean distance of the five points over the reference's distance between the eyes."""
    mine, its = ours[5:].reshape(5, 2), reference[5:].reshape(5, 2)
    apart = np.linalg.norm(its[1] - its[0])
    # In a profile the eyes coincide: a fifth of the face's height is the least yardstick.
    yardstick = max(apart, 0.2 * (reference[3] - reference[1]))
    return float(np.linalg.norm(mine - its, axis=1).mean() / yardstick)


def reference_rows(name, frames, weights, log):
    """The reference's detections for a list of frames, from the cache where they are known."""
    path, check = CACHE / f"reference_{name}.npz", 0
    for frame in frames:
        check = zlib.crc32(frame.tobytes(), check)
    if path.exists():
        with np.load(path) as stored:
            if "check" in stored and stored["check"] == check:
                return np.split(stored["rows"], np.cumsum(stored["counts"])[:-1])
    teacher, rows, progress = ReferenceDetector(weights), [], Progress(log, len(frames))
    for index, frame in enumerate(frames):
        rows.append(teacher.find(frame, threshold=0.3))
        progress.step(index + 1, name)
    np.savez_compressed(path, check=check, counts=np.array([len(r) for r in rows]), rows=np.concatenate(rows))
    return rows


def score_scenes(net, options, log, thresholds, count, held=True, seed=2024):
    scenes = list(held_out_scenes(options.data, count, held, seed))
    reference = reference_rows(f"scenes_{'held' if held else 'train'}_{count}_{seed}",
                               [s[0] for s in scenes], options.reference, log)
    tally = Tally(thresholds)
    for (pixels, faces, ignored), rows in zip(scenes, reference):
        tally.add(find(net, pixels, thresholds[0]), rows, faces, ignored)
    return tally.result()


def score_clip(net, options, log, name, thresholds):
    frames = list(clip_frames(options.data / "clips" / name))
    reference = reference_rows(f"clip_{name}", frames, options.reference, log)
    tally = Tally(thresholds)
    for frame, rows in zip(frames, reference):
        tally.add(find(net, frame, thresholds[0]), rows)
    result = tally.result()
    del result["referenceAlarmsPerFrame"]  # there is no truth to hold the reference against
    return result


def reference_beside_itself(options, count=150):
    """Landmark error of the reference against the reference when the frame moves by a few
    pixels or is mirrored: below this no net that is held against it can be expected to come."""
    teacher, moved = ReferenceDetector(options.reference), {}
    views = {
        "moved by 2 px": (lambda frame: np.roll(frame, 2, (0, 1)), lambda x, width: x - 2, 2, False),
        "moved by 5 px": (lambda frame: np.roll(frame, 5, (0, 1)), lambda x, width: x - 5, 5, False),
        "mirrored": (lambda frame: np.ascontiguousarray(frame[:, ::-1]), lambda x, width: width - x, 0, True),
    }
    for pixels, _, _ in held_out_scenes(options.data, count):
        sure = teacher.find(pixels, 0.5)
        size = np.sqrt((sure[:, 2] - sure[:, 0]) * (sure[:, 3] - sure[:, 1]))
        for name, (view, back, down, mirrored) in views.items():
            rows = teacher.find(view(pixels), 0.3)
            rows[:, 0:4:2], rows[:, 5::2] = back(rows[:, 0:4:2], pixels.shape[1]), back(rows[:, 5::2], pixels.shape[1])
            rows[:, 1:4:2], rows[:, 6::2] = rows[:, 1:4:2] - down, rows[:, 6::2] - down
            if mirrored:
                rows[:, [0, 2]] = rows[:, [2, 0]]
                rows[:, 5:] = rows[:, 5:].reshape(-1, 5, 2)[:, MIRRORED].reshape(-1, 10)
            faces = sure[size >= 40]
            moved.setdefault(name, []).extend(
                landmark_error(rows[match], face) for face, match in zip(faces, matches(faces, rows)) if match >= 0)
    return {name: round(float(np.mean(errors)), 4) for name, errors in moved.items()}


def main():
    parser = arguments(__doc__, threads=1, scenes=400)
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    options = parser.parse_args()
    log, _ = begin(options, "score_detector")
    card = PROJECT / "models" / "detector" / "detector.json"
    chosen = json.loads(card.read_text())["defaultThreshold"] if card.exists() else 0.5
    thresholds = sorted({0.3, 0.4, 0.5, 0.6, 0.7, 0.8, chosen})
    net = load_net(options.checkpoint)
    print(f"threshold of the card: {chosen}")
    print("held-out scenes", json.dumps(score_scenes(net, options, log, thresholds, options.scenes), indent=2))
    for name in CLIPS:
        print(name, json.dumps(score_clip(net, options, log, name, thresholds), indent=2))
    print("landmark error of the reference against itself, frame moved", json.dumps(reference_beside_itself(options)))


if __name__ == "__main__":
    main()
