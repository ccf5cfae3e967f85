#!/usr/bin/env bash
# Usage: deploy/setup.sh [--tests]
# Installs the Debian packages CabinMood runs with, and with --tests those its tests run with, as far as they are
# missing. What the build needs (libonnxruntime, NuGet packages) is fetched by build.sh and tests/run.sh themselves.
set -euo pipefail
# shellcheck source=deploy/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

packages=(
  libgstreamer1.0-0 libgstreamer-plugins-base1.0-0   # frames: pipelines and appsink
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good # cameras, webm, jpeg, png, RTSP, the test pattern
  libmosquitto1 mosquitto                             # MQTT, and the private broker of `cabinmood demo`
  libsqlite3-0                                        # feedback and consent
)

if [[ ${1:-} == --tests ]]; then
  packages+=(
    mosquitto-clients # a second opinion on what the broker really carries
    strace            # shows where the service writes, to prove that no picture goes there
    shellcheck        # reads these scripts
    librsvg2-bin      # draws the timeline that `analyze` writes, to prove it is a valid SVG
  )
  # The clips in ../shared are mp4, where that folder exists; the project's own are webm, which the base set decodes.
  if [[ -d $root/../shared ]]; then
    packages+=(gstreamer1.0-libav)
  fi
fi

need_dotnet
install_packages "${packages[@]}"
