"""Backgrounds that show no face: drawn cabins, plain rooms, and pieces of photos too large
to be read. Everything takes a numpy Generator, so that a seed gives the same picture."""
import cv2
import numpy as np


def smooth_noise(rng, height, width, cells):
    """Cloudy texture 0..1 with about `cells` blobs across."""
    small = rng.random((max(2, cells * height // width), cells), dtype=np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def gradient(rng, height, width):
    """A plane of brightness, in grey levels."""
    across = np.linspace(-1, 1, width, dtype=np.float32) * rng.uniform(-60, 60)
    along = np.linspace(-1, 1, height, dtype=np.float32) * rng.uniform(-60, 60)
    return rng.uniform(20, 200) + across[None] + along[:, None]


def shapes(rng, picture, count):
    """Polygons, bars, ellipses: windows, pillars, shelves, seats, lamps."""
    height, width = picture.shape
    for _ in range(count):
        shade, kind = float(rng.uniform(0, 255)), rng.integers(4)
        x, y = rng.uniform(-0.1, 1.1) * width, rng.uniform(-0.1, 1.1) * height
        if kind == 0:
            corners = np.stack([rng.normal(x, width / 5, 4), rng.normal(y, height / 5, 4)], 1)
            cv2.fillPoly(picture, [cv2.convexHull(corners.astype(np.int32))], shade, cv2.LINE_AA)
        elif kind == 1:
            end = (int(rng.normal(x, width / 2)), int(rng.normal(y, height / 2)))
            cv2.line(picture, (int(x), int(y)), end, shade, int(rng.integers(1, 14)), cv2.LINE_AA)
        elif kind == 2:
            axes = (int(rng.uniform(4, width / 5)), int(rng.uniform(4, height / 4)))
            thickness = -1 if rng.random() < 0.7 else int(rng.integers(1, 8))
            cv2.ellipse(picture, (int(x), int(y)), axes, float(rng.uniform(0, 180)), 0, 360,
                        shade, thickness, cv2.LINE_AA)
        else:
            size = (int(rng.uniform(6, width / 2)), int(rng.uniform(6, height / 2)))
            cv2.rectangle(picture, (int(x), int(y)), (int(x) + size[0], int(y) + size[1]),
                          shade, -1 if rng.random() < 0.6 else int(rng.integers(1, 6)))


def head_shapes(rng, picture):
    """Head-rests and the backs of heads: face-like outlines without a face."""
    height, width = picture.shape
    for _ in range(rng.integers(1, 4)):
        size = np.exp(rng.uniform(np.log(12), np.log(90)))
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        layer = picture.copy()
        shade = float(rng.uniform(0, 230))
        if rng.random() < 0.5:
            half = np.array([size * rng.uniform(0.5, 0.8), size * rng.uniform(0.35, 0.6)])
            cv2.rectangle(layer, tuple(int(v) for v in (x - half[0], y - half[1])),
                          tuple(int(v) for v in (x + half[0], y + half[1])), shade, -1)
            layer = cv2.GaussianBlur(layer, (0, 0), max(1.0, size * 0.05))
        else:
            cv2.ellipse(layer, (int(x), int(y)), (int(size * 0.38), int(size * 0.5)),
                        float(rng.uniform(-20, 20)), 0, 360, shade, -1, cv2.LINE_AA)
            if rng.random() < 0.5:  # two dark dots do not make a face
                for side in (-1, 1):
                    cv2.circle(layer, (int(x + side * size * 0.15), int(y - size * 0.1)),
                               max(1, int(size * rng.uniform(0.02, 0.08))), float(rng.uniform(0, 255)), -1)
        picture[:] = layer


def enlarged(rng, photo, height, width):
    """A piece of a photo, enlarged until a face in it would be larger than the frame."""
    side = int(max(12, min(photo.shape) * rng.uniform(0.06, 0.2)))
    y = rng.integers(0, photo.shape[0] - side)
    x = rng.integers(0, photo.shape[1] - side)
    piece = photo[y:y + side, x:x + side]
    return cv2.resize(piece, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)


def bars(rng, picture):
    """A grille, a bed's rails, a shelf: parallel bars, sometimes crossed."""
    height, width = picture.shape
    for _ in range(rng.integers(1, 3)):
        angle, gap = rng.uniform(0, np.pi), rng.uniform(6, 60)
        thick, shade = max(1, int(gap * rng.uniform(0.1, 0.5))), float(rng.uniform(0, 255))
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        along = np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(30, width)
        across = np.array([-np.sin(angle), np.cos(angle)]) * gap
        for step in range(int(rng.integers(3, 12))):
            middle = np.array([x, y]) + step * across
            cv2.line(picture, tuple((middle - along).astype(int).tolist()), tuple((middle + along).astype(int).tolist()),
                     shade, thick, cv2.LINE_AA)


def patchwork(rng, photos, height, width):
    """Tiles from many photos, turned and out of order: real textures, eyes and mouths, no face."""
    side = int(rng.integers(20, 72))
    picture = np.empty((height, width), dtype=np.float32)
    for y in range(0, height, side):
        for x in range(0, width, side):
            photo = photos[rng.integers(len(photos))].pixels
            cut = int(min(min(photo.shape) - 1, 100, side * rng.uniform(0.7, 2)))
            top, left = rng.integers(0, photo.shape[0] - cut), rng.integers(0, photo.shape[1] - cut)
            tile = np.rot90(photo[top:top + cut, left:left + cut], int(rng.integers(1, 4)))
            tile = cv2.resize(np.ascontiguousarray(tile), (side, side), interpolation=cv2.INTER_AREA)
            picture[y:y + side, x:x + side] = tile[:height - y, :width - x]
    return picture


def background(rng, photos, height, width):
    """Float32 [H,W] in grey levels, without a face."""
    picture = gradient(rng, height, width).astype(np.float32)
    kind = rng.random()
    if kind < 0.15:
        picture = patchwork(rng, photos, height, width)
    elif kind < 0.45:
        photo = photos[rng.integers(len(photos))].pixels
        picture = 0.3 * picture + 0.7 * enlarged(rng, photo, height, width)
    if rng.random() < 0.9:
        shapes(rng, picture, int(rng.integers(2, 14)))
    if rng.random() < 0.25:
        bars(rng, picture)
    if rng.random() < 0.35:
        head_shapes(rng, picture)
    if rng.random() < 0.5:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.5, 4))
    if rng.random() < 0.7:
        texture = smooth_noise(rng, height, width, int(rng.integers(8, 120)))
        picture += (texture - 0.5) * rng.uniform(5, 70)
    return picture
