"""Step 1 of the detector: the reference detector labels the web photos.

Writes cache/webfaces.npz: `names`, and per photo rows of [box, score, landmarks] in pixels.
Everything from a score of 0.1 on is kept: sure faces become truth, doubtful ones are left
out of the loss and of the score. Takes about ten minutes on one core.
"""
import cv2
import numpy as np

from reference_detector import ReferenceDetector
from runs import CACHE, Progress, arguments, begin


def main():
    options = arguments(__doc__, limit=0).parse_args()
    log, _ = begin(options, "label_webfaces")
    teacher = ReferenceDetector(options.reference)
    photos = sorted((options.data / "web-faces").glob("*.jpg"))
    photos = photos[:options.limit] if options.limit else photos
    progress, rows, counts = Progress(log, len(photos)), [], []
    for index, photo in enumerate(photos):
        found = teacher.find(cv2.imread(str(photo), cv2.IMREAD_GRAYSCALE), threshold=0.1)
        rows.append(found)
        counts.append(len(found))
        progress.step(index + 1)
    np.savez_compressed(CACHE / "webfaces.npz", names=np.array([p.name for p in photos]),
                        counts=np.array(counts), rows=np.concatenate(rows).astype(np.float32))
    log.info("%d photos, %d faces with a score of 0.8 and more",
             len(photos), int((np.concatenate(rows)[:, 4] >= 0.8).sum()))


if __name__ == "__main__":
    main()
