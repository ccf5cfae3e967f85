"""Writes the held-out scenes as PNGs with their truth, for `cabinmood eval detector OUT --truth OUT/truth.txt`.

The truth is in the format of WIDER FACE (bbx_gt): file name, number of faces, then a line
"x y width height blur expression illumination invalid occlusion pose" for each. Faces are those
that the reference finds at 640 px and that are really there; what is neither face nor background
(too small, half hidden, or there but missed by the reference) is written as invalid.
"""
import cv2
import numpy as np

from export_ferplus import outside_project
from runs import arguments, begin
from score_detector import HEIGHT, WIDTH, held_out_scenes, matches, reference_rows

SMALLEST = 40  # px, root of the area


def main():
    parser = arguments(__doc__, scenes=400, threads=1)
    parser.add_argument("out", type=outside_project)
    options = parser.parse_args()
    log, _ = begin(options, "export_scenes")
    scenes = list(held_out_scenes(options.data, options.scenes))
    reference = reference_rows(f"scenes_held_{options.scenes}_2024", [s[0] for s in scenes], options.reference, log)
    options.out.mkdir(parents=True, exist_ok=True)
    lines, faces = [], 0
    for index, ((pixels, truth, ignored), rows) in enumerate(zip(scenes, reference)):
        name = f"scene-{index:04d}.png"
        cv2.imwrite(str(options.out / name), pixels)
        sure = rows[rows[:, 4] >= 0.5]
        real = sure[matches(sure, truth) >= 0][:, :4]
        size = np.sqrt((real[:, 2] - real[:, 0]) * (real[:, 3] - real[:, 1]))
        missed = truth[matches(truth, sure) < 0][:, :4]
        boxes = [(box, 0) for box in real[size >= SMALLEST]]
        boxes += [(box, 1) for box in (*real[size < SMALLEST], *missed, *ignored)]
        faces += int((size >= SMALLEST).sum())
        lines += [name, str(len(boxes))]
        for box, invalid in boxes:
            x1, y1, x2, y2 = np.clip(box, 0, [WIDTH, HEIGHT] * 2)
            lines.append(f"{x1:.0f} {y1:.0f} {x2 - x1:.0f} {y2 - y1:.0f} 0 0 0 {invalid} 0 0")
        if not boxes:
            lines.append("0 0 0 0 0 0 0 0 0 0")  # as WIDER FACE does for a picture without faces
    (options.out / "truth.txt").write_text("\n".join(lines) + "\n")
    print(f"{len(scenes)} scenes with {faces} counted faces in {options.out}")


if __name__ == "__main__":
    main()
