"""Cabin scenes composed from photos and drawn backgrounds, with their truth.

A scene is (pixels uint8 [H,W], faces float32 [K,14], ignored float32 [M,4]): box and five
landmarks of each face in pixels, and regions that are neither face nor background.
"""
import cv2
import numpy as np

from backgrounds import background, smooth_noise
from webfaces import SURE, Photo

# Sensor noise is cut out of one large sheet: drawing it anew took a fifth of the time.
NOISE = np.random.default_rng(0).standard_normal((1024, 1024), dtype=np.float32)
SMALLEST = 14  # px: smaller faces are ignored, in training as in scoring
FAINTEST = 5   # grey levels: a face with a lower standard deviation is ignored
MIRRORED = [1, 0, 2, 4, 3]  # order of the landmarks in a mirror image


class Canvas:
    """A frame under construction: pictures are pasted through masks, labels follow."""

    def __init__(self, picture):
        self.picture = picture
        self.height, self.width = picture.shape
        self.boxes, self.points, self.ignored = [], [], []

    def paste(self, photo, matrix, mask, gain=1.0, offset=0.0, only_main=False):
        """Warps `photo` (2x3 `matrix`: photo -> canvas pixels) in through `mask` 0..1 [h,w],
        given in photo pixels. With only_main other faces of the photo become ignored."""
        scale = np.sqrt(abs(np.linalg.det(matrix[:, :2])))
        pixels, warp = photo.pixels, matrix
        while scale < 0.6 and min(pixels.shape) > 16:  # halve first, or small heads alias
            pixels = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            mask = cv2.resize(mask, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_AREA)
            warp = warp * np.array([[2, 2, 1], [2, 2, 1]])
            scale *= 2
        part = self._reach(pixels.shape, warp)
        if part is None:
            return
        x1, y1, x2, y2 = part
        warp = warp - np.array([[0, 0, x1], [0, 0, y1]])
        layer = cv2.warpAffine(pixels, warp, (x2 - x1, y2 - y1), flags=cv2.INTER_LINEAR,
                               borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
        weight = cv2.warpAffine(mask, warp, (x2 - x1, y2 - y1), flags=cv2.INTER_LINEAR)
        below = self.picture[y1:y2, x1:x2]
        below += weight * (layer * gain + offset - below)
        covers = np.zeros((self.height, self.width), dtype=bool)
        covers[y1:y2, x1:x2] = weight > 0.5
        self._hide(covers)
        for index, face in enumerate(photo.faces):
            box, points = moved(face, matrix)
            middle = ((box[:2] + box[2:]) / 2).astype(int)
            if not (0 <= middle[0] < self.width and 0 <= middle[1] < self.height and covers[middle[1], middle[0]]):
                if face[4] >= SURE:
                    self.ignored.append(box)
                continue
            sure = face[4] >= SURE and not (only_main and index > 0)
            self._add(box, points, sure)

    def _reach(self, shape, warp):
        """The part of the canvas that a warped picture can touch, x1 y1 x2 y2, or None."""
        height, width = shape
        corners = np.array([(0, 0), (width, 0), (0, height), (width, height)]) @ warp[:, :2].T + warp[:, 2]
        low = np.clip(np.floor(corners.min(0)) - 2, 0, [self.width, self.height]).astype(int)
        high = np.clip(np.ceil(corners.max(0)) + 2, 0, [self.width, self.height]).astype(int)
        return None if (high - low).min() < 2 else (*low.tolist(), *high.tolist())

    def _add(self, box, points, sure):
        clipped = np.clip(box, 0, [self.width, self.height] * 2)
        area = lambda b: max(b[2] - b[0], 0) * max(b[3] - b[1], 0)
        visible = area(clipped) / max(area(box), 1)
        if sure and visible >= 0.6 and min(clipped[2] - clipped[0], clipped[3] - clipped[1]) >= SMALLEST:
            self.boxes.append(clipped)
            self.points.append(points)
        elif area(clipped) > 0:
            self.ignored.append(clipped)

    def _hide(self, covers):
        """Faces that a later picture covers are no longer there."""
        kept = []
        for index, box in enumerate(self.boxes):
            x1, y1, x2, y2 = box.astype(int)
            hidden = covers[y1:y2, x1:x2].mean() if y2 > y1 and x2 > x1 else 1
            if hidden > 0.3:
                if hidden < 0.95:
                    self.ignored.append(box)
            else:
                kept.append(index)
        self.boxes = [self.boxes[i] for i in kept]
        self.points = [self.points[i] for i in kept]

    def labels(self):
        boxes = np.array(self.boxes, dtype=np.float32).reshape(-1, 4)
        points = np.array(self.points, dtype=np.float32).reshape(-1, 10)
        ignored = np.array(self.ignored, dtype=np.float32).reshape(-1, 4)
        return np.concatenate([boxes, points], axis=1), ignored


def moved(face, matrix):
    """Box and landmarks of a label row after an affine map. The box is that of the ellipse
    inscribed in the old one: a turned head does not grow with the corners of its box."""
    centre = (face[:2] + face[2:4]) / 2
    half = (face[2:4] - face[:2]) / 2
    middle = matrix[:, :2] @ centre + matrix[:, 2]
    extent = np.sqrt(((matrix[:, :2] * half) ** 2).sum(1))
    points = face[5:].reshape(5, 2) @ matrix[:, :2].T + matrix[:, 2]
    if np.linalg.det(matrix[:, :2]) < 0:
        points = points[MIRRORED]
    return np.concatenate([middle - extent, middle + extent]), points.ravel()


def placed(rng, face, x, y, height, roll=0.0):
    """The matrix that brings the centre of `face` to (x, y), its box `height` px high,
    turned by `roll` radians, a little sheared, mirrored every other time."""
    scale = height / (face[3] - face[1])
    mirror = -1 if rng.random() < 0.5 else 1
    cos, sin = np.cos(roll), np.sin(roll)
    shear = rng.normal(0, 0.05)
    turn = np.array([[cos, -sin], [sin, cos]]) @ np.array([[mirror * rng.uniform(0.9, 1.1), shear], [0, 1]])
    matrix = turn * scale
    centre = (face[:2] + face[2:4]) / 2
    return np.concatenate([matrix, (np.array([x, y]) - matrix @ centre)[:, None]], axis=1)


def tilt(rng):
    """Radians: mostly near upright, sometimes a head that leans on the window."""
    return rng.normal(0, 0.45 if rng.random() < 0.35 else 0.15)


def scrambled(rng, photo):
    """The photo with its tiles out of order: eyes and mouths, but no face."""
    height, width = (side // 3 for side in photo.pixels.shape)
    tiles = [photo.pixels[r * height:(r + 1) * height, c * width:(c + 1) * width] for r in range(3) for c in range(3)]
    order = rng.permutation(9)
    pixels = np.vstack([np.hstack([tiles[order[3 * r + c]] for c in range(3)]) for r in range(3)])
    return Photo(photo.name, pixels, photo.faces[:0])


def head_mask(rng, photo):
    """Soft outline of the head of the main face, with hair and a bit of neck, 0..1 [h,w]."""
    face = photo.faces[0]
    mask = np.zeros(photo.pixels.shape, dtype=np.float32)
    width, height = face[2] - face[0], face[3] - face[1]
    centre = ((face[:2] + face[2:4]) / 2 + [0, -0.05 * height]).astype(int)
    axes = (int(width * rng.uniform(0.55, 0.8)), int(height * rng.uniform(0.55, 0.75)))
    cv2.ellipse(mask, tuple(centre.tolist()), axes, 0, 0, 360, 1.0, -1, cv2.LINE_AA)
    if rng.random() < 0.7:  # the neck, down to the photo's rim
        half = int(width * rng.uniform(0.25, 0.4))
        cv2.rectangle(mask, (int(centre[0] - half), int(centre[1])),
                      (int(centre[0] + half), photo.pixels.shape[0]), 1.0, -1)
    return cv2.blur(mask, (int(width * 0.08) | 1,) * 2)


def rim_mask(rng, photo):
    """The whole photo, its rim hard or faded."""
    mask = np.ones(photo.pixels.shape, dtype=np.float32)
    fade = int(rng.integers(1, 24))
    if rng.random() < 0.6:
        mask[:fade], mask[-fade:], mask[:, :fade], mask[:, -fade:] = 0, 0, 0, 0
        mask = cv2.blur(mask, (2 * fade + 1,) * 2)
    return mask


def shoulders(rng, canvas, x, y, height):
    """A body below a head whose face is centred on (x, y): a shaded, textured trapezium."""
    picture, reach = canvas.picture, height * rng.uniform(0.8, 1.6)
    top = y + height * rng.uniform(0.45, 0.75)
    outline = np.array([
        (x - height * 0.3, top), (x + height * 0.3, top), (x + reach, top + height * 0.5),
        (x + reach * 1.15, top + height * 3), (x - reach * 1.15, top + height * 3),
        (x - reach, top + height * 0.5)])
    mask = np.zeros_like(picture)
    cv2.fillPoly(mask, [outline.astype(np.int32)], 1.0, cv2.LINE_AA)
    cloth = rng.uniform(10, 220) + (smooth_noise(rng, *picture.shape, int(rng.integers(6, 60))) - 0.5) * rng.uniform(5, 60)
    picture += mask * (cloth - picture)
    canvas._hide(mask > 0.5)


def cover_face(rng, canvas, index):
    """Sunglasses, a mask, a cap, a hand or a bar over one face; its label stays."""
    points, box = canvas.points[index].reshape(5, 2), canvas.boxes[index]
    eyes, width = points[1] - points[0], box[2] - box[0]
    angle = float(np.degrees(np.arctan2(eyes[1], eyes[0])))
    shade, picture = float(rng.uniform(0, 120)), canvas.picture
    whole = lambda p: tuple(int(round(v)) for v in p)
    kind = rng.integers(5)
    if kind == 0:
        axes = (int(width * rng.uniform(0.16, 0.23)), int(width * rng.uniform(0.1, 0.17)))
        for eye in points[:2]:
            cv2.ellipse(picture, whole(eye), axes, angle, 0, 360, shade, -1, cv2.LINE_AA)
        cv2.line(picture, whole(points[0]), whole(points[1]), shade, max(1, int(width * 0.04)), cv2.LINE_AA)
    elif kind == 1:
        side = eyes / 2 * rng.uniform(1.3, 1.7)
        down = (points[3] + points[4]) / 2 - points[2]
        outline = np.array([points[2] - side, points[2] + side, points[4] + down * 0.9 + side * 0.2,
                            (points[3] + points[4]) / 2 + down * 1.4, points[3] + down * 0.9 - side * 0.2])
        cv2.fillPoly(picture, [outline.astype(np.int32)], float(rng.uniform(0, 255)), cv2.LINE_AA)
    elif kind == 2:
        up = (points[0] + points[1]) / 2 - points[2]
        brow = (points[0] + points[1]) / 2 + up * rng.uniform(0.35, 0.8)
        side = eyes * rng.uniform(0.9, 1.3)
        outline = np.array([brow - side, brow + side, brow + side * 0.8 + up * 1.5, brow - side * 0.8 + up * 1.5])
        cv2.fillPoly(picture, [outline.astype(np.int32)], float(rng.uniform(0, 255)), cv2.LINE_AA)
    elif kind == 3:
        start = box[:2] + rng.uniform(0.1, 0.9, 2) * (box[2:] - box[:2])
        skin = float(rng.uniform(80, 220))
        for finger in range(int(rng.integers(1, 5))):
            tip = start + (finger * 0.14 * width, -rng.uniform(0.1, 0.4) * width)
            cv2.line(picture, whole(start + (finger * 0.12 * width, 0.5 * width)), whole(tip),
                     skin + float(rng.normal(0, 8)), max(2, int(width * 0.11)), cv2.LINE_AA)
    else:
        start = (rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3]))
        direction = rng.normal(0, 1, 2)
        direction *= 2 * width / max(np.linalg.norm(direction), 1e-3)
        cv2.line(picture, whole(start - direction), whole(start + direction), float(rng.uniform(0, 255)),
                 max(1, int(width * rng.uniform(0.03, 0.2))), cv2.LINE_AA)


