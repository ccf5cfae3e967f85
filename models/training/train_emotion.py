"""The emotion net: training on votes and on the opinions of a panel of teachers.

Every batch is one view of some faces (views.py): FER+ faces with their vote distributions, web
faces without, all with what the teachers say of this very view. The cabin's effects come on top
of every second face, so that the pupil learns to see through them what the teachers saw without.
Writes runs/emotion.pt (resumed from there unless --fresh).
"""
from pathlib import Path

import torch
from torch.nn import functional as F

import ferplus
import losses
import teacher_opinions
from emotion_augment import in_cabin, unusable
from emotion_data import TrainingFaces, tensors
from emotion_net import EmotionNet, normalise, renew
from runs import RUNS, Progress, arguments, begin
from schedule import Schedule
from training_run import TrainingRun

BAD_SHARE = 1 / 8        # of every batch: made unusable, for the quality output
IN_CABIN = 0.5           # share of the faces that the cabin's effects fall on
CHECKPOINT = RUNS / "emotion.pt"


def mean_over(values, chosen):
    """Mean of the chosen values [n]."""
    return (values * chosen).sum() / chosen.sum().clamp(min=1)


def loss_of(outputs, batch, spoilt, weights, trust):
    """The sum of: cross-entropy against the votes; `trust` times the divergence from the
    teachers' softened opinion; squared error of valence and arousal; binary cross-entropy of
    quality where people were asked. The first `spoilt` faces only count for quality."""
    logits, valence_arousal, quality = (o.float() for o in outputs)
    seen = torch.arange(len(logits), device=logits.device) >= spoilt
    voted = batch.shares * weights * seen[:, None]
    # A picture that shows no face has no expression for the teachers to see either.
    taught = seen & (batch.usable != 0) & batch.opinions.isfinite().all(1)
    # What is not known is left out, but as NaN it would poison the gradient of all the rest.
    divergence = losses.divergence(logits, losses.softened(batch.opinions.nan_to_num()))
    feeling = ((valence_arousal - batch.feelings.nan_to_num()) ** 2).sum(1)
    asked = batch.usable.isfinite()
    unsure = F.binary_cross_entropy(quality[:, 0].clamp(1e-4, 1 - 1e-4), batch.usable.nan_to_num(), reduction="none")
    return (losses.against_votes(logits, voted) + trust * mean_over(divergence, taught)
            + mean_over(feeling, taught | (voted.sum(1) > 0)) + 0.5 * mean_over(unsure, asked))


@torch.no_grad()
def outputs_of(net, images, device, batch=128):
    """All outputs of a net on uint8 images, joined; fp32."""
    net.eval()
    parts = []
    for start in range(0, len(images), batch):
        faces = normalise(images[start:start + batch].to(device).float() / 255)
        parts.append(net(faces))
    return [torch.cat(p).float().cpu() for p in zip(*parts)]


def accuracy(net, split, device):
    images, _, _, _, label = split
    counted = label >= 0
    logits = outputs_of(net, images[counted], device)[0]
    return (logits.argmax(1) == label[counted]).float().mean().item()


def taught_before(notes):
    """Whether teachers had a say in the weights that a checkpoint's notes go with. Where nothing is
    noted they count as taught: a card may name a source too many, never one too few."""
    return notes.get("taught", True)


def train(faces, valid, options, log, device):
    if not faces.taught:
        log.info("no teachers' opinions (train.sh teacher): the net learns from votes alone")
    log.info("%d training images, class weights %s", len(faces),
             " ".join(f"{label} {w:.2f}" for label, w in zip(ferplus.LABELS, faces.weights)))
    run = TrainingRun(EmotionNet(), CHECKPOINT, options, device, log, options.rate)
    taught = faces.taught or (run.step > 0 and taught_before(run.notes))
    if options.start_from and run.step == 0:
        earlier = torch.load(options.start_from, map_location=device)
        run.net.load_state_dict(earlier["average"])
        renew(run.net, options.renew)
        run.average.load_state_dict(run.net.state_dict())
        taught = taught or taught_before(earlier.get("notes", {}))
    run.notes["taught"] = taught
    steps_per_epoch = len(faces) // options.batch
    total = options.epochs * steps_per_epoch
    schedule = Schedule(run, total, options.minutes, warm_steps=2 * steps_per_epoch)
    progress, done_before = Progress(log, max(total - run.step, 1)), run.step
    spoilt = int(options.batch * BAD_SHARE)
    while not schedule.ended:
        order = faces.kept[torch.randperm(len(faces), device=device)]
        run.net.train()
        for index in range(steps_per_epoch):
            if schedule.ended:
                break
            batch = faces.batch(order[index * options.batch:(index + 1) * options.batch])
            batch.faces[:spoilt], batch.usable[:spoilt] = unusable(batch.faces[:spoilt]), 0
            seen = normalise(in_cabin(batch.faces, IN_CABIN))
            loss = loss_of(run.outputs(seen), batch, spoilt, faces.weights, options.trust)
            run.learn(loss, schedule.rate(options.rate))
            progress.step(run.step - done_before, loss=loss)
        log.info("epoch %d/%d: accuracy on valid %.4f (averaged weights)",
                 -(-run.step // steps_per_epoch), options.epochs, accuracy(run.average, valid, device))
        run.save_if_due()
    run.save()
    log.info("done after %d steps: %s", run.step, CHECKPOINT.name)


def main():
    parser = arguments(__doc__, threads=1, epochs=200, batch=256, rate=0.004, decay=0.02, trust=2.0, minutes=0.0)
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    parser.add_argument("--start-from", default="", help="averaged weights of an earlier net to start from, at step 0")
    parser.add_argument("--renew", type=int, nargs="*", default=[],
                        help="blocks of these weights that are started anew (blocks_worth.py says which carry nothing)")
    parser.add_argument("--opinions", type=Path, default=teacher_opinions.OPINIONS, help="what the teachers say")
    options = parser.parse_args()
    if options.opinions != teacher_opinions.OPINIONS and not options.opinions.exists():
        parser.error(f"--opinions: there is no {options.opinions}")
    log, device = begin(options, "train_emotion")
    faces = TrainingFaces(options, teacher_opinions.load(options.opinions), log, device)
    train(faces, tensors(options.data, "valid"), options, log, device)


if __name__ == "__main__":
    main()
