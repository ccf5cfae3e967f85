#!/usr/bin/env bash
# Usage: deploy/build.sh [linux-x64|linux-arm64]
# Publishes CabinMood into artifacts/cabinmood/, with libonnxruntime, the nets and the configs beside the program, so
# that artifacts/cabinmood/cabinmood runs from any directory and the folder can be copied as it is. Needs the .NET 10
# SDK, and npm the first time. For the machine's other architecture it writes artifacts/cabinmood-RID/ with what can be
# built here: no ReadyToRun code and no executable, so there `dotnet cabinmood.dll` starts it, with that machine's own
# libonnxruntime.
set -euo pipefail
# shellcheck source=deploy/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

here=$(this_rid)
rid=${1:-$here}
case $rid in
  "$here") target="$artifacts/cabinmood" ;;
  linux-x64 | linux-arm64) target="$artifacts/cabinmood-$rid" ;;
  *)
    echo "usage: build.sh [linux-x64|linux-arm64]" >&2
    exit 2
    ;;
esac

need_dotnet
[[ $rid != "$here" ]] || fetch_onnxruntime

built=$(fingerprint -path './src/*' -o -path './configs/*' -o -path './models/*' -not -path './models/training/*' \
  -o -path './Directory.*' -o -path './deploy/*.sh' -o -path ./deploy/native/package-lock.json)
built="$built $(dotnet --version)"
if [[ -f $target/.built && $(<"$target/.built") == "$built" ]]; then
  exit 0
fi

# Everything is put together in a folder of its own and takes the place of the old one last: an interrupted build
# leaves no mixture, and a running cabinmood keeps the files it has open.
staging="$target.new"
rm -rf "$staging"

project=src/CabinMood.Service
if [[ $rid == "$here" ]]; then
  restore "$project/CabinMood.Service.csproj"
  say "publishing $rid"
  quietly publish dotnet publish "$root/$project" -c Release -r "$rid" --self-contained false --no-restore \
    -p:PublishReadyToRun=true -p:PublishDocumentationFiles=false -o "$staging"
  cp "$artifacts"/native/libonnxruntime.so.1* "$staging/"
else
  say "publishing $rid, without ReadyToRun code, executable and libonnxruntime"
  quietly "publish-$rid" dotnet publish "$root/$project" -c Release -r "$rid" --self-contained false \
    -p:NuGetAudit=false -p:UseAppHost=false -p:PublishDocumentationFiles=false \
    --artifacts-path "$artifacts/build-$rid" -o "$staging"
fi

cd "$root"
cp LICENSE THIRD-PARTY.md "$staging/"
if [[ -d configs ]]; then
  cp -r configs "$staging/"
fi
# Nets travel with their cards only: the training pipeline stays here.
if [[ -d models ]]; then
  find models -path models/training -prune -o -type f \( -name '*.onnx' -o -name '*.json' -o -name '*.md' \) \
    -exec cp --parents -t "$staging" {} +
fi

echo "$built" >"$staging/.built"
rm -rf "$target"
mv "$staging" "$target"
say "built ${target#"$root"/}/"
