#!/usr/bin/env bash
# Usage: deploy/package.sh [amd64|arm64]
# Makes artifacts/packages/cabinmood_VERSION_ARCHITECTURE.deb for Debian 12, and beside it the list of its parts,
# cabinmood_VERSION_ARCHITECTURE.cdx.json (CycloneDX). Needs what build.sh needs, and dpkg-deb.
#
# amd64 brings .NET along (ReadyToRun): Debian 12 has no .NET 10, and a head unit's image should not need a foreign
# package source for one service. arm64 cannot: neither an executable nor a runtime for it can be had where this is
# built, so that package runs on the system's `dotnet`. It was never run.
set -euo pipefail
# shellcheck source=deploy/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

here=$(this_rid)
case $here in
  linux-x64) own=amd64 ;;
  linux-arm64) own=arm64 ;;
esac
architecture=${1:-$own}
# What the program loads by name; the C libraries behind .NET come with libc and libstdc++.
depends="gstreamer1.0-plugins-base, gstreamer1.0-plugins-good, libc6 (>= 2.34), libgstreamer-plugins-base1.0-0 (>= 1.20)"
depends+=", libgstreamer1.0-0 (>= 1.20), libmosquitto1 (>= 2.0), libsqlite3-0 (>= 3.35), libstdc++6, systemd"
case $architecture in
  "$own")
    build=(--self-contained)
    program="$artifacts/cabinmood-self-contained"
    depends+=", libgcc-s1, zlib1g"
    ;;
  amd64 | arm64)
    rid=linux-${architecture/amd64/x64}
    build=("$rid")
    program="$artifacts/cabinmood-$rid"
    depends+=", dotnet-runtime-10.0"
    ;;
  *)
    echo "usage: package.sh [amd64|arm64]" >&2
    exit 2
    ;;
esac

command -v dpkg-deb >/dev/null || fail "dpkg-deb is missing; packages are made on Debian and its children"
need_npm
"$root/deploy/build.sh" "${build[@]}"

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
name="cabinmood_${version}_$architecture"
debian="$root/deploy/debian"
tree="$artifacts/packages/$name"
rm -rf "$tree"
install -d "$tree/DEBIAN" "$tree/usr/lib/cabinmood" "$tree/usr/bin" "$tree/etc/cabinmood" "$tree/usr/share/doc/cabinmood"

cp -r "$program/." "$tree/usr/lib/cabinmood/"
if [[ ! -x $tree/usr/lib/cabinmood/cabinmood ]]; then
  printf '#!/bin/sh\nexec dotnet /usr/lib/cabinmood/cabinmood.dll "$@"\n' >"$tree/usr/lib/cabinmood/cabinmood"
fi
# The licence stands in the copyright file; debug symbols and the build's own mark stay here.
rm -f "$tree"/usr/lib/cabinmood/{.built,LICENSE,*.pdb}
find "$tree/usr" -type d -exec chmod 755 {} +
find "$tree/usr" -type f -exec chmod 644 {} +
chmod 755 "$tree/usr/lib/cabinmood/cabinmood"
ln -s ../lib/cabinmood/cabinmood "$tree/usr/bin/cabinmood"
install -D -m 755 "$debian/as-cabinmood" "$tree/usr/sbin/as-cabinmood"

install -m 644 "$root/configs/cabinmood.json" "$tree/etc/cabinmood/cabinmood.json"
install -D -m 644 "$root/deploy/systemd/cabinmood.service" "$tree/usr/lib/systemd/system/cabinmood.service"
install -D -m 644 "$root/deploy/systemd/cabinmood.sysusers" "$tree/usr/lib/sysusers.d/cabinmood.conf"
install -D -m 644 "$debian/lintian-overrides" "$tree/usr/share/lintian/overrides/cabinmood"
install -d "$tree/usr/share/man/man1"
gzip -9n <"$debian/cabinmood.1" >"$tree/usr/share/man/man1/cabinmood.1.gz"
install -d "$tree/usr/share/man/man8"
ln -s ../man1/cabinmood.1.gz "$tree/usr/share/man/man8/as-cabinmood.8.gz"
gzip -9n <"$debian/changelog" >"$tree/usr/share/doc/cabinmood/changelog.gz"
{
  echo "CabinMood comes under the licence below; what it is built from, and under which"
  echo "licences, is listed in /usr/lib/cabinmood/THIRD-PARTY.md."
  echo
  cat "$root/LICENSE"
} >"$tree/usr/share/doc/cabinmood/copyright"

quietly sbom "$root/deploy/sbom/make.sh" "$program" "$version" "$depends" "$artifacts/packages/$name.cdx.json"
install -m 644 "$artifacts/packages/$name.cdx.json" "$tree/usr/share/doc/cabinmood/cabinmood.cdx.json"

fill() {
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@DEPENDS@/$depends/" \
    -e "s/@SIZE@/$(du -sk --exclude=DEBIAN "$tree" | cut -f1)/" "$debian/control.in"
}
fill >"$tree/DEBIAN/control"
install -m 644 "$debian/conffiles" "$tree/DEBIAN/conffiles"
install -m 755 "$debian"/{postinst,prerm,postrm} "$tree/DEBIAN/"
(cd "$tree" && find usr etc -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
chmod 644 "$tree/DEBIAN"/{control,md5sums}

quietly "package-$architecture" dpkg-deb --root-owner-group -Zxz -z2 --build "$tree" "$artifacts/packages/$name.deb"
rm -rf "$tree"
say "artifacts/packages/$name.deb ($(du -m "$artifacts/packages/$name.deb" | cut -f1) MB) and its parts list, $name.cdx.json"
