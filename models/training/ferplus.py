"""FER+: 48x48 grey faces with ten votes each, and how this project counts them."""
import numpy as np

LABELS = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
UNKNOWN, NOT_A_FACE = 8, 9  # the two further columns of the votes

# Valence and arousal of each label. Happiness, surprise, sadness, anger, disgust and fear:
# pleasure and arousal as given for these words after Russell and Mehrabian, "Evidence for a
# three-factor theory of emotions", J. Research in Personality 11 (1977) 273-294; neutral is the
# origin of the circumplex (Russell 1980). Contempt is ours: beside disgust, with less arousal.
# They turn votes into two targets; they are not ratings that a person gave to a picture.
CIRCUMPLEX = np.array([
    (0.00, 0.00), (0.81, 0.51), (0.40, 0.67), (-0.63, -0.27),
    (-0.51, 0.59), (-0.60, 0.35), (-0.64, 0.60), (-0.55, 0.20)], dtype=np.float32)


def load(data, split):
    """`split` is train, valid or test. Returns images uint8 [N,48,48] and votes uint8 [N,10]."""
    with np.load(data / "ferplus" / f"{split}.npz") as stored:
        return stored["images"], stored["votes"]


def without_single_votes(votes):
    """One vote among ten is taken for a slip, as in the FER+ paper (Barsoum et al. 2016)."""
    return np.where(votes > 1, votes, 0).astype(np.float32)


def distribution(votes):
    """Share of each of the eight emotions, float32 [N,8]; all zero where none has two votes."""
    emotions = without_single_votes(votes)[:, :8]
    return emotions / np.maximum(emotions.sum(1, keepdims=True), 1)


def majority(votes):
    """Counted label per image: 0..7, or -1 where the image is left out (the majority is
    unknown or not-a-face, or no label has two votes). A tie goes to the earlier label."""
    kept = without_single_votes(votes)
    label = kept.argmax(1)
    return np.where((kept.max(1) > 0) & (label < 8), label, -1)


def usability(votes):
    """0..1: the share of votes that name an emotion; 0 where most see no face."""
    votes = votes.astype(np.float32)
    share = votes[:, :8].sum(1) / np.maximum(votes.sum(1), 1)
    return np.where(votes.argmax(1) == NOT_A_FACE, 0, share)
