"""Step 3 of the emotion net: what it scores on a split of FER+, as the issue counts it.

Accuracy, macro-F1 and expected calibration error with 95 % bootstrap intervals, per-class
precision and recall, confusion; mean absolute error of valence and arousal against the values
derived from the votes; area under ROC of quality against crops made unusable.
"""
import json

import numpy as np
import torch

import ferplus
from emotion_augment import unusable
from emotion_net import EmotionNet
from runs import PROJECT, arguments, begin
from train_emotion import CHECKPOINT, normalise, outputs_of, tensors

BINS = 15


def load_net(checkpoint, device):
    """The averaged weights of a checkpoint, ready to score."""
    net = EmotionNet().to(device)
    net.load_state_dict(torch.load(checkpoint, map_location=device)["average"])
    return net.eval()


def fit_temperature(logits, label):
    """The temperature that gives the counted labels the highest likelihood."""
    candidates = np.exp(np.linspace(np.log(0.3), np.log(4), 400))
    losses = [torch.nn.functional.cross_entropy(logits / t, label).item() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def calibration_error(probability, label):
    """Mean gap between confidence and accuracy over 15 equal bins, weighted by their size."""
    confidence, right = probability.max(1), probability.argmax(1) == label
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[which == b].mean() - right[which == b].mean()) * (which == b).mean()
            for b in range(BINS) if (which == b).any()]
    return float(sum(gaps))


def f1_per_class(confusion):
    hits = np.diag(confusion)
    return 2 * hits / np.maximum(confusion.sum(0) + confusion.sum(1), 1)


def confusion_of(label, predicted):
    return np.bincount(label * 8 + predicted, minlength=64).reshape(8, 8)


def bootstrap(label, predicted, statistic, rounds=1000, seed=1):
    """95 % interval of a statistic of (label, predicted) under resampling of images."""
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        picked = rng.integers(0, len(label), len(label))
        values.append(statistic(label[picked], predicted[picked]))
    return [round(float(v), 4) for v in np.percentile(values, (2.5, 97.5))]


def area_under_roc(good, bad):
    """Chance that a good crop scores above a bad one (ties count half)."""
    values = np.concatenate([good, bad])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[:len(good)].sum() - len(good) * (len(good) + 1) / 2) / (len(good) * len(bad)))


def score(net, split, device, temperature):
    images, _, feelings, _, label = split
    counted = label >= 0
    images, feelings, label = images[counted], feelings[counted].numpy(), label[counted].numpy()
    logits, valence_arousal, quality = outputs_of(net, images, device)
    probability = torch.softmax(logits / temperature, 1).numpy()
    predicted = probability.argmax(1)
    confusion = confusion_of(label, predicted)
    f1 = f1_per_class(confusion)
    accuracy = lambda l, p: float((l == p).mean())
    macro = lambda l, p: float(f1_per_class(confusion_of(l, p)).mean())
    torch.manual_seed(1)
    bad = (unusable(images.float() / 255) * 255).round().to(torch.uint8)
    bad_quality = outputs_of(net, bad, device)[2]
    error = np.abs(valence_arousal.numpy() - feelings).mean(0)
    return {
        "images": int(len(label)),
        "accuracy": round(accuracy(label, predicted), 4),
        "accuracy95": bootstrap(label, predicted, accuracy),
        "macroF1": round(float(f1.mean()), 4),
        "macroF1_95": bootstrap(label, predicted, macro),
        "macroF1OfSixFrequent": round(float(np.delete(f1, [5, 7]).mean()), 4),
        "ece": round(calibration_error(probability, label), 4),
        "valenceError": round(float(error[0]), 4),
        "arousalError": round(float(error[1]), 4),
        "qualityAreaUnderRoc": round(area_under_roc(quality.numpy()[:, 0], bad_quality.numpy()[:, 0]), 4),
        "f1": {name: round(float(v), 3) for name, v in zip(ferplus.LABELS, f1)},
        "confusion": confusion.tolist(),
    }


def main():
    parser = arguments(__doc__, split="test", threads=1)
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    options = parser.parse_args()
    log, device = begin(options, "score_emotion")
    card = PROJECT / "models" / "emotion" / "emotion.json"
    temperature = json.loads(card.read_text())["temperature"] if card.exists() else 1.0
    result = score(load_net(options.checkpoint, device), tensors(options.data, options.split), device, temperature)
    confusion = result.pop("confusion")
    print(json.dumps(result, indent=2))
    print("confusion (rows: label, columns: answer)\n" + " " * 10 + " ".join(f"{n[:9]:>9}" for n in ferplus.LABELS))
    for name, row in zip(ferplus.LABELS, confusion):
        print(f"{name:10}" + " ".join(f"{v:9}" for v in row))


if __name__ == "__main__":
    main()
