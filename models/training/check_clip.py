"""Step 3 of the clip: do our nets see in it what its script says? A check of the plumbing.

Every frame goes through detector, driver zone, alignment and emotion net as in the program.
Printed: share of frames with a driver, and the share of scripted seconds whose top emotion
(mean probability over the second) is the scripted one; the first second of each entry and the
turned-away head are left out. Exit code 1 below 85 %.
"""
import json
import sys

import cv2
import numpy as np
import torch

import ferplus
from alignment import aligned
from emotion_net import normalise
from runs import PROJECT, arguments, begin, shipped
from score_detector import WIDTH, find
from score_detector import load_net as load_detector
from score_emotion import load_net as load_emotion

LEAST = 0.85


def driver(found, zone, width, height):
    """The largest detection whose centre lies in the driver's zone, or None."""
    x, y = (found[:, 0] + found[:, 2]) / 2 / width, (found[:, 1] + found[:, 3]) / 2 / height
    inside = found[(x >= zone["x"]) & (x < zone["x"] + zone["width"]) & (y >= zone["y"]) & (y < zone["y"] + zone["height"])]
    return inside[np.argmax((inside[:, 2] - inside[:, 0]) * (inside[:, 3] - inside[:, 1]))] if len(inside) else None


def main():
    parser = arguments(__doc__, threads=1, every=3)
    parser.add_argument("--detector", default=shipped("detector"))
    parser.add_argument("--emotion", default=shipped("emotion"))
    options = parser.parse_args()
    log, device = begin(options, "check_clip")
    script = json.loads((PROJECT / "configs" / "demo-clip.json").read_text())
    detector, emotion = load_detector(options.detector), load_emotion(options.emotion, torch.device("cpu"))
    cards = {kind: json.loads((PROJECT / "models" / kind / f"{kind}.json").read_text()) for kind in ("detector", "emotion")}
    video = cv2.VideoCapture(str(PROJECT / "configs" / script["clip"]))
    seconds, index = {}, 0  # second -> list of probabilities or None
    while True:
        there, frame = video.read()
        if not there:
            break
        at, index = index / script["fps"], index + 1
        if (index - 1) % options.every:
            continue
        grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
        small = cv2.resize(grey, (WIDTH, grey.shape[0] * WIDTH // grey.shape[1]), interpolation=cv2.INTER_AREA)
        face = driver(find(detector, small, cards["detector"]["defaultThreshold"]), script["driverZone"], *small.shape[::-1])
        answer = None
        if face is not None:
            points = (face[5:].reshape(5, 2) + 0.5) * grey.shape[1] / WIDTH - 0.5
            crop = aligned(grey, points, cards["emotion"]["alignment"])
            with torch.no_grad():
                logits, feeling, quality = emotion(normalise(torch.from_numpy(crop)[None, None].float() / 255))
            answer = (torch.softmax(logits[0] / cards["emotion"]["temperature"], 0).numpy(), *feeling[0].tolist(), quality.item())
        seconds.setdefault(int(at), []).append(answer)

    right = counted = seen = frames = away_seen = away_frames = 0
    for entry in script["script"]:
        for second in range(entry["from"], entry["to"]):
            answers = seconds.get(second, [])
            found = [a for a in answers if a is not None]
            if entry["emotion"] == "away":
                away_seen, away_frames = away_seen + len(found), away_frames + len(answers)
                continue
            seen, frames = seen + len(found), frames + len(answers)
            if second == entry["from"]:
                continue
            counted += 1
            if not found:
                print(f"{second:3d} s  {entry['emotion']:10} no driver")
                continue
            mean = np.mean([a[0] for a in found], axis=0)
            top = ferplus.LABELS[int(mean.argmax())]
            right += top == entry["emotion"]
            v, a, q = np.mean([a[1:] for a in found], axis=0)
            print(f"{second:3d} s  {entry['emotion']:10} {top:10} {mean.max():.2f}  valence {v:+.2f}  arousal {a:+.2f}  "
                  f"quality {q:.2f}{'' if top == entry['emotion'] else '  <-- differs'}")
    print(f"driver found in {seen / frames:.3f} of the frames in which he looks ahead, "
          f"in {away_seen / max(away_frames, 1):.3f} of those in which he has turned away")
    print(f"scripted emotion on top in {right}/{counted} = {right / counted:.3f} of the seconds")
    sys.exit(0 if right / counted >= LEAST else 1)


if __name__ == "__main__":
    main()
