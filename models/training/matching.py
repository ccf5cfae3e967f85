"""Which anchor learns what: targets of one scene for the detector's loss."""
import numpy as np

from anchors import anchors, encode, overlap

POSITIVE = 0.35  # overlap from which an anchor learns a face, as in the reference
FACE, BACKGROUND, NEITHER = 1, 0, -1


def targets(faces, ignored, height, width):
    """faces [K,14], ignored [M,4] -> kind int8 [A], boxes float32 [A,4], landmarks [A,10]."""
    a = anchors(height, width)
    squares = np.concatenate([a[:, :2] - a[:, 2:] / 2, a[:, :2] + a[:, 2:] / 2], axis=1)
    kind = np.zeros(len(a), dtype=np.int8)
    boxes = np.zeros((len(a), 4), dtype=np.float32)
    landmarks = np.zeros((len(a), 10), dtype=np.float32)
    if len(ignored):
        kind[overlap(squares, ignored).max(1) > 0.2] = NEITHER
    if not len(faces):
        return kind, boxes, landmarks
    shared = overlap(squares, faces[:, :4])
    best_anchor = shared.argmax(0)
    shared[best_anchor, np.arange(len(faces))] = 2  # every face has one anchor at least
    best_face, closeness = shared.argmax(1), shared.max(1)
    kind[(closeness > 0.25) & (closeness < POSITIVE)] = NEITHER  # too close to call
    positive = closeness >= POSITIVE
    kind[positive] = FACE
    own = faces[best_face[positive]]
    boxes[positive], landmarks[positive] = encode(own[:, :4], own[:, 4:], a[positive])
    return kind, boxes, landmarks
