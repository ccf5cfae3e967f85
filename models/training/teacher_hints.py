"""What the teacher `vggface` sees in every training face in every view: cache/teacher_hints.npz.

An opinion is eight numbers, most of them near zero; what it is made of says more (Romero et al.
2015, FitNets). Kept is the mean over a view and its mirror image of the 1,024 numbers before the
teacher's last layer, on the first axes along which they differ from face to face, in units of
their spread along the first. Such numbers tell people apart: the file lies in cache/, is of use
in training only and must never be committed; the net that ships has no output for them.
"""
import torch

import teachers
import views
from kept_views import KeptViews, answers_in
from runs import CACHE, Progress, arguments, begin, bfloat16_pays, fingerprint
from teacher_opinions import faces_of

HINTS = CACHE / "teacher_hints.npz"
TEACHER = teachers.PANEL["vggface"]
AXES = 96          # hold 93 % of the variance
ONE_IN = 8         # faces that the axes are found from


def load(path):
    """Hints float32 [views,N,AXES] of `faces_of`; None where the teacher was not asked."""
    hints = answers_in(path, "hints")
    return None if hints is None else torch.from_numpy(hints)


@torch.no_grad()
def seen_in(net, faces, view, picked, batch, progress=None):
    """The picked faces' embeddings in one view, float32 [n,1024], means over both mirror images."""
    faster, parts, done = bfloat16_pays(faces.device), [], 0
    for some in picked.split(batch):
        shown = view.of(faces[some].float() / 255, some)
        with torch.autocast(faces.device.type, dtype=torch.bfloat16, enabled=faster):
            both = [net.embedding(way.contiguous(memory_format=torch.channels_last)) for way in (shown, shown.flip(3))]
        parts.append(sum(one.float() for one in both) / 2)
        done += len(some)
        if progress:
            progress.step(done)
    return torch.cat(parts)


def axes_of(seen, log):
    """Mean, axes [1024,AXES] and spread along the first of them."""
    mean = seen.mean(0)
    _, spread, axes = torch.linalg.svd(seen - mean, full_matrices=False)
    log.info("%d axes hold %.1f %% of the variance", AXES, 100 * (spread[:AXES] ** 2).sum() / (spread ** 2).sum())
    return mean, axes[:AXES].T, spread[0] / len(seen) ** 0.5


def main():
    parser = arguments(__doc__, threads=1, batch=128, views=views.COUNT)
    parser.add_argument("--fresh", action="store_true", help="look again")
    options = parser.parse_args()
    log, device = begin(options, "teacher_hints")
    if not TEACHER.checkpoint.exists():
        log.info("%s has not been trained: no hints from it", TEACHER.name)
        return
    net = TEACHER.trained(device)
    hints = KeptViews(HINTS, "hints", f"{fingerprint(net.state_dict().values())}, {AXES} axes", log, options.fresh)
    if len(hints) < options.views:
        faces = faces_of(options, log).to(device)
        everyone = torch.arange(len(faces), device=device)
        drawn = lambda number: views.View.drawn(number, len(faces), device)
        # Those of the first view serve all, also where a cut run goes on.
        mean, axes, spread = axes_of(seen_in(net, faces, drawn(0), everyone[::ONE_IN], options.batch), log)
        for number in range(len(hints), options.views):
            log.info("view %d of %d, %d faces", number + 1, options.views, len(faces))
            seen = seen_in(net, faces, drawn(number), everyone, options.batch, Progress(log, len(faces)))
            hints.add(((seen - mean) @ axes / spread).half().cpu().numpy())
    log.info("done: %s", HINTS)


if __name__ == "__main__":
    main()
