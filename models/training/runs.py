"""What every step shares: where data lies, seeds, threads, the device, logs and progress."""
import argparse
import hashlib
import logging
import os
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
RUNS = HERE / "runs"    # ignored by git: logs, checkpoints of runs
CACHE = HERE / "cache"  # ignored by git: labels and other things that can be made again


def shipped(kind):
    """The net in models/: `emotion` or `detector`."""
    return PROJECT / "models" / kind / f"{kind}.onnx"


def arguments(description, **defaults):
    """The command line that every step has; `defaults` presets epochs, minutes and so on."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, default=PROJECT / "../shared/data",
                        help="folder with ferplus/, web-faces/, clips/")
    parser.add_argument("--reference", type=Path,
                        default=PROJECT / "../shared/models/retinaface_mobilenet025.pth",
                        help="weights of the reference detector (it only labels)")
    parser.add_argument("--threads", type=int, default=defaults.pop("threads", 2))
    parser.add_argument("--seed", type=int, default=1)
    for name, value in defaults.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(value), default=value)
    return parser


def begin(options, name):
    """Fixes seeds and threads, opens runs/NAME.log. Returns (log, device)."""
    random.seed(options.seed)
    np.random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    RUNS.mkdir(exist_ok=True)
    CACHE.mkdir(exist_ok=True)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", force=True,
        handlers=[logging.StreamHandler(sys.stdout), logging.FileHandler(RUNS / f"{name}.log")])
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cudnn.benchmark = True
    logging.info("%s: %s, %d threads, seed %d", name, device, options.threads, options.seed)
    return logging.getLogger(name), device


def bfloat16_pays(device):
    """True where the processor multiplies bfloat16 itself: training is then 1.5 times as fast."""
    if device.type == "cuda":
        return True
    try:
        return "avx512_bf16" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


class Progress:
    """A line every few seconds: how far, how fast, how long still."""

    def __init__(self, log, total, every_s=30):
        self.log, self.total, self.every_s = log, total, every_s
        self.start = self.last = time.monotonic()

    def step(self, done, text="", loss=None):
        """`loss` is only read when a line is due: asking a GPU for a number makes it wait."""
        now = time.monotonic()
        if now - self.last < self.every_s and done < self.total:
            return
        self.last = now
        spent = now - self.start
        if loss is not None:
            text = f"loss {loss.item():.3f}"
        left = spent / max(done, 1) * (self.total - done)
        self.log.info("%d/%d  %.0f s spent, %.0f s left  %s", done, self.total, spent, left, text)


def save_atomically(value, path):
    """A run that is cut while it writes must still be resumable."""
    torch.save(value, str(path) + ".part")
    os.replace(str(path) + ".part", path)


def fingerprint(tensors):
    """A short checksum of the values of tensors: a name alone does not tell a net from the same one trained further."""
    digest = hashlib.sha256()
    for tensor in tensors:
        digest.update(tensor.cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
