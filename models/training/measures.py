"""How good answers are: calibration, F1, intervals, rankings. Plain numpy, no net in sight."""
import numpy as np

BINS = 15                        # of the calibration error
COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.5)


def calibration_error(probability, label):
    """Mean gap between confidence and accuracy over 15 equal bins, weighted by their size."""
    confidence, right = probability.max(1), probability.argmax(1) == label
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[which == b].mean() - right[which == b].mean()) * (which == b).mean()
            for b in range(BINS) if (which == b).any()]
    return float(sum(gaps))


def f1_per_class(confusion):
    hits = np.diag(confusion)
    return 2 * hits / np.maximum(confusion.sum(0) + confusion.sum(1), 1)


def confusion_of(label, predicted):
    return np.bincount(label * 8 + predicted, minlength=64).reshape(8, 8)


def bootstrap(label, predicted, statistic, rounds=1000, seed=1):
    """95 % interval of a statistic of (label, predicted) under resampling of images: lowest and
    highest, of every number where the statistic has several. Five digits: from four, the tenths of
    a percent in MODEL_CARDS.md would be rounded twice."""
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        picked = rng.integers(0, len(label), len(label))
        values.append(statistic(label[picked], predicted[picked]))
    return np.percentile(values, (2.5, 97.5), axis=0).round(5).tolist()


def area_under_roc(good, bad):
    """Chance that a good crop scores above a bad one (ties count half)."""
    values = np.concatenate([good, bad])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[:len(good)].sum() - len(good) * (len(good) + 1) / 2) / (len(good) * len(bad)))


def accuracy_by_coverage(probability, label):
    """Accuracy on the surest share of answers, for each of COVERAGES."""
    surest_first = np.argsort(-probability.max(1), kind="stable")
    right = (probability.argmax(1) == label)[surest_first]
    return {f"{share:.0%}": round(float(right[:max(1, round(share * len(right)))].mean()), 4) for share in COVERAGES}
