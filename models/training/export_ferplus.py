"""Writes a split of FER+ as a folder per class of PNGs, for `cabinmood eval emotion OUT --no-detect`.

Counted as everywhere here (ferplus.majority): single votes dropped, images whose majority is
unknown or not-a-face left out. OUT must lie outside the project: the pictures may not be committed.
"""
from pathlib import Path

import cv2

import ferplus
from runs import PROJECT, arguments


def outside_project(path):
    path = Path(path).resolve()
    if path == PROJECT or PROJECT in path.parents:
        raise SystemExit(f"{path} lies in the project; these pictures must never be committed: choose another folder")
    return path


def main():
    parser = arguments(__doc__, split="test")
    parser.add_argument("out", type=outside_project)
    options = parser.parse_args()
    images, votes = ferplus.load(options.data, options.split)
    labels = ferplus.majority(votes)
    for name in ferplus.LABELS:
        (options.out / name).mkdir(parents=True, exist_ok=True)
    for index, (image, label) in enumerate(zip(images, labels)):
        if label >= 0:
            cv2.imwrite(str(options.out / ferplus.LABELS[label] / f"{index:05d}.png"), image)
    print(f"{int((labels >= 0).sum())} pictures of {len(labels)} in {options.out}")


if __name__ == "__main__":
    main()
