"""Step 1 of the detector: the reference detector labels the web photos.

Writes webfaces.LABELS in the cache: `names`, and per photo rows of [box, score, landmarks] in pixels.
Everything from a score of 0.1 on is kept: sure faces become truth, doubtful ones are left
out of the loss and of the score. Takes about five minutes on two cores.

The photos are looked at in three sizes and the answers averaged: at 640 px a face fills the
picture, where the reference's landmarks are 17 % of the distance between the eyes away from
what it says of the same face in a scene; at 100 to 220 px a face it is at its best.
"""
from multiprocessing import Pool

import cv2
import numpy as np
import torch

from anchors import overlap
from reference_detector import ReferenceDetector
from runs import Progress, arguments, begin
from webfaces import LABELS, LONG_SIDES

TEACHERS = []


def averaged(passes):
    """Rows of the middle size, each averaged with what the other sizes say of the same face."""
    base = passes[len(passes) // 2]
    total, count = base.copy(), np.ones(len(base))
    for index, rows in enumerate(passes):
        if index == len(passes) // 2 or not len(rows) or not len(base):
            continue
        shared = overlap(base[:, :4], rows[:, :4])
        same = shared.max(1) >= 0.5
        total[same] += rows[shared.argmax(1)[same]]
        count += same
    return total / count[:, None] if len(base) else base


def label(photo):
    grey = cv2.imread(str(photo), cv2.IMREAD_GRAYSCALE)
    return averaged([teacher.find(grey, threshold=0.1) for teacher in TEACHERS])


def prepare(weights):
    """Every process of the pool loads the reference for itself."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    TEACHERS.extend(ReferenceDetector(weights, side) for side in LONG_SIDES)


def main():
    options = arguments(__doc__, limit=0).parse_args()
    log, _ = begin(options, "label_webfaces")
    if LABELS.exists():
        log.info("labels are there; delete %s to make them anew", LABELS)
        return
    photos = sorted((options.data / "web-faces").glob("*.jpg"))
    photos = photos[:options.limit] if options.limit else photos
    progress, rows, counts = Progress(log, len(photos)), [], []
    with Pool(options.threads, prepare, (options.reference,)) as pool:
        for index, found in enumerate(pool.imap(label, photos, chunksize=16)):
            rows.append(found)
            counts.append(len(found))
            progress.step(index + 1)
    np.savez_compressed(LABELS, names=np.array([p.name for p in photos]),
                        counts=np.array(counts), rows=np.concatenate(rows).astype(np.float32))
    log.info("%d photos, %d faces with a score of 0.8 and more",
             len(photos), int((np.concatenate(rows)[:, 4] >= 0.8).sum()))


if __name__ == "__main__":
    main()
