"""Two large nets for the panel of teachers, from random weights: what they know, they know from FER+.

Input   faces     float32 [N,1,48,48], 0..1 grey
Output  emotions  float32 [N,8] logits, order of ferplus.LABELS
"""
from torch import nn
from torch.nn import functional as F


def conv_bn_relu(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs),
                         nn.ReLU(inplace=True))


def centred(faces):
    return (faces - 0.5) * 4


class VGG13(nn.Module):
    """The net that FER+ came with (Barsoum et al. 2016), at its 64 px; batch normalisation is ours."""
    STAGES = ((64, 2), (128, 2), (256, 3), (256, 3))
    SIZE = 64

    def __init__(self):
        super().__init__()
        layers, width = [], 1
        for outputs, count in self.STAGES:
            for _ in range(count):
                layers.append(conv_bn_relu(width, outputs))
                width = outputs
            layers += [nn.MaxPool2d(2), nn.Dropout(0.25)]
        self.features = nn.Sequential(*layers)
        dense = lambda inputs: [nn.Linear(inputs, 1024), nn.ReLU(inplace=True), nn.Dropout(0.5)]
        self.answer = nn.Sequential(nn.Flatten(), *dense(width * 4 * 4), *dense(1024), nn.Linear(1024, 8))

    def forward(self, faces):
        large = F.interpolate(centred(faces), size=(self.SIZE, self.SIZE), mode="bilinear", align_corners=False)
        return self.answer(self.features(large))


class Residual(nn.Module):
    """Two convolutions beside a shortcut (He et al. 2015)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(conv_bn_relu(inputs, outputs, stride),
                                  nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        self.shortcut = None
        if stride > 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.body(x) + (self.shortcut(x) if self.shortcut else x), inplace=True)


class ResNet18(nn.Module):
    """Eighteen layers; the stem keeps the 48 px, where that for 224 px would leave twelve."""
    STAGES = ((64, 1), (128, 2), (256, 2), (512, 2))

    def __init__(self, dropout=0.3):
        super().__init__()
        layers, width = [conv_bn_relu(1, 64)], 64
        for outputs, stride in self.STAGES:
            layers += [Residual(width, outputs, stride), Residual(outputs, outputs, 1)]
            width = outputs
        self.features = nn.Sequential(*layers)
        self.dropout = nn.Dropout(dropout)
        self.emotions = nn.Linear(width, 8)

    def forward(self, faces):
        return self.emotions(self.dropout(self.features(centred(faces)).mean((2, 3))))
