#!/usr/bin/env bash
# Usage: deploy/native/fetch.sh [x64|arm64]
# Puts libonnxruntime.so.1 for this machine under artifacts/native/, that for another one under artifacts/native-NAME/.
# A second run does nothing.
# The npm package carries five platforms (291 MB): only the one library is kept, with its sha256 beside it,
# which CabinMood checks before it loads the library (a truncated one would kill the process uncatchably).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target="$here/../../artifacts/native"
library=libonnxruntime.so.1

case $(uname -m) in
  x86_64) own=x64 ;;
  aarch64) own=arm64 ;;
  *) own=none ;;
esac
platform=${1:-$own}
case $platform in
  "$own") ;;
  x64 | arm64) target="$target-$platform" ;;
esac
if [[ $platform != x64 && $platform != arm64 ]]; then
  echo "fetch.sh: no prebuilt ONNX Runtime for $(uname -m); install the system's libonnxruntime instead" >&2
  exit 1
fi

# The lock's checksum ties what was fetched to what is committed: a new release is fetched, the same one is not.
wanted="$(sha256sum <"$here/package-lock.json" | cut -d' ' -f1) $platform"
if [[ -f $target/fetched && $(<"$target/fetched") == "$wanted" ]] &&
  (cd "$target" && sha256sum --check --status "$library.sha256" 2>/dev/null); then
  exit 0
fi

if ! command -v npm >/dev/null; then
  echo "fetch.sh: npm is missing; install it with: sudo apt-get install npm" >&2
  exit 1
fi

mkdir -p "$target"
work=$(mktemp -d "$target/npm.XXXXXX")
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$work/"

echo "fetch.sh: fetching ONNX Runtime ($platform) with npm, checked against package-lock.json"
if ! (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1); then
  sed 's/^/  /' "$work/npm.log" >&2
  echo "fetch.sh: npm ci failed; ONNX Runtime was not fetched" >&2
  exit 1
fi

package="$work/node_modules/onnxruntime-node"
cp "$package/bin/napi-v6/linux/$platform/$library" "$work/$library"
(cd "$work" && sha256sum "$library" >"$library.sha256")
chmod 644 "$work/$library"

# The marker goes last: an interrupted run is repeated, never taken for a finished one.
rm -f "$target/fetched"
mv "$work/$library" "$work/$library.sha256" "$target/"
echo "$wanted" >"$target/fetched"
echo "fetch.sh: artifacts/$(basename "$target")/$library"
