#!/usr/bin/env bash
# Usage: tests/package/run.sh
# Makes the .deb, and installs, starts, stops, upgrades and purges it in a clean Debian 12 that is booted in a container,
# with the commands of deploy/README.md.
# Prints one line per finding; exit 1 when one is bad, exit 77 with the reason when this machine cannot run it.
set -euo pipefail
# shellcheck source=deploy/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/lib.sh"

skip() {
  echo "package test skipped: $*"
  exit 77
}

((EUID == 0)) || skip "it needs root, for debootstrap and systemd-nspawn"
[[ $(dpkg --print-architecture 2>/dev/null) == amd64 ]] || skip "the self-contained package is made on amd64 only"
install_packages debootstrap systemd-container lintian

"$root/deploy/package.sh"
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
package="$artifacts/packages/cabinmood_${version}_amd64.deb"

lintian --allow-root --fail-on error "$package" || fail "lintian found errors"
echo "ok lintian finds no error"

# A clean Debian, made once, with what the package depends on still missing.
base="$artifacts/debian12"
if [[ ! -f $base/.ready ]]; then
  rm -rf --one-file-system "$base"
  say "making a clean Debian 12 (debootstrap)"
  quietly debootstrap debootstrap --variant=minbase bookworm "$base"
  # This machine's own way to Debian's packages, and no services inside a mere chroot.
  cp -rL /etc/apt/sources.list* /etc/apt/apt.conf.d "$base/etc/apt/" 2>/dev/null || true
  cp -L /etc/resolv.conf /etc/hosts "$base/etc/"
  [[ ! -d /etc/ssl/certs ]] || { mkdir -p "$base/etc/ssl" && cp -rL /etc/ssl/certs "$base/etc/ssl/"; }
  printf '#!/bin/sh\nexit 101\n' >"$base/usr/sbin/policy-rc.d"
  chmod 755 "$base/usr/sbin/policy-rc.d"
  touch "$base/.ready"
fi

machine=$(mktemp -d "$artifacts/debian12.XXXXXX")
trap 'rm -rf --one-file-system "$machine"' EXIT
cp -a --reflink=auto "$base/." "$machine/"
mkdir "$machine/trial"
cp "$package" "$root/deploy/README.md" "$machine/trial/"
inside() { chroot "$machine" env DEBIAN_FRONTEND=noninteractive "$@"; }
say "installing the package and what it depends on"
quietly package-update inside apt-get update -qq
quietly package-system inside apt-get install -y -qq --no-install-recommends systemd-sysv dbus mosquitto mosquitto-clients
quietly package-install inside apt-get install -y -qq --no-install-recommends "/trial/$(basename "$package")"
echo "ok it installs with its dependencies"
rm "$machine/usr/sbin/policy-rc.d"

# The same package under the next version's number.
next="${version%.*}.$((${version##*.} + 1))"
dpkg-deb -R "$package" "$machine/trial/next"
sed -i "s/^Version: .*/Version: $next/" "$machine/trial/next/DEBIAN/control"
quietly package-next dpkg-deb --root-owner-group -Zgzip --build "$machine/trial/next" "$machine/trial/next.deb"
rm -rf "$machine/trial/next"
echo "$next" >"$machine/trial/next.version"

install -m 755 "$root/tests/package/inside.sh" "$machine/trial/inside.sh"
cat >"$machine/etc/systemd/system/inside.service" <<'UNIT'
[Unit]
After=multi-user.target
[Service]
ExecStart=/trial/inside.sh
Environment=HOME=/trial
[Install]
WantedBy=multi-user.target
UNIT
inside systemctl enable -q inside

say "booting it"
timeout 300 systemd-nspawn -q -D "$machine" --register=no --keep-unit --private-network --boot \
  >"$artifacts/setup/package-boot.log" 2>&1 </dev/null ||
  skip "systemd-nspawn cannot boot a container here: $(tail -n 1 "$artifacts/setup/package-boot.log")"
cat "$machine/trial/findings"
grep -q '^done$' "$machine/trial/findings" || fail "the checks inside did not come to their end"
! grep -q '^BAD' "$machine/trial/findings" || fail "the package does not behave"
