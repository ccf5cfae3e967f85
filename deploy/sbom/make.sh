#!/usr/bin/env bash
# Usage: deploy/sbom/make.sh FOLDER VERSION DEPENDS OUT.json : see sbom.js, which package.sh runs through this.
# The libraries that write and validate the list are fetched once, by their lock file.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools="$here/../../artifacts/sbom"
wanted=$(sha256sum <"$here/package-lock.json")
if [[ ! -f $tools/fetched || $(<"$tools/fetched") != "$wanted" ]]; then
  rm -rf "$tools"
  mkdir -p "$tools"
  cp "$here/package.json" "$here/package-lock.json" "$tools/"
  (cd "$tools" && npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error)
  echo "$wanted" >"$tools/fetched"
fi
NODE_PATH="$tools/node_modules" node "$here/sbom.js" "$@"
