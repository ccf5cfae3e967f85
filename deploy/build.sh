#!/usr/bin/env bash
# Usage: deploy/build.sh [linux-x64|linux-arm64] [--self-contained]
# Publishes CabinMood into artifacts/cabinmood/, with libonnxruntime, the nets and the configs beside the program, so
# that artifacts/cabinmood/cabinmood runs from any directory and the folder can be copied as it is. Needs the .NET 10
# SDK, and npm the first time. --self-contained brings .NET along, in artifacts/cabinmood-self-contained/. For the
# machine's other architecture it writes artifacts/cabinmood-RID/ with what can be built here: no ReadyToRun code and
# no executable, so there `dotnet cabinmood.dll` starts it.
set -euo pipefail
# shellcheck source=deploy/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  echo "usage: build.sh [linux-x64|linux-arm64] [--self-contained]" >&2
  exit 2
}

here=$(this_rid)
rid=$here self_contained=false
for argument in "$@"; do
  case $argument in
    linux-x64 | linux-arm64) rid=$argument ;;
    --self-contained) self_contained=true ;;
    *) usage ;;
  esac
done
target="$artifacts/cabinmood"
[[ $rid == "$here" ]] || target+="-$rid"
if $self_contained; then
  # No .NET runtime for the other architecture can be had.
  [[ $rid == "$here" ]] || usage
  target+="-self-contained"
fi

need_dotnet
fetch_onnxruntime "${rid#linux-}"

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
if [[ $target == "$artifacts/cabinmood" ]]; then
  restore "$project/CabinMood.Service.csproj"
  say "publishing $rid"
  quietly publish dotnet publish "$root/$project" -c Release -r "$rid" --self-contained false --no-restore \
    -p:PublishReadyToRun=true -p:PublishDocumentationFiles=false -o "$staging"
else
  # Restored and built apart: its packages are not those of the tests and the plain build.
  if $self_contained; then
    options=(--self-contained true -p:PublishReadyToRun=true)
    say "publishing $rid with .NET"
  else
    options=(--self-contained false -p:UseAppHost=false)
    say "publishing $rid, without ReadyToRun code and executable"
  fi
  name=$(basename "$target")
  quietly "publish-$name" dotnet publish "$root/$project" -c Release -r "$rid" "${options[@]}" \
    -p:NuGetAudit=false -p:PublishDocumentationFiles=false --artifacts-path "$artifacts/build-$name" -o "$staging"
fi
cp "$(native_folder "${rid#linux-}")"/libonnxruntime.so.1* "$staging/"

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
