"""What a cabin does to a face crop, for a whole batch at once, on whatever device it lies.

FER+ crops are smooth, centred and well lit; a crop from the cabin is shifted, lit from one
side by an infra-red lamp, noisy, blurred, or sharper than anything in FER+.
"""
import math

import torch
from torch.nn import functional as F


def uniform(count, low, high, device):
    return torch.rand(count, device=device) * (high - low) + low


def sometimes(count, chance, device):
    return (torch.rand(count, device=device) < chance).float()


def shape(*columns):
    return [c.view(-1, 1, 1, 1) for c in columns]


def move(faces, angle, zoom, right, down):
    """Rotates (radians), zooms (above 1: closer), shifts (share of the width) [N,1,S,S].
    Beyond the picture its edge is repeated, as the program's alignment does."""
    cos, sin = torch.cos(angle) / zoom, torch.sin(angle) / zoom
    matrix = torch.stack([
        torch.stack([cos, -sin, right * 2], 1), torch.stack([sin, cos, down * 2], 1)], 1)
    grid = F.affine_grid(matrix, faces.shape, align_corners=False)
    return F.grid_sample(faces, grid, padding_mode="border", align_corners=False)


def misalign(faces):
    """Mirror images and the errors that five-point alignment makes."""
    n, device = len(faces), faces.device
    faces = torch.where(torch.rand(n, 1, 1, 1, device=device) < 0.5, faces.flip(3), faces)
    return move(faces, uniform(n, -0.20, 0.20, device), uniform(n, 0.88, 1.18, device),
                uniform(n, -0.07, 0.07, device), uniform(n, -0.07, 0.07, device))


def light(faces):
    """Faces 0..1: gamma, contrast, brightness, and a lamp whose light falls off to one side."""
    n, device, size = len(faces), faces.device, faces.shape[-1]
    gamma, contrast, brightness, falloff, direction = shape(
        torch.exp(uniform(n, -0.5, 0.5, device)), uniform(n, 0.45, 1.25, device),
        uniform(n, -0.15, 0.15, device),
        uniform(n, 0, 0.7, device) * sometimes(n, 0.4, device), uniform(n, 0, 2 * math.pi, device))
    axis = torch.linspace(-1, 1, size, device=device)
    slope = axis.view(1, 1, 1, -1) * torch.cos(direction) + axis.view(1, 1, -1, 1) * torch.sin(direction)
    faces = faces.clamp(1e-4, 1) ** gamma
    mean = faces.mean((2, 3), keepdim=True)
    faces = (faces - mean) * contrast + mean + brightness
    return faces * (1 + falloff * slope.clamp(-1, 1))


def optics(faces):
    """Sharper or softer than FER+, then sensor noise, then parts that are covered."""
    n, device, size = len(faces), faces.device, faces.shape[-1]
    soft = F.avg_pool2d(F.pad(faces, (1, 1, 1, 1), mode="replicate"), 3, 1)
    amount, sigma = shape(uniform(n, -1.0, 1.0, device), uniform(n, 0, 0.06, device) * sometimes(n, 0.5, device))
    faces = faces + amount * (soft - faces) * torch.where(amount > 0, 1.0, 0.8)
    faces = faces + torch.randn_like(faces) * sigma
    return cover(faces, chance=0.3, smallest=0.10, largest=0.35)


def cover(faces, chance, smallest, largest):
    """A plain grey rectangle over a part: a hand, a mask, the rim of the picture."""
    n, device, size = len(faces), faces.device, faces.shape[-1]
    axis = torch.arange(size, device=device)
    x, y, w, h, shade, on = shape(
        uniform(n, 0, size, device), uniform(n, 0, size, device),
        uniform(n, smallest, largest, device) * size, uniform(n, smallest, largest, device) * size,
        uniform(n, 0, 1, device), sometimes(n, chance, device))
    inside = ((axis.view(1, 1, 1, -1) - x).abs() < w / 2) & ((axis.view(1, 1, -1, 1) - y).abs() < h / 2)
    return torch.where(inside & (on > 0), shade.expand_as(faces), faces)


def augment(faces):
    """[N,1,S,S] 0..1 -> the same, as a cabin camera might have delivered it."""
    return optics(light(misalign(faces))).clamp(0, 1)


def augment_mildly(faces):
    """As augment, for a teacher that shall be right about clear pictures: misalignment, a
    little light and contrast, something covered now and then."""
    n, device = len(faces), faces.device
    faces = misalign(faces)
    gamma, contrast = shape(torch.exp(uniform(n, -0.3, 0.3, device)), uniform(n, 0.7, 1.2, device))
    faces = faces.clamp(1e-4, 1) ** gamma
    mean = faces.mean((2, 3), keepdim=True)
    return cover((faces - mean) * contrast + mean, chance=0.3, smallest=0.10, largest=0.35).clamp(0, 1)


def unusable(faces):
    """Turns good faces into crops that must get quality 0, six kinds by turns."""
    n, device, size = len(faces), faces.device, faces.shape[-1]
    sign = lambda: torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0)
    far = lambda: sign() * uniform(n, 0.4, 0.75, device)
    near, nothing = uniform(n, -0.15, 0.15, device), torch.zeros(n, device=device)
    shifted = move(faces, near, torch.ones_like(near), far(), uniform(n, -0.75, 0.75, device))
    part = move(faces, near, uniform(n, 2.6, 4.5, device),
                uniform(n, -0.3, 0.3, device), uniform(n, -0.3, 0.3, device))
    upside_down = move(faces, uniform(n, 2.0, 2 * math.pi - 2.0, device), nothing + 1, nothing, nothing)
    tiny = F.interpolate(F.adaptive_avg_pool2d(faces, 5), size=size, mode="bilinear", align_corners=False)
    half = size // 2
    shuffled = torch.cat([
        torch.cat([faces[:, :, half:, half:], faces[:, :, half:, :half]], 3),
        torch.cat([faces[:, :, :half, half:], faces[:, :, :half, :half]], 3)], 2)
    coarse = F.interpolate(torch.rand(n, 1, 6, 6, device=device), size=size, mode="bicubic", align_corners=False)
    texture = (coarse + 0.15 * torch.randn(n, 1, size, size, device=device)) * torch.rand(n, 1, 1, 1, device=device)
    covered = cover(faces, chance=1.0, smallest=1.0, largest=1.9)
    kinds = torch.stack([shifted, part, upside_down, tiny, shuffled, texture, covered])
    pick = torch.arange(n, device=device) % len(kinds)
    return kinds[pick, torch.arange(n, device=device)].clamp(0, 1)
