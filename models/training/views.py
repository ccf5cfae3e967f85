"""Fixed views of training faces: the same shift, turn and zoom for teachers and student.

A teacher that looks at one framing while its pupil looks at another teaches noise. View v of
image i is drawn from v alone, so nothing but the teachers' answers needs to be kept. They look
at every view and its mirror image and answer once for both, so a pupil may see either.
"""
from dataclasses import dataclass

import torch

from cabin_effects import move

COUNT = 8  # views of every image


@dataclass
class View:
    """One framing per image; all tensors [N]."""
    mirrored: torch.Tensor
    angle: torch.Tensor  # radians
    zoom: torch.Tensor
    right: torch.Tensor  # shares of the width
    down: torch.Tensor

    @staticmethod
    def drawn(number, count, device):
        """View `number` of `count` images: about what five-point alignment gets wrong."""
        chance = torch.Generator().manual_seed(1000 + number)
        error = lambda most: (2 * torch.rand(count, generator=chance) - 1).to(device) * most
        return View((torch.rand(count, generator=chance) < 0.5).to(device), error(0.20), torch.exp(error(0.15)),
                    error(0.07), error(0.07))

    def of(self, faces, picked):
        """The picked images' faces [n,1,S,S], as this view frames them."""
        turned = torch.where(self.mirrored[picked].view(-1, 1, 1, 1), faces.flip(3), faces)
        return move(turned, self.angle[picked], self.zoom[picked], self.right[picked], self.down[picked])
