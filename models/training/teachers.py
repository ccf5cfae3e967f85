"""The panel of teachers: nets that may be large, since only what they say and see reaches the net that ships.

Three know people first (Savchenko's recipe): his own face net, and another one in two framings;
two know nothing but FER+. Nets that learnt in different ways err on different faces, so that
together they can be right more often than the best of them; teacher_opinions.py says how often.
"""
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import torch

from deep_nets import VGG13, ResNet18
from mobilefacenet import MobileFaceNet
from runs import RUNS
from vggface_net import VggFaceNet


@dataclass(frozen=True)
class Teacher:
    name: str
    net: Callable
    epochs: int
    rate: float         # at its steepest
    decay: float        # of the weights
    mixed: float        # how much of another picture is laid over one: alpha of mixup (Zhang et al. 2017); 0: none
    starts_from: str    # weights that know people: identity, vggface; "": random ones

    @property
    def checkpoint(self):
        return RUNS / f"teacher-{self.name}.pt"

    def fresh(self, weights, examples):
        """A new net; `weights` has the file of each `starts_from`, `examples()` some faces that it will learn from."""
        net = self.net()
        if self.starts_from == "identity":
            net.load_identity(weights["identity"])
        elif self.starts_from == "vggface":
            net.load_people(weights["vggface"], examples())
        return net

    def trained(self, device):
        net = self.net()
        net.load_state_dict(torch.load(self.checkpoint, map_location=device)["average"])
        return net.to(device).to(memory_format=torch.channels_last).eval()


PANEL = {teacher.name: teacher for teacher in (
    Teacher("vggface", VggFaceNet, 14, 0.001, 0.02, 0.0, "vggface"),
    Teacher("identity", MobileFaceNet, 24, 0.0015, 0.02, 0.0, "identity"),
    # Eyes and mouth of FER+ lie there where the identity weights were taught to expect them.
    Teacher("identity-wide", lambda: MobileFaceNet(zoom=0.92, down=-0.06), 24, 0.0015, 0.02, 0.2, "identity"),
    Teacher("vgg13", VGG13, 60, 0.001, 0.1, 0.2, ""),
    Teacher("resnet18", ResNet18, 60, 0.001, 0.1, 0.2, ""),
)}


def trained():
    """Those of the panel that have been trained here."""
    return [teacher for teacher in PANEL.values() if Path(teacher.checkpoint).exists()]
