"""What looking both ways and shifting the answers are worth: a net's accuracy on FER+ valid, clear and under stress.

Shifts (calibration.py) are fitted on valid. `crossed` counts every picture with those that were
fitted on the other four fifths; the negative log-likelihood and the stressed accuracies take those
of all clear pictures.
"""
from torch.nn import functional as F

import calibration
from emotion_data import tensors
from emotion_net import BothWays, averaged
from runs import HERE, arguments, begin
from stress import STRENGTHS, stressed
from train_emotion import outputs_of


def right(logits, label):
    return (logits.argmax(1) == label).float().mean().item()


def main():
    parser = arguments(__doc__)
    parser.add_argument("--checkpoint", default=HERE / "checkpoints" / "emotion.pt")
    options = parser.parse_args()
    log, device = begin(options, "ways_worth")
    images, _, _, _, label = tensors(options.data, "valid")
    images, label = images[label >= 0], label[label >= 0]
    one_way = averaged(options.checkpoint, device)
    for name, net in (("one way", one_way), ("both ways", BothWays(one_way))):
        logits = outputs_of(net, images, device)[0]
        temperature, shifts = calibration.fit(logits, label)
        under = {strength: right(outputs_of(net, stressed(images, strength), device)[0] + shifts, label) for strength in STRENGTHS}
        log.info("%s: %.4f right, crossed %.4f, negative log-likelihood %.4f, %s", name, right(logits, label),
                 calibration.crossed(logits, label), F.cross_entropy((logits + shifts) / temperature, label).item(),
                 ", ".join(f"{strength} stress {value:.4f}" for strength, value in under.items()))


if __name__ == "__main__":
    main()
