"""The comparison in MODEL_CARDS.md: `train.sh baseline table` prints it as it stands there.

Scores are those that baselines.py kept in baselines.json, beside those of the card of the net
that ships. Milliseconds are measured here, all nets by turns on one core with the library that
the program uses, one face at a time; a net's speed does not depend on its weights, so the
baselines are timed with random ones.
"""
import json
from pathlib import Path

import numpy as np
import torch

from baseline_nets import NETS
from baselines import PEER, RESULTS
from emotion_net import SIZE
from quantise import milliseconds
from runs import RUNS, arguments, begin, shipped


def files():
    """Each net as an ONNX file, what its input is called, and the input's shape."""
    face = (1, 1, SIZE, SIZE)
    nets = {"this one": (shipped("emotion"), "face", face)}
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
    return {"parameters": card["parameters"], "train": None,
            "valid": {"accuracy": card["FER+ valid accuracy, 8 classes"]},
            "test": {"accuracy": card["FER+ test accuracy, 8 classes"],
                     "macroF1": card["FER+ test macro-F1, 8 classes"],
                     "macroF1OfSixFrequent": card["FER+ test macro-F1, 6 frequent classes"]}}


def percent(result, split):
    return f"{result[split]['accuracy']:.1%}".replace("%", " %") if result.get(split) else ""


def row(name, result, milliseconds_of):
    test = result["test"]
    spread = "-".join(f"{100 * end:.1f}" for end in test["accuracy95"]) if "accuracy95" in test else ""
    base = name.removesuffix("-oversampled")
    return " | ".join([
        f"| `{name}`", f"{result['parameters']:,}" if result["parameters"] else "",
        str(result.get("epochs") or ""), percent(result, "train"), percent(result, "valid"),
        percent(result, "test") + (f" ({spread})" if spread else ""), f"{test['macroF1OfSixFrequent']:.3f}",
        f"{milliseconds_of[base]:.2f} |"])


def main():
    parser = arguments(__doc__, threads=1, rounds=9)
    options = parser.parse_args()
    begin(options, "baseline_table")
    measured, stored = times(options.rounds), json.loads(RESULTS.read_text())
    print("| net | parameters | epochs | training | validation | test (95 % interval) | macro-F1, 6 frequent "
          "| ms a face |\n|---|---|---|---|---|---|---|---|")
    for name, result in {"this one": of_card(), **stored}.items():
        print(row(name, result, measured))


if __name__ == "__main__":
    main()
