"""Where FER+ has eyes, nose and mouth: the template that crops in the car are aligned to.

The emotion net learns from FER+ as it is framed, so a crop from the camera must be framed
alike. The reference detector looks at FER+ validation images (with a grey margin, enlarged)
and the mean of its five landmarks is the template.
"""
import json

import cv2
import numpy as np

import ferplus
from reference_detector import ReferenceDetector
from runs import CACHE, Progress

MARGIN = 24      # px around the 48x48 image, or the detector misses faces that fill it
SURE = 0.9       # detections below this do not count
LONG_SIDE = 320  # px, the enlarged image with its margin


def padded(image, margin=MARGIN):
    return cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_REPLICATE)


def landmarks_of(images, teacher, log):
    """Five landmarks per image in its own pixels, float32 [N,5,2]; NaN where no sure face is."""
    points = np.full((len(images), 5, 2), np.nan, dtype=np.float32)
    progress = Progress(log, len(images))
    for index, image in enumerate(images):
        found = teacher.find(padded(image), threshold=SURE)
        if len(found):
            points[index] = found[0, 5:].reshape(5, 2) - MARGIN
        progress.step(index + 1)
    return points


def valid_landmarks(options, log):
    """Landmarks of the whole validation split; kept in the cache, three minutes the first time."""
    path = CACHE / "ferplus_valid_landmarks.npy"
    if not path.exists():
        images, _ = ferplus.load(options.data, "valid")
        np.save(path, landmarks_of(images, ReferenceDetector(options.reference, LONG_SIDE), log))
    return np.load(path)


def template(options, log):
    """Five [x, y] in pixels of the net's 48x48 input, symmetrical, rounded to 0.01 px."""
    points = valid_landmarks(options, log)
    mean = np.nanmean(points, axis=0)
    # A mirrored image is as likely as the image: average the two.
    mirrored = mean[[1, 0, 2, 4, 3]].copy()
    mirrored[:, 0] = 47 - mirrored[:, 0]
    mean = (mean + mirrored) / 2
    log.info("template from %d of %d images", int((~np.isnan(points[:, 0, 0])).sum()), len(points))
    return [[round(float(x), 2), round(float(y), 2)] for x, y in mean]


def similarity(points, target):
    """The 2x3 matrix (turn, scale, shift; least squares) that brings `points` to `target`,
    both [5,2]: the same closed form as in the C# program (Umeyama 1991, without mirroring)."""
    source, target = np.asarray(points, dtype=np.float64), np.asarray(target, dtype=np.float64)
    a, b = source - source.mean(0), target - target.mean(0)
    norm = (a ** 2).sum()
    cos = (a * b).sum() / norm
    sin = (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / norm
    turn = np.array([[cos, -sin], [sin, cos]])
    return np.concatenate([turn, (target.mean(0) - turn @ source.mean(0))[:, None]], axis=1)


def aligned(image, points, target, size=48):
    """The aligned crop uint8 [size,size]. Averages over source pixels where it shrinks."""
    matrix = similarity(points, target)
    scale = np.sqrt(np.linalg.det(matrix[:, :2]))
    while scale < 0.5:
        image = cv2.resize(image, (image.shape[1] // 2, image.shape[0] // 2), interpolation=cv2.INTER_AREA)
        points = (np.asarray(points) + 0.5) / 2 - 0.5
        matrix = similarity(points, target)
        scale *= 2
    return cv2.warpAffine(image, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
