"""The emotion net: training on votes and on a teacher's opinions.

Every batch is one view of some faces (views.py): FER+ faces with their vote distributions, web
faces without, all with what the teacher says of this very view. The cabin's effects come on
top, so that the pupil learns to see through them what the teacher saw without. Three rounds: a
shallower net under all that a cabin does to a face; the whole net, grown from it, with every
second face left as it is, since the first had fitted not even the training pictures (82.9 %
right there, 81.4 % on valid); the same again, taught by the teacher and that net together.
Writes runs/emotion-1.pt, emotion-2.pt and emotion.pt after every epoch (resumed from there
unless --fresh).
"""
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional as F

import ferplus
import teacher_opinions
from emotion_augment import in_cabin, unusable
from emotion_data import TrainingFaces, tensors
from emotion_net import EmotionNet, normalise
from runs import RUNS, Progress, arguments, begin
from training_run import TrainingRun

BAD_SHARE = 1 / 8        # of every batch: made unusable, for the quality output
SOFTNESS = 2.0           # both sides' logits are divided by this when the pupil listens to the teacher
CHECKPOINT = RUNS / "emotion.pt"


@dataclass(frozen=True)
class Round:
    checkpoint: Path
    blocks: int     # of EmotionNet.BLOCKS
    epochs: int
    rate: float     # at its steepest
    in_cabin: float  # share of the faces that the cabin's effects fall on
    dropout: float
    taught_by: Path  # opinions (teacher_opinions.py)


ROUNDS = (
    Round(RUNS / "emotion-1.pt", 11, 34, 0.003, 1.0, 0.3, teacher_opinions.OPINIONS),
    Round(RUNS / "emotion-2.pt", len(EmotionNet.BLOCKS), 30, 0.002, 0.5, 0.1, teacher_opinions.OPINIONS),
    Round(CHECKPOINT, len(EmotionNet.BLOCKS), 24, 0.002, 0.5, 0.1, teacher_opinions.COMMON),
)


def mean_over(values, chosen):
    """Mean of the chosen values [n]."""
    return (values * chosen).sum() / chosen.sum().clamp(min=1)


def loss_of(outputs, batch, spoilt, weights, trust):
    """The sum of: cross-entropy against the votes; `trust` times the divergence from the
    teacher's softened opinion; squared error of valence and arousal; binary cross-entropy of
    quality where people were asked. The first `spoilt` faces only count for quality."""
    logits, valence_arousal, quality = (o.float() for o in outputs)
    seen = torch.arange(len(logits), device=logits.device) >= spoilt
    voted = batch.shares * weights * seen[:, None]
    votes = -(voted * F.log_softmax(logits, 1)).sum() / voted.sum().clamp(min=1)
    # A picture that shows no face has no expression for the teacher to see either.
    taught = seen & (batch.usable != 0) & batch.opinions.isfinite().all(1)
    # What is not known is left out, but as NaN it would poison the gradient of all the rest.
    opinion = F.softmax(batch.opinions.nan_to_num() / SOFTNESS, 1)
    apart = F.kl_div(F.log_softmax(logits / SOFTNESS, 1), opinion, reduction="none").sum(1)
    feeling = ((valence_arousal - batch.feelings.nan_to_num()) ** 2).sum(1)
    asked = batch.usable.isfinite()
    usable = F.binary_cross_entropy(quality[asked, 0].clamp(1e-4, 1 - 1e-4), batch.usable[asked])
    return (votes + trust * SOFTNESS ** 2 * mean_over(apart, taught)
            + mean_over(feeling, taught | (voted.sum(1) > 0)) + 0.5 * usable)


@torch.no_grad()
def outputs_of(net, images, device, mirror=False, batch=128):
    """All outputs of a net on uint8 images, joined; fp32."""
    net.eval()
    parts = []
    for start in range(0, len(images), batch):
        faces = normalise(images[start:start + batch].to(device).float() / 255)
        parts.append(net(faces.flip(3) if mirror else faces))
    return [torch.cat(p).float().cpu() for p in zip(*parts)]


def accuracy(net, split, device):
    images, _, _, _, label = split
    counted = label >= 0
    logits = outputs_of(net, images[counted], device)[0]
    return (logits.argmax(1) == label[counted]).float().mean().item()


def taught(stage, earlier, options, log, device):
    """What a round learns from. Where teacher and pupil cannot be asked, the teacher's word stands."""
    if stage.taught_by == teacher_opinions.COMMON and teacher_opinions.TEACHER.exists():
        teacher_opinions.ask(options, earlier.checkpoint, log, device)
    opinions = teacher_opinions.load(stage.taught_by)
    if opinions is None:
        opinions = teacher_opinions.load(teacher_opinions.OPINIONS)
    return TrainingFaces(options, opinions, log, device)


def train(stage, earlier, valid, options, log, device):
    """One round, from the averaged weights of the one before it."""
    faces = taught(stage, earlier, options, log, device)
    log.info("%s: %d training images, class weights %s", stage.checkpoint.stem, len(faces),
             " ".join(f"{label} {w:.2f}" for label, w in zip(ferplus.LABELS, faces.weights)))
    net = EmotionNet(stage.dropout, stage.blocks)
    if earlier:
        net.grow_from(torch.load(earlier.checkpoint, map_location=device)["average"])
    run = TrainingRun(net, stage.checkpoint, options, device, log, stage.rate)
    steps_per_epoch = len(faces) // options.batch
    total = (options.epochs or stage.epochs) * steps_per_epoch
    progress, done_before = Progress(log, max(total - run.step, 1)), run.step

    while run.step < total:
        order = faces.kept[torch.randperm(len(faces), device=device)]
        run.net.train()
        for index in range(steps_per_epoch):
            if run.step >= total:
                break
            batch = faces.batch(order[index * options.batch:(index + 1) * options.batch])
            spoilt = int(options.batch * BAD_SHARE)
            batch.faces[:spoilt], batch.usable[:spoilt] = unusable(batch.faces[:spoilt]), 0
            seen = normalise(in_cabin(batch.faces, stage.in_cabin))
            loss = loss_of(run.outputs(seen), batch, spoilt, faces.weights, options.trust)
            warm = min(1.0, (run.step + 1) / (2 * steps_per_epoch))
            run.learn(loss, stage.rate * warm * (0.5 + 0.5 * math.cos(math.pi * run.step / total)))
            progress.step(run.step - done_before, f"loss {loss.item():.3f}")
        log.info("epoch %d/%d: accuracy on valid %.4f (averaged weights)",
                 -(-run.step // steps_per_epoch), total // steps_per_epoch, accuracy(run.average, valid, device))
        run.save()
    log.info("done: %s", stage.checkpoint.name)


def main():
    parser = arguments(__doc__, threads=1, epochs=0, batch=128, decay=0.02, trust=1.0)
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    options = parser.parse_args()
    log, device = begin(options, "train_emotion")
    valid = tensors(options.data, "valid")
    for earlier, stage in zip((None, *ROUNDS), ROUNDS):
        train(stage, earlier, valid, options, log, device)


if __name__ == "__main__":
    main()
