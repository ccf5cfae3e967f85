"""Step 2 of the detector: scenes are composed, and the reference looks at each of them.

Writes cache/scenes/N_HxW.npz: `pixels` uint8 [S,H,W], and per scene `faces` [K,14] and `ignored`
[M,4] (joined, with their counts). Whether there is a face is known from composing; where exactly
its box and landmarks lie is what the reference says of this very picture at twice its size.
That a label brought over from the photo will not do was measured: the reference, asked about
the same face in photo and scene, disagrees with itself by 12 % of the distance between the eyes.
A face that the reference does not find keeps its composed box; its landmarks are NaN (unknown).
"""
from multiprocessing import Pool

import cv2
import numpy as np
import torch

import webfaces
from anchors import overlap
from reference_detector import ReferenceDetector
from runs import CACHE, Progress, arguments, begin
from scenes import scene

FOLDER = CACHE / "scenes"
SCENES_PER_FILE = 1000
# Height, width. Mostly smaller than the 256x320 of the car: a face costs less there, and the
# sizes of faces are the same.
SIZES = ((256, 320), (192, 256), (256, 320), (192, 256), (256, 192), (224, 288))
SAME = 0.5  # overlap from which the reference means the same face
PHOTOS, TEACHERS = [], {}


def labelled(faces, rows):
    """Composed faces [K,14] with what the reference's rows [R,15] say of them."""
    result = faces.copy()
    result[:, 4:] = np.nan
    if len(faces) and len(rows):
        shared = overlap(faces[:, :4], rows[:, :4])
        for index in np.flatnonzero(shared.max(1) >= SAME):
            row = rows[shared[index].argmax()]
            result[index, :4], result[index, 4:] = row[:4], row[5:]
    return result


def compose(job):
    """One file of scenes, made from the seed and its number alone."""
    number, count, seed = job
    path = FOLDER / "{}_{}x{}.npz".format(number, *SIZES[number % len(SIZES)])
    if path.exists():
        return
    height, width = SIZES[number % len(SIZES)]
    rng = np.random.default_rng((seed, number))
    teacher = TEACHERS[max(height, width)]
    pictures, found, left_out = [], [], []
    for _ in range(count):
        pixels, faces, ignored = scene(rng, PHOTOS, height, width)
        pictures.append(pixels)
        found.append(labelled(faces, teacher.find(pixels, threshold=0.5)))
        left_out.append(ignored)
    part = path.with_suffix(".part.npz")
    np.savez(part, pixels=np.stack(pictures),
             faces=np.concatenate(found).astype(np.float32), face_counts=[len(f) for f in found],
             ignored=np.concatenate(left_out).astype(np.float32), ignored_counts=[len(i) for i in left_out])
    part.rename(path)


def prepare(data, weights, limit):
    """Every process of the pool has its own photos and its own reference."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    PHOTOS.extend(webfaces.load(data, held=False, limit=limit))
    TEACHERS.update({max(size): ReferenceDetector(weights, 2 * max(size)) for size in SIZES})


def main():
    options = arguments(__doc__, scenes=24000, limit=0).parse_args()
    log, _ = begin(options, "compose_scenes")
    FOLDER.mkdir(exist_ok=True)
    jobs = [(n, min(SCENES_PER_FILE, options.scenes), options.seed)
            for n in range(-(-options.scenes // SCENES_PER_FILE))]
    progress = Progress(log, len(jobs))
    with Pool(options.threads, prepare, (options.data, options.reference, options.limit)) as pool:
        for done, _ in enumerate(pool.imap(compose, jobs), 1):
            progress.step(done, "files of scenes")


if __name__ == "__main__":
    main()
