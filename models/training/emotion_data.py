"""What the emotion net learns from: FER+ faces with votes, web faces without, the teachers' opinions and hints."""
from dataclasses import dataclass

import numpy as np
import torch

import ferplus
import views
from emotion_augment import mirrored
from runs import fingerprint
from web_crops import crops


def tensors(data, split):
    """One split of FER+: images uint8 [N,1,48,48], shares [N,8], valence/arousal [N,2],
    usability [N], counted label [N]."""
    images, votes = ferplus.load(data, split)
    shares = ferplus.distribution(votes)
    return (torch.from_numpy(images)[:, None], torch.from_numpy(shares),
            torch.from_numpy(shares @ ferplus.CIRCUMPLEX),
            torch.from_numpy(ferplus.usability(votes).astype(np.float32)),
            torch.from_numpy(ferplus.majority(votes)))


def class_weights(shares, power=0.25):
    """Rare emotions count more, with the fourth root of their rarity: enough to be learnt,
    not so much that the frequent ones suffer."""
    mass = shares.sum(0)
    weights = (mass.mean() / mass.clamp(min=1)) ** power
    return weights / (weights * mass).sum() * mass.sum()


@dataclass
class Batch:
    """Some faces in one view, 0..1, and what is known of them."""
    faces: torch.Tensor     # [n,1,48,48]
    shares: torch.Tensor    # [n,8] of the votes; all 0: none
    feelings: torch.Tensor  # [n,2] valence and arousal derived from votes, else from opinions
    usable: torch.Tensor    # [n] 0..1, how many voters named an emotion; NaN: nobody was asked
    opinions: torch.Tensor  # [n,8] the teachers' logits of this very view; NaN: no teacher
    hints: torch.Tensor | None  # [n,axes] what one of them sees in it


class TrainingFaces:
    """FER+'s training split; where teachers have looked at them, the web faces too.

    `opinions` is what somebody says of them (teacher_opinions.load), or None, and `hints` what
    somebody sees in them (teacher_hints.load), in the same views, or None."""

    def __init__(self, options, opinions, hints, log, device):
        images, shares, _, usable, _ = tensors(options.data, "train")
        self.taught = opinions is not None
        if not self.taught:
            opinions = torch.full((views.COUNT, len(images), 8), float("nan"))
        else:
            web = torch.from_numpy(crops(options, log))[:, None]
            images = torch.cat([images, web])
            shares = torch.cat([shares, torch.zeros(len(web), 8)])
            usable = torch.cat([usable, torch.full((len(web),), float("nan"))])
        self.images, self.shares, self.usable = images.to(device), shares.to(device), usable.to(device)
        self.opinions = opinions.to(device)
        self.hints = None if hints is None else hints[:len(opinions)].to(device)
        self.hint_variance = None if hints is None else hints[0].var(0).sum().item()
        self.views = [views.View.drawn(number, len(images), device) for number in range(len(opinions))]
        self.circumplex = torch.from_numpy(ferplus.CIRCUMPLEX).to(device)
        # Kept: whoever shows an emotion, the web faces, and the ones that show no face (they teach quality).
        self.kept = ((self.shares.sum(1) > 0) | (self.usable == 0) | self.usable.isnan()).nonzero()[:, 0]
        self.weights = class_weights(shares).to(device)

    @property
    def sources(self):
        """Who speaks of them, as TrainingRun notes it."""
        checksum = lambda tensor, known: fingerprint([tensor]) if known else "nobody"
        return {"taught by": checksum(self.opinions, self.taught), "hinted by": checksum(self.hints, self.hints is not None)}

    def __len__(self):
        return len(self.kept)

    def batch(self, picked):
        """The picked images (indices into `images`), all in one view, drawn by chance; some mirrored."""
        number = int(torch.randint(len(self.views), (1,)))
        shares, opinions = self.shares[picked], self.opinions[number, picked]
        voted = shares.sum(1, keepdim=True) > 0
        feelings = torch.where(voted, shares, torch.softmax(opinions, 1)) @ self.circumplex
        faces = mirrored(self.views[number].of(self.images[picked].float() / 255, picked))
        hints = None if self.hints is None else self.hints[number, picked]
        return Batch(faces, shares, feelings, self.usable[picked].clone(), opinions, hints)
