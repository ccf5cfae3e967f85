"""Crops that are no usable face, of kinds that the quality output was never trained on.

spoilt.py makes the kinds that it learns from; a score on those only says that it has learnt its
lesson.
"""
import math

import numpy as np
import torch
from torch.nn import functional as F

import webfaces
from cabin_effects import move, uniform

KINDS = ("background", "sideways", "negative", "smeared", "half and half", "stripes")


def backgrounds(options, count):
    """Pieces of held-out web photos that touch no face, uint8 [count,1,48,48]."""
    rng, pieces = np.random.default_rng(7), []
    photos = webfaces.load(options.data, held=True)
    for photo in photos * 20:
        height, width = photo.pixels.shape
        side = int(rng.uniform(40, 110))
        if side >= min(height, width):
            continue
        x, y = rng.integers(0, width - side), rng.integers(0, height - side)
        boxes = photo.faces[:, :4]
        apart = (boxes[:, 2] < x) | (boxes[:, 0] > x + side) | (boxes[:, 3] < y) | (boxes[:, 1] > y + side)
        piece = torch.from_numpy(photo.pixels[y:y + side, x:x + side].astype(np.float32))
        if apart.all() and piece.std() > 8:
            small = F.interpolate(piece[None, None], size=48, mode="bilinear", align_corners=False, antialias=True)
            pieces.append(small[0].round().to(torch.uint8))
        if len(pieces) == count:
            break
    return torch.stack(pieces)


def strangers(faces, kind):
    """Faces [N,1,S,S] 0..1 made unusable in one of the ways of KINDS but the first."""
    n, device, size = len(faces), faces.device, faces.shape[-1]
    if kind == "sideways":
        side = torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0)
        zero = torch.zeros(n, device=device)
        return move(faces, side * uniform(n, 0.4 * math.pi, 0.6 * math.pi, device), zero + 1, zero, zero)
    if kind == "negative":
        return 1 - faces
    if kind == "smeared":  # moved by a third of its width while the shutter was open
        width = size // 3 | 1
        return F.avg_pool2d(F.pad(faces, (width // 2, width // 2, 0, 0), mode="replicate"), (1, width), 1)
    if kind == "half and half":  # two halves of a face, each where the other belongs
        return faces.roll(size // 2, 3)
    if kind == "stripes":
        axis = torch.arange(size, device=device).view(1, 1, 1, -1) / size
        waves = uniform(n, 2, 9, device).view(-1, 1, 1, 1)
        return (0.5 + 0.35 * torch.sin(2 * math.pi * waves * axis) + 0.05 * torch.randn_like(faces)).clamp(0, 1)
    raise ValueError(kind)
