"""Anchors, decoding and non-maximum suppression, exactly as the C# program does them.

Anchor order: for each stride all rows, in a row all columns, in a cell all sizes.
Boxes are x1,y1,x2,y2 and landmarks x,y pairs, both in input pixels.
"""
from functools import lru_cache

import numpy as np

STRIDES = (8, 16, 32)
SIZES = ((16, 32), (64, 128), (256, 512))  # px
VARIANCES = (0.1, 0.2)


@lru_cache(maxsize=16)
def anchors(height, width):
    """float32 [A,3]: centre x, centre y, side; all in pixels."""
    parts = []
    for stride, sizes in zip(STRIDES, SIZES):
        rows, columns = -(-height // stride), -(-width // stride)
        y, x, size = np.meshgrid(
            (np.arange(rows) + 0.5) * stride, (np.arange(columns) + 0.5) * stride, sizes,
            indexing="ij")
        parts.append(np.stack([x.ravel(), y.ravel(), size.ravel()], axis=1))
    return np.concatenate(parts).astype(np.float32)


def decode(boxes, landmarks, height, width):
    """Deltas [A,4] and [A,10] of one image -> boxes and landmarks in pixels."""
    a = anchors(height, width)
    centre, side = a[:, :2], a[:, 2:]
    middle = centre + boxes[:, :2] * VARIANCES[0] * side
    extent = side * np.exp(boxes[:, 2:] * VARIANCES[1])
    points = np.tile(centre, 5) + landmarks * VARIANCES[0] * side
    return np.concatenate([middle - extent / 2, middle + extent / 2], axis=1), points


def encode(boxes, landmarks, matched_anchors):
    """Pixels -> deltas, the inverse of decode, for anchors [K,3] matched to boxes [K,4]."""
    centre, side = matched_anchors[:, :2], matched_anchors[:, 2:]
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    extent = np.maximum(boxes[:, 2:] - boxes[:, :2], 1e-3)
    deltas = np.concatenate(
        [(middle - centre) / side / VARIANCES[0], np.log(extent / side) / VARIANCES[1]], axis=1)
    return deltas, (landmarks - np.tile(centre, 5)) / side / VARIANCES[0]


def overlap(a, b):
    """Intersection over union, [N,4] against [M,4] -> [N,M]."""
    top_left = np.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.prod(np.clip(bottom_right - top_left, 0, None), axis=2)
    area = lambda r: (r[:, 2] - r[:, 0]) * (r[:, 3] - r[:, 1])
    return shared / np.maximum(area(a)[:, None] + area(b)[None, :] - shared, 1e-6)


def suppress(boxes, scores, limit=0.4):
    """Indices that survive greedy non-maximum suppression, best first."""
    order, kept = np.argsort(-scores, kind="stable"), []
    while len(order):
        best, rest = order[0], order[1:]
        kept.append(best)
        order = rest[overlap(boxes[best:best + 1], boxes[rest])[0] <= limit]
    return np.array(kept, dtype=int)


def detections(boxes, scores, landmarks, height, width, threshold):
    """Net outputs of one image -> rows [K,15]: box, score, five landmarks; best first."""
    face = scores[:, 1]
    kept = np.flatnonzero(face >= threshold)
    pixels, points = decode(boxes, landmarks, height, width)
    pixels, points, face = pixels[kept], points[kept], face[kept]
    best = suppress(pixels, face)
    return np.concatenate([pixels[best], face[best, None], points[best]], axis=1)
