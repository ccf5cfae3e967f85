"""Draws a car's interior with two people as an infra-red camera on the dashboard sees it.

Everything is computed from shapes and from the composite portraits: it shows nobody.
All pictures are float32 in grey levels, all positions are pixels of a 640x480 frame.
"""
from dataclasses import dataclass

import cv2
import numpy as np

WIDTH, HEIGHT = 640, 480


def lamp():
    """Light of the infra-red lamp beside the camera: most in the middle of the frame."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return 1.12 / (1 + 0.9 * (((x - 300) / 480) ** 2 + ((y - 230) / 480) ** 2))


LAMP = lamp()


@dataclass
class Pose:
    """Where a head is: centre (px), turn to the side and tilt (radians), nod (px)."""
    x: float
    y: float
    yaw: float = 0.0
    roll: float = 0.0
    nod: float = 0.0


@dataclass
class Person:
    size: float         # px: side of the square that the portrait fills
    slimness: float     # width over height, about 1
    hair: float         # grey level of the hair
    long_hair: bool
    cloth: float        # grey level of the clothes
    skin: float         # gain of the portrait


def blank(value=0.0):
    return np.full((HEIGHT, WIDTH), value, dtype=np.float32)


def soft(mask, sigma):
    return cv2.GaussianBlur(mask, (0, 0), sigma)


def polygon(points, sigma=1.0):
    mask, points = blank(), np.array(points, dtype=np.int32)
    cv2.fillPoly(mask, [points], 1.0, cv2.LINE_AA)
    low = np.maximum(points.min(0) - int(4 * sigma) - 1, 0)  # blur no more than its surroundings
    high = points.max(0) + int(4 * sigma) + 2
    part = mask[low[1]:high[1], low[0]:high[0]]
    part[:] = soft(part, sigma)
    return mask


def rounded(x1, y1, x2, y2, radius, sigma=1.5):
    mask = blank()
    cv2.rectangle(mask, (int(x1 + radius), int(y1)), (int(x2 - radius), int(y2)), 1.0, -1)
    cv2.rectangle(mask, (int(x1), int(y1 + radius)), (int(x2), int(y2 - radius)), 1.0, -1)
    for x in (x1 + radius, x2 - radius):
        for y in (y1 + radius, y2 - radius):
            cv2.circle(mask, (int(x), int(y)), int(radius), 1.0, -1, cv2.LINE_AA)
    return soft(mask, sigma)


def lay(picture, mask, shade):
    picture += mask * (shade - picture)


def texture(rng, cells, strength):
    small = rng.standard_normal((max(2, cells * 3 // 4), cells)).astype(np.float32)
    return cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * strength


def interior(seed=5):
    """Roof, windows, pillars, seats with head-rests. Drawn once; people come in front."""
    rng = np.random.default_rng(seed)
    down = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
    picture = blank(34) + 14 * (1 - down) + texture(rng, 60, 1.5)
    # Side windows and rear window: daylight, out of focus.
    sky = 118 - 40 * down + texture(rng, 10, 8)
    lay(picture, polygon([(-20, 95), (82, 118), (66, 262), (-20, 292)], 2.5), sky)
    lay(picture, polygon([(660, 95), (560, 118), (578, 262), (660, 292)], 2.5), sky)
    lay(picture, polygon([(236, 108), (404, 108), (418, 176), (222, 176)], 2.5), 0.8 * sky)
    lay(picture, polygon([(-20, 292), (66, 262), (80, 480), (-20, 480)], 3), blank(40) + texture(rng, 30, 2))
    lay(picture, polygon([(660, 292), (578, 262), (560, 480), (660, 480)], 3), blank(40) + texture(rng, 30, 2))
    lay(picture, polygon([(0, 0), (640, 0), (640, 70), (470, 92), (170, 92), (0, 70)], 3), blank(58) - 20 * down)
    for middle in (180, 462):  # seats: back, two posts, head-rest
        across = (np.arange(WIDTH, dtype=np.float32)[None] - middle) / 110
        shade = 66 - 24 * across ** 2 + texture(rng, 90, 2.5)
        lay(picture, rounded(middle - 112, 262, middle + 112, 520, 46), shade)
        for post in (-22, 22):
            lay(picture, polygon([(middle + post - 4, 222), (middle + post + 4, 222), (middle + post + 4, 275), (middle + post - 4, 275)]), 96)
        lay(picture, rounded(middle - 62, 128, middle + 62, 232, 28), shade + 8)
    return picture


def body(picture, person, x, y, belt_side, rng):
    """Neck, shoulders, seat belt below a head centred on (x, y)."""
    s = person.size
    fold = texture(rng, 40, 3)
    neck = 150 * person.skin
    lay(picture, polygon([(x - 0.21 * s, y + 0.2 * s), (x + 0.21 * s, y + 0.2 * s),
                          (x + 0.26 * s, y + 0.85 * s), (x - 0.26 * s, y + 0.85 * s)], 2), neck * 0.72)
    outline = np.array([
        (-0.24, 0.62), (0.24, 0.62), (0.52, 0.76), (0.80, 0.90), (0.96, 1.25), (1.04, 2.4),
        (-1.04, 2.4), (-0.96, 1.25), (-0.80, 0.90), (-0.52, 0.76)]) * s + (x, y)
    shadow = 1 - 0.25 * np.abs((np.arange(WIDTH, dtype=np.float32)[None] - x) / s)
    lay(picture, polygon(outline, 2.5), person.cloth * shadow + fold)
    lay(picture, polygon([(x - 0.2 * s, y + 0.6 * s), (x + 0.2 * s, y + 0.6 * s), (x, y + 0.86 * s)], 2), neck * 0.78)
    lay(picture, polygon([(x + belt_side * 0.62 * s, y + 0.74 * s), (x + belt_side * 0.75 * s, y + 0.8 * s),
                          (x - belt_side * 0.35 * s, y + 2.4 * s), (x - belt_side * 0.53 * s, y + 2.4 * s)], 1.2), 30)


def window(picture, pose, size):
    """The part of the frame that a head can touch (a view), and its pixels' x and y."""
    x1, y1 = max(int(pose.x - size), 0), max(int(pose.y - size), 0)
    part = picture[y1:y1 + int(2 * size), x1:x1 + int(2 * size)]
    y, x = np.mgrid[y1:y1 + part.shape[0], x1:x1 + part.shape[1]].astype(np.float32)
    return part, x, y


