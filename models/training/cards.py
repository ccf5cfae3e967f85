"""Writes a net's card: the JSON beside the ONNX file that tells the program all it must know."""
import hashlib
import json
from pathlib import Path

import torch

from runs import RUNS


def sha256_of(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def write(card, net_file):
    """Fills in file name and checksum and writes NAME.json beside NAME.onnx."""
    net_file = Path(net_file)
    card = dict(card, file=net_file.name, sha256=sha256_of(net_file))
    path = net_file.with_suffix(".json")
    path.write_text(json.dumps(card, indent=2) + "\n")
    return path


def update_scores(path, scores):
    """Replaces numbers in an existing card, leaves the rest as it is."""
    card = json.loads(Path(path).read_text())
    card["scores"] = {**card["scores"], **scores}
    Path(path).write_text(json.dumps(card, indent=2) + "\n")


def place(wanted, key, score, replace, log):
    """Where a net goes: to models/, unless a better one lies there and `replace` is not set.
    A trial run of one epoch must not take the place of the finished net."""
    card = Path(wanted).with_suffix(".json")
    best = json.loads(card.read_text())["scores"].get(key, 0) if card.exists() else 0
    if best > score and not replace:
        log.info("%s: %.4f here, %.4f in %s, which stays (--replace overrules)", key, score, best, card.name)
        wanted = RUNS / Path(wanted).name
    Path(wanted).parent.mkdir(parents=True, exist_ok=True)
    return Path(wanted)


def keep_weights(net_file, weights, int8=False, notes=None):
    """Keeps the torch weights that a net in models/ was exported from, for golden.py, with the notes
    that went with them. Of a net in 8 bits these are the float ones that it was made from."""
    if net_file.parent != RUNS:
        torch.save({"average": weights, "notes": notes or {}, "sha256": sha256_of(net_file), "int8": int8},
                   RUNS / f"{net_file.stem}-exported.pt")
