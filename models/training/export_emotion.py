"""Step 2 of the emotion net: ONNX file and card.

What ships looks at a face both ways (emotion_net.BothWays). Temperature and shifts are fitted on
the validation split (calibration.py), the alignment template comes from FER+ (alignment.py), the
scores are those of score_emotion.py. With --int8 the net is brought to 8 bits
(quantise.py), and that is what is scored and kept, where it wins. Test is read for a net that
takes its place in models/, and for no other.
"""
import json
import shutil

import torch

import calibration
import cards
import ferplus
from alignment import template
from emotion_data import tensors
from emotion_net import MEAN, SIZE, STD, EmotionNet, normalise
from onnx_net import OnnxNet
from quantise import quantise, wins
from runs import PROJECT, RUNS, arguments, begin
from score_emotion import load_net, score
from train_emotion import CHECKPOINT, accuracy, outputs_of, taught_before

OUT = PROJECT / "models" / "emotion" / "emotion.onnx"
FLOAT, INT8 = RUNS / "emotion-float.onnx", RUNS / "emotion-int8.onnx"
CALIBRATED_ON = 500  # pictures
# Area under ROC of quality on valid, against kinds not trained on: a net that reads faces better
# but takes for a face what is none would be no gain.
LEAST_QUALITY = 0.95
ON_TRAIN, ON_VALID, ON_TEST = (f"FER+ {split} accuracy, 8 classes" for split in ("training", "valid", "test"))
ENDS_ON_TEST = tuple(f"{ON_TEST}, {end} end of its 95 % interval" for end in ("lower", "upper"))
UNTAUGHT = ("FER+ training split (votes of ten people on FER2013 pictures, whose rights are unclear), from random "
            "weights; research and evaluation only, see MODEL_CARDS.md")
TAUGHT = ("FER+ training split (votes of ten people on FER2013 pictures, whose rights are unclear) and scraped web "
          "photos, from random weights, with the opinions and features of teachers that began as face recognition nets "
          "(MS-Celeb-1M; VGGFace2 and IMDB-Wiki); research and evaluation only, see MODEL_CARDS.md")


def write_onnx(net):
    # In evaluation mode the exporter folds batch normalisation into the convolutions; 13 is the
    # first version of the operators with a scale for every channel.
    torch.onnx.export(net, torch.zeros(1, 1, SIZE, SIZE), str(FLOAT), opset_version=13, input_names=["face"],
                      output_names=["emotions", "valence_arousal", "quality"])


def int8_net(net, valid, device, log):
    """The net in 8 bits; None where it does not win."""
    picked = torch.randperm(len(valid[0]))[:CALIBRATED_ON]
    quantise(FLOAT, normalise(valid[0][picked].float() / 255), 0, INT8, log)
    int8 = OnnxNet(INT8)
    before, after = accuracy(net, valid, device), accuracy(int8, valid, device)
    log.info("valid: float %.4f, 8 bits %.4f", before, after)
    return int8 if wins(before - after, (FLOAT, INT8), "face", (1, 1, SIZE, SIZE), log) else None


def calibrate(net, made, valid, device, log):
    """Fits the answers of a net to the validation split, writes the shifts into its file `made` and
    returns temperature and shifts."""
    counted = valid[4] >= 0
    logits, label = outputs_of(net, valid[0][counted], device)[0], valid[4][counted]
    temperature, shifts = calibration.fit(logits, label)
    log.info("valid: right %.4f, with shifts %.4f, with shifts fitted on other pictures %.4f; shifts %s",
             (logits.argmax(1) == label).float().mean(), ((logits + shifts).argmax(1) == label).float().mean(),
             calibration.crossed(logits, label),
             " ".join(f"{name} {shift:+.2f}" for name, shift in zip(ferplus.LABELS, shifts.tolist())))
    calibration.shift_answers(made, shifts)
    return round(temperature, 3), shifts


