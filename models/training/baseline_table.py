"""The comparison in MODEL_CARDS.md: `train.sh baseline table` prints it as it stands there, but for
the milliseconds, which are measured anew.

Scores are those that baselines.py kept in baselines.json, beside those of the card of the net
that ships. All nets are timed by turns on one core with the library that the program uses, one
face at a time; a net's speed does not depend on its weights, so the baselines are timed with
random ones.
"""
import json
from pathlib import Path

import numpy as np
import torch

from baseline_nets import NETS
from baselines import PEER, RESULTS
from emotion_net import SIZE
from export_emotion import ENDS_ON_TEST, ON_TEST, ON_TRAIN, ON_VALID
from quantise import milliseconds
from runs import RUNS, arguments, begin, shipped

OURS = "this one"
DESCRIBED = {
    "cnn4": "the four convolutions of several student papers",
    "cnn4-oversampled": "rare classes repeated until all are as frequent",
    "cnn3": "the same without the fourth",
    "resnet50v2": "`--epochs 3`, 20 to 25 minutes of one core",
    "peer": "OpenCV zoo's MobileFaceNet for expressions, 8 bits, seven classes without contempt; crops as they are, "
            "enlarged to its 112 px",
}


def files():
    """Each net as an ONNX file, what its input is called, and the input's shape."""
    face = (1, 1, SIZE, SIZE)
    nets = {OURS: (shipped("emotion"), "face", face)}
    for name, make in NETS.items():
        path = RUNS / f"baseline-{name}.onnx"
        torch.onnx.export(make().eval(), torch.zeros(face), str(path), opset_version=13, input_names=["face"],
                          output_names=["emotions"])
        nets[name] = (path, "face", face)
    nets["peer"] = (Path(PEER), "data", (1, 3, 112, 112))
    return nets


def times(rounds):
    """Median milliseconds by name."""
    nets = files()
    rows = [[milliseconds((path,), name, shape, rounds=1)[0, 0] for path, name, shape in nets.values()]
            for _ in range(rounds)]
    return dict(zip(nets, np.median(np.array(rows), 0)))


def of_card():
    card = json.loads(shipped("emotion").with_suffix(".json").read_text())["scores"]
    return {"parameters": card["parameters"], "train": {"accuracy": card[ON_TRAIN]},
            "valid": {"accuracy": card[ON_VALID]},
            "test": {"accuracy": card[ON_TEST], "accuracy95": [card[end] for end in ENDS_ON_TEST],
                     "macroF1": card["FER+ test macro-F1, 8 classes"],
                     "macroF1OfSixFrequent": card["FER+ test macro-F1, 6 frequent classes"]}}


def percent(result, split):
    return f"{result[split]['accuracy']:.1%}".replace("%", " %") if result.get(split) else ""


def titled(name):
    if name == OURS:
        return name
    return f"`{name}`" + (f": {DESCRIBED[name]}" if name in DESCRIBED else "")


def row(name, result, milliseconds_of):
    test = result["test"]
    spread = "-".join(f"{100 * end:.1f}" for end in test["accuracy95"]) if "accuracy95" in test else ""
    base = name.removesuffix("-oversampled")
    cells = [
        titled(name), f"{result['parameters']:,}" if result["parameters"] else "",
        str(result.get("epochs") or ""), percent(result, "train"), percent(result, "valid"),
        percent(result, "test") + (f" ({spread})" if spread else ""), f"{test['macroF1OfSixFrequent']:.3f}",
        f"{milliseconds_of[base]:.2f}"]
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def main():
    parser = arguments(__doc__, threads=1, rounds=9)
    options = parser.parse_args()
    log, _ = begin(options, "baseline_table")
    measured, stored = times(options.rounds), json.loads(RESULTS.read_text())
    for name in (name for name in NETS if name not in stored):
        log.info("%s, which was not scored: %.2f ms a face", name, measured[name])
    print("| net | parameters | epochs | training | validation | test (95 % interval) | macro-F1, 6 frequent "
          "| ms a face |\n|---|---|---|---|---|---|---|---|")
    for name, result in {OURS: of_card(), **stored}.items():
        print(row(name, result, measured))


if __name__ == "__main__":
    main()
