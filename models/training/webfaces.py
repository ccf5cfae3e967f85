"""The web photos with the labels of the reference detector, split into training and held out."""
from dataclasses import dataclass

import cv2
import numpy as np

from runs import CACHE

LONG_SIDES = (160, 224, 288)  # px: sizes at which the reference looks at a photo
# Labels made in another way must not be taken for these: the name says how they were made.
LABELS = CACHE / f"webfaces_{'_'.join(map(str, LONG_SIDES))}.npz"
SURE = 0.8      # reference score from which a label counts as a face
DOUBTFUL = 0.3  # from here to SURE: neither a face nor background


@dataclass
class Photo:
    name: str
    pixels: np.ndarray  # uint8 [H,W]
    faces: np.ndarray   # float32 [K,15]: box, score, five landmarks; largest sure face first


def held_out(name):
    """Photos whose number ends in 0 are never trained on."""
    return name.split(".")[0].endswith("0")


def load(data, held, limit=0):
    """All photos of one part that show at least one sure face of 40 px and more."""
    if not LABELS.exists():
        raise SystemExit("no labels yet: run label_webfaces.py first")
    with np.load(LABELS) as labels:
        names, counts, rows = labels["names"], labels["counts"], labels["rows"]
    photos = []
    for name, faces in zip(names, np.split(rows, np.cumsum(counts)[:-1])):
        if held_out(name) != held:
            continue
        sure = faces[faces[:, 4] >= SURE]
        if not len(sure) or (sure[:, 3] - sure[:, 1]).max() < 40:
            continue
        main = sure[np.argmax((sure[:, 2] - sure[:, 0]) * (sure[:, 3] - sure[:, 1]))]
        others = faces[(faces != main).any(1) & (faces[:, 4] >= DOUBTFUL)]
        # The reference finds parts of a large face as faces of their own: not labels.
        middle = (others[:, :2] + others[:, 2:4]) / 2
        others = others[~((middle > main[:2]) & (middle < main[2:4])).all(1)]
        pixels = cv2.imread(str(data / "web-faces" / name), cv2.IMREAD_GRAYSCALE)
        photos.append(Photo(name, pixels, np.concatenate([main[None], others])))
        if limit and len(photos) == limit:
            break
    return photos
