"""Step 2 of the clip: a drive in which the driver's mood changes, drawn frame by frame.

Writes configs/demo-clip.webm (VP8, 640x480, 25 frames a second, through GStreamer), its script
configs/demo-clip.json, and the still frame that the golden numbers are computed on.
"""
import json
import subprocess

import cv2
import numpy as np

from cabin_picture import HEIGHT, WIDTH, Person, Pose, body, head, infra_red, interior, long_hair
from composites import OUT as PORTRAITS
from runs import PROJECT, Progress, arguments, begin

FPS = 25
FADE_S = 0.6
# What the driver shows, in seconds of the clip.
SCRIPT = [
    (0, 8, "neutral"), (8, 18, "happiness"), (18, 24, "neutral"), (24, 34, "anger"),
    (34, 40, "neutral"), (40, 50, "sadness"), (50, 54, "neutral"), (54, 56, "away"),
    (56, 60, "neutral"), (60, 69, "surprise"), (69, 74, "neutral"),
]
DRIVER = Person(size=150, slimness=0.95, hair=34, long_hair=False, cloth=92, skin=1.0)
PASSENGER = Person(size=134, slimness=1.06, hair=102, long_hair=True, cloth=128, skin=1.06)
DRIVER_ZONE = {"x": 0.0, "y": 0.0, "width": 0.5, "height": 1.0}  # shares of the frame
GOLDEN = PROJECT / "tests" / "data" / "golden" / "cabin-frame.png"
GOLDEN_AT_S = 13.0


def ease(x):
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)


def scripted(seconds):
    """The entry of SCRIPT that holds at a time, and its place."""
    for place, entry in enumerate(SCRIPT):
        if entry[0] <= seconds < entry[1]:
            return place, entry
    return len(SCRIPT) - 1, SCRIPT[-1]


def shown(portraits, seconds):
    """The driver's portrait: the scripted one, faded in from the one before."""
    place, (start, _, emotion) = scripted(seconds)
    name = lambda e: "neutral" if e == "away" else e
    now = portraits["driver-" + name(emotion)]
    before = portraits["driver-" + name(SCRIPT[max(place - 1, 0)][2])]
    share = ease((seconds - start) / FADE_S) if place else 1.0
    return before + share * (now - before)


def wander(seconds, *periods):
    """A slow, never quite repeating movement between about -1 and 1."""
    return sum(np.sin(2 * np.pi * seconds / p + i) for i, p in enumerate(periods)) / len(periods)


def driver_pose(seconds):
    turn = 0.0
    for start, end, emotion in SCRIPT:
        if emotion == "away":  # towards the side window and back, within the two seconds
            turn = 2.2 * ease((seconds - start) / 0.35) * ease((end - seconds) / 0.35)
    return Pose(x=184 + 7 * wander(seconds, 5.3, 8.9, 3.1), y=212 + 4 * wander(seconds, 4.1, 7.7),
                yaw=0.13 * wander(seconds, 6.7, 3.9) - turn, roll=0.07 * wander(seconds, 7.3, 4.7),
                nod=2.5 * wander(seconds, 2.9, 5.9))


def passenger_pose(seconds):
    return Pose(x=458 + 6 * wander(seconds, 6.1, 9.7), y=236 + 4 * wander(seconds, 5.3, 3.7),
                yaw=0.22 * wander(seconds, 8.3, 5.1), roll=0.08 * wander(seconds, 6.3, 9.1))


def frame_at(seconds, room, portraits):
    """One frame, uint8 [480,640]; the noise depends on the time alone."""
    rng = np.random.default_rng((11, int(round(seconds * FPS))))
    picture = room.copy()
    cloth = np.random.default_rng(3)  # the same folds in every frame
    for person, pose, portrait, belt in (
            (PASSENGER, passenger_pose(seconds), portraits["passenger-neutral"], 1),
            (DRIVER, driver_pose(seconds), shown(portraits, seconds), -1)):
        long_hair(picture, person, pose)
        body(picture, person, pose.x * 0.5 + 0.5 * (184 if person is DRIVER else 458),
             pose.y * 0.5 + 0.5 * (212 if person is DRIVER else 236), belt, cloth)
        head(picture, person, portrait, pose)
    return infra_red(picture, rng, exposure=0.95 + 0.05 * wander(seconds, 11.0, 17.0))


def load_portraits():
    portraits = {p.stem: cv2.imread(str(p), cv2.IMREAD_GRAYSCALE).astype(np.float32) for p in PORTRAITS.glob("*.png")}
    if not portraits:
        raise SystemExit("no portraits in composites/: run composites.py first")
    portraits["passenger-neutral"] = np.ascontiguousarray(portraits["passenger-neutral"][:, ::-1])
    return portraits


def encoder(path, bitrate):
    """A GStreamer process that takes raw grey frames on its standard input."""
    pipeline = (f"fdsrc fd=0 ! rawvideoparse format=gray8 width={WIDTH} height={HEIGHT} framerate={FPS}/1 "
                f"! videoconvert ! video/x-raw,format=I420 ! vp8enc target-bitrate={bitrate} end-usage=vbr deadline=100000 cpu-used=3 "
                f"keyframe-max-dist=125 min-quantizer=4 max-quantizer=56 threads=1 ! webmmux ! filesink location={path}")
    return subprocess.Popen(["gst-launch-1.0", "-q", *pipeline.split()], stdin=subprocess.PIPE)


def main():
    options = arguments(__doc__, threads=1, bitrate=280000).parse_args()
    log, _ = begin(options, "draw_clip")
    room, portraits = interior(), load_portraits()
    clip = PROJECT / "configs" / "demo-clip.webm"
    clip.parent.mkdir(exist_ok=True)
    total = SCRIPT[-1][1] * FPS
    process, progress = encoder(clip, options.bitrate), Progress(log, total)
    for index in range(total):
        process.stdin.write(frame_at(index / FPS, room, portraits).tobytes())
        progress.step(index + 1)
    process.stdin.close()
    if process.wait():
        raise SystemExit("GStreamer could not write the clip: is gstreamer1.0-plugins-good installed?")
    clip.with_suffix(".json").write_text(json.dumps({
        "clip": clip.name, "fps": FPS, "width": WIDTH, "height": HEIGHT, "driverZone": DRIVER_ZONE,
        "origin": "drawn by models/training/draw_clip.py from averages of at least 100 FER+ validation images "
                  "each: it shows nobody; a check of the plumbing, never a score",
        "script": [{"from": a, "to": b, "emotion": e} for a, b, e in SCRIPT]}, indent=2) + "\n")
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    still = cv2.resize(frame_at(GOLDEN_AT_S, room, portraits), (320, 240), interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(GOLDEN), still)
    log.info("%s: %.2f MB, %d s", clip, clip.stat().st_size / 1e6, total // FPS)


if __name__ == "__main__":
    main()
