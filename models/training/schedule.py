"""How far a training is: by its steps, or by the clock where --minutes is too short for all of them."""
import math
import time


class Schedule:
    """Cosine: warms up, then falls from the steepest rate to (nearly) nothing. With `minutes` the
    rest of the schedule is shortened where the machine is too slow for it; a training that was
    interrupted has the minutes anew."""

    def __init__(self, run, total, minutes=0.0, warm_steps=0, lowest=0.0):
        self.run, self.total, self.minutes = run, total, minutes
        self.warm_steps, self.lowest = warm_steps, lowest
        self.done_before, self.begun = run.step, time.monotonic()

    @property
    def share(self):
        """Of the schedule, how much lies behind: 0..1."""
        share = self.run.step / self.total
        if self.minutes:
            before, spent = self.done_before / self.total, (time.monotonic() - self.begun) / 60 / self.minutes
            share = max(share, before + (1 - before) * spent)
        return min(share, 1.0)

    @property
    def ended(self):
        return self.share >= 1

    def rate(self, steepest):
        warm = min(1.0, (self.run.step + 1) / max(self.warm_steps, 1))
        return steepest * warm * (self.lowest + (1 - self.lowest) * (0.5 + 0.5 * math.cos(math.pi * self.share)))
