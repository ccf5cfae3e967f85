"""One training: a net, the running average of its weights, its optimiser and how far it is."""
import copy
import time

import torch

from runs import bfloat16_pays, save_atomically


class TrainingRun:
    """Kept in one checkpoint file, from which an interrupted training goes on. The average of
    the weights is what is scored and exported: it is calmer than the last step."""

    SAVE_EVERY_S = 60

    def __init__(self, net, checkpoint, options, device, log, rate, slowest=0.998, steepest=5.0, decay=None,
                 sources=None):
        """`sources` says by whom it is taught, name -> checksum: a run that noted others is not gone on with."""
        self.net = net.to(device).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net)
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=rate,
                                           weight_decay=options.decay if decay is None else decay)
        self.step, self.checkpoint, self.device = 0, checkpoint, device
        self.notes = dict(sources or {})  # what whoever reads the checkpoint should know besides
        self.slowest, self.steepest = slowest, steepest
        self.faster = bfloat16_pays(device)
        self.saved = time.monotonic()
        if checkpoint.exists() and not options.fresh:
            self._resume(torch.load(checkpoint, map_location=device))
            torch.manual_seed(options.seed + self.step)
            log.info("resumed after %d steps", self.step)
        pairs = [(mine, its) for mine, its in zip(self.average.state_dict().values(), self.net.state_dict().values())
                 if mine.is_floating_point()]
        self.averaged, self.stepped = map(list, zip(*pairs))

    def _resume(self, stored):
        self._refuse_others(stored)
        self.net.load_state_dict(stored["net"])
        self.average.load_state_dict(stored["average"])
        self.optimiser.load_state_dict(stored["optimiser"])
        self.step, self.notes = stored["step"], {**self.notes, **stored.get("notes", {})}

    def _refuse_others(self, stored):
        if stored["net"].keys() != self.net.state_dict().keys():
            raise SystemExit(f"{self.checkpoint.name} is of a net with other layers; --fresh begins anew")
        before = stored.get("notes", {})
        for name, source in self.notes.items():
            if before.get(name, source) != source:
                raise SystemExit(f"{self.checkpoint.name} was {name} {before[name]}, now it would be {source}; "
                                 "--fresh begins anew")

    def outputs(self, images, of=None):
        """What the net (or one of its methods, `of`) says in training, in bfloat16 where that pays."""
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.faster):
            return (of or self.net)(images.contiguous(memory_format=torch.channels_last))

    def learn(self, loss, rate):
        """One step of the optimiser at a learning rate, then the average follows."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), self.steepest)
        self.optimiser.step()
        self.step += 1
        keep = min(self.slowest, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_mul_(self.averaged, keep)
            torch._foreach_add_(self.averaged, self.stepped, alpha=1 - keep)

    def save(self):
        save_atomically({"net": self.net.state_dict(), "average": self.average.state_dict(),
                         "optimiser": self.optimiser.state_dict(), "step": self.step, "notes": self.notes}, self.checkpoint)
        self.saved = time.monotonic()

    def save_if_due(self):
        """After every epoch, but not more than once a minute: on a fast machine an epoch takes a second."""
        if time.monotonic() - self.saved > self.SAVE_EVERY_S:
            self.save()
