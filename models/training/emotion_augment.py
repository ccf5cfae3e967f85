"""How training faces are varied, for a whole batch at once, on whatever device it lies.

FER+ crops are smooth, centred and well lit; a crop from the cabin is not (cabin_effects.py).
"""
import torch
from torch.nn import functional as F

from cabin_effects import (behind_hand, behind_mask, behind_sunglasses, faded, lit_by_lamp, misaligned, motion_blurred,
                           noisy, shape, sometimes, uniform, with_bright_pupils, with_glare)

# Every effect: how often, and up to how much of what cabin_effects.py calls the worst.
# Things over the face come first, then light, then the lens, then the sensor.
CABIN = (
    (with_glare, 0.12, 0.9), (behind_sunglasses, 0.05, 1), (behind_mask, 0.04, 1), (behind_hand, 0.20, 0.9),
    (with_bright_pupils, 0.10, 0.9), (lit_by_lamp, 0.50, 1), (faded, 0.50, 0.9),
    (motion_blurred, 0.25, 0.7), (noisy, 0.40, 0.8),
)


def sharper_or_softer(faces):
    """A crop's sharpness depends on how far away the face is."""
    soft = F.avg_pool2d(F.pad(faces, (1, 1, 1, 1), mode="replicate"), 3, 1)
    amount = uniform(len(faces), -0.8, 1.0, faces.device).view(-1, 1, 1, 1)
    return faces + amount * (soft - faces)


def in_cabin(plain, share=1.0):
    """[N,1,S,S] 0..1, already framed -> the same, as a cabin camera might have delivered them; a
    share of them, the others stay as they are."""
    n, device, faces = len(plain), plain.device, plain
    for effect, chance, most in CABIN:
        faces = effect(faces, uniform(n, 0, most, device) * sometimes(n, chance, device))
        if effect is faded:
            faces = sharper_or_softer(faces)
    return torch.where(shape(sometimes(n, share, device))[0] > 0, faces, plain).clamp(0, 1)


def mirrored(faces):
    return torch.where(torch.rand(len(faces), 1, 1, 1, device=faces.device) < 0.5, faces.flip(3), faces)


def framed(faces):
    """Mirror images, and the errors of alignment."""
    return misaligned(mirrored(faces), torch.ones(len(faces), device=faces.device))


def lit_and_covered(faces):
    """For a teacher that shall be right about clear pictures: a little light and contrast,
    something covered now and then."""
    n, device = len(faces), faces.device
    gamma, contrast = shape(torch.exp(uniform(n, -0.3, 0.3, device)), uniform(n, 0.7, 1.2, device))
    faces = faces.clamp(1e-4, 1) ** gamma
    mean = faces.mean((2, 3), keepdim=True)
    return cover((faces - mean) * contrast + mean, chance=0.3, smallest=0.10, largest=0.35).clamp(0, 1)


def cover(faces, chance, smallest, largest):
    """A plain grey rectangle over a part."""
    n, device, size = len(faces), faces.device, faces.shape[-1]
    axis = torch.arange(size, device=device)
    x, y, w, h, shade, on = shape(
        uniform(n, 0, size, device), uniform(n, 0, size, device),
        uniform(n, smallest, largest, device) * size, uniform(n, smallest, largest, device) * size,
        uniform(n, 0, 1, device), sometimes(n, chance, device))
    inside = ((axis.view(1, 1, 1, -1) - x).abs() < w / 2) & ((axis.view(1, 1, -1, 1) - y).abs() < h / 2)
    return torch.where(inside & (on > 0), shade.expand_as(faces), faces)
