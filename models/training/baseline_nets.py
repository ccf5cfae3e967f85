"""Nets that others use for the same task, to stand beside ours. Input [N,1,48,48] 0..1, output 8 logits."""
import torch
from torch import nn


class FourConvolutions(nn.Module):
    """The net of several student papers on mood-driven players: 32, 64, pool, dropout .25, 128,
    pool, (128, pool,) dropout .25, dense 1024, dropout .5; 3x3, ReLU. They give it with and
    without the fourth convolution."""

    def __init__(self, fourth=True):
        super().__init__()
        conv = lambda inputs, outputs: [nn.Conv2d(inputs, outputs, 3), nn.ReLU(inplace=True)]
        layers = [*conv(1, 32), *conv(32, 64), nn.MaxPool2d(2), nn.Dropout(0.25), *conv(64, 128), nn.MaxPool2d(2)]
        if fourth:
            layers += [*conv(128, 128), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*layers, nn.Dropout(0.25), nn.Flatten())
        with torch.no_grad():
            width = self.features(torch.zeros(1, 1, 48, 48)).shape[1]
        self.answer = nn.Sequential(nn.Linear(width, 1024), nn.ReLU(inplace=True), nn.Dropout(0.5), nn.Linear(1024, 8))

    def forward(self, faces):
        return self.answer(self.features(faces))


class PreActivated(nn.Module):
    """Bottleneck of ResNet V2 (He et al. 2016, identity mappings): normalise and activate first."""

    def __init__(self, inputs, narrow, stride):
        super().__init__()
        outputs = narrow * 4
        self.first = nn.Sequential(nn.BatchNorm2d(inputs), nn.ReLU())
        self.body = nn.Sequential(
            nn.Conv2d(inputs, narrow, 1, bias=False), nn.BatchNorm2d(narrow), nn.ReLU(inplace=True),
            nn.Conv2d(narrow, narrow, 3, stride, 1, bias=False), nn.BatchNorm2d(narrow), nn.ReLU(inplace=True),
            nn.Conv2d(narrow, outputs, 1))
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride) if stride > 1 or inputs != outputs else None

    def forward(self, x):
        ready = self.first(x)
        return self.body(ready) + (self.shortcut(ready) if self.shortcut else x)


class ResNet50V2(nn.Module):
    """Fifty layers, from random weights (the papers start from ImageNet's). The stem keeps the
    48 px: at 224 px a seven-wide stride-2 convolution and a pool come first, which here would
    leave 12 px for the first stage."""
    STAGES = ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2))

    def __init__(self):
        super().__init__()
        layers, width = [nn.Conv2d(1, 64, 3, 2, 1)], 64
        for narrow, count, stride in self.STAGES:
            for index in range(count):
                layers.append(PreActivated(width, narrow, stride if index == 0 else 1))
                width = narrow * 4
        self.features = nn.Sequential(*layers, nn.BatchNorm2d(width), nn.ReLU(inplace=True))
        self.answer = nn.Linear(width, 8)

    def forward(self, faces):
        return self.answer(self.features(faces).mean((2, 3)))


NETS = {
    "cnn4": FourConvolutions,
    "cnn3": lambda: FourConvolutions(fourth=False),
    "resnet50v2": ResNet50V2,
}
