"""Trains and scores what others use, on our data: `train.sh baseline NAME`.

As the papers do: one label a picture (the majority), Adam at 1e-4, batches of 64, nothing varied;
NAME-oversampled repeats the rare classes until all are as frequent as the most frequent one.
Training and test accuracy stand side by side, since what such papers report is often the first.
`peer` scores the public net of another project instead; it knows seven emotions (no contempt).
Results are kept in baselines.json, for the comparison in MODEL_CARDS.md (baseline_table.py).
"""
import json

import cv2
import numpy as np
import torch
from torch.nn import functional as F

from baseline_nets import NETS
from emotion_data import tensors
from measures import bootstrap
from onnx_net import OnnxNet
from runs import HERE, PROJECT, RUNS, Progress, arguments, begin
from score_emotion import macro_f1, macro_f1_of_frequent, share_right
from training_run import TrainingRun

RESULTS = HERE / "baselines.json"
OVERSAMPLED = "-oversampled"
PEER = PROJECT / "../shared/models/opencv_zoo_fer_mobilefacenet_int8.onnx"
# The peer's outputs in the order of our labels; it has none for contempt.
PEER_ORDER = ("angry", "disgust", "fearful", "happy", "neutral", "sad", "surprised")
PEER_PICK = [PEER_ORDER.index(name) for name in ("neutral", "happy", "surprised", "sad", "angry", "disgust", "fearful")]


def counted(data, split):
    """Images uint8 [N,1,48,48] and labels of a split, those that have one."""
    images, _, _, _, label = tensors(data, split)
    return images[label >= 0], label[label >= 0]


@torch.no_grad()
def predicted(net, images, device, batch=256):
    net.eval()
    return torch.cat([net(images[start:start + batch].to(device).float() / 255).argmax(1).cpu()
                      for start in range(0, len(images), batch)]).numpy()


def repeated(label):
    """Indices in which every class is as frequent as the most frequent one."""
    members = [(label == c).nonzero()[:, 0] for c in range(8)]
    most = max(map(len, members))
    return torch.cat([m.repeat(-(-most // len(m)))[:most] for m in members])


def train(name, options, log, device):
    images, label = (t.to(device) for t in counted(options.data, "train"))
    pool = repeated(label) if name.endswith(OVERSAMPLED) else torch.arange(len(label), device=device)
    checkpoint = RUNS / f"baseline-{name}.pt"
    run = TrainingRun(NETS[name.removesuffix(OVERSAMPLED)](), checkpoint, options, device, log, options.rate)
    # Steps of an epoch over the pictures as they are, so that both ways cost the same.
    steps_per_epoch = len(label) // options.batch
    total = options.epochs * steps_per_epoch
    progress, done_before = Progress(log, max(total - run.step, 1)), run.step
    while run.step < total:
        order = pool[torch.randperm(len(pool), device=device)]
        run.net.train()
        for start in range(0, steps_per_epoch * options.batch, options.batch):
            picked = order[start:start + options.batch]
            logits = run.outputs(images[picked].float() / 255).float()
            loss = F.cross_entropy(logits, label[picked])
            run.learn(loss, options.rate)
            progress.step(run.step - done_before, loss=loss)
        run.save_if_due()
    run.save()
    return lambda faces: predicted(run.net, faces, device), sum(p.numel() for p in run.net.parameters())


def peer_answers(images):
    """The public net: 112 px, three equal channels, mean and deviation of a half. Its 8-bit
    operators need ONNX Runtime."""
    peer, said = OnnxNet(PEER), []
    for start in range(0, len(images), 200):
        large = np.stack([cv2.resize(image, (112, 112)) for image in images[start:start + 200, 0].numpy()])
        pixels = np.repeat((large.astype(np.float32) / 127.5 - 1)[:, None], 3, 1)
        said.append(peer(torch.from_numpy(pixels))[0].numpy()[:, PEER_PICK].argmax(1))
    return np.concatenate(said)


def main():
    parser = arguments(__doc__, threads=1, epochs=20, batch=64, rate=1e-4, decay=0.0)
    names = [n + suffix for n in NETS for suffix in ("", OVERSAMPLED)]
    parser.add_argument("name", choices=[*names, "peer"])
    parser.add_argument("--fresh", action="store_true", help="do not resume")
    options = parser.parse_args()
    log, device = begin(options, f"baseline-{options.name}")
    answer, parameters = (peer_answers, None) if options.name == "peer" else train(options.name, options, log, device)
    result = {"parameters": parameters, "epochs": None if options.name == "peer" else options.epochs}
    for split in ("train", "valid", "test"):
        if split == "train" and options.name == "peer":
            continue
        images, label = counted(options.data, split)
        said, label = answer(images), label.numpy()
        result[split] = {"accuracy": round(share_right(label, said), 4), "macroF1": round(macro_f1(label, said), 4),
                         "macroF1OfSixFrequent": round(macro_f1_of_frequent(label, said), 4)}
        if split == "test":
            result[split]["accuracy95"] = bootstrap(label, said, share_right)
    stored = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    stored[options.name] = result
    RESULTS.write_text(json.dumps(stored, indent=1) + "\n")
    log.info("%s: %s", options.name, json.dumps(result))


if __name__ == "__main__":
    main()
