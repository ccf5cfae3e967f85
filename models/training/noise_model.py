"""How the emotion net errs over time: models/emotion/noise.json, for `cabinmood simulate population`.

Every reading is a point of ten numbers: ln of the eight calibrated probabilities, less their
mean, and atanh of valence and arousal. Per true class the FER+ validation pictures give the mean
and the covariance; a class's covariance is widened or narrowed until points drawn from it are
read right as often as the pictures are. Pictures show every person once, so they cannot tell what
stays with a person from what flickers: the clips do, through `cabinmood analyze`, which also
says how often raw and filtered answers change and for how long no mood leads by the margin.
Written are sums over many pictures and frames, nothing that belongs to one of them.
"""
import csv
import json
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch

import ferplus
from onnx_net import OnnxNet
from runs import PROJECT, arguments, begin

OUT = PROJECT / "models" / "emotion" / "noise.json"
PROGRAM = PROJECT / "artifacts" / "cabinmood" / "cabinmood"
DEMO_CLIP = PROJECT / "configs" / "demo-clip.webm"  # drawn, so it is only shown beside the others
LEAST = 1e-4         # smaller probabilities are rounding
STEADY_SECONDS = 2   # faster than this is noise, slower a change of expression
DRAWN = 40_000


def outputs_of_file(images, card):
    """Probabilities [N,8], valence and arousal [N,2], quality [N] of the net that ships."""
    net = OnnxNet(PROJECT / "models" / "emotion" / card["file"])
    pixels = (images.astype(np.float32) - card["input"]["mean"][0]) / card["input"]["std"][0]
    logits, feelings, quality = (output.numpy() for output in net(torch.from_numpy(pixels)[:, None]))
    grown = np.exp((logits - logits.max(1, keepdims=True)) / card["temperature"])
    return grown / grown.sum(1, keepdims=True), feelings, quality[:, 0]


def points_of(probability, feelings):
    logs = np.log(np.maximum(probability, LEAST))
    return np.concatenate([logs - logs.mean(1, keepdims=True), np.arctanh(np.clip(feelings, -0.99, 0.99))], 1)


def top_shares(points):
    """Share of points whose largest probability is each emotion."""
    return np.bincount(points[:, :8].argmax(1), minlength=8) / len(points)


def rounded(values, digits=3):
    return np.round(np.asarray(values, np.float64), digits).tolist()


def symmetric_root(covariance):
    """The symmetric matrix whose square is the covariance: times standard normal numbers it spreads like it."""
    values, vectors = np.linalg.eigh(covariance)
    return vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T


def fit_class(points, label, rng):
    """Mean, spread (times standard normal numbers) at which drawn points are right as often as
    these are, the factor that took, and how drawn points are read. Only the eight probabilities
    are widened: valence and arousal decide nothing about what a point is read as."""
    mean, covariance = points.mean(0), np.cov(points.T)
    drawn = rng.multivariate_normal(np.zeros(len(mean)), covariance, DRAWN)
    wanted = top_shares(points)[label]
    widths = np.linspace(0.7, 2.0, 66)
    gaps = [abs(top_shares(mean + width * drawn)[label] - wanted) for width in widths]
    width = float(widths[int(np.argmin(gaps))])
    scale = np.where(np.arange(len(mean)) < 8, width, 1)
    return mean, symmetric_root(covariance * np.outer(scale, scale)), width, top_shares(mean + scale * drawn)


