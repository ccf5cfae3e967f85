#!/usr/bin/env bash
# Usage: deploy/demo.sh [ARGUMENTS OF cabinmood demo]      for example: deploy/demo.sh --seconds 30 --json
# Sets up what is missing, builds, and runs the main job. What set-up says goes to stderr, so that stdout carries
# nothing but what `cabinmood demo` prints.
set -euo pipefail
# shellcheck source=deploy/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_dotnet
"$root/deploy/setup.sh" >&2
"$root/deploy/build.sh" >&2
exec "$artifacts/cabinmood/cabinmood" demo "$@"