def camera(rng, picture, hard):
    """Light, lens and sensor. `hard` (0..1) widens every range. Returns uint8."""
    height, width = picture.shape
    picture = np.clip(picture, 0, 255) / 255
    picture = picture ** np.exp(rng.normal(0, 0.35 * hard + 0.05))
    if rng.random() < 0.5 * hard:  # the infra-red lamp lights one spot
        x = (np.arange(width, dtype=np.float32) - rng.uniform(0, width)) / width
        y = (np.arange(height, dtype=np.float32) - rng.uniform(0, height)) / width
        picture = picture * (rng.uniform(0.7, 2) / (1 + rng.uniform(0.5, 5) * (x[None] ** 2 + y[:, None] ** 2)))
    light = rng.random()
    if light < 0.25 * hard:
        picture = picture * rng.uniform(0.1, 0.5)
    elif light < 0.4 * hard:
        picture = picture * rng.uniform(1.2, 2.2) + rng.uniform(0, 0.15)
    elif light < 0.65 * hard:
        picture = (picture - 0.5) * rng.uniform(0.3, 0.8) + rng.uniform(0.3, 0.7)
    picture = picture.astype(np.float32)
    blur = rng.random()
    if blur < 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 0.6 + 1.0 * hard))
    elif blur < 0.35 * hard:
        kernel = np.zeros((7, 7), dtype=np.float32)
        length, angle = rng.uniform(1, 3), rng.uniform(0, np.pi)
        cv2.line(kernel, (int(round(3 - length * np.cos(angle))), int(round(3 - length * np.sin(angle)))),
                 (int(round(3 + length * np.cos(angle))), int(round(3 + length * np.sin(angle)))), 1.0)
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    if rng.random() < 0.7:
        sigma = rng.exponential(0.02) * hard + 0.003
        y, x = rng.integers(0, 1024 - height), rng.integers(0, 1024 - width)
        picture = picture + NOISE[y:y + height, x:x + width] * min(sigma, 0.1)
    pixels = (np.clip(picture, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.2 * hard:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))]
        pixels = cv2.imdecode(cv2.imencode(".jpg", pixels, quality)[1], cv2.IMREAD_GRAYSCALE)
    return pixels