def scores_on_test(on_test):
    """What a card says of test."""
    return {
        ON_TEST: on_test["accuracy"],
        **dict(zip(ENDS_ON_TEST, on_test["accuracy95"])),
        "FER+ test macro-F1, 8 classes": on_test["macroF1"],
        "FER+ test macro-F1, 6 frequent classes": on_test["macroF1OfSixFrequent"],
        "FER+ test expected calibration error": on_test["ece"],
        "FER+ test images counted": on_test["images"],
        "FER+ test accuracy under mild stress": on_test["stress"]["mild"]["accuracy"],
        "FER+ test accuracy under strong stress": on_test["stress"]["strong"]["accuracy"],
        "FER+ test quality, area under ROC against crops made unusable": on_test["qualityAreaUnderRoc"],
        "FER+ test quality, area under ROC against kinds not trained on": on_test["qualityAreaUnderRocStrangers"]["all"],
        "FER+ test valence, mean error against values derived from votes": on_test["valenceError"],
        "FER+ test arousal, mean error against values derived from votes": on_test["arousalError"],
    }


def main():
    parser = arguments(__doc__, threads=1, version="0.4.0")
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    parser.add_argument("--replace", action="store_true", help="replace the net in models/ even by a worse one")
    parser.add_argument("--int8", action="store_true", help="8 bits, if that is faster and loses at most half a point")
    parser.add_argument("--new-template", action="store_true", help="measure the alignment anew (minutes)")
    options = parser.parse_args()
    log, _ = begin(options, "export_emotion")
    device = torch.device("cpu")
    net, notes = load_net(options.checkpoint, device), torch.load(options.checkpoint, map_location=device).get("notes", {})
    valid = tensors(options.data, "valid")
    write_onnx(net)
    made, weights = FLOAT, net.net.state_dict()
    if options.int8:
        int8 = int8_net(net, valid, device, log)
        if int8 is None:
            log.info("8 bits do not win: the net stays in floats")
        else:
            net, made = int8, INT8
    temperature, shifts = calibrate(net, made, valid, device, log)
    net, weights = OnnxNet(made), {**weights, "emotions.bias": weights["emotions.bias"] + shifts}
    on_valid = score(net, valid, options, device, temperature)
    log.info("valid %.4f, temperature %.3f", on_valid["accuracy"], temperature)
    out = cards.place(OUT, ON_VALID, on_valid["accuracy"], options.replace, log)
    quality = on_valid["qualityAreaUnderRocStrangers"]["all"]
    if quality < LEAST_QUALITY and not options.replace:
        log.info("valid: quality %.4f against kinds not trained on, %.2f are wanted; the net stays in %s (--replace overrules)",
                 quality, LEAST_QUALITY, RUNS.name)
        out = RUNS / OUT.name
    on_train = accuracy(net, tensors(options.data, "train"), device)
    scores = {ON_TRAIN: round(on_train, 4), ON_VALID: on_valid["accuracy"]}
    if out == OUT:
        scores |= scores_on_test(score(net, tensors(options.data, "test"), options, device, temperature))
        log.info("test %.4f", scores[ON_TEST])

    # The template depends on how FER+ is framed, not on the net: what a card says stays.
    old = OUT.with_suffix(".json")
    known = old.exists() and not options.new_template
    points = json.loads(old.read_text())["alignment"] if known else template(options, log)
    shutil.copyfile(made, out)
    path = cards.write({
        "name": "CabinMood emotion net", "version": options.version, "kind": "emotion",
        "file": "", "sha256": "",
        "input": {"name": "face", "layout": "NCHW", "channels": "grey", "width": SIZE, "height": SIZE,
                  "multipleOf": 1, "mean": [MEAN], "std": [STD]},
        "outputs": {"emotions": "emotions", "valenceArousal": "valence_arousal", "quality": "quality"},
        "labels": list(ferplus.LABELS),
        "temperature": temperature,
        "alignment": points,
        "trainedOn": TAUGHT if taught_before(notes) else UNTAUGHT,
        "licence": "The weights are this project's own and come under its licence; the rights in the training "
                   "pictures are unclear, so series production needs a net trained on own data.",
        "scores": {**scores, "parameters": sum(p.numel() for p in EmotionNet().parameters())},
    }, out)
    cards.keep_weights(out, weights, made == INT8, notes)
    log.info("wrote %s and %s", out, path)


if __name__ == "__main__":
    main()
