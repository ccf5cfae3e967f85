"""How far answers are from what people voted, from what teachers say and from what they see."""
from torch.nn import functional as F

SOFTNESS = 2.0  # both sides' logits are divided by this where one net listens to others


def against_votes(logits, shares):
    """Cross-entropy of logits [n,8] against (weighted) shares of votes [n,8], per vote; faces with
    none do not count."""
    return -(shares * F.log_softmax(logits, 1)).sum() / shares.sum().clamp(min=1)


def softened(opinions):
    """Logits as shares, softened by SOFTNESS."""
    return F.softmax(opinions / SOFTNESS, 1)


def divergence(logits, opinion):
    """Divergence of logits [n,8] from a softened opinion [n,8], per face [n], at the scale of a
    cross-entropy (Hinton et al. 2015)."""
    return SOFTNESS ** 2 * F.kl_div(F.log_softmax(logits / SOFTNESS, 1), opinion, reduction="none").sum(1)


def unexplained(guessed, hints, variance):
    """Share of the hints' whole variance that guesses [n,axes] miss, per face [n]."""
    return ((guessed - hints) ** 2).sum(1) / variance