def head(picture, person, portrait, pose):
    """A head: the portrait bent over a cylinder that turns by yaw, hair wherever it ends.
    `portrait` is float32 [128,128], framed as FER+ frames a face."""
    s, side = person.size, portrait.shape[0]
    picture, x, y = window(picture, pose, s)
    dx, dy = (x - pose.x) / person.slimness, y - pose.y
    cos, sin = np.cos(pose.roll), np.sin(pose.roll)
    across, along = (cos * dx + sin * dy) / s, (-sin * dx + cos * dy) / s  # in portrait widths
    radius = 0.46
    angle = np.arcsin(np.clip(across / radius, -1, 1)) - pose.yaw
    facing = np.cos(angle)
    u = 0.5 + radius * np.sin(angle)       # where on the portrait this pixel looks
    v = 0.5 + along - pose.nod / s
    face = cv2.remap(portrait, u * (side - 1), v * (side - 1), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    egg = lambda a, b, wide, up, low: np.sqrt((a / wide) ** 2 + np.where(b < 0, b / up, b / low) ** 2)
    outline = lambda r, width: np.clip((1 - r) / width + 0.5, 0, 1)
    hair = person.hair * (1 + 0.7 * strands(across * radius - 0.1 * along ** 2, along)
                          - 0.5 * np.abs(across)) * (1.25 - 0.5 * np.clip(along + 0.6, 0, 1))
    skin = 142 * person.skin * (0.78 - 0.5 * across ** 2)
    for turn in (-np.pi / 2, np.pi / 2):  # ears sit a quarter turn to either side
        where = turn + pose.yaw
        if np.cos(where) > -0.35:
            ear = outline(egg(across - 0.435 * np.sin(where), along - 0.03, 0.055, 0.12, 0.12), 0.3)
            lay(picture, ear, skin * 1.1)
    skull = outline(egg(across, along, 0.445, 0.60, 0.555), 0.05)
    lay(picture, skull, hair)
    # Below the hairline the skull is skin, except at the back.
    jaw = np.clip((v - 0.42 - 0.35 * np.abs(across) * (1 - np.abs(across))) / 0.14, 0, 1)
    lay(picture, skull * jaw * np.clip((facing + 0.15) / 0.3, 0, 1), skin)
    # The face: an egg in the portrait's own coordinates, so that it turns away with it.
    own = u - 0.5
    chin = outline(np.sqrt((own / 0.42) ** 2 + np.where(v < 0.5, (v - 0.5) / 0.46, (v - 0.5) / 0.53) ** 2), 0.2)
    visible = np.clip((facing - 0.05) / 0.25, 0, 1)
    rounding = 0.72 + 0.28 * np.sqrt(np.clip(1 - (across / 0.5) ** 2, 0, 1))
    lay(picture, chin * visible * skull, face * person.skin * rounding)
    if person.long_hair:  # two locks beside the cheeks, parted above the brow
        side = np.abs(across) - 0.05 * np.clip(along, -1, 1)
        lock = np.clip((side - 0.345) / 0.04, 0, 1) * np.clip((0.58 - side) / 0.05, 0, 1) * np.clip((0.72 - along) / 0.2, 0, 1)
        lay(picture, lock * np.clip((along + 0.48) / 0.1, 0, 1), hair * 1.05)


def long_hair(picture, person, pose):
    """What hangs behind neck and shoulders: laid before the body."""
    if not person.long_hair:
        return
    picture, x, y = window(picture, pose, person.size)
    across, along = (x - pose.x) / person.size, (y - pose.y) / person.size
    curtain = np.clip((1 - np.sqrt((across / 0.55) ** 2 + ((along - 0.1) / 0.80) ** 2)) / 0.06 + 0.5, 0, 1)
    lay(picture, curtain, person.hair * (0.8 + 0.6 * strands(across, along)))


STRANDS = 0.18 * cv2.resize(np.random.default_rng(8).standard_normal((6, 64)).astype(np.float32), (512, 256),
                            interpolation=cv2.INTER_CUBIC)


def strands(across, along):
    """Hair texture, about -0.5..0.5: fine across, long along; positions in portrait widths."""
    return cv2.remap(STRANDS, ((across + 0.8) * 320).astype(np.float32), ((along + 0.9) * 128).astype(np.float32),
                     cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def infra_red(picture, rng, exposure, sigma=4.0):
    """Lens, lamp, exposure and sensor noise. Returns uint8."""
    lit = soft(picture, 0.7) * LAMP * exposure
    noise = rng.standard_normal((HEIGHT, WIDTH), dtype=np.float32) * (sigma * (0.5 + np.sqrt(np.maximum(lit, 0) / 255)))
    return np.clip(lit + noise, 0, 255).astype(np.uint8)
