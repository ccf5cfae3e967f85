"""What was answered to every training face, one view after the other, in a file that a cut run goes on from."""
import os

import numpy as np


class KeptViews:
    """The views that `speakers` have answered so far, each an array float16 [N,...]. Where others spoke, or
    nobody noted who, all begin anew: views of two panels must not stand side by side."""

    def __init__(self, path, name, speakers, log, fresh=False):
        self.path, self.name, self.speakers = path, name, speakers
        self.views = [] if fresh or not path.exists() else self._of_the_same(log)

    def _of_the_same(self, log):
        with np.load(self.path) as stored:
            before = str(stored["speakers"]) if "speakers" in stored else "not noted"
            if before == self.speakers:
                return list(stored[self.name])
        log.info("who speaks now: %s; who spoke in %s: %s; all views are looked at anew",
                 self.speakers, self.path.name, before)
        return []

    def __len__(self):
        return len(self.views)

    def add(self, view):
        """Writes one more; a run that is cut meanwhile leaves the file as it was."""
        self.views.append(view)
        part = self.path.with_suffix(".part")
        with part.open("wb") as file:
            np.savez_compressed(file, **{self.name: np.stack(self.views)}, speakers=self.speakers)
        os.replace(part, self.path)


def answers_in(path, name):
    """What a file of kept views holds, float32 [views,N,...]; None where there is none."""
    if not path.exists():
        return None
    with np.load(path) as stored:
        return stored[name].astype(np.float32)
