"""What the emotion net scores on a split of FER+, clean and under stress.

Accuracy, macro-F1 and per-class F1 with 95 % bootstrap intervals, expected calibration error,
confusion; mean absolute error of valence and arousal against the values derived from the votes;
area under ROC of quality against crops made unusable, in the ways trained on and in others.
Test is read once per net that is kept.
"""
import json

import numpy as np
import torch

import ferplus
import strangers
from emotion_data import tensors
from emotion_net import BothWays, averaged
from measures import (accuracy_by_coverage, area_under_roc, bootstrap, calibration_error, confusion_of, f1_per_class)
from onnx_net import OnnxNet
from runs import PROJECT, arguments, begin, shipped
from spoilt import spoilt
from stress import STRENGTHS, stressed
from train_emotion import outputs_of

RARE = (5, 7)  # disgust and contempt: too few test images to say much


def load_net(checkpoint, device):
    """The averaged weights of a checkpoint, ready to score as they would ship; or an ONNX file, as it is."""
    if str(checkpoint).endswith(".onnx"):
        return OnnxNet(checkpoint)
    return BothWays(averaged(checkpoint, device)).eval()


def share_right(label, predicted):
    return float((label == predicted).mean())


def f1_of(label, predicted):
    return f1_per_class(confusion_of(label, predicted))


def macro_f1(label, predicted):
    return float(f1_of(label, predicted).mean())


def macro_f1_of_frequent(label, predicted):
    return float(np.delete(f1_of(label, predicted), RARE).mean())


def answers(net, images, device, temperature):
    """Probabilities [N,8] and quality [N]."""
    logits, _, quality = outputs_of(net, images, device)
    return torch.softmax(logits / temperature, 1).numpy(), quality.numpy()[:, 0]


def score_stress(net, images, label, device, temperature):
    """Per strength: accuracy, calibration and accuracy by coverage."""
    result = {}
    for strength in STRENGTHS:
        probability, _ = answers(net, stressed(images, strength), device, temperature)
        result[strength] = {
            "accuracy": round(share_right(label, probability.argmax(1)), 4),
            "ece": round(calibration_error(probability, label), 4),
            "accuracyByCoverage": accuracy_by_coverage(probability, label),
        }
    return result


def score_strangers(net, images, good, options, device):
    """Area under ROC of quality, per kind of crop that was not trained on and over all of them."""
    torch.manual_seed(1)
    faces, bad = images.float() / 255, {}
    for kind in strangers.KINDS:
        crops = (strangers.backgrounds(options, 1000) if kind == "background"
                 else (strangers.strangers(faces, kind) * 255).round().to(torch.uint8))
        bad[kind] = outputs_of(net, crops, device)[2].numpy()[:, 0]
    # Every kind weighs the same in the whole.
    least = min(len(values) for values in bad.values())
    return {"all": round(area_under_roc(good, np.concatenate([values[:least] for values in bad.values()])), 4),
            **{kind: round(area_under_roc(good, values), 4) for kind, values in bad.items()}}


def score(net, split, options, device, temperature):
    images, _, feelings, _, label = split
    counted = label >= 0
    images, feelings, label = images[counted], feelings[counted].numpy(), label[counted].numpy()
    logits, valence_arousal, quality = outputs_of(net, images, device)
    probability, quality = torch.softmax(logits / temperature, 1).numpy(), quality.numpy()[:, 0]
    predicted = probability.argmax(1)
    confusion = confusion_of(label, predicted)
    torch.manual_seed(1)
    bad = (spoilt(images.float() / 255) * 255).round().to(torch.uint8)
    error = np.abs(valence_arousal.numpy() - feelings).mean(0)
    return {
        "images": int(len(label)),
        "accuracy": round(share_right(label, predicted), 4),
        "accuracy95": bootstrap(label, predicted, share_right),
        "macroF1": round(macro_f1(label, predicted), 4),
        "macroF1_95": bootstrap(label, predicted, macro_f1),
        "macroF1OfSixFrequent": round(macro_f1_of_frequent(label, predicted), 4),
        "macroF1OfSixFrequent95": bootstrap(label, predicted, macro_f1_of_frequent),
        "ece": round(calibration_error(probability, label), 4),
        "accuracyByCoverage": accuracy_by_coverage(probability, label),
        "stress": score_stress(net, images, label, device, temperature),
        "valenceError": round(float(error[0]), 4),
        "arousalError": round(float(error[1]), 4),
        "qualityAreaUnderRoc": round(area_under_roc(quality, outputs_of(net, bad, device)[2].numpy()[:, 0]), 4),
        "qualityAreaUnderRocStrangers": score_strangers(net, images, quality, options, device),
        "f1": dict(zip(ferplus.LABELS, f1_of(label, predicted).round(3).tolist())),
        "f1_95": dict(zip(ferplus.LABELS, map(list, zip(*bootstrap(label, predicted, f1_of))))),
        "confusion": confusion.tolist(),
    }


def main():
    parser = arguments(__doc__, split="test", threads=1)
    parser.add_argument("--checkpoint", default=shipped("emotion"))
    options = parser.parse_args()
    _, device = begin(options, "score_emotion")
    card = PROJECT / "models" / "emotion" / "emotion.json"
    temperature = json.loads(card.read_text())["temperature"] if card.exists() else 1.0
    split = tensors(options.data, options.split)
    result = score(load_net(options.checkpoint, device), split, options, device, temperature)
    confusion = result.pop("confusion")
    print(json.dumps(result, indent=2))
    print("confusion (rows: label, columns: answer)\n" + " " * 10 + " ".join(f"{n[:9]:>9}" for n in ferplus.LABELS))
    for name, row in zip(ferplus.LABELS, confusion):
        print(f"{name:10}" + " ".join(f"{v:9}" for v in row))


if __name__ == "__main__":
    main()
