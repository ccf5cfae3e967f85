"""The panel of teachers: nets that may be large, since only their opinions reach the net that ships.

Two know people first (Savchenko's recipe), each in a framing of its own; two know nothing but
FER+. Nets that learnt in different ways err on different faces, so that together they are right
more often than the best of them.
"""
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import torch

from deep_nets import VGG13, ResNet18
from mobilefacenet import MobileFaceNet
from runs import RUNS


@dataclass(frozen=True)
class Teacher:
    name: str
    net: Callable
    epochs: int
    rate: float         # at its steepest
    decay: float        # of the weights
    mixed: float        # how much of another picture is laid over one: alpha of mixup (Zhang et al. 2017); 0: none
    knows_people: bool  # starts from the identity weights

    @property
    def checkpoint(self):
        return RUNS / f"teacher-{self.name}.pt"

    def fresh(self, identity):
        """A new net; `identity` names the identity weights."""
        net = self.net()
        if self.knows_people:
            net.load_identity(identity)
        return net

    def trained(self, device):
        net = self.net()
        net.load_state_dict(torch.load(self.checkpoint, map_location=device)["average"])
        return net.to(device).to(memory_format=torch.channels_last).eval()


PANEL = {teacher.name: teacher for teacher in (
    Teacher("identity", MobileFaceNet, 24, 0.0015, 0.02, 0.0, True),
    # Eyes and mouth of FER+ lie there where the identity weights were taught to expect them.
    Teacher("identity-wide", lambda: MobileFaceNet(zoom=0.92, down=-0.06), 24, 0.0015, 0.02, 0.2, True),
    Teacher("vgg13", VGG13, 60, 0.001, 0.1, 0.2, False),
    Teacher("resnet18", ResNet18, 60, 0.001, 0.1, 0.2, False),
)}


def trained():
    """Those of the panel that have been trained here."""
    return [teacher for teacher in PANEL.values() if Path(teacher.checkpoint).exists()]
