"""Step 1 of the emotion net: training on FER+ vote distributions.

Writes runs/emotion.pt after every epoch (resumed from there unless --fresh), keeping an
average of the weights, which is what is scored and exported.
"""
import copy
import math

import numpy as np
import torch
from torch.nn import functional as F

import ferplus
from emotion_augment import augment, unusable
from emotion_net import EmotionNet
from runs import RUNS, Progress, arguments, begin, bfloat16_pays, save_atomically

MEAN, STD = 128.0, 64.0  # pixel values; the card repeats them
BAD_SHARE = 1 / 8        # of every batch: made unusable, for the quality output
CHECKPOINT = RUNS / "emotion.pt"


def normalise(faces):
    """0..1 -> what the net wants: (pixel - mean) / std."""
    return (faces * 255 - MEAN) / STD


def tensors(data, split):
    """One split as tensors: images uint8 [N,1,48,48], shares [N,8], valence/arousal [N,2],
    usability [N], counted label [N]."""
    images, votes = ferplus.load(data, split)
    shares = ferplus.distribution(votes)
    return (torch.from_numpy(images)[:, None], torch.from_numpy(shares),
            torch.from_numpy(shares @ ferplus.CIRCUMPLEX),
            torch.from_numpy(ferplus.usability(votes).astype(np.float32)),
            torch.from_numpy(ferplus.majority(votes)))


def class_weights(shares):
    """Rare emotions count more, with the fourth root of their rarity: enough to be learnt,
    not so much that the frequent ones suffer."""
    mass = shares.sum(0)
    weights = (mass.mean() / mass.clamp(min=1)) ** 0.25
    return weights / (weights * mass).sum() * mass.sum()


def loss_of(outputs, shares, feelings, usable, weights):
    """Cross-entropy against the votes, squared error of valence/arousal where there are votes,
    binary cross-entropy of quality everywhere."""
    logits, valence_arousal, quality = (o.float() for o in outputs)
    sample = (shares * weights).sum(1)  # 0 for unusable crops
    total = sample.sum().clamp(min=1)
    emotion = -((shares * weights) * F.log_softmax(logits, 1)).sum() / total
    feeling = ((valence_arousal - feelings) ** 2).sum(1).mul(sample).sum() / total
    return emotion + feeling + 0.5 * F.binary_cross_entropy(quality[:, 0].clamp(1e-4, 1 - 1e-4), usable)


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


def main():
    parser = arguments(__doc__, epochs=32, batch=128, rate=0.003, decay=0.02, limit=0)
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    options = parser.parse_args()
    log, device = begin(options, "train_emotion")
    train = [t[:options.limit] if options.limit else t for t in tensors(options.data, "train")]
    valid = tensors(options.data, "valid")
    # Kept: every image with an emotion, and the ones that show no face (they teach quality).
    useful = ((train[1].sum(1) > 0) | (train[3] == 0)).nonzero()[:, 0]
    train = [t[useful].to(device) for t in train]
    weights = class_weights(train[1])
    log.info("%d training images, class weights %s", len(useful),
             " ".join(f"{label} {w:.2f}" for label, w in zip(ferplus.LABELS, weights)))

    net = EmotionNet().to(device).to(memory_format=torch.channels_last)
    average = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=options.decay)
    steps_per_epoch = len(useful) // options.batch
    epoch_count, step = options.epochs, 0
    if CHECKPOINT.exists() and not options.fresh:
        stored = torch.load(CHECKPOINT, map_location=device)
        net.load_state_dict(stored["net"])
        average.load_state_dict(stored["average"])
        optimiser.load_state_dict(stored["optimiser"])
        step = stored["step"]
        torch.manual_seed(options.seed + step)
        log.info("resumed after %d steps", step)
    total = epoch_count * steps_per_epoch
    faster = bfloat16_pays(device)
    progress, done_before = Progress(log, max(total - step, 1)), step

    while step < total:
        order = torch.randperm(len(useful), device=device)
        net.train()
        for index in range(steps_per_epoch):
            if step >= total:
                break
            warm = min(1.0, (step + 1) / (2 * steps_per_epoch))
            rate = options.rate * warm * (0.5 + 0.5 * math.cos(math.pi * step / total))
            for group in optimiser.param_groups:
                group["lr"] = rate
            picked = order[index * options.batch:(index + 1) * options.batch]
            images, shares, feelings, usable = (t[picked] for t in train[:4])
            faces = images.float() / 255
            bad = int(len(faces) * BAD_SHARE)
            faces[:bad] = unusable(faces[:bad])
            shares[:bad], usable[:bad] = 0, 0
            faces = normalise(augment(faces)).contiguous(memory_format=torch.channels_last)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=faster):
                outputs = net(faces)
            loss = loss_of(outputs, shares, feelings, usable, weights)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            step += 1
            keep = min(0.998, (1 + step) / (10 + step))
            with torch.no_grad():
                for mine, its in zip(average.state_dict().values(), net.state_dict().values()):
                    if mine.is_floating_point():
                        mine.lerp_(its, 1 - keep)
            progress.step(step - done_before, f"loss {loss.item():.3f}")
        log.info("epoch %d/%d: accuracy on valid %.4f (averaged weights)",
                 -(-step // steps_per_epoch), epoch_count, accuracy(average, valid, device))
        save_atomically({"net": net.state_dict(), "average": average.state_dict(),
                         "optimiser": optimiser.state_dict(), "step": step}, CHECKPOINT)
    log.info("done: %s", CHECKPOINT)


if __name__ == "__main__":
    main()
