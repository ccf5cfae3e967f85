"""What each block of an emotion net carries: accuracy and negative log-likelihood on FER+ valid with
one block after the other left out, of those that only add to what they are given. A block without
which nothing changes costs time for nothing; `train_emotion.py --renew` starts it anew.
"""
import torch
from torch import nn
from torch.nn import functional as F

from emotion_data import tensors
from emotion_net import averaged
from runs import HERE, arguments, begin
from train_emotion import outputs_of


def worth(net, images, label, device):
    logits = outputs_of(net, images, device)[0]
    return (logits.argmax(1) == label).float().mean().item(), F.cross_entropy(logits, label).item()


def main():
    parser = arguments(__doc__)
    parser.add_argument("--checkpoint", default=HERE / "checkpoints" / "emotion.pt")
    options = parser.parse_args()
    log, device = begin(options, "blocks_worth")
    images, _, _, _, label = tensors(options.data, "valid")
    images, label = images[label >= 0], label[label >= 0]
    net = averaged(options.checkpoint, device)
    log.info("all blocks: %.4f right, negative log-likelihood %.4f", *worth(net, images, label, device))
    for number, block in enumerate(net.features):
        if getattr(block, "keeps_shape", False):
            net.features[number] = nn.Identity()
            log.info("without block %d: %.4f, %.4f", number, *worth(net, images, label, device))
            net.features[number] = block


if __name__ == "__main__":
    main()
