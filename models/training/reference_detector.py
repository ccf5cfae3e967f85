"""The public reference detector as a teacher: it labels pictures, nothing else.

Its weights are for research only. They are never copied into a net of ours, not even as
a starting point; only the boxes and landmarks it finds are used.
"""
import cv2
import numpy as np
import torch

from anchors import detections
from detector_net import RetinaFace

MEAN = np.array([104, 117, 123], dtype=np.float32)  # BGR


class ReferenceDetector:
    def __init__(self, weights, long_side=640):
        """`weights`: the state dict file. Pictures are enlarged to `long_side` px."""
        self.net = RetinaFace(channels=3, slope=0.1)
        state = torch.load(weights, map_location="cpu")
        self.net.load_state_dict({k.replace("module.", ""): v for k, v in state.items()})
        self.net = self.net.eval().to(memory_format=torch.channels_last)
        self.long_side = long_side
        self.frozen = {}  # by size: with batch normalisation folded in, twice as fast

    @torch.no_grad()
    def find(self, grey, threshold=0.5):
        """Grey uint8 [H,W] -> rows [K,15] (box, score, landmarks) in the picture's pixels."""
        scale = self.long_side / max(grey.shape)
        large = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        height, width = (-(-side // 32) * 32 for side in large.shape)
        image = np.zeros((height, width, 3), dtype=np.float32)  # 0 after the mean: grey filling
        image[:large.shape[0], :large.shape[1]] = large[:, :, None] - MEAN
        tensor = torch.from_numpy(image.transpose(2, 0, 1)[None]).to(memory_format=torch.channels_last)
        if tensor.shape not in self.frozen:
            traced = torch.jit.freeze(torch.jit.trace(self.net, tensor))
            self.frozen[tensor.shape] = torch.jit.optimize_for_inference(traced)
        boxes, scores, landmarks = (output[0].numpy() for output in self.frozen[tensor.shape](tensor))
        found = detections(boxes, scores, landmarks, height, width, threshold)
        found[:, :4] /= scale
        found[:, 5:] /= scale
        return found
