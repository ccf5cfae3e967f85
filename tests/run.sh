#!/usr/bin/env bash
# Usage: tests/run.sh [--all]
# Sets up what the tests need as far as it is missing, builds everything once and runs every test project, one after
# the other: several tests measure time and allocations, and two test processes would disturb each other.
# --all also runs what takes long (CABINMOOD_TEST_ALL=1), and installs the Debian package in a clean system. The last
# line sums up all projects; exit 1 when a test failed, a project did not finish, or no test ran.
set -euo pipefail
# shellcheck source=deploy/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/lib.sh"

longest_test=3min # a test that takes longer hangs: it is named and its project ends
case ${1:-} in
  "") ;;
  --all)
    export CABINMOOD_TEST_ALL=1
    longest_test=30min
    ;;
  *)
    echo "usage: run.sh [--all]" >&2
    exit 2
    ;;
esac

"$root/deploy/setup.sh" --tests
need_dotnet
rid=$(this_rid)
fetch_onnxruntime "${rid#linux-}"
restore CabinMood.sln

# What NuGet does not have: AsyncAPI's own parser with a JSON Schema validator, for the tests that hold
# configs/asyncapi.yaml against the service, and an MQTT client for browsers. Without them those tests are skipped and
# say why.
for tools in "$root"/tests/*/package-lock.json; do
  folder=$(dirname "$tools")
  if [[ ! $folder/node_modules/.package-lock.json -nt $tools ]] && command -v npm >/dev/null; then
    say "fetching the packages of tests/$(basename "$folder") with npm, checked against package-lock.json"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1) ||
      say "npm ci failed: the tests that need them will be skipped"
  fi
done

# Release, because the tests assert what the shipped code costs: bytes per frame, milliseconds.
say "building"
quietly build dotnet build "$root/CabinMood.sln" -c Release --no-restore -v quiet -clp:NoSummary

export CABINMOOD_ONNXRUNTIME=${CABINMOOD_ONNXRUNTIME:-$artifacts/native/libonnxruntime.so.1}
results="$artifacts/test-results"
rm -rf "$results"
mkdir -p "$results"

# attribute NAME FILE : the value of one attribute of the trx file's only <Counters> element, 0 when there is none.
attribute() {
  local value
  value=$(grep -o '<Counters [^>]*>' "$2" 2>/dev/null | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+') || value=0
  echo "$value"
}

passed=0 failed=0 skipped=0
for project in "$root"/tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  status=0
  (cd "$root" && dotnet test "$(dirname "$project")/bin/Release/net10.0/$name.dll" \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
    --blame-hang-timeout "$longest_test" --blame-hang-dump-type none --nologo </dev/null) || status=$?

  trx="$results/$name.trx"
  total=$(attribute total "$trx")
  now_passed=$(attribute passed "$trx")
  now_failed=$(($(attribute failed "$trx") + $(attribute error "$trx") + $(attribute timeout "$trx") + \
    $(attribute aborted "$trx")))
  # A project that died, hung or could not start left no failed test behind, but it did not pass either.
  if ((status != 0 && now_failed == 0)); then
    say "$name did not finish (exit $status): counted as one failed test"
    now_failed=1
    total=$((total + 1))
  fi
  passed=$((passed + now_passed))
  failed=$((failed + now_failed))
  skipped=$((skipped + total - now_passed - now_failed))
done

if [[ ${CABINMOOD_TEST_ALL:-} == 1 ]]; then
  outcome=0
  "$root/tests/package/run.sh" || outcome=$?
  case $outcome in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
  esac
fi

status=0
if ((failed > 0)); then
  status=1
elif ((passed == 0)); then
  say "no test ran"
  status=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
