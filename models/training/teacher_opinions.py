"""What the teachers say of every training face in every view: cache/teacher_opinions.npz.

FER+ faces first (all of the training split), web faces after them. Each is looked at as it is
and mirrored, by every teacher that has been trained; kept is the mean of what they say. With
--pupil an emotion net is asked beside them, and with --earlier what others said before counts as
--voices of them: nets that learnt in different ways err on different faces. The file notes who
spoke: a run goes on after the last finished view of the same speakers, and begins anew where they
are others. Only these, and hints (teacher_hints.py), reach the net that ships.
"""
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

import ferplus
import teachers
import views
from emotion_data import tensors
from emotion_net import averaged, normalise
from kept_views import KeptViews, answers_in
from runs import CACHE, Progress, arguments, begin, bfloat16_pays, fingerprint
from web_crops import crops

OPINIONS = CACHE / "teacher_opinions.npz"


def faces_of(options, log):
    """Everything the teachers look at: uint8 [N,1,48,48], FER+ first."""
    images, _ = ferplus.load(options.data, "train")
    return torch.from_numpy(np.concatenate([images, crops(options, log)]))[:, None]


def load(path):
    """Logits float32 [views,N,8] of `faces_of`; None where nobody was asked."""
    logits = answers_in(path, "logits")
    return None if logits is None else torch.from_numpy(logits)


class Pupil(nn.Module):
    """An emotion net among teachers: takes faces as they do, and gives its logits only."""

    def __init__(self, checkpoint, device):
        super().__init__()
        self.net = averaged(checkpoint, device)

    def forward(self, faces):
        return self.net(normalise(faces))[0]


def panel_of(options, device):
    """Names and nets of who is asked: each takes faces [n,1,48,48], 0..1, and answers logits [n,8]."""
    asked = {teacher.name: teacher.trained(device) for teacher in teachers.trained()}
    if options.pupil:
        pupil = Pupil(options.pupil, device)
        asked["pupil"] = pupil.to(device).to(memory_format=torch.channels_last).eval()
    return asked


def speakers_of(asked, earlier, voices):
    """Whose opinions these are, as JSON: each net, and what was said before with how many voices."""
    speakers = {name: fingerprint(net.state_dict().values()) for name, net in asked.items()}
    if earlier is not None:
        speakers |= {"earlier": fingerprint([earlier]), "voices": voices}
    return json.dumps(speakers)


@torch.no_grad()
def said_of(panel, faces, faster):
    """Their mean log-probabilities of faces [n,1,48,48], 0..1, and the mirror images; float32 [n,8]."""
    said = []
    for shown in (faces, faces.flip(3)):
        shown = shown.contiguous(memory_format=torch.channels_last)
        with torch.autocast(faces.device.type, dtype=torch.bfloat16, enabled=faster):
            said += [net(shown).float().log_softmax(1) for net in panel]
    return sum(said) / len(said)


def look(panel, faces, view, batch, progress):
    """What they say of one view, float16 [N,8]."""
    faster, parts = bfloat16_pays(faces.device), []
    for picked in torch.arange(len(faces), device=faces.device).split(batch):
        parts.append(said_of(panel, view.of(faces[picked].float() / 255, picked), faster).half().cpu().numpy())
        progress.step(sum(map(len, parts)))
    return np.concatenate(parts)


def right_on_valid(panel, options, device, batch):
    """Share of the counted validation pictures on which the panel as a whole is right."""
    images, _, _, _, label = tensors(options.data, "valid")
    faces, faster = images[label >= 0].to(device), bfloat16_pays(device)
    said = torch.cat([said_of(panel, part.float() / 255, faster) for part in faces.split(batch)])
    return (said.argmax(1).cpu() == label[label >= 0]).float().mean().item()


def main():
    parser = arguments(__doc__, threads=1, batch=128, views=views.COUNT)
    parser.add_argument("--fresh", action="store_true", help="ask again")
    parser.add_argument("--pupil", default="", help="averaged weights of an emotion net that is asked too")
    parser.add_argument("--earlier", type=Path, help="opinions that count too")
    parser.add_argument("--voices", type=int, default=1, help="how many nets spoke in --earlier")
    options = parser.parse_args()
    if options.earlier and not options.earlier.exists():
        parser.error(f"--earlier: there is no {options.earlier}")
    if options.earlier and options.earlier.resolve() == OPINIONS.resolve():
        parser.error(f"--earlier: {OPINIONS} is what this step writes; copy it and name the copy")
    log, device = begin(options, "teacher_opinions")
    asked = panel_of(options, device)
    names, panel = list(asked), list(asked.values())
    if not panel:
        raise SystemExit("no teacher yet: run train_teacher.py first")
    log.info("%s: together right on %.4f of valid", ", ".join(names), right_on_valid(panel, options, device, options.batch))
    faces = faces_of(options, log).to(device)
    earlier = load(options.earlier) if options.earlier else None
    said_so_far = KeptViews(OPINIONS, "logits", speakers_of(asked, earlier, options.voices), log, options.fresh)
    count = options.views if earlier is None else min(options.views, len(earlier))
    for number in range(len(said_so_far), count):
        log.info("view %d of %d, %d faces", number + 1, count, len(faces))
        view = views.View.drawn(number, len(faces), device)
        said = look(panel, faces, view, options.batch, Progress(log, len(faces)))
        if earlier is not None:
            voices = options.voices + len(panel)
            said = ((earlier[number].numpy() * options.voices + said * len(panel)) / voices).astype(np.float16)
        said_so_far.add(said)
    log.info("done: %s", OPINIONS)


if __name__ == "__main__":
    main()
