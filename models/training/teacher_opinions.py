"""What the teacher says of every training face in every view: cache/teacher_opinions.npz.

FER+ faces first (all of the training split), web faces after them. Goes on after the last
finished view. Only its opinions reach the net that ships: eight numbers a face and view.
"""
import numpy as np
import torch

import ferplus
import views
from runs import CACHE, RUNS, Progress, arguments, begin, bfloat16_pays
from teacher_net import Teacher
from web_crops import crops

OPINIONS = CACHE / "teacher_opinions.npz"
BATCH = 128


def faces_of(options, log):
    """Everything the teacher looks at: uint8 [N,1,48,48], FER+ first."""
    images, _ = ferplus.load(options.data, "train")
    return torch.from_numpy(np.concatenate([images, crops(options, log)]))[:, None]


def load():
    """Logits float32 [views,N,8] of `faces_of`; None where no teacher was asked."""
    if not OPINIONS.exists():
        return None
    with np.load(OPINIONS) as stored:
        return torch.from_numpy(stored["logits"].astype(np.float32))


@torch.no_grad()
def look(net, faces, view, device, progress):
    """The teacher's logits float16 [N,8] of one view."""
    faster, parts = bfloat16_pays(device), []
    for start in range(0, len(faces), BATCH):
        picked = torch.arange(start, min(start + BATCH, len(faces)))
        batch = view.of(faces[picked].float() / 255, picked).to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=faster):
            parts.append(net(batch.contiguous(memory_format=torch.channels_last)).float().cpu().numpy())
        progress.step(picked[-1].item() + 1)
    return np.concatenate(parts).astype(np.float16)


def main():
    parser = arguments(__doc__, threads=1)
    parser.add_argument("--fresh", action="store_true", help="ask again")
    options = parser.parse_args()
    log, device = begin(options, "teacher_opinions")
    net = Teacher().to(device)
    net.load_state_dict(torch.load(RUNS / "teacher.pt", map_location=device)["average"])
    net = net.eval().to(memory_format=torch.channels_last)
    faces = faces_of(options, log)
    logits = []
    if OPINIONS.exists() and not options.fresh:
        with np.load(OPINIONS) as stored:
            logits = list(stored["logits"])
    for number in range(len(logits), views.COUNT):
        log.info("view %d of %d, %d faces", number + 1, views.COUNT, len(faces))
        logits.append(look(net, faces, views.View.drawn(number, len(faces)), device, Progress(log, len(faces))))
        np.savez_compressed(OPINIONS, logits=np.stack(logits))
    log.info("done: %s", OPINIONS)


if __name__ == "__main__":
    main()
