"""MobileFaceNet, trained to tell people apart, with a new output for emotions: a teacher.

Its backbone comes from the identity weights that lie beside the data (research only); neither
they nor what becomes of them is ever committed. Only its opinions on training pictures teach
the net of ours. Layer names follow those weights, so that their state dict loads as it is.

Input   faces     float32 [N,1,H,W], 0..1 grey; any size, enlarged to 112x112 here
Output  emotions  float32 [N,8] logits, order of ferplus.LABELS
"""
import torch
from torch import nn
from torch.nn import functional as F

from cabin_effects import move

SIZE = 112  # px, what the identity weights were trained on
# ImageNet's mean and standard deviation per channel, as the identity weights want them.
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class ReLU6(nn.Module):
    """torch 1.13 has no bfloat16 gradient for its own."""

    def forward(self, x):
        return x.clamp(0, 6)


def conv_bn(inputs, outputs, kernel=1, stride=1, groups=1, act=None):
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
              nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([act] if act else []))


class DepthwiseSeparable(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.depthwise = nn.Conv2d(inputs, inputs, 3, 1, 1, groups=inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(inputs), nn.BatchNorm2d(outputs)

    def forward(self, x):
        x = F.relu(self.bn1(self.depthwise(x)), inplace=True)
        return F.relu(self.bn2(self.pointwise(x)), inplace=True)


class Bottleneck(nn.Module):
    def __init__(self, inputs, outputs, stride, expand):
        super().__init__()
        wide = inputs * expand
        self.conv = nn.Sequential(
            conv_bn(inputs, wide, act=ReLU6()),
            conv_bn(wide, wide, 3, stride, wide, act=ReLU6()),
            nn.Conv2d(wide, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        self.keeps_shape = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.conv(x) if self.keeps_shape else self.conv(x)


class GlobalDepthwise(nn.Module):
    """One weight per place and channel in the 7x7 map: where in the face something is counts."""

    def __init__(self, channels):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 7, groups=channels, bias=False)
        self.bn = nn.BatchNorm2d(channels)

    def forward(self, x):
        return self.bn(self.depthwise(x))


class MobileFaceNet(nn.Module):
    # (expand, outputs, how many, stride of the first): 112 px -> 56 -> 28 -> 14 -> 7.
    STAGES = ((2, 64, 5, 2), (4, 128, 1, 2), (2, 128, 6, 1), (4, 128, 1, 2), (2, 128, 2, 1))

    def __init__(self, zoom=1.0, down=0.0, dropout=0.3):
        """`zoom` and `down` reframe the crops first: FER+ frames a face closer and higher than
        the pictures that the identity weights were trained on."""
        super().__init__()
        self.zoom, self.down = zoom, down
        for name, values in (("mean", MEAN), ("std", STD)):
            self.register_buffer(name, torch.tensor(values).view(1, 3, 1, 1), persistent=False)
        self.conv1 = conv_bn(3, 64, 3, 2, act=ReLU6())
        self.dw_conv = DepthwiseSeparable(64, 64)
        blocks, width = [], 64
        for expand, outputs, count, stride in self.STAGES:
            for index in range(count):
                blocks.append(Bottleneck(width, outputs, stride if index == 0 else 1, expand))
                width = outputs
        self.features = nn.Sequential(*blocks)
        self.conv2 = conv_bn(width, 512, act=ReLU6())
        self.gdconv = GlobalDepthwise(512)
        self.dropout = nn.Dropout(dropout)
        self.emotions = nn.Linear(512, 8)

    def load_identity(self, weights):
        """Takes the backbone from the identity weights; their last layers (the face code) are left."""
        state = {k: v for k, v in torch.load(weights, map_location="cpu").items()
                 if not k.startswith(("conv3.", "bn."))}
        missing = self.load_state_dict(state, strict=False)
        assert not missing.unexpected_keys and all(k.startswith("emotions.") for k in missing.missing_keys), missing

    def forward(self, faces):
        if self.zoom != 1 or self.down != 0:
            same = torch.ones(len(faces), device=faces.device)
            faces = move(faces, 0 * same, self.zoom * same, 0 * same, self.down * same)
        large = F.interpolate(faces, size=(SIZE, SIZE), mode="bilinear", align_corners=False)
        maps = (large - self.mean) / self.std
        maps = self.conv2(self.features(self.dw_conv(self.conv1(maps))))
        return self.emotions(self.dropout(self.gdconv(maps).flatten(1)))
