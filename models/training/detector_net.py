"""RetinaFace with the MobileNet-0.25 backbone, fully convolutional.

Input   image      float32 [N,C,H,W], H and W multiples of 32
Outputs boxes      float32 [N,A,4]   deltas against the anchors (see anchors.py)
        scores     float32 [N,A,2]   softmax over (background, face)
        landmarks  float32 [N,A,10]  five points as deltas: left eye, right eye, nose,
                                     left and right corner of the mouth, as they appear

The layer names follow the public reference (biubug6/Pytorch_Retinaface), so that its
state dict can be loaded to label pictures. Our own net has one grey channel and plain ReLU.
"""
import torch
from torch import nn
from torch.nn import functional as F


def activation(slope):
    return nn.LeakyReLU(slope, inplace=True) if slope > 0 else nn.ReLU(inplace=True)


def conv_bn(inputs, outputs, kernel, stride, slope):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs), activation(slope))


def conv_bn_linear(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))


def conv_depthwise(inputs, outputs, stride, slope):
    return nn.Sequential(
        nn.Conv2d(inputs, inputs, 3, stride, 1, groups=inputs, bias=False),
        nn.BatchNorm2d(inputs), activation(slope),
        nn.Conv2d(inputs, outputs, 1, 1, 0, bias=False),
        nn.BatchNorm2d(outputs), activation(slope))


class Backbone(nn.Module):
    """MobileNetV1, width 0.25. Returns maps at strides 8, 16 and 32."""

    def __init__(self, channels, slope):
        super().__init__()
        self.stage1 = nn.Sequential(
            conv_bn(channels, 8, 3, 2, slope),
            conv_depthwise(8, 16, 1, slope),
            conv_depthwise(16, 32, 2, slope),
            conv_depthwise(32, 32, 1, slope),
            conv_depthwise(32, 64, 2, slope),
            conv_depthwise(64, 64, 1, slope))
        self.stage2 = nn.Sequential(
            conv_depthwise(64, 128, 2, slope),
            *[conv_depthwise(128, 128, 1, slope) for _ in range(5)])
        self.stage3 = nn.Sequential(
            conv_depthwise(128, 256, 2, slope), conv_depthwise(256, 256, 1, slope))

    def forward(self, x):
        stride8 = self.stage1(x)
        stride16 = self.stage2(stride8)
        return stride8, stride16, self.stage3(stride16)


class FeaturePyramid(nn.Module):
    def __init__(self, width, slope):
        super().__init__()
        self.output1 = conv_bn(64, width, 1, 1, slope)
        self.output2 = conv_bn(128, width, 1, 1, slope)
        self.output3 = conv_bn(256, width, 1, 1, slope)
        self.merge1 = conv_bn(width, width, 3, 1, slope)
        self.merge2 = conv_bn(width, width, 3, 1, slope)

    def forward(self, maps):
        stride8, stride16, stride32 = (
            self.output1(maps[0]), self.output2(maps[1]), self.output3(maps[2]))
        # Sizes are multiples of 32, so doubling always fits; a fixed factor exports plainly.
        stride16 = self.merge2(stride16 + F.interpolate(stride32, scale_factor=2.0, mode="nearest"))
        stride8 = self.merge1(stride8 + F.interpolate(stride16, scale_factor=2.0, mode="nearest"))
        return stride8, stride16, stride32


class ContextModule(nn.Module):
    """SSH: 3x3, 5x5 and 7x7 views (stacked 3x3) side by side."""

    def __init__(self, width, slope):
        super().__init__()
        self.conv3X3 = conv_bn_linear(width, width // 2)
        self.conv5X5_1 = conv_bn(width, width // 4, 3, 1, slope)
        self.conv5X5_2 = conv_bn_linear(width // 4, width // 4)
        self.conv7X7_2 = conv_bn(width // 4, width // 4, 3, 1, slope)
        self.conv7x7_3 = conv_bn_linear(width // 4, width // 4)

    def forward(self, x):
        three = self.conv3X3(x)
        shared = self.conv5X5_1(x)
        five = self.conv5X5_2(shared)
        seven = self.conv7x7_3(self.conv7X7_2(shared))
        return F.relu(torch.cat([three, five, seven], dim=1))


class Head(nn.Module):
    """One 1x1 convolution; the two anchors of a cell lie beside each other."""

    def __init__(self, width, values):
        super().__init__()
        self.values = values
        self.conv1x1 = nn.Conv2d(width, 2 * values, 1)

    def forward(self, x):
        return self.conv1x1(x).permute(0, 2, 3, 1).reshape(x.shape[0], -1, self.values)


class RetinaFace(nn.Module):
    def __init__(self, channels=1, slope=0.0, width=64):
        super().__init__()
        self.body = Backbone(channels, slope)
        self.fpn = FeaturePyramid(width, slope)
        self.ssh1 = ContextModule(width, slope)
        self.ssh2 = ContextModule(width, slope)
        self.ssh3 = ContextModule(width, slope)
        self.ClassHead = nn.ModuleList(Head(width, 2) for _ in range(3))
        self.BboxHead = nn.ModuleList(Head(width, 4) for _ in range(3))
        self.LandmarkHead = nn.ModuleList(Head(width, 10) for _ in range(3))

    def raw(self, image):
        """As forward, with scores before the softmax (what the loss wants)."""
        pyramid = self.fpn(self.body(image))
        maps = [ssh(m) for ssh, m in zip((self.ssh1, self.ssh2, self.ssh3), pyramid)]
        join = lambda heads: torch.cat([head(m) for head, m in zip(heads, maps)], dim=1)
        return join(self.BboxHead), join(self.ClassHead), join(self.LandmarkHead)

    def forward(self, image):
        boxes, scores, landmarks = self.raw(image)
        return boxes, F.softmax(scores, dim=-1), landmarks
