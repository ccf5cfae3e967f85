# shellcheck shell=bash
# Sourced by setup.sh, build.sh, demo.sh and tests/run.sh: where things lie, and the set-up steps they share.
# Each step says in one line what it does, and nothing when there is nothing to do.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts="$root/artifacts"

# ORT_DISABLE_TELEMETRY: otherwise the prebuilt ONNX Runtime writes a device id under ~/.cache and reports home.
export ORT_DISABLE_TELEMETRY=1
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { echo "$(basename "$0"): $*"; }

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

need_dotnet() {
  command -v dotnet >/dev/null ||
    fail "the .NET 10 SDK is missing; install dotnet-sdk-10.0 (https://dotnet.microsoft.com/download/dotnet/10.0)"
  dotnet --list-sdks | grep -q '^10\.' ||
    fail "dotnet is here but without a .NET 10 SDK; install dotnet-sdk-10.0 (https://dotnet.microsoft.com/download/dotnet/10.0)"

  # The `cabinmood` executable looks for .NET in the system's folder only: tell it when the SDK lies elsewhere.
  if [[ -z ${DOTNET_ROOT:-} ]]; then
    local home
    home=$(dirname "$(readlink -f "$(command -v dotnet)")")
    if [[ -d $home/shared/Microsoft.NETCore.App ]]; then
      export DOTNET_ROOT=$home
    fi
  fi
}

need_npm() {
  command -v npm >/dev/null || fail "npm is missing; install it with: sudo apt-get install npm"
}

# install_packages NAME... : the Debian packages among them that are not installed yet.
install_packages() {
  command -v dpkg-query >/dev/null ||
    fail "this is not a Debian system; install the equivalents of these packages by hand: $*"

  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]} > 0)) || return 0

  local note=
  if [[ " ${missing[*]} " == *" mosquitto "* ]]; then
    note=" (Debian's mosquitto also enables a broker service on port 1883 of this machine)"
  fi
  say "installing with apt-get: ${missing[*]}$note"

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "sudo is missing; as root run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  # A broken foreign source fails the update of its own list only; whether the install works is what counts.
  (quietly apt-update "${as_root[@]}" apt-get update -qq) || say "apt-get update had problems; going on with the lists that are here"
  quietly apt-install "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# native_folder [x64|arm64] : where deploy/native/fetch.sh puts libonnxruntime for that architecture.
native_folder() {
  local own
  own=$(this_rid)
  [[ ${1:-${own#linux-}} == "${own#linux-}" ]] && echo "$artifacts/native" || echo "$artifacts/native-$1"
}

fetch_onnxruntime() {
  [[ -f $(native_folder "$@")/libonnxruntime.so.1 ]] || need_npm
  "$root/deploy/native/fetch.sh" "$@"
}

# restore TARGET : the NuGet packages of a project or of the solution, those of a ReadyToRun publish included, so that
# building, testing and publishing share one restore. A fingerprint of every file that names packages tells whether
# there is anything to do; a project.assets.json younger than that was written by somebody else's restore: do it over.
restore() {
  local target=$1 packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
  local stamp="$artifacts/setup/restored-${target//\//-}" print projects project current=yes
  mapfile -t projects < <(cd "$root" && find "$(dirname "$target")" -name '*.csproj' -not -path '*/artifacts/*')
  print="$packages $(fingerprint -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.sln' \
    -o -iname nuget.config -o -name global.json)"

  [[ -d $packages && -f $stamp && $(<"$stamp") == "$print" ]] || current=
  for project in "${projects[@]}"; do
    local assets
    assets="$root/$(dirname "$project")/obj/project.assets.json"
    [[ -f $assets && ! $assets -nt $stamp ]] || current=
  done
  [[ -z $current ]] || return 0

  say "restoring the NuGet packages of $target"
  # The audit would ask the network for advisories, and fail the restore without one.
  quietly restore dotnet restore "$root/$target" -p:NuGetAudit=false \
    -p:RuntimeIdentifiers="$(this_rid)" -p:PublishReadyToRun=true
  echo "$print" >"$stamp"
}

this_rid() {
  case $(uname -m) in
    x86_64) echo linux-x64 ;;
    aarch64) echo linux-arm64 ;;
    *) fail "CabinMood runs on x86_64 and aarch64, not on $(uname -m)" ;;
  esac
}

# fingerprint FIND-EXPRESSION... : one checksum over the names and contents of the source files that match.
fingerprint() {
  (cd "$root" && find . \( -name bin -o -name obj -o -name artifacts -o -name .git -o -name node_modules \) -prune -o \
    -type f \( "$@" \) -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# quietly NAME COMMAND... : runs it with its output in artifacts/setup/NAME.log, which is shown only when it fails.
quietly() {
  local log="$artifacts/setup/$1.log"
  shift
  mkdir -p "$artifacts/setup"
  "$@" >"$log" 2>&1 </dev/null || {
    tail -n 40 "$log" >&2
    fail "failed: $*"
  }
}
