"""What an infra-red cabin camera does to a face crop: one function an effect, whole batches at once.

Faces are float32 [N,1,S,S], 0..1, framed as FER+ frames them. `amount` is float32 [N]: 0 leaves
a face as it is, 1 is as bad as it gets before a person, too, would give up. All chance comes
from torch's generator, so a seed fixes it. Training draws amounts (emotion_augment.py), the
stress set fixes them (stress.py).
"""
import math

import torch
from torch.nn import functional as F

# Where FER+ has the eyes and the mouth, as shares of the crop's side (the card's alignment).
EYES = ((0.32, 0.395), (0.677, 0.395))
MOUTH_Y = 0.77
BLUR = 9  # px, side of the motion kernel


def uniform(count, low, high, device):
    return torch.rand(count, device=device) * (high - low) + low


def sometimes(count, chance, device):
    return (torch.rand(count, device=device) < chance).float()


def shape(*columns):
    return [c.view(-1, 1, 1, 1) for c in columns]


def axes(faces):
    """The pixels' places across [1,1,1,S] and down [1,1,S,1], 0..1."""
    size = faces.shape[-1]
    axis = (torch.arange(size, device=faces.device) + 0.5) / size
    return axis.view(1, 1, 1, -1), axis.view(1, 1, -1, 1)


def spot(faces, x, y, width, height):
    """1 in the middle of an ellipse, falling softly to 0 at its rim; all arguments [N]."""
    across, down = axes(faces)
    x, y, width, height = shape(x, y, width, height)
    return (1.3 - 1.3 * (((across - x) / width) ** 2 + ((down - y) / height) ** 2)).clamp(0, 1)


def move(faces, angle, zoom, right, down):
    """Rotates (radians), zooms (above 1: closer), shifts (share of the width) [N,1,S,S].
    Beyond the picture its edge is repeated, as the program's alignment does."""
    cos, sin = torch.cos(angle) / zoom, torch.sin(angle) / zoom
    matrix = torch.stack([
        torch.stack([cos, -sin, right * 2], 1), torch.stack([sin, cos, down * 2], 1)], 1)
    grid = F.affine_grid(matrix, faces.shape, align_corners=False)
    return F.grid_sample(faces, grid, padding_mode="border", align_corners=False)


def misaligned(faces, amount):
    """The errors that five-point alignment makes with landmarks that are off."""
    n, device = len(faces), faces.device
    error = lambda most: uniform(n, -most, most, device) * amount
    return move(faces, error(0.25), torch.exp(error(0.18)), error(0.08), error(0.08))


def lit_by_lamp(faces, amount):
    """One infra-red lamp somewhere beside the camera: skin turns bright and flat, light falls off."""
    n, device = len(faces), faces.device
    across, down = axes(faces)
    x, y, gamma, falloff = shape(uniform(n, -0.3, 1.3, device), uniform(n, -0.3, 1.0, device),
                                 torch.exp(uniform(n, -0.5, 0.2, device) * amount), 2.5 * amount)
    light = 1 / (1 + falloff * ((across - x) ** 2 + (down - y) ** 2))
    return faces.clamp(1e-4, 1) ** gamma * light / light.amax((2, 3), keepdim=True)


def faded(faces, amount):
    """Low contrast, and an exposure that is off."""
    contrast, brightness = shape(1 - 0.75 * amount, uniform(len(faces), -0.2, 0.2, faces.device) * amount)
    mean = faces.mean((2, 3), keepdim=True)
    return (faces - mean) * contrast + mean + brightness


def with_bright_pupils(faces, amount):
    """A lamp close to the lens is thrown back by the retina: two white dots."""
    n, device = len(faces), faces.device
    for x, y in EYES:
        radius = uniform(n, 0.02, 0.045, device)
        dot = spot(faces, x + uniform(n, -0.03, 0.03, device), y + uniform(n, -0.03, 0.03, device), radius, radius)
        faces = faces + dot * amount.view(-1, 1, 1, 1) * 0.8
    return faces


