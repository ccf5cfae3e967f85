"""The teachers of the emotion net (teachers.py): from knowing people, or nothing, to reading expressions.

All learn FER+'s vote distributions, and with --opinions also what others have said before, of web
faces too. The new last layer of a net that knows people warms up alone for a tenth of an epoch.
Each writes runs/teacher-NAME.pt (resumed from there unless --fresh), keeping an average of the
weights, which is what teaches.
"""
from pathlib import Path

import numpy as np
import torch

import losses
import teacher_opinions
import vggface_net
from emotion_augment import framed, lit_and_covered
from emotion_data import TrainingFaces, tensors
from measures import confusion_of, f1_per_class
from runs import PROJECT, Progress, arguments, begin
from schedule import Schedule
from teachers import PANEL
from training_run import TrainingRun


@torch.no_grad()
def logits_of(net, images, device, batch=256):
    """Mean logits of uint8 images [N,1,S,S] and their mirror images, float32 [N,8]."""
    net.eval()
    parts = []
    for start in range(0, len(images), batch):
        faces = images[start:start + batch].to(device).float() / 255
        parts.append(((net(faces) + net(faces.flip(3))) / 2).cpu())
    return torch.cat(parts)


def score(net, split, device):
    """Accuracy and the F1 of neutral to anger, on the counted images of a split."""
    images, _, _, _, label = split
    said, label = logits_of(net, images[label >= 0], device).argmax(1).numpy(), label[label >= 0].numpy()
    return (said == label).mean(), f1_per_class(confusion_of(label, said))[:5]


def mixed(alpha, rng, *values):
    """Mixup: every picture under a share of another one, and all that is wanted of it likewise."""
    if not alpha:
        return values
    share, order = float(rng.beta(alpha, alpha)), torch.randperm(len(values[0]), device=values[0].device)
    return [torch.lerp(value[order], value, share) for value in values]


def lesson(faces, picked):
    """What a batch shows and what is wanted of it: pictures [n,1,48,48], shares of votes and softened
    opinions [n,8] (all 0 where nobody spoke). Where others have spoken, in the framing that they saw."""
    if faces.taught:
        batch = faces.batch(picked)
        return lit_and_covered(batch.faces), batch.shares * faces.weights, losses.softened(batch.opinions)
    shown, shares = lit_and_covered(framed(faces.images[picked].float() / 255)), faces.shares[picked] * faces.weights
    return shown, shares, torch.zeros_like(shares)


def train(teacher, options, log, device):
    faces = TrainingFaces(options, teacher_opinions.load(options.opinions) if options.opinions else None, None, log, device)
    valid = tensors(options.data, "valid")
    # Web faces, and whoever shows an emotion to somebody.
    useful = faces.kept[(faces.shares[faces.kept].sum(1) > 0) | faces.usable[faces.kept].isnan()]
    examples = lambda: lesson(faces, useful[:options.batch])[0].cpu()
    resumes = teacher.checkpoint.exists() and not options.fresh
    net = teacher.net() if resumes else teacher.fresh({"identity": options.identity, "vggface": options.vggface}, examples)
    run = TrainingRun(net, teacher.checkpoint, options, device, log, teacher.rate, decay=teacher.decay, sources=faces.sources)
    rng, steps_per_epoch = np.random.default_rng(options.seed), len(useful) // options.batch
    warming_steps = steps_per_epoch // 10 if teacher.starts_from else 0
    total = (options.epochs or teacher.epochs) * steps_per_epoch
    schedule = Schedule(run, total, options.minutes, 0 if teacher.starts_from else 2 * steps_per_epoch)
    progress, done_before = Progress(log, max(total - run.step, 1)), run.step
    while not schedule.ended:
        order = useful[torch.randperm(len(useful), device=device)]
        run.net.train()
        for index in range(steps_per_epoch):
            if schedule.ended:
                break
            if run.step in (0, warming_steps):
                for name, parameter in run.net.named_parameters():
                    parameter.requires_grad_(run.step >= warming_steps or name.startswith("emotions."))
            picked = order[index * options.batch:(index + 1) * options.batch]
            shown, shares, opinion = mixed(teacher.mixed, rng, *lesson(faces, picked))
            logits = run.outputs(shown).float()
            loss = losses.against_votes(logits, shares) + options.trust * losses.divergence(logits, opinion).mean()
            run.learn(loss, schedule.rate(teacher.rate))
            progress.step(run.step - done_before, loss=loss)
        accuracy, f1 = score(run.average, valid, device)
        log.info("%s, epoch %d/%d: accuracy on valid %.4f, F1 of neutral to anger %s", teacher.name,
                 -(-run.step // steps_per_epoch), total // steps_per_epoch, accuracy,
                 " ".join(f"{value:.3f}" for value in f1))
        run.save_if_due()
    run.save()
    log.info("done after %d steps: %s", run.step, teacher.checkpoint.name)


def main():
    parser = arguments(__doc__, threads=1, epochs=0, batch=128, minutes=0.0, trust=1.0)
    parser.add_argument("--teacher", choices=PANEL, help="only this one")
    parser.add_argument("--identity", default=PROJECT / "../shared/models/mobilefacenet_identity.pt",
                        help="weights of the identity net that some teachers start from")
    parser.add_argument("--vggface", type=Path, default=vggface_net.WEIGHTS,
                        help="description of the weights of Savchenko's face net")
    parser.add_argument("--opinions", type=Path,
                        help="learn also from what others have said (--trust: how much that counts beside the votes)")
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    options = parser.parse_args()
    if options.opinions and not options.opinions.exists():
        parser.error(f"--opinions: there is no {options.opinions}")
    if options.opinions and options.opinions.resolve() == teacher_opinions.OPINIONS.resolve():
        parser.error(f"--opinions: {options.opinions} is what the next step writes; copy it and name the copy")
    if options.teacher in (None, "vggface") and not options.vggface.exists():
        parser.error(f"--vggface: there is no {options.vggface} (train.sh teacher fetches it)")
    for name, teacher in PANEL.items():
        if options.teacher in (None, name):
            train(teacher, options, *begin(options, f"teacher-{name}"))


if __name__ == "__main__":
    main()
