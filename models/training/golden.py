"""Golden numbers: what the nets say of a drawn frame, for the C# program to hold itself against.

Reads tests/data/golden/cabin-frame.png (drawn by draw_clip.py: it shows nobody), writes
detector.json, emotion.json and the face crop face-crop.png beside it. Only the nets that lie in
models/ count: their averaged weights are kept by the export step in runs/*-exported.pt, for torch
to compute with. Of a net in 8 bits they are only where it came from; there ONNX Runtime computes.
"""
import json

import cv2
import numpy as np
import torch

from alignment import aligned
from cards import sha256_of
from check_clip import driver
from draw_clip import DRIVER_ZONE, GOLDEN
from emotion_net import normalise
from runs import PROJECT, RUNS, arguments, begin
from score_detector import MEAN, find
from score_detector import load_net as load_detector
from score_emotion import load_net as load_emotion

ORIGIN = ("computed with torch (a net in 8 bits: with ONNX Runtime) by models/training/golden.py; the picture was drawn by models/training/draw_clip.py "
          "from averages of at least 100 FER+ validation images each and shows nobody")


def exported(kind):
    """The card of a net and what to load it from, or None if the net was not exported here."""
    card_path, weights = PROJECT / "models" / kind / f"{kind}.json", RUNS / f"{kind}-exported.pt"
    if not card_path.exists() or not weights.exists():
        return None
    card = json.loads(card_path.read_text())
    kept = torch.load(weights, map_location="cpu")
    if kept["sha256"] != card["sha256"]:
        return None
    return card, card_path.with_name(card["file"]) if kept.get("int8") else weights


def numbers(values, digits=5):
    return [round(float(v), digits) for v in np.ravel(values)]


def write_detector(frame, log):
    made = exported("detector")
    if made is None:
        log.info("the detector in models/ was not made here: its golden numbers stay as they are")
        return None
    card, weights = made
    found = find(load_detector(weights), frame, card["defaultThreshold"])
    (GOLDEN.parent / "detector.json").write_text(json.dumps({
        "origin": ORIGIN, "model": card["file"], "sha256": card["sha256"], "picture": GOLDEN.name,
        "threshold": card["defaultThreshold"], "suppressAbove": 0.4,
        "filling": f"the 320x240 picture is filled up with {MEAN:g} at the bottom to 320x256, not scaled",
        "tolerance": "1e-3 on scores, 0.05 px on boxes and landmarks",
        "detections": [{"box": numbers(r[:4], 3), "score": round(float(r[4]), 5), "landmarks": numbers(r[5:], 3)} for r in found],
    }, indent=2) + "\n")
    log.info("detector: %d detections, scores %s", len(found), numbers(found[:, 4], 3))
    return found


def write_emotion(frame, found, log):
    made = exported("emotion")
    if made is None:
        log.info("the emotion net in models/ was not made here: its golden numbers stay as they are")
        return
    card, weights = made
    crop_path = GOLDEN.parent / "face-crop.png"
    if found is not None:
        face = driver(found, DRIVER_ZONE, 320, 240)
        if face is not None:
            cv2.imwrite(str(crop_path), aligned(frame, face[5:].reshape(5, 2), card["alignment"]))
    crop = cv2.imread(str(crop_path), cv2.IMREAD_GRAYSCALE)
    if crop is None:
        log.info("no face crop yet: the detector comes first")
        return
    with torch.no_grad():
        logits, feeling, quality = load_emotion(weights, torch.device("cpu"))(normalise(torch.from_numpy(crop)[None, None].float() / 255))
    probability = torch.softmax(logits[0] / card["temperature"], 0)
    (GOLDEN.parent / "emotion.json").write_text(json.dumps({
        "origin": ORIGIN + "; the crop was cut from it by our detector and the card's alignment",
        "model": card["file"], "sha256": card["sha256"], "picture": crop_path.name, "tolerance": "1e-3",
        "labels": card["labels"], "logits": numbers(logits), "temperature": card["temperature"],
        "probabilities": numbers(probability), "valence": numbers(feeling)[0], "arousal": numbers(feeling)[1],
        "quality": numbers(quality)[0],
    }, indent=2) + "\n")
    log.info("emotion: %s", dict(zip(card["labels"], numbers(probability, 3))))


def main():
    options = arguments(__doc__, threads=1).parse_args()
    log, _ = begin(options, "golden")
    frame = cv2.imread(str(GOLDEN), cv2.IMREAD_GRAYSCALE)
    if frame is None:
        log.info("no frame yet: train.sh clip draws it")
        return
    write_emotion(frame, write_detector(frame, log), log)


if __name__ == "__main__":
    main()
