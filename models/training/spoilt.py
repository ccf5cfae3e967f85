"""Crops that no mood may be read from: what the quality output learns to refuse.

Faces [N,1,S,S], 0..1, become such crops, each in its own way; chance comes from torch's
generator. strangers.py has other kinds, kept back to tell a lesson learnt from one understood.
"""
import math

import torch
from torch.nn import functional as F

from cabin_effects import move, uniform
from emotion_augment import cover


def moved(faces, least_zoom=1.0, most_zoom=1.0):
    """Turned a little, shifted by up to three tenths of the width, zoomed within a range."""
    within = lambda low, high: uniform(len(faces), low, high, faces.device)
    return move(faces, within(-0.15, 0.15), within(least_zoom, most_zoom), within(-0.3, 0.3), within(-0.3, 0.3))


def beside(faces):
    """Half of the face outside, or more."""
    n, device = len(faces), faces.device
    side = torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0)
    far = side * uniform(n, 0.4, 0.75, device)
    return move(faces, uniform(n, -0.15, 0.15, device), torch.ones(n, device=device), far, uniform(n, -0.75, 0.75, device))


def a_part(faces):
    return moved(faces, 2.6, 4.5)


def upside_down(faces):
    n, device = len(faces), faces.device
    nothing = torch.zeros(n, device=device)
    return move(faces, uniform(n, 2.0, 2 * math.pi - 2.0, device), nothing + 1, nothing, nothing)


def tiny(faces):
    """Five pixels wide."""
    return F.interpolate(F.adaptive_avg_pool2d(faces, 5), size=faces.shape[-1], mode="bilinear", align_corners=False)


def quarters_swapped(faces):
    half = faces.shape[-1] // 2
    return faces.roll((half, half), (2, 3))


def ninths_shuffled(faces):
    n, _, size, _ = faces.shape
    pieces = F.unfold(faces, size // 3, stride=size // 3)
    order = torch.rand(n, 1, 9, device=faces.device).argsort(2).expand_as(pieces)
    return F.fold(pieces.gather(2, order), size, size // 3, stride=size // 3)


def texture(faces):
    n, _, size, _ = faces.shape
    coarse = F.interpolate(torch.rand(n, 1, 6, 6, device=faces.device), size=size, mode="bicubic", align_corners=False)
    return (coarse + 0.15 * torch.randn_like(faces)) * torch.rand(n, 1, 1, 1, device=faces.device)


def covered(faces):
    """Most of it, by one grey thing."""
    return cover(faces, chance=1.0, smallest=1.0, largest=1.9)


def two_at_once(faces):
    """The next face, mirrored, shines through."""
    return (faces + moved(faces.roll(1, 0).flip(3))) / 2


def edges(faces):
    return 0.5 + 2 * (faces - faces.roll((1, 1), (2, 3)))


def overflowing(faces):
    """Two to four times too bright, and what is brighter than white begins again at black."""
    brightest = faces.amax((2, 3), keepdim=True).clamp(min=0.1)
    return faces / brightest * uniform(len(faces), 2, 4, faces.device).view(-1, 1, 1, 1) % 1


KINDS = (beside, a_part, upside_down, tiny, quarters_swapped, texture, covered,
         two_at_once, edges, ninths_shuffled, overflowing)


def spoilt(faces):
    """The same faces, each in one of the KINDS, by turns."""
    kinds = torch.stack([kind(faces) for kind in KINDS])
    each = torch.arange(len(faces), device=faces.device)
    # A batch has fewer than two turns: where the first begins is drawn, so that none is seen more often.
    begin = torch.randint(len(KINDS), (1,), device=faces.device)
    return kinds[(begin + each) % len(KINDS), each].clamp(0, 1)
