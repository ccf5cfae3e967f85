"""Writes a net's card: the JSON beside the ONNX file that tells the program all it must know."""
import hashlib
import json
from pathlib import Path


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