def cabin(rng, photos, height, width):
    """None to three heads before a drawn background, the usual one or two at cabin distance."""
    canvas = Canvas(background(rng, photos, height, width))
    count = int(rng.choice(4, p=[0.08, 0.42, 0.40, 0.10]))
    for slot in rng.permutation(3)[:count]:
        photo = photos[rng.integers(len(photos))]
        size = float(np.exp(rng.uniform(np.log(24), np.log(min(170, 0.75 * height)))))
        x = width * (slot + rng.uniform(0.1, 0.9)) / 3
        y = height * rng.uniform(0.15, 0.8)
        if rng.random() < 0.12:  # cut by the frame
            x = rng.choice([0.0, float(width)]) + rng.uniform(-0.2, 0.2) * size
        gain, offset = rng.uniform(0.5, 1.2), rng.uniform(-20, 40)
        matrix = placed(rng, photo.faces[0], x, y, size, tilt(rng))
        if rng.random() < 0.08:
            false = scrambled(rng, photo)
            canvas.paste(false, matrix, rim_mask(rng, false), gain, offset)
        elif rng.random() < 0.7:
            if rng.random() < 0.8:
                shoulders(rng, canvas, x, y, size)
            canvas.paste(photo, matrix, head_mask(rng, photo), gain, offset, only_main=True)
        else:
            canvas.paste(photo, matrix, rim_mask(rng, photo), gain, offset)
    for index in range(len(canvas.boxes)):
        if rng.random() < 0.25:
            cover_face(rng, canvas, index)
    return canvas


