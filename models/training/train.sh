#!/usr/bin/env bash
# Trains the nets and draws the demo clip. Usage:
#   train.sh emotion  [--epochs N] [--data DIR] ...   FER+ -> models/emotion
#   train.sh detector [--epochs N] [--data DIR] ...   web photos -> models/detector
#   train.sh teacher  [--epochs N] [--data DIR] ...   what larger nets say of every face and see in it; `emotion` then learns from it
#   train.sh baseline NAME|table [--epochs N] ...     what others use, on the same data (names: baselines.py --help)
#   train.sh quantise emotion|detector [--checkpoint FILE] ...  the net in 8 bits, where that wins -> models/
#   train.sh clip     [--data DIR]                    composites -> configs/demo-clip.webm
#   train.sh golden                                   tests/data/golden
#   train.sh noise    [--program FILE]                how the emotion net errs over time -> models/emotion/noise.json
#   train.sh score emotion|detector|clip              prints the scores in the cards
#   train.sh ferplus-folder OUT | scenes-folder OUT   pictures for `cabinmood eval`
# --replace puts a net into models/ even where a better one lies.
# A stage that was interrupted goes on from what it last saved; --fresh starts it anew.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
python=/usr/bin/python3  # Debian's own: another python on the PATH does not see its packages

install_missing() {
    local missing=()
    "$python" -c 'import torch' 2>/dev/null || missing+=(python3-torch)
    "$python" -c 'import cv2' 2>/dev/null || missing+=(python3-opencv)
    "$python" -c 'import numpy' 2>/dev/null || missing+=(python3-numpy)
    "$python" -c 'import onnx' 2>/dev/null || missing+=(python3-onnx)
    if [ "${1:-}" = onnxruntime ]; then
        command -v node >/dev/null || missing+=(nodejs)
        [ -d "${NODE_PATH:-}/onnxruntime-node" ] || command -v npm >/dev/null || missing+=(npm)
    fi
    if [ "${1:-}" = npm ]; then
        command -v npm >/dev/null || missing+=(nodejs npm)
    fi
    if [ "${1:-}" = clip ]; then
        command -v gst-launch-1.0 >/dev/null || missing+=(gstreamer1.0-tools)
        gst-inspect-1.0 rawvideoparse >/dev/null 2>&1 || missing+=(gstreamer1.0-plugins-base)
        gst-inspect-1.0 vp8enc >/dev/null 2>&1 || missing+=(gstreamer1.0-plugins-good)
    fi
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    echo "installing Debian packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# ONNX Runtime for node, in the release that the program runs with, unless NODE_PATH names one.
need_onnxruntime() {
    install_missing onnxruntime
    [ -d "${NODE_PATH:-}/onnxruntime-node" ] && return
    export NODE_PATH="$here/cache/node/node_modules"
    fetch "$here/../../deploy/native" "$here/cache/node"
}

# Brings what the package-lock.json of one folder pins into another.
fetch() {
    local from="$1" to="$2"
    [ -f "$to/node_modules/.package-lock.json" ] && return  # npm writes it last
    mkdir -p "$to"
    cp "$from/package.json" "$from/package-lock.json" "$to/"
    (cd "$to" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}

step() {
    local file="$1"
    shift
    echo "== $file $*"
    "$python" "$here/$file" "$@"
}

# What the nets in models/ say; those of 8 bits need ONNX Runtime for it.
golden() {
    need_onnxruntime
    step golden.py "$@"
}

# The training step takes every option but --replace; the steps after it only the shared ones, and
# --fresh where they, too, go on from what an earlier run left. --views is only for the latter.
split_options() {
    training=() shared=()
    while [ $# -gt 0 ]; do
        case "$1" in
            --data | --reference | --threads | --seed) training+=("$1" "$2"); shared+=("$1" "$2"); shift ;;
            --replace) replace=(--replace) ;;
            --fresh) training+=("$1"); fresh=(--fresh) ;;
            --views) views=("$1" "${2:-}"); shift ;;
            *) training+=("$1") ;;
        esac
        shift
    done
}

# glibc gives large blocks back to the system after every layer; keeping them saves a tenth, large pages another.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=16000000000
export GLIBC_TUNABLES=glibc.malloc.hugetlb=1

command="${1:-}"
[ $# -gt 0 ] && shift
replace=() fresh=() views=()
split_options "$@"
[ "$command" = teacher ] || training+=("${views[@]}")  # no other step knows it, and each says so
case "$command" in
    emotion)
        need_onnxruntime
        step train_emotion.py "${training[@]}"
        step export_emotion.py "${shared[@]}" "${replace[@]}" --int8
        golden "${shared[@]}"
        ;;
    teacher)
        install_missing
        case " $* " in
            *" --teacher identity"* | *" --teacher vgg13 "* | *" --teacher resnet18 "* | *" --vggface "*) ;;
            *) install_missing npm; fetch "$here/teacher_weights" "$here/cache/teacher_weights" ;;
        esac
        step label_webfaces.py "${shared[@]}"
        step train_teacher.py "${training[@]}"
        step teacher_opinions.py "${shared[@]}" "${fresh[@]}" "${views[@]}"
        step teacher_hints.py "${shared[@]}" "${fresh[@]}" "${views[@]}"
        ;;
    baseline)
        need_onnxruntime
        if [ "${1:-}" = table ]; then
            shift
            step baseline_table.py "$@"
        else
            step baselines.py "$@"
        fi
        ;;
    detector)
        install_missing
        step label_webfaces.py "${shared[@]}"
        step compose_scenes.py "${shared[@]}"  # files that are there stay
        step train_detector.py "${training[@]}"
        step export_detector.py "${shared[@]}" "${replace[@]}"
        golden "${shared[@]}"
        ;;
    quantise)
        need_onnxruntime
        what="${1:-}"
        [ $# -gt 0 ] && shift
        case "$what" in
            emotion | detector) step "export_$what.py" "$@" --int8 ;;
            *) echo "train.sh quantise emotion|detector" >&2; exit 2 ;;
        esac
        golden "${shared[@]}"
        ;;
    clip)
        install_missing clip
        step composites.py "${shared[@]}"
        step draw_clip.py "$@"
        step check_clip.py "${shared[@]}"
        golden "${shared[@]}"
        ;;
    golden)
        golden "$@"
        ;;
    noise)
        need_onnxruntime
        step noise_model.py "$@"
        ;;
    score)
        need_onnxruntime
        what="${1:-}"
        [ $# -gt 0 ] && shift
        case "$what" in
            emotion) step score_emotion.py "$@" ;;
            detector) step score_detector.py "$@" ;;
            clip) step check_clip.py "$@" ;;
            *) echo "train.sh score emotion|detector|clip" >&2; exit 2 ;;
        esac
        ;;
    ferplus-folder)
        install_missing
        step export_ferplus.py "$@"
        ;;
    scenes-folder)
        install_missing
        step label_webfaces.py "${shared[@]}"
        step export_scenes.py "$@"
        ;;
    *)
        sed -n '2,14s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
