"""Step 4 of the detector: ONNX file and card.

The threshold is chosen on fresh scenes from training photos (the held-out ones are only
scored): the highest with which 99.5 % of the faces are found that are found at 0.3. With --int8
the net is brought to 8 bits (quantise.py), and that is what is scored and kept, where it wins.
"""
import shutil

import numpy as np
import torch

import cards
from anchors import SIZES, STRIDES, VARIANCES
from detector_net import RetinaFace
from onnx_net import OnnxNet
from quantise import quantise, wins
from runs import PROJECT, RUNS, arguments, begin
from score_detector import CLIPS, HEIGHT, WIDTH, held_out_scenes, input_of, load_net, score_clip, score_scenes
from train_detector import CHECKPOINT, MEAN, STD

OUT = PROJECT / "models" / "detector" / "detector.onnx"
FLOAT, INT8 = RUNS / "detector-float.onnx", RUNS / "detector-int8.onnx"
CALIBRATED_ON = 100  # scenes from training photos
RECALL = "held-out scenes, recall of the reference's faces of 40 px and more"
THRESHOLDS = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92]


def choose_threshold(net, options, log):
    result = score_scenes(net, options, log, THRESHOLDS, options.scenes // 2, held=False, seed=7)
    recall = result["recall"]
    log.info("scenes from training photos: %s", result)
    good = [t for t in THRESHOLDS if recall[str(t)] >= 0.995 * recall[str(THRESHOLDS[0])]]
    return max(good)


def write_onnx(net):
    # In evaluation mode the exporter folds batch normalisation into the convolutions; 13 is the
    # first version of the operators with a scale for every channel.
    torch.onnx.export(
        net, input_of(np.zeros((HEIGHT, WIDTH), np.uint8)), str(FLOAT), opset_version=13, input_names=["image"],
        output_names=["boxes", "scores", "landmarks"],
        dynamic_axes={"image": {2: "height", 3: "width"}, "boxes": {1: "anchors"},
                      "scores": {1: "anchors"}, "landmarks": {1: "anchors"}})


def int8_net(options, log):
    """The net in 8 bits, and the shape [C,H,W] of its input."""
    scenes = held_out_scenes(options.data, CALIBRATED_ON, held=False, seed=7)
    pixels = torch.cat([input_of(pixels) for pixels, _, _ in scenes])
    quantise(FLOAT, pixels, 1, INT8, log)
    return OnnxNet(INT8), pixels.shape[1:]


def score_at_best(net, options, log):
    """The threshold, and what the held-out scenes say at it."""
    threshold = choose_threshold(net, options, log)
    scenes = score_scenes(net, options, log, [threshold], options.scenes)
    log.info("threshold %.2f, held-out scenes: %s", threshold, scenes)
    return threshold, scenes["recall"][str(threshold)], scenes


def main():
    parser = arguments(__doc__, threads=1, version="0.1.0", scenes=400)
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    parser.add_argument("--int8", action="store_true", help="8 bits, if that is faster and loses at most half a point")
    parser.add_argument("--replace", action="store_true", help="replace the net in models/ even by a worse one")
    options = parser.parse_args()
    log, _ = begin(options, "export_detector")
    net = load_net(options.checkpoint)
    write_onnx(net)
    made, weights = FLOAT, net.state_dict()
    threshold, recall, scenes = score_at_best(net, options, log)
    if options.int8:
        made, recall_before, scenes_before = INT8, recall, scenes
        net, shape = int8_net(options, log)
        threshold, recall, scenes = score_at_best(net, options, log)
        lost = max(recall_before - recall, scenes["landmarkErrorMean"] - scenes_before["landmarkErrorMean"])
        if not wins(lost, (FLOAT, INT8), "image", (1, *shape), log):
            log.info("8 bits do not win: what lies in models/ stays")
            return
    scores = {
        RECALL: recall,
        "held-out scenes, false alarms per frame": scenes["alarmsPerFrame"][str(threshold)],
        "held-out scenes, false alarms per frame of the reference": scenes["referenceAlarmsPerFrame"],
        "held-out scenes, landmark error in inter-eye distances": scenes["landmarkErrorMean"],
    }
    for name in CLIPS:
        clip = score_clip(net, options, log, name, [threshold])
        log.info("%s: %s", name, clip)
        scores[f"clip {name}, recall of the reference's faces of 40 px and more"] = clip["recall"][str(threshold)]
        scores[f"clip {name}, detections per frame that the reference does not share"] = clip["alarmsPerFrame"][str(threshold)]
        scores[f"clip {name}, landmark error in inter-eye distances"] = clip["landmarkErrorMean"]
    scores["parameters"] = sum(p.numel() for p in RetinaFace().parameters())

    out = cards.place(OUT, RECALL, recall, options.replace, log)
    shutil.copyfile(made, out)
    path = cards.write({
        "name": "CabinMood detector", "version": options.version, "kind": "detector",
        "file": "", "sha256": "",
        "input": {"name": "image", "layout": "NCHW", "channels": "grey", "width": None, "height": None,
                  "multipleOf": 32, "mean": [MEAN], "std": [STD]},
        "outputs": {"boxes": "boxes", "scores": "scores", "landmarks": "landmarks"},
        "anchors": {"strides": list(STRIDES), "sizes": [list(s) for s in SIZES], "variances": list(VARIANCES)},
        "defaultThreshold": threshold,
        "trainedOn": "scenes composed from scraped grey web photos, labelled by the public RetinaFace-MobileNet0.25 "
                     "(WIDER FACE, research), from random weights; research and evaluation only, see MODEL_CARDS.md",
        "licence": "The weights are this project's own and come under its licence; the rights in the training "
                   "photos are unclear and the labels come from a research-only net, so series production "
                   "needs a net trained on own data.",
        "scores": scores,
    }, out)
    cards.keep_weights(out, weights, options.int8)
    log.info("wrote %s and %s", out, path)


if __name__ == "__main__":
    main()