def mosaic(rng, photos, height, width):
    """One to six whole photos that fill the frame: real hair, clothes and surroundings."""
    canvas = Canvas(gradient_of(rng, height, width))
    columns, rows = [(1, 1), (2, 1), (2, 2), (3, 2), (1, 1), (2, 1)][rng.integers(6)]
    for row in range(rows):
        for column in range(columns):
            if rng.random() < 0.08:
                continue
            photo = photos[rng.integers(len(photos))]
            cell_w, cell_h = width / columns, height / rows
            size = min(cell_w, cell_h) * rng.uniform(0.35, 1.0)
            x = (column + 0.5 + rng.normal(0, 0.08)) * cell_w
            y = (row + 0.5 + rng.normal(0, 0.08)) * cell_h
            matrix = placed(rng, photo.faces[0], x, y, size, tilt(rng))
            canvas.paste(photo, matrix, rim_mask(rng, photo))
    for index in range(len(canvas.boxes)):
        if rng.random() < 0.12:
            cover_face(rng, canvas, index)
    return canvas


def gradient_of(rng, height, width):
    return np.full((height, width), rng.uniform(0, 255), dtype=np.float32)


def only_visible(pixels, faces, ignored):
    """Faces that light or darkness swallowed become ignored."""
    seen = np.array([pixels[int(y1):int(y2), int(x1):int(x2)].std() >= FAINTEST for x1, y1, x2, y2 in faces[:, :4]], dtype=bool)
    return faces[seen], np.concatenate([ignored, faces[~seen, :4]])


def scene(rng, photos, height, width, hard=1.0):
    """One scene. Frames whose height is no multiple of 32 reach the net with a filled rim,
    so every third scene has one."""
    inner = height - 16 if rng.random() < 0.35 else height
    make = cabin if rng.random() < 0.65 else mosaic
    canvas = make(rng, photos, inner, width)
    pixels = camera(rng, canvas.picture, hard * rng.random())
    if inner < height:
        fill = int(rng.choice([0, 114, 128, int(pixels.mean())]))
        pixels = np.concatenate([pixels, np.full((height - inner, width), fill, dtype=np.uint8)])
    return (pixels, *only_visible(pixels, *canvas.labels()))
