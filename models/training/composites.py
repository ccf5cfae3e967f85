"""Step 1 of the clip: portraits of nobody, each the average of at least 100 people.

FER+ validation images of one emotion are brought together by the reference's landmarks,
refined against their own average, and averaged. What is written to composites/ (grey PNG,
128x128) shows no person: it may be published, a single picture may not.
"""
import cv2
import numpy as np

import ferplus
from alignment import similarity, valid_landmarks
from runs import HERE, arguments, begin

OUT = HERE / "composites"
SIZE = 128               # px; the face is framed as in FER+
LEAST = 100              # people per portrait, or none is made
# Portrait: (label, part of the images). Driver and passenger share no neutral image.
PORTRAITS = {
    "driver-neutral": ("neutral", 0), "driver-happiness": ("happiness", None),
    "driver-anger": ("anger", None), "driver-sadness": ("sadness", None),
    "driver-surprise": ("surprise", None), "passenger-neutral": ("neutral", 1),
}


def frontal(points):
    """True where eyes are level within 12 degrees and the nose lies between them."""
    eyes = points[:, 1] - points[:, 0]
    level = np.abs(np.arctan2(eyes[:, 1], eyes[:, 0])) < np.radians(12)
    nose = (points[:, 2, 0] - points[:, 0, 0]) / np.maximum(eyes[:, 0], 1)
    return level & (np.abs(nose - 0.5) < 0.16)


def picked(votes, points, label, part, wanted=110):
    """Indices of the images whose label most people agreed on, at least LEAST of them."""
    index = ferplus.LABELS.index(label)
    usable = np.flatnonzero((ferplus.majority(votes) == index) & ~np.isnan(points[:, 0, 0]) & frontal(points))
    if part is not None:
        usable = usable[usable % 2 == part]
    agreed = votes[usable, index] / votes[usable].sum(1)
    best = usable[np.argsort(-agreed, kind="stable")][:wanted]
    if len(best) < LEAST:
        raise SystemExit(f"only {len(best)} images for {label}: leave it out rather than use fewer")
    return best


def brought_together(images, points, target):
    """Warps 48 px images so that their landmarks meet `target` [5,2] in a SIZE px frame."""
    warped = []
    for image, own in zip(images, points):
        large = cv2.resize(image, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)
        matrix = similarity(own * SIZE / 48, target)
        warped.append(cv2.warpAffine(large, matrix, (SIZE, SIZE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))
    return np.stack(warped).astype(np.float32)


def even_light(images):
    """Same mean and contrast in the middle of every image, so that none dominates."""
    middle = images[:, SIZE // 5:-SIZE // 5, SIZE // 5:-SIZE // 5]
    mean, spread = middle.mean((1, 2), keepdims=True), middle.std((1, 2), keepdims=True)
    return (images - mean) / np.maximum(spread, 1)


def refined(images, rounds=2):
    """Moves every image (affine, by correlation) onto the average of all; sharpens the average."""
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 1e-4)
    weight = np.zeros((SIZE, SIZE), dtype=np.uint8)
    cv2.ellipse(weight, (SIZE // 2, SIZE // 2), (int(SIZE * 0.38), int(SIZE * 0.46)), 0, 0, 360, 255, -1)
    for _ in range(rounds):
        average, moved = images.mean(0), []
        for image in images:
            matrix = np.eye(2, 3, dtype=np.float32)
            try:
                _, matrix = cv2.findTransformECC(average, image, matrix, cv2.MOTION_AFFINE, criteria, weight, 5)
            except cv2.error:
                pass  # no convergence: it stays where the landmarks put it
            if np.abs(matrix - np.eye(2, 3)).max() > 12:
                matrix = np.eye(2, 3, dtype=np.float32)
            moved.append(cv2.warpAffine(image, matrix, (SIZE, SIZE), borderMode=cv2.BORDER_REPLICATE,
                                        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP))
        images = np.stack(moved)
    return images


def portrait(images):
    """The average, its softened edges brought back, in grey levels."""
    average = images.mean(0)
    average += 1.6 * (average - cv2.GaussianBlur(average, (0, 0), 4))
    low, high = np.percentile(average, (1, 99))
    return np.clip(40 + 180 * (average - low) / (high - low), 0, 255).astype(np.uint8)


def main():
    options = arguments(__doc__, threads=1).parse_args()
    log, _ = begin(options, "composites")
    images, votes = ferplus.load(options.data, "valid")
    points = valid_landmarks(options, log)
    target = np.nanmean(points, axis=0) * SIZE / 48
    OUT.mkdir(exist_ok=True)
    for name, (label, part) in PORTRAITS.items():
        chosen = picked(votes, points, label, part)
        together = refined(even_light(brought_together(images[chosen], points[chosen], target)))
        cv2.imwrite(str(OUT / f"{name}.png"), portrait(together))
        log.info("%s: average of %d images", name, len(chosen))


if __name__ == "__main__":
    main()
