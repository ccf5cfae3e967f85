"""MobileNet (Howard et al. 2017), trained to tell people apart, with a new output for emotions: a teacher.

Savchenko's own face net (PeerJ Computer Science 5:e197, 2019): it learnt the people of VGGFace2,
then age and sex. Its weights come with a public package (teacher_weights/), for TensorFlow.js;
neither they nor what becomes of them is ever committed.

Input   faces     float32 [N,1,H,W], 0..1 grey; any size, enlarged to 128x128 here
Output  emotions  float32 [N,8] logits, order of ferplus.LABELS
"""
import json
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from mobilefacenet import ReLU6
from runs import CACHE

WEIGHTS = CACHE / "teacher_weights/node_modules/@vladmandic/human/models/faceres.json"
# The weights are used to 224 px with some background; a face that fills its crop has about that
# size in 128 px, at a third of the arithmetic.
SIZE = 128
# ImageNet's mean of blue, green and red, 0..255, which nets of this kind are trained with; the
# package does not say. Tuning takes up what is wrong with it.
MEAN = (103.939, 116.779, 123.68)
EPSILON = 1e-3  # TensorFlow's own, in batch normalisation


def same_padded(x, stride):
    """TensorFlow's SAME for a 3x3 kernel: where an even size is halved, nothing is added above and left."""
    return F.pad(x, (0, 1, 0, 1) if stride == 2 and x.shape[-1] % 2 == 0 else (1, 1, 1, 1))


class DepthwiseSeparable(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.stride = stride
        self.depthwise = nn.Conv2d(inputs, inputs, 3, stride, groups=inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(inputs, EPSILON), nn.BatchNorm2d(outputs, EPSILON)
        self.act = ReLU6()

    def forward(self, x):
        x = self.act(self.bn1(self.depthwise(same_padded(x, self.stride))))
        return self.act(self.bn2(self.pointwise(x)))


class VggFaceNet(nn.Module):
    # (outputs, stride): 128 px -> 64 -> 32 -> 16 -> 8 -> 4.
    BLOCKS = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *((512, 1),) * 5, (1024, 2), (1024, 1))
    STEM = 32

    def __init__(self, size=SIZE, dropout=0.3):
        super().__init__()
        self.size = size
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.conv1 = nn.Conv2d(3, self.STEM, 3, 2, bias=False)
        self.bn, self.act = nn.BatchNorm2d(self.STEM, EPSILON), ReLU6()
        blocks, width = [], self.STEM
        for outputs, stride in self.BLOCKS:
            blocks.append(DepthwiseSeparable(width, outputs, stride))
            width = outputs
        self.blocks = nn.Sequential(*blocks)
        self.dropout = nn.Dropout(dropout)
        self.emotions = nn.Linear(width, 8)

    def embedding(self, faces):
        """What the answer is made of, [N,1024]."""
        large = F.interpolate(faces, size=(self.size, self.size), mode="bilinear", align_corners=False)
        maps = self.act(self.bn(self.conv1(same_padded(large * 255 - self.mean, 2))))
        return self.blocks(maps).mean((2, 3))

    def forward(self, faces):
        return self.emotions(self.dropout(self.embedding(faces)))

    def load_people(self, weights, faces):
        """Takes the backbone from the weights of the package; their last layers (age, sex) are left.
        `faces` [n,1,H,W], 0..1: some of those it will learn from."""
        known = tensorflow_js_weights(weights)
        take(self.conv1, known["conv1/convolution/merged_input"].permute(3, 2, 0, 1))
        scale_and_shift(self.bn, known["conv1_bn/batchnorm_1/sub"])
        for number, block in enumerate(self.blocks, 1):
            take(block.depthwise, known[f"conv_dw_{number}/depthwise_kernel"].permute(2, 3, 0, 1))
            scale_and_shift(block.bn1, known[f"conv_dw_{number}_bn/batchnorm_1/sub"],
                            known[f"conv_dw_{number}_bn/batchnorm_1/mul"])
            take(block.pointwise, known[f"conv_pw_{number}/convolution/merged_input"].permute(3, 2, 0, 1))
            scale_and_shift(block.bn2, known[f"conv_pw_{number}_bn/batchnorm_1/sub"])
        normalise_again(self, faces)


def tensorflow_js_weights(description):
    """Name -> float32 tensor, from a TensorFlow.js graph and the one binary file beside it."""
    stored = json.loads(description.read_text())["weightsManifest"]
    raw, at, weights = description.with_suffix(".bin").read_bytes(), 0, {}
    for entry in (entry for group in stored for entry in group["weights"]):
        name = entry.get("quantization", {}).get("dtype", entry["dtype"])
        kind, count = np.dtype(name).newbyteorder("<"), math.prod(entry["shape"])
        values = np.frombuffer(raw, kind, count, at).reshape(entry["shape"])
        weights[entry["name"]], at = torch.from_numpy(values.astype(np.float32)), at + count * kind.itemsize
    if at != len(raw):
        raise ValueError(f"{description.with_suffix('.bin')}: {len(raw)} bytes where {at} are described")
    return weights


def take(convolution, weight):
    with torch.no_grad():
        convolution.weight.copy_(weight)


def scale_and_shift(bn, shift, scale=torch.ones(1)):
    """Those who export a net for use fold normalisation away: what is left scales and shifts."""
    bn.running_mean.zero_()
    bn.running_var.fill_(1 - bn.eps)
    with torch.no_grad():
        bn.weight.copy_(scale.flatten().expand_as(bn.weight))
        bn.bias.copy_(shift.flatten())


@torch.no_grad()
def normalise_again(net, faces):
    """Lets every batch normalisation of a net normalise again, by what comes in when it looks at
    `faces`; what it answers stays the same."""
    def measure(bn, inputs):
        mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3), unbiased=False)
        scale = bn.weight / torch.sqrt(bn.running_var + bn.eps)
        bn.bias += scale * (mean - bn.running_mean)
        bn.weight.copy_(scale * torch.sqrt(variance + bn.eps))
        bn.running_mean.copy_(mean)
        bn.running_var.copy_(variance)
    hooks = [part.register_forward_pre_hook(measure) for part in net.modules() if isinstance(part, nn.BatchNorm2d)]
    net.eval()(faces)
    for hook in hooks:
        hook.remove()
