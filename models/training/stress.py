"""The stress set: FER+ pictures as a cabin camera would deliver them, at two strengths.

Every picture gets misaligned, lit by a lamp, faded, blurred and noisy; some get something over
the face as well. The same seed gives the same set, whatever net is scored on it.
"""
import torch

from cabin_effects import (behind_hand, behind_mask, behind_sunglasses, faded, lit_by_lamp, misaligned,
                           motion_blurred, noisy, with_bright_pupils, with_glare)

# How much of what cabin_effects.py calls the worst; and what lies over which share of the faces.
STRENGTHS = {
    "mild": (0.25, ((with_bright_pupils, 0.10), (with_glare, 0.10), (behind_hand, 0.10))),
    "strong": (0.5, ((with_bright_pupils, 0.15), (with_glare, 0.20), (behind_hand, 0.20),
                      (behind_sunglasses, 0.10), (behind_mask, 0.10))),
}
SEED, BATCH = 2026, 128


def stressed(images, strength):
    """uint8 [N,1,48,48] -> the same pictures under stress."""
    amount, covers = STRENGTHS[strength]
    torch.manual_seed(SEED)
    parts = []
    for start in range(0, len(images), BATCH):
        faces = images[start:start + BATCH].float() / 255
        much = torch.full((len(faces),), amount)
        lot, share = torch.rand(len(faces)), 0.0
        for effect, chance in covers:  # at most one of them a face
            chosen = (lot >= share) & (lot < share + chance)
            faces, share = effect(faces, much * chosen), share + chance
        for effect in (misaligned, lit_by_lamp, faded, motion_blurred, noisy):
            faces = effect(faces, much)
        parts.append((faces.clamp(0, 1) * 255).round().to(torch.uint8))
    return torch.cat(parts)
