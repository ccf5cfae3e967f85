"""What the teacher says of every training face in every view: cache/teacher_opinions.npz.

FER+ faces first (all of the training split), web faces after them. Each is looked at as it is
and mirrored. The last round of train_emotion.py asks the pupil of the round before beside the
teacher, and their common opinion goes to cache/common_opinions.npz: two that learnt in different
ways err on different faces (on valid, with mirror images, the teacher is right on 83.5 %, its
pupil on 83.0 %, both together on 84.3 %), so a pupil that goes on with it learns from somebody
better than either. Goes on after the last finished view. Only opinions reach the net that ships:
eight numbers a face and view.
"""
import numpy as np
import torch

import ferplus
import views
from emotion_net import EmotionNet, normalise
from runs import CACHE, RUNS, Progress, arguments, begin, bfloat16_pays
from teacher_net import Teacher
from web_crops import crops

TEACHER = RUNS / "teacher.pt"
OPINIONS = CACHE / "teacher_opinions.npz"
COMMON = CACHE / "common_opinions.npz"
BATCH = 128


def faces_of(options, log):
    """Everything the teacher looks at: uint8 [N,1,48,48], FER+ first."""
    images, _ = ferplus.load(options.data, "train")
    return torch.from_numpy(np.concatenate([images, crops(options, log)]))[:, None]


def load(path):
    """Logits float32 [views,N,8] of `faces_of`; None where nobody was asked."""
    if not path.exists():
        return None
    with np.load(path) as stored:
        return torch.from_numpy(stored["logits"].astype(np.float32))


def asked(pupil, device):
    """Who is asked: each takes faces [n,1,48,48], 0..1, and answers logits [n,8]."""
    def ready(net, checkpoint):
        net.load_state_dict(torch.load(checkpoint, map_location=device)["average"])
        return net.to(device).to(memory_format=torch.channels_last).eval()

    teacher = ready(Teacher(), TEACHER)
    if pupil is None:
        return [teacher]
    beside = ready(EmotionNet(), pupil)
    return [teacher, lambda faces: beside(normalise(faces))[0]]


@torch.no_grad()
def look(who, faces, view, device, progress):
    """Their mean log-probabilities of one view and its mirror image, float16 [N,8]."""
    faster, parts = bfloat16_pays(device), []
    for start in range(0, len(faces), BATCH):
        picked = torch.arange(start, min(start + BATCH, len(faces)))
        batch = view.of(faces[picked].float() / 255, picked).to(device)
        said = []
        for shown in (batch, batch.flip(3)):
            shown = shown.contiguous(memory_format=torch.channels_last)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=faster):
                said += [net(shown).float().log_softmax(1) for net in who]
        parts.append((sum(said) / len(said)).cpu().numpy())
        progress.step(picked[-1].item() + 1)
    return np.concatenate(parts).astype(np.float16)


def ask(options, pupil, log, device):
    """Asks the teacher, and beside it the emotion net in the checkpoint `pupil` unless that is None."""
    who, faces = asked(pupil, device), faces_of(options, log)
    logits, path = [], COMMON if pupil else OPINIONS
    if path.exists() and not options.fresh:
        with np.load(path) as stored:
            logits = list(stored["logits"])
    for number in range(len(logits), views.COUNT):
        log.info("view %d of %d, %d faces", number + 1, views.COUNT, len(faces))
        logits.append(look(who, faces, views.View.drawn(number, len(faces)), device, Progress(log, len(faces))))
        np.savez_compressed(path, logits=np.stack(logits))
    log.info("done: %s", path)


def main():
    parser = arguments(__doc__, threads=1)
    parser.add_argument("--fresh", action="store_true", help="ask again")
    options = parser.parse_args()
    log, device = begin(options, "teacher_opinions")
    ask(options, None, log, device)


if __name__ == "__main__":
    main()
