#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Compiles the rooms without Qt, and every file for Windows, with a compiler for Windows. It makes no program, but finds
# names, types and headers that Windows does not have. The libraries' headers come from this machine; those used here
# are the same on every system.
#   packaging/windows_syntax_check.sh [FOLDER OF THE BUILD]    (default: build/release)
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
build="${1:-$root/build/release}"
compiler=x86_64-w64-mingw32-g++-posix
if ! command -v "$compiler" >/dev/null; then
    printf '\nSKIPPED: the files for Windows were not compiled: %s is not installed\n\n' "$compiler"
    exit 0
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# This folder contains only these headers, so that the headers of this system's C library are not found.
mkdir "$work/include" "$work/include/openssl"
arch="/usr/include/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -dumpmachine)"
for header in /usr/include/sodium /usr/include/sodium.h /usr/include/secp256k1*.h /usr/include/simdjson.h; do
    ln -s "$header" "$work/include/"
done
for header in /usr/include/openssl/*.h "$arch"/openssl/*.h; do
    [ ! -e "$header" ] || ln -sf "$header" "$work/include/openssl/"
done
sqlite="$(find "$build" /usr/include/sqlcipher -name sqlite3.h -print -quit 2>/dev/null || true)"
[ -n "$sqlite" ] || {
    echo "FAILED: no sqlite3.h of SQLCipher in $build; build Valise first" >&2
    exit 1
}

cd "$root"
mapfile -t files < <(git ls-files 'core/*.cpp' 'app/*_windows.cpp' |
    grep -E '^core/(base|crypto|mls|nostr|marmot|storage)/|_windows\.cpp$' | grep -vE '_(posix|linux|macos)\.cpp$')
[ "${#files[@]}" -gt 0 ] || {
    echo "FAILED: no file to read" >&2
    exit 1
}
options=(-std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
    -DNOMINMAX -DWIN32_LEAN_AND_MEAN -DUNICODE -DSQLITE_HAS_CODEC -I. -isystem "$work/include"
    -isystem "$(dirname "$sqlite")" -isystem "$arch/qt6" -isystem "$arch/qt6/QtCore")
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" "$compiler" "${options[@]}" || {
    echo "FAILED: see above" >&2
    exit 1
}
echo "windows: ${#files[@]} files read, $(printf '%s\n' "${files[@]}" | grep -c '_windows\.cpp$') of them for Windows only"
