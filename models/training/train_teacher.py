"""A teacher for the next emotion net: from knowing people to reading expressions.

Savchenko's recipe: a net that was trained to tell people apart is tuned on expressions (FER+
vote distributions). Its new last layer warms up alone for a tenth of an epoch. Writes
runs/teacher.pt after every tenth of an epoch (resumed from there unless --fresh), keeping an
average of the weights, which is what teaches.
"""
import math

import torch
from torch.nn import functional as F

import ferplus
from emotion_augment import augment_mildly
from emotion_data import class_weights, tensors
from runs import PROJECT, RUNS, Progress, arguments, begin
from teacher_net import Teacher
from training_run import TrainingRun

CHECKPOINT = RUNS / "teacher.pt"
SAVES_PER_EPOCH = 10


@torch.no_grad()
def logits_of(net, images, device, batch=128):
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
    counted = label >= 0
    said, label = logits_of(net, images[counted], device).argmax(1), label[counted]
    f1 = []
    for emotion in range(5):
        hit = ((said == emotion) & (label == emotion)).sum().item()
        f1.append(2 * hit / max(1, (said == emotion).sum().item() + (label == emotion).sum().item()))
    return (said == label).float().mean().item(), f1


def main():
    parser = arguments(__doc__, threads=1, epochs=14, batch=64, rate=0.001, decay=0.02, limit=0)
    parser.add_argument("--identity", default=PROJECT / "../shared/models/mobilefacenet_identity.pt",
                        help="weights of the identity net that the teacher starts from")
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    options = parser.parse_args()
    log, device = begin(options, "train_teacher")
    train = [t[:options.limit] if options.limit else t for t in tensors(options.data, "train")]
    valid = tensors(options.data, "valid")
    useful = (train[1].sum(1) > 0).nonzero()[:, 0]
    images, shares = train[0][useful], train[1][useful]
    weights = class_weights(shares).to(device)

    net = Teacher()
    net.load_identity(options.identity)
    run = TrainingRun(net, CHECKPOINT, options, device, log, options.rate)
    steps_per_epoch = len(useful) // options.batch
    total, save_every = options.epochs * steps_per_epoch, max(1, steps_per_epoch // SAVES_PER_EPOCH)
    progress, done_before = Progress(log, max(total - run.step, 1)), run.step

    run.net.train()
    while run.step < total:
        epoch = run.step // steps_per_epoch
        # An epoch's order depends on the seed and its number alone: a resumed one goes on.
        order = torch.randperm(len(useful), generator=torch.Generator().manual_seed(options.seed * 1000 + epoch))
        torch.manual_seed(options.seed + run.step)
        for index in range(run.step % steps_per_epoch, steps_per_epoch):
            picked = order[index * options.batch:(index + 1) * options.batch]
            faces, wanted = images[picked].to(device).float() / 255, shares[picked].to(device)
            warming = run.step < save_every
            for name, parameter in run.net.named_parameters():
                parameter.requires_grad_(not warming or name.startswith("emotions."))
            weighted = wanted * weights
            logits = run.outputs(augment_mildly(faces)).float()
            loss = -(weighted * F.log_softmax(logits, 1)).sum() / weighted.sum()
            run.learn(loss, options.rate * (1 if warming else 0.5 + 0.5 * math.cos(math.pi * run.step / total)))
            progress.step(run.step - done_before, f"loss {loss.item():.3f}")
            if run.step % save_every == 0 or run.step == total:
                run.save()
        accuracy, f1 = score(run.average, valid, device)
        log.info("epoch %d/%d: accuracy on valid %.4f, F1 of neutral to anger %s",
                 epoch + 1, options.epochs, accuracy, " ".join(f"{value:.3f}" for value in f1))
        run.net.train()
    log.info("done: %s", CHECKPOINT)


if __name__ == "__main__":
    main()
