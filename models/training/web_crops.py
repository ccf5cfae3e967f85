"""Faces of the web photos, framed and sharpened like FER+: more people, without votes.

Only photos that the detector, too, may train on; those held out stay unseen.
"""
import json

import cv2
import numpy as np

import ferplus
import webfaces
from alignment import aligned
from runs import CACHE, PROJECT

CROPS = CACHE / "webfaces_48.npy"


def sharpness(images):
    """Median share of a picture's contrast that lies in details under about 2 px."""
    images = images.astype(np.float32)
    details = [(image - cv2.GaussianBlur(image, (0, 0), 1.0)).std() / max(image.std(), 1.0) for image in images]
    return float(np.median(details))


def sharpened(images, amount):
    """Unsharp masking; a negative amount softens."""
    images = images.astype(np.float32)
    return np.stack([np.clip(i + amount * (i - cv2.GaussianBlur(i, (0, 0), 1.0)), 0, 255) for i in images]).astype(np.uint8)


def crops(options, log):
    """uint8 [N,48,48]; made once, then kept in the cache."""
    if CROPS.exists():
        return np.load(CROPS)
    target = json.loads((PROJECT / "models" / "emotion" / "emotion.json").read_text())["alignment"]
    photos = webfaces.load(options.data, held=False)
    images = np.stack([aligned(photo.pixels, photo.faces[0, 5:].reshape(5, 2), target) for photo in photos])
    wanted, amounts = sharpness(ferplus.load(options.data, "train")[0][:3000]), np.linspace(-1, 2, 31)
    amount = float(min(amounts, key=lambda a: abs(sharpness(sharpened(images[:1000], a)) - wanted)))
    log.info("%d web faces: sharpness %.3f, FER+ %.3f, sharpened by %.1f", len(images), sharpness(images), wanted, amount)
    images = sharpened(images, amount)
    np.save(CROPS, images)
    return images
