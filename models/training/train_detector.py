"""Step 3 of the detector: training on the scenes that compose_scenes.py made.

An epoch is 5,000 scenes. Writes runs/detector.pt after every epoch (resumed from there unless
--fresh), keeping an average of the weights, which is what is scored and exported.
A second process prepares the batches while this one trains. With --minutes the schedule is
shortened where the machine is too busy for all epochs.
"""
import cv2
import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset

from compose_scenes import FOLDER
from detector_net import RetinaFace
from matching import BACKGROUND, FACE, targets
from runs import RUNS, Progress, arguments, begin
from schedule import Schedule
from training_run import TrainingRun

MEAN, STD = 128.0, 64.0  # pixel values; the card repeats them
SCENES_PER_EPOCH = 5000
NEGATIVES = 7            # hard background anchors for each face anchor, as in the reference
LANDMARKS = 4.0          # weight of the landmarks in the loss: they are the hardest part
CHECKPOINT = RUNS / "detector.pt"


class Scenes:
    """One file of composed scenes, all of one size."""

    def __init__(self, path):
        with np.load(path) as stored:
            self.pixels = stored["pixels"]
            self.faces = np.split(stored["faces"], np.cumsum(stored["face_counts"])[:-1])
            self.ignored = np.split(stored["ignored"], np.cumsum(stored["ignored_counts"])[:-1])


class Batches(Dataset):
    """Item `index` is a whole batch: scenes of one file, drawn from the seed and the index alone."""

    def __init__(self, files, seed, batch, first, last):
        self.files, self.seed, self.batch = files, seed, batch
        self.first, self.last = first, last

    def __len__(self):
        return self.last - self.first

    def __getitem__(self, index):
        cv2.setNumThreads(1)  # this runs in the second process: leave the first its core
        rng = np.random.default_rng((self.seed, self.first + index))
        scenes = self.files[rng.integers(len(self.files))]
        chosen = rng.choice(len(scenes.pixels), self.batch, replace=False)
        images = scenes.pixels[chosen].astype(np.float32)
        # The same scene is seen a dozen times: each time in a slightly other light.
        images = images * rng.uniform(0.8, 1.2, (self.batch, 1, 1)) + rng.uniform(-15, 15, (self.batch, 1, 1))
        images = np.clip(images, 0, 255).astype(np.uint8)
        labels = [targets(scenes.faces[i], scenes.ignored[i], *images.shape[1:]) for i in chosen]
        return (torch.from_numpy(images[:, None]),
                *(torch.from_numpy(np.stack(part)) for part in zip(*labels)))


def loss_of(outputs, kind, boxes, landmarks):
    """Cross-entropy over faces and the hardest background anchors of the batch, and smooth
    L1 on the deltas of face anchors. The knee at 0.1 (0.6 px for a 64 px face) keeps
    pulling at landmarks that are nearly right; unknown ones (NaN) count nothing. Returns
    three losses per face anchor."""
    box_deltas, logits, landmark_deltas = (o.float() for o in outputs)
    is_face = kind == FACE
    count = is_face.sum().clamp(min=1)
    wrong = F.cross_entropy(logits.flatten(0, 1), is_face.long().flatten(), reduction="none").view_as(kind)
    background = wrong[kind == BACKGROUND]
    hardest = background.topk(min(len(background), int(count) * NEGATIVES)).values
    score = (wrong[is_face].sum() + hardest.sum()) / count
    box = F.smooth_l1_loss(box_deltas[is_face], boxes[is_face], beta=0.1, reduction="sum") / count
    known = is_face & landmarks.isfinite().all(-1)
    landmark = F.smooth_l1_loss(landmark_deltas[known], landmarks[known], beta=0.1, reduction="sum") / count
    return score, box, landmark


def normalise(images):
    """uint8 -> what the net wants: (pixel - mean) / std."""
    return (images.float() - MEAN) / STD


def main():
    parser = arguments(__doc__, threads=1, epochs=40, batch=16, rate=0.002, decay=0.01, minutes=0.0)
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    parser.add_argument("--start-from", default="", help="averaged weights of an earlier run to start from, at step 0")
    options = parser.parse_args()
    log, device = begin(options, "train_detector")
    files = [Scenes(path) for path in sorted(FOLDER.glob("*[0-9].npz"))]
    if not files:
        raise SystemExit("no scenes yet: run compose_scenes.py first")
    log.info("%d scenes", sum(len(scenes.pixels) for scenes in files))

    run = TrainingRun(RetinaFace(), CHECKPOINT, options, device, log, options.rate, slowest=0.999, steepest=10.0)
    if options.start_from and run.step == 0:
        earlier = torch.load(options.start_from, map_location=device)["average"]
        run.net.load_state_dict(earlier)
        run.average.load_state_dict(earlier)
    steps_per_epoch = SCENES_PER_EPOCH // options.batch
    total = options.epochs * steps_per_epoch
    batches = DataLoader(Batches(files, options.seed, options.batch, run.step, total), batch_size=None,
                         num_workers=1, prefetch_factor=8)
    progress, done_before, sums = Progress(log, max(total - run.step, 1)), run.step, np.zeros(3)

    run.net.train()
    schedule = Schedule(run, total, options.minutes, warm_steps=300, lowest=0.01)
    for images, kind, boxes, landmarks in batches:
        if schedule.ended:
            break
        outputs = run.outputs(normalise(images.to(device)), of=run.net.raw)
        losses = loss_of(outputs, kind.to(device), boxes.to(device), landmarks.to(device))
        run.learn(losses[0] + losses[1] + LANDMARKS * losses[2], schedule.rate(options.rate))
        sums = 0.98 * sums + 0.02 * np.array([loss.item() for loss in losses])
        level = sums / (1 - 0.98 ** (run.step - done_before))
        progress.step(run.step - done_before, "scores %.3f  boxes %.3f  landmarks %.3f" % tuple(level))
        if run.step % steps_per_epoch == 0 or run.step == total:
            log.info("epoch %d/%d: scores %.3f  boxes %.3f  landmarks %.3f",
                     run.step // steps_per_epoch, options.epochs, *level)
            run.save()
    run.save()
    log.info("done after %d steps: %s", run.step, CHECKPOINT)


if __name__ == "__main__":
    main()
