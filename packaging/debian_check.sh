#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Makes the .deb of a build, checks it, installs it with apt in a clean Debian tree and starts both programs there.
#   packaging/debian_check.sh [FOLDER OF THE BUILD]    (default: build/release)
# VALISE_MIRROR: a Debian mirror for the clean tree. Without it, apt's own sources are used.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
build="$(cd "${1:-$root/build/release}" && pwd)"
# The tree has the release on which the package was built, because a package depends on its release.
# shellcheck disable=SC1091
suite="${VALISE_SUITE:-$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")}"
work="$(mktemp -d)"
chmod 755 "$work"
trap 'rm -rf --one-file-system "$work"' EXIT
passed=0
skipped=0

ok() {
    echo "ok: $*"
    passed=$((passed + 1))
}
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
skip() {
    printf '\nSKIPPED: %s\n\n' "$*"
    skipped=$((skipped + 1))
}
need() { command -v "$1" >/dev/null || fail "$1 is not installed ($2)"; }

need cpack cmake
need dpkg-deb dpkg-dev
need desktop-file-validate desktop-file-utils
need appstreamcli appstream

rm -rf "$build/packages"
(cd "$build" && cpack -G DEB >"$work/cpack.log" 2>&1) || {
    cat "$work/cpack.log" >&2
    fail "cpack"
}
mapfile -t debs < <(find "$build/packages" -maxdepth 1 -name 'valise_*.deb')
[ "${#debs[@]}" -eq 1 ] || fail "one .deb was expected, ${#debs[@]} were made"
deb="${debs[0]}"
ok "made $(basename "$deb"), $(stat -c %s "$deb") octets"
dpkg-deb --info "$deb"

control() { dpkg-deb --field "$deb" "$1"; }
[ "$(control Package)" = valise ] || fail "package name"
[ "$(control Section)" = net ] || fail "section"
[ "$(control Version)" = "$(sed -n 's/^project(valise VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")" ] || fail "version"
for library in libqt6core6 libqt6widgets6 libqt6websockets6 libsodium23 libsecp256k1 libssl3 libhunspell; do
    control Depends | grep -q "$library" || fail "no dependency on $library: $(control Depends)"
done
ok "control fields"

mkdir "$work/tree"
dpkg-deb --extract "$deb" "$work/tree"
for file in bin/valise bin/valise-cli share/applications/org.valise.Valise.desktop \
    share/metainfo/org.valise.Valise.metainfo.xml share/icons/hicolor/scalable/apps/org.valise.Valise.svg \
    share/doc/valise/copyright share/doc/valise/LICENSE; do
    [ -f "$work/tree/usr/$file" ] || fail "/usr/$file is missing"
done
foreign="$(find "$work/tree" -type f ! -path "$work/tree/usr/*")"
[ -z "$foreign" ] || fail "files outside /usr: $foreign"
wide="$(find "$work/tree" ! -type l -perm /022)"
[ -z "$wide" ] || fail "files that others may write: $wide"
if grep -rlaF -e "$root" "$work/tree/usr/bin" >/dev/null 2>&1; then
    echo "note: the programs name the folder they were built in"
fi
ok "contents"
desktop-file-validate "$work/tree/usr/share/applications/org.valise.Valise.desktop" || fail "desktop file"
appstreamcli validate --no-net "$work/tree/usr/share/metainfo/org.valise.Valise.metainfo.xml" || fail "metainfo"
ok "desktop file and metainfo"

# In a clean tree this machine's libraries cannot hide a missing dependency.
if [ "$(id -u)" != 0 ]; then
    skip "the installation on a clean tree needs root"
elif ! command -v mmdebstrap >/dev/null; then
    skip "the installation on a clean tree needs mmdebstrap"
else
    mirror=()
    if [ -n "${VALISE_MIRROR:-}" ]; then
        mirror=("deb $VALISE_MIRROR $suite main")
    else
        # The sources that this machine's apt uses for the same suite, security updates included.
        # shellcheck disable=SC2016
        mapfile -t mirror < <(apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
            2>/dev/null | awk -v suite="$suite" '$3 == "main" && ($2 == suite || index($2, suite "-") == 1) &&
                !seen[$0]++ { print "deb", $1, $2, "main" }')
    fi
    cp "$deb" "$work/valise.deb"
    cat >"$work/inside.sh" <<'INSIDE'
set -e
export HOME=/tmp/someone LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=/tmp/runtime
mkdir -p "$HOME" -m 700 "$XDG_RUNTIME_DIR"
echo "valise-cli --version: $(valise-cli --version)"
echo "valise --version: $(valise --version)"
valise-cli --help >/tmp/cli-help && [ -s /tmp/cli-help ]
valise --help >/tmp/help && [ -s /tmp/help ]
missing="$(ldd /usr/bin/valise /usr/bin/valise-cli | grep 'not found' || true)"
[ -z "$missing" ] || { echo "$missing"; exit 1; }
printf 'a passphrase for a clean tree\n' >/tmp/passphrase
valise-cli --home /tmp/profile --passphrase-file /tmp/passphrase --json init --name Kasara --relay ws://127.0.0.1:1
valise-cli --home /tmp/profile --passphrase-file /tmp/passphrase --json whoami
dpkg --verify valise
apt-get -q -y -o Dpkg::Use-Pty=0 purge valise >/dev/null
[ ! -e /usr/bin/valise ] || { echo "purge left /usr/bin/valise"; exit 1; }
echo "installed, started and removed"
INSIDE
    if mmdebstrap --quiet --variant=apt --mode=root --format=directory \
        --aptopt='Apt::Install-Recommends "false"' "$suite" "$work/chroot" "${mirror[@]}" >"$work/bootstrap.log" 2>&1; then
        cp "$work/valise.deb" "$work/inside.sh" "$work/chroot/tmp/"
        for file in /etc/resolv.conf /etc/hosts; do
            [ ! -f "$file" ] || cp -L "$file" "$work/chroot$file"
        done
        # This machine's settings for apt (a proxy, a certificate) are needed to reach the same mirror.
        for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf.d/99*; do
            [ ! -f "$file" ] || install -D -m 644 "$file" "$work/chroot$file"
        done
        run_in=(chroot "$work/chroot" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive)
        # policy-rc.d prevents every service from starting in the tree.
        printf '#!/bin/sh\nexit 101\n' >"$work/chroot/usr/sbin/policy-rc.d" && chmod 755 "$work/chroot/usr/sbin/policy-rc.d"
        "${run_in[@]}" apt-get -q update >"$work/update.log" 2>&1 || fail "apt-get update in the clean tree"
        "${run_in[@]}" apt-get -q -y -o Dpkg::Use-Pty=0 --no-install-recommends install /tmp/valise.deb >"$work/install.log" 2>&1 || {
            tail -n 40 "$work/install.log" >&2
            fail "apt could not install the package on a clean tree"
        }
        ok "installed by apt on a clean $suite ($(grep -c '^Setting up' "$work/install.log") packages)"
        "${run_in[@]}" bash /tmp/inside.sh || fail "the programs do not start on a clean tree"
        ok "both programs start on a clean tree"
    else
        tail -n 20 "$work/bootstrap.log"
        skip "a clean $suite tree could not be made here (see above)"
    fi
fi
echo "package: $passed passed, 0 failed, $skipped skipped"
