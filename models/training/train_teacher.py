"""The teachers of the emotion net (teachers.py): from knowing people, or nothing, to reading expressions.

All learn FER+'s vote distributions. The new last layer of a net that knows people warms up alone
for a tenth of an epoch. Each writes runs/teacher-NAME.pt (resumed from there unless --fresh),
keeping an average of the weights, which is what teaches.
"""
import numpy as np
import torch
from torch.nn import functional as F

from emotion_augment import augment_mildly
from emotion_data import class_weights, tensors
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


def mixed(faces, wanted, alpha, rng):
    """Mixup: every picture under a share of another one, and what is wanted of it likewise."""
    if not alpha:
        return faces, wanted
    share, order = float(rng.beta(alpha, alpha)), torch.randperm(len(faces), device=faces.device)
    return torch.lerp(faces[order], faces, share), torch.lerp(wanted[order], wanted, share)


def train(teacher, options, log, device):
    images, shares = (t.to(device) for t in tensors(options.data, "train")[:2])
    valid = tensors(options.data, "valid")
    useful = (shares.sum(1) > 0).nonzero()[:, 0]
    weights, rng = class_weights(shares[useful].cpu()).to(device), np.random.default_rng(options.seed)
    run = TrainingRun(teacher.fresh(options.identity), teacher.checkpoint, options, device, log, teacher.rate,
                      decay=teacher.decay)
    steps_per_epoch = len(useful) // options.batch
    warming_steps = steps_per_epoch // 10 if teacher.knows_people else 0
    total = (options.epochs or teacher.epochs) * steps_per_epoch
    schedule = Schedule(run, total, options.minutes, 0 if teacher.knows_people else 2 * steps_per_epoch)
    progress, done_before = Progress(log, max(total - run.step, 1)), run.step
    while not schedule.ended:
        order = useful[torch.randperm(len(useful), device=device)]
        run.net.train()
        for index in range(steps_per_epoch):
            if schedule.ended:
                break
            picked = order[index * options.batch:(index + 1) * options.batch]
            if run.step in (0, warming_steps):
                for name, parameter in run.net.named_parameters():
                    parameter.requires_grad_(run.step >= warming_steps or name.startswith("emotions."))
            faces, wanted = mixed(augment_mildly(images[picked].float() / 255), shares[picked] * weights,
                                  teacher.mixed, rng)
            loss = -(wanted * F.log_softmax(run.outputs(faces).float(), 1)).sum() / wanted.sum()
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
    parser = arguments(__doc__, threads=1, epochs=0, batch=128, minutes=0.0)
    parser.add_argument("--teacher", choices=PANEL, help="only this one")
    parser.add_argument("--identity", default=PROJECT / "../shared/models/mobilefacenet_identity.pt",
                        help="weights of the identity net that some teachers start from")
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    options = parser.parse_args()
    for name, teacher in PANEL.items():
        if options.teacher in (None, name):
            train(teacher, options, *begin(options, f"teacher-{name}"))


if __name__ == "__main__":
    main()
