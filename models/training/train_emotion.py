"""The emotion net: training on votes and on the opinions of a panel of teachers.

Every batch is one view of some faces (views.py): FER+ faces with their vote distributions, web
faces without, all with what the teachers say of this very view, and what one of them sees in it
(teacher_hints.py) where that is known. The cabin's effects come on top of every second face, so
that the pupil learns to see through them what the teachers saw without.
Writes runs/emotion.pt (resumed from there unless --fresh).
"""
from pathlib import Path

import torch
from torch.nn import functional as F

import ferplus
import losses
import teacher_hints
import teacher_opinions
from emotion_augment import in_cabin
from emotion_data import TrainingFaces, tensors
from emotion_net import EmotionNet, HintedNet, normalise, renew, without_hint
from runs import RUNS, Progress, arguments, begin
from schedule import Schedule
from spoilt import spoilt
from training_run import TrainingRun

BAD_SHARE = 1 / 8        # of every batch: spoilt, for the quality output
IN_CABIN = 0.5           # share of the faces that the cabin's effects fall on
CHECKPOINT = RUNS / "emotion.pt"


def mean_over(values, chosen):
    """Mean of the chosen values [n]."""
    return (values * chosen).sum() / chosen.sum().clamp(min=1)


def loss_of(outputs, batch, bad, faces, options):
    """The sum of: cross-entropy against the votes; `trust` times the divergence from the
    teachers' softened opinion; `hint_weight` times what is missed of their hints, where there are any;
    squared error of valence and arousal; binary cross-entropy of quality where people were asked.
    The first `bad` faces only count for quality."""
    logits, valence_arousal, quality, *guessed = (o.float() for o in outputs)
    seen = torch.arange(len(logits), device=logits.device) >= bad
    voted = batch.shares * faces.weights * seen[:, None]
    # A picture that shows no face has no expression for the teachers to see either.
    taught = seen & (batch.usable != 0) & batch.opinions.isfinite().all(1)
    # What is not known is left out, but as NaN it would poison the gradient of all the rest.
    divergence = losses.divergence(logits, losses.softened(batch.opinions.nan_to_num()))
    feeling = ((valence_arousal - batch.feelings.nan_to_num()) ** 2).sum(1)
    asked = batch.usable.isfinite()
    unsure = F.binary_cross_entropy(quality[:, 0].clamp(1e-4, 1 - 1e-4), batch.usable.nan_to_num(), reduction="none")
    loss = (losses.against_votes(logits, voted) + options.trust * mean_over(divergence, taught)
            + mean_over(feeling, taught | (voted.sum(1) > 0)) + 0.5 * mean_over(unsure, asked))
    if guessed:
        missed = losses.unexplained(guessed[0], batch.hints, faces.hint_variance)
        loss = loss + options.hint_weight * mean_over(missed, taught)
    return loss


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
    elif faces.hints is None:
        log.info("no hints (teacher_hints.py): the net learns from votes and opinions")
    log.info("%d training images, class weights %s", len(faces),
             " ".join(f"{label} {w:.2f}" for label, w in zip(ferplus.LABELS, faces.weights)))
    net = EmotionNet() if faces.hints is None else HintedNet(faces.hints.shape[2])
    run = TrainingRun(net, CHECKPOINT, options, device, log, options.rate, sources=faces.sources)
    taught = faces.taught or (run.step > 0 and taught_before(run.notes))
    if options.start_from and run.step == 0:
        earlier = torch.load(options.start_from, map_location=device)
        # A hint layer is for one teacher's axes, so an earlier net's is of no use.
        hint = {name: values for name, values in run.net.state_dict().items() if name.startswith("hint.")}
        run.net.load_state_dict({**hint, **without_hint(earlier["average"])})
        renew(run.net, options.renew)
        run.average.load_state_dict(run.net.state_dict())
        taught = taught or taught_before(earlier.get("notes", {}))
    run.notes["taught"] = taught
    steps_per_epoch = len(faces) // options.batch
    total = options.epochs * steps_per_epoch
    schedule = Schedule(run, total, options.minutes, warm_steps=2 * steps_per_epoch)
    progress, done_before = Progress(log, max(total - run.step, 1)), run.step
    bad = int(options.batch * BAD_SHARE)
    while not schedule.ended:
        order = faces.kept[torch.randperm(len(faces), device=device)]
        run.net.train()
        for index in range(steps_per_epoch):
            if schedule.ended:
                break
            batch = faces.batch(order[index * options.batch:(index + 1) * options.batch])
            batch.faces[:bad], batch.usable[:bad] = spoilt(batch.faces[:bad]), 0
            seen = normalise(in_cabin(batch.faces, IN_CABIN))
            loss = loss_of(run.outputs(seen), batch, bad, faces, options)
            run.learn(loss, schedule.rate(options.rate))
            progress.step(run.step - done_before, loss=loss)
        log.info("epoch %d/%d: accuracy on valid %.4f (averaged weights)",
                 -(-run.step // steps_per_epoch), options.epochs, accuracy(run.average, valid, device))
        run.save_if_due()
    run.save()
    log.info("done after %d steps: %s", run.step, CHECKPOINT.name)


def main():
    parser = arguments(__doc__, threads=1, epochs=200, batch=256, rate=0.004, decay=0.02, trust=2.0, hint_weight=1.5, minutes=0.0)
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    parser.add_argument("--start-from", default="", help="averaged weights of an earlier net to start from, at step 0")
    parser.add_argument("--renew", type=int, nargs="*", default=[],
                        help="blocks of these weights that are started anew (blocks_worth.py says which carry nothing)")
    parser.add_argument("--opinions", type=Path, default=teacher_opinions.OPINIONS, help="what the teachers say")
    parser.add_argument("--hints", type=Path, help="what a teacher sees (--hint-weight 0: it does not matter)")
    options = parser.parse_args()
    if options.opinions != teacher_opinions.OPINIONS and not options.opinions.exists():
        parser.error(f"--opinions: there is no {options.opinions}")
    if options.hints and not options.hints.exists():
        parser.error(f"--hints: there is no {options.hints}")
    opinions = teacher_opinions.load(options.opinions)
    hints = teacher_hints.load(options.hints or teacher_hints.HINTS) if opinions is not None and options.hint_weight else None
    if hints is not None and (len(hints) < len(opinions) or hints.shape[1] != opinions.shape[1]):
        parser.error(f"--hints: {hints.shape[0]} views of {hints.shape[1]} faces, --opinions has {opinions.shape[0]} of "
                     f"{opinions.shape[1]} (teacher_hints.py --views {len(opinions)} makes them)")
    log, device = begin(options, "train_emotion")
    faces = TrainingFaces(options, opinions, hints, log, device)
    train(faces, tensors(options.data, "valid"), options, log, device)


if __name__ == "__main__":
    main()