def analyze(program, clip, *options):
    """What `cabinmood analyze` says of one clip: the rows of the frames with a face, the summary."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([str(program), "analyze", str(clip), "--out", folder, *options], check=True, stdout=subprocess.DEVNULL)
        rows = [row for row in csv.DictReader((Path(folder) / "timeline.csv").open()) if row["face"] == "present"]
        return rows, json.loads((Path(folder) / "summary.json").read_text())


def series_of(rows):
    """Seconds, points and quality of the rows of one clip."""
    numbers = lambda *names: np.array([[float(row[name]) for name in names] for row in rows])
    probability = numbers(*ferplus.LABELS)
    return numbers("seconds")[:, 0], points_of(probability, np.zeros((len(rows), 2)))[:, :8], numbers("quality")[:, 0]


def correlation_time(series, step):
    """Seconds after which the autocorrelation, averaged over dimensions, falls below 1/e."""
    energy = (series * series).sum()
    for lag in range(1, len(series) // 2):
        if (series[lag:] * series[:-lag]).sum() / energy < np.exp(-1):
            return lag * step
    return len(series) // 2 * step


def fit_clip(seconds, points, still_variance):
    """Fast and slow variance as shares of that between pictures, and their correlation times."""
    step = float(np.median(np.diff(seconds)))
    half = max(int(STEADY_SECONDS / 2 / step), 1)
    steady = np.stack([points[max(0, i - half):i + half + 1].mean(0) for i in range(len(points))])
    quick, slow = points - steady, steady - steady.mean(0)
    return {
        "seconds": round(float(seconds[-1] + step), 1), "fps": round(1 / step, 1),
        "fastShare": round(float(quick.var(0).sum() / still_variance), 3),
        "slowShare": round(float(slow.var(0).sum() / still_variance), 3),
        "fastSeconds": round(correlation_time(quick, step), 2),
        "slowSeconds": round(correlation_time(slow, step), 2),
    }


def steadiness(clip, summary):
    """How often raw and filtered answers change, and how long no mood leads by the margin."""
    return {"clip": clip.name, "seconds": round(summary["seconds"], 1),
            "flicker": summary["flicker"], "belowMarginShare": summary["belowMarginShare"]}


def table(clips):
    """Rows for MODEL_CARDS.md."""
    lines = ["| clip | seconds | top emotion, changes per second (raw) | leading mood, changes per second (filtered) "
             "| time below the confidence margin |", "|---|---|---|---|---|"]
    for clip in clips:
        flicker = clip["flicker"]
        lines.append(f"| {clip['clip']} | {clip['seconds']:.1f} | {flicker['topEmotionPerSecond']:.2f} | "
                     f"{flicker['leadingMoodPerSecond']:.2f} | {clip['belowMarginShare']:.1%} |".replace("%", " %"))
    return "\n".join(lines)


def main():
    parser = arguments(__doc__, threads=1)
    parser.add_argument("--program", type=Path, default=PROGRAM, help="the built program; deploy/build.sh makes it")
    options = parser.parse_args()
    log, _ = begin(options, "noise_model")
    rng = np.random.default_rng(options.seed)
    card = json.loads((PROJECT / "models" / "emotion" / "emotion.json").read_text())

    images, votes = ferplus.load(options.data, "valid")
    label = ferplus.majority(votes)
    images, label = images[label >= 0], label[label >= 0]
    probability, feelings, quality = outputs_of_file(images, card)
    points = points_of(probability, feelings)
    classes, variances = {}, []
    for index, name in enumerate(ferplus.LABELS):
        mine = points[label == index]
        mean, spread, width, drawn = fit_class(mine, index, rng)
        variances.append(mine[:, :8].var(0).sum())
        classes[name] = {
            "pictures": len(mine), "width": round(width, 2),
            "readAs": rounded(top_shares(mine)), "drawnReadAs": rounded(drawn),
            "arousalPercentiles": rounded(np.percentile(feelings[label == index, 1], (5, 25, 50, 75, 95)), 2),
            "mean": rounded(mean), "spread": [rounded(row) for row in spread],
        }
        log.info("%-10s %4d pictures, width %.2f, right %.3f, drawn %.3f", name, len(mine), width,
                 top_shares(mine)[index], drawn[index])

    # Five classes are frequent enough for a variance; the rare ones would only add noise to it.
    still_variance = float(np.mean([variances[i] for i in range(5)]))
    clips, clip_quality = [], []
    for clip in sorted((options.data / "clips").iterdir()):
        rows, summary = analyze(options.program, clip)
        seconds, clip_points, good = series_of(rows)
        clips.append({**steadiness(clip, summary), **fit_clip(seconds, clip_points, still_variance)})
        clip_quality.append(good)
        log.info("clip %d: %s", len(clips), clips[-1])
    typical = lambda key: round(float(np.median([clip[key] for clip in clips])), 3)
    fast, slow = typical("fastShare"), typical("slowShare")
    neutral = points[label == 0]
    text = json.dumps({
        "net": card["name"], "netSha256": card["sha256"], "pictures": int(len(label)),
        "labels": list(ferplus.LABELS),
        "prior": rounded(probability.mean(0)),
        "restingLogOdds": rounded((neutral[:, :8] - neutral[:, :1]).mean(0), 2),
        "restingArousal": round(float(feelings[label == 0, 1].mean()), 2),
        "classes": classes,
        "shares": {"person": round(1 - fast - slow, 3), "slow": slow, "fast": fast},
        "slowSeconds": typical("slowSeconds"), "fastSeconds": typical("fastSeconds"),
        "clips": clips,
        "clipQuality": {"mean": round(float(np.concatenate(clip_quality).mean()), 3),
                        "deviation": round(float(np.concatenate(clip_quality).std()), 3)},
        "pictureQualityPercentiles": rounded(np.percentile(quality, (1, 5, 50))),
    }, indent=1)
    # Rows of numbers on one line each, or nobody can read it.
    OUT.write_text(re.sub(r"\[[^\[\]{}\"]*\]", lambda row: " ".join(row.group().split()), text) + "\n")
    log.info("wrote %s", OUT)
    print(table([*clips, steadiness(DEMO_CLIP, analyze(options.program, DEMO_CLIP, "--zone", "image-left")[1])]))


if __name__ == "__main__":
    main()