def with_glare(faces, amount):
    """Spectacles: dark rims, and the lamp mirrored in the lenses."""
    n, device = len(faces), faces.device
    strength = amount.view(-1, 1, 1, 1)
    drift_x, drift_y = uniform(n, -0.08, 0.08, device), uniform(n, -0.06, 0.06, device)
    across, reach = uniform(n, 0.03, 0.10, device), uniform(n, 0.02, 0.06, device)
    for x, y in EYES:
        place = torch.full((n,), x, device=device), torch.full((n,), y + 0.01, device=device)
        lens = [uniform(n, low, high, device) for low, high in ((0.13, 0.16), (0.10, 0.13))]
        rim = spot(faces, *place, *lens) - spot(faces, *place, *(side * 0.85 for side in lens))
        faces = faces * (1 - 0.8 * rim.clamp(0, 1) * strength.clamp(max=1))
        faces = faces + spot(faces, place[0] + drift_x, place[1] + drift_y, across, reach) * strength * 0.9
    return faces


def behind_hand(faces, amount):
    """A hand or a scarf from some side: a smooth blob of some skin's shade over the rim of the face."""
    n, device = len(faces), faces.device
    direction = uniform(n, 0, 2 * math.pi, device)
    radius = uniform(n, 0.25, 0.35, device)
    reach = 0.5 + radius - 0.55 * amount  # how far its middle lies from the crop's
    blob = spot(faces, 0.5 + reach * torch.cos(direction), 0.5 + reach * torch.sin(direction),
                radius, radius * uniform(n, 0.7, 1.3, device))
    shade = uniform(n, 0.1, 0.9, device).view(-1, 1, 1, 1)
    cover = (3 * blob).clamp(0, 1) * (amount > 0).float().view(-1, 1, 1, 1)
    return faces * (1 - cover) + shade * cover


def behind_mask(faces, amount):
    """A mask over mouth and nose (`amount` only says whether)."""
    n, device = len(faces), faces.device
    across, down = axes(faces)
    top, shade, sag = shape(uniform(n, 0.52, 0.62, device), uniform(n, 0.3, 0.95, device), uniform(n, 0.0, 0.12, device))
    edge = top + sag * (2 * across - 1) ** 2
    cover = ((down - edge) * 12).clamp(0, 1) * (amount > 0).float().view(-1, 1, 1, 1)
    return faces * (1 - cover) + (shade + 0.1 * (down - MOUTH_Y)) * cover


def behind_sunglasses(faces, amount):
    """Dark lenses and a bridge (`amount` only says whether)."""
    n, device = len(faces), faces.device
    across, down = axes(faces)
    wide, high = uniform(n, 0.14, 0.18, device), uniform(n, 0.09, 0.13, device)
    cover = torch.zeros_like(faces)
    for x, y in EYES:
        lens = spot(faces, torch.full((n,), x, device=device), torch.full((n,), y + 0.02, device=device), wide, high)
        cover = torch.maximum(cover, (4 * lens).clamp(0, 1))
    bridge = ((down - EYES[0][1]).abs() < 0.02) & (across > EYES[0][0]) & (across < EYES[1][0])
    cover = torch.maximum(cover, bridge.float()) * (amount > 0).float().view(-1, 1, 1, 1)
    return faces * (1 - cover) + uniform(n, 0.0, 0.2, device).view(-1, 1, 1, 1) * cover


def motion_blurred(faces, amount):
    """The head, or the car, moves while the shutter is open: up to 6 px of 48."""
    n, device = len(faces), faces.device
    direction, half = uniform(n, 0, math.pi, device), 3.0 * amount * faces.shape[-1] / 48
    offset = torch.arange(BLUR, device=device) - BLUR // 2
    along, aside = shape(torch.cos(direction), torch.sin(direction))
    x, y = offset.view(1, 1, 1, -1).float(), offset.view(1, 1, -1, 1).float()
    on_path = (1 - (x * aside - y * along).abs()).clamp(0, 1) * ((half.view(-1, 1, 1, 1) + 0.5) - (x * along + y * aside).abs()).clamp(0, 1)
    kernel = on_path / on_path.sum((2, 3), keepdim=True)
    margin = BLUR // 2
    wide = F.pad(faces, (margin,) * 4, mode="replicate").transpose(0, 1)
    return F.conv2d(wide, kernel, groups=n).transpose(0, 1)


def noisy(faces, amount):
    """A sensor at high gain: read-out noise, and more of it where it is bright."""
    sigma = 0.08 * amount.view(-1, 1, 1, 1) * (0.5 + faces.clamp(0, 1)).sqrt()
    return faces + torch.randn_like(faces) * sigma
