"""The emotion net: a MobileNetV2-like multi-task net for one grey 48x48 face.

Input   face               float32 [N,1,48,48], (pixel - mean) / std
Outputs emotions           float32 [N,8]   logits, order of ferplus.LABELS
        valence_arousal    float32 [N,2]   each -1..1
        quality            float32 [N,1]   0..1, how usable the crop is
"""
import torch
from torch import nn

SIZE = 48  # px; FER+ images have this size, so nothing is invented by enlarging them
MEAN, STD = 128.0, 64.0  # pixel values; the card repeats them


def normalise(faces):
    """0..1 -> what the net wants: (pixel - mean) / std."""
    return (faces * 255 - MEAN) / STD


def conv_bn(inputs, outputs, kernel=1, stride=1, groups=1, act=True):
    """Convolution and batch normalisation, as one block so that export can fold them."""
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    if act:
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


class InvertedResidual(nn.Module):
    """Widen (1x1), look around (3x3 per channel), narrow (1x1, linear): MobileNetV2."""

    def __init__(self, inputs, outputs, stride, expand):
        super().__init__()
        wide = inputs * expand
        self.body = nn.Sequential(
            conv_bn(inputs, wide),
            conv_bn(wide, wide, 3, stride, groups=wide),
            conv_bn(wide, outputs, act=False),
        )
        self.keeps_shape = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.keeps_shape else self.body(x)


class EmotionNet(nn.Module):
    # (outputs, stride, expand): 48 px -> 24 -> 12 -> 6. The first block narrows early:
    # at 48x48 every channel costs as much as sixty-four at 6x6.
    # Most of the depth lies at 12x12, where a parameter is used 144 times and the mouth still has a shape.
    BLOCKS = (
        (32, 2, 2), (32, 1, 3), (32, 1, 3),
        (64, 2, 4), *((64, 1, 4),) * 7,
        (128, 2, 4), *((128, 1, 4),) * 4,
    )
    STEM, FEATURES = 24, 512

    def __init__(self, dropout=0.1):
        super().__init__()
        layers, width = [conv_bn(1, self.STEM, 3)], self.STEM
        for outputs, stride, expand in self.BLOCKS:
            layers.append(InvertedResidual(width, outputs, stride, expand))
            width = outputs
        self.features = nn.Sequential(*layers)
        self.widen = conv_bn(width, self.FEATURES)
        # One weight per place and channel, as in MobileFaceNet: where in the face something is counts.
        self.gather = nn.Sequential(
            nn.Conv2d(self.FEATURES, self.FEATURES, SIZE // 8, groups=self.FEATURES, bias=False),
            nn.BatchNorm2d(self.FEATURES))
        self.dropout = nn.Dropout(dropout)
        self.emotions = nn.Linear(self.FEATURES, 8)
        self.valence_arousal = nn.Linear(self.FEATURES, 2)
        self.quality = nn.Linear(self.FEATURES, 1)

    def embedding(self, face):
        """What all answers are made of, [N,FEATURES]."""
        return self.gather(self.widen(self.features(face))).flatten(1)

    def answers(self, embedding):
        kept = self.dropout(embedding)
        return self.emotions(kept), torch.tanh(self.valence_arousal(kept)), torch.sigmoid(self.quality(kept))

    def forward(self, face):
        return self.answers(self.embedding(face))


class HintedNet(EmotionNet):
    """The net with a fourth answer that only training asks for: what a teacher sees in the face
    (teacher_hints.py), [N,axes]."""

    def __init__(self, axes):
        super().__init__()
        self.hint = nn.Linear(self.FEATURES, axes)

    def forward(self, face):
        embedding = self.embedding(face)
        return *self.answers(embedding), self.hint(embedding)


def without_hint(weights):
    """The weights of a HintedNet, or of an EmotionNet, as those of an EmotionNet."""
    return {name: values for name, values in weights.items() if not name.startswith("hint.")}


def averaged(checkpoint, device):
    """The net of a checkpoint's averaged weights."""
    net = EmotionNet().to(device)
    net.load_state_dict(without_hint(torch.load(checkpoint, map_location=device)["average"]))
    return net


def renew(net, blocks):
    """Starts some of a net's blocks (indices into `features`) anew, where they carry nothing
    (blocks_worth.py): they learn from then on with all the rest."""
    for block in blocks:
        for part in net.features[block].modules():
            if hasattr(part, "reset_parameters"):
                part.reset_parameters()


class BothWays(nn.Module):
    """What ships: looks at a face and at its mirror image, in one go, and answers with the mean of
    both. No parameter more, twice the time, and faces that are read differently mirrored count less."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, face):
        answers = self.net(torch.cat([face, face.flip(3)]))
        return tuple((one + other) / 2 for one, other in (answer.chunk(2) for answer in answers))
