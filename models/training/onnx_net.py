"""An ONNX file in the place of a torch net, run by the library that the program uses."""
import subprocess

import numpy as np
import torch

from runs import HERE


class OnnxNet:
    """Called with float32 [N,C,H,W] it gives all outputs of the file, joined over N, as the torch
    net does. ONNX Runtime comes through node: Debian has no Python binding. `train.sh` sees to
    NODE_PATH, which must name a folder with onnxruntime-node."""

    def __init__(self, path):
        self.process = subprocess.Popen(["node", HERE / "answer_onnx.js", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def eval(self):
        return self

    def __call__(self, pixels):
        self.process.stdin.write(np.array(pixels.shape, np.int32).tobytes() + pixels.float().contiguous().numpy().tobytes())
        self.process.stdin.flush()
        return tuple(self._tensor() for _ in range(self._read(np.int32, 1)[0]))

    def _tensor(self):
        sizes = self._read(np.int32, self._read(np.int32, 1)[0])
        return torch.from_numpy(self._read(np.float32, int(np.prod(sizes))).reshape(sizes))

    def _read(self, kind, count):
        raw = self.process.stdout.read(4 * int(count))
        if len(raw) < 4 * count:
            raise RuntimeError(f"{' '.join(map(str, self.process.args))} gave up; what it said stands above")
        return np.frombuffer(raw, kind).copy()
