# SPDX-License-Identifier: AGPL-3.0-or-later
# Sourced by ./run, ./test and .ci/run. Finds missing packages and installs them on Debian 12 or later. On other systems
# it prints what is missing. It never asks a question, and changes nothing if nothing is missing.

# shellcheck disable=SC2034 # The lists are used by the scripts that source this file.
# One line per need. `a|b` means the first of these that the distribution has, because names differ between releases.
VALISE_BUILD_PACKAGES=(
    build-essential cmake ninja-build ccache pkg-config git ca-certificates
    qt6-base-dev qt6-websockets-dev qt6-httpserver-dev qt6-multimedia-dev
    "qt6-svg-dev|libqt6svg6-dev" qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libgl1-mesa-dev libvulkan-dev libsodium-dev libssl-dev libsecp256k1-dev libsimdjson-dev libicu-dev
    libhunspell-dev catch2
)
VALISE_RUNTIME_PACKAGES=(
    libqt6svg6 libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1
    fonts-inter fonts-noto-core fonts-noto-color-emoji xvfb xauth
)
VALISE_TEST_PACKAGES=(faketime libbenchmark-dev python3 desktop-file-utils appstream fakeroot dpkg-dev file
    dbus at-spi2-core gir1.2-atspi-2.0 python3-gi hunspell-en-us hunspell-fr)
VALISE_FUZZ_PACKAGES=(clang-14 libclang-rt-14-dev)
VALISE_CI_PACKAGES=("clang-format-14|clang-format" mmdebstrap python3-venv protobuf-compiler
    g++-mingw-w64-x86-64-posix x11-utils x11-apps)

valise_say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
valise_fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# valise_is_debian [VERSION]: true on Debian of that version or later. The default version is 12.
valise_is_debian() {
    local ID="" VERSION_ID=""
    # shellcheck disable=SC1091
    [ -r /etc/os-release ] && . /etc/os-release
    [ "$ID" = debian ] || return 1
    # Debian testing and unstable have no VERSION_ID.
    [ -z "$VERSION_ID" ] || [ "${VERSION_ID%%.*}" -ge "${1:-12}" ]
}

valise_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
valise_available() { apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'; }

# Prints the needs that no installed package fulfils.
valise_missing() {
    local need name found
    for need in "$@"; do
        found=no
        for name in ${need//|/ }; do
            if valise_installed "$name"; then
                found=yes
                break
            fi
        done
        [ "$found" = yes ] || printf '%s\n' "$need"
    done
}

valise_as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# valise_install PACKAGE...: installs the missing packages of this list on Debian.
valise_install() {
    local missing=() names=() need name choice
    mapfile -t missing < <(valise_missing "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
        valise_fail "These packages are missing, and installing them needs root (or sudo without a password):
    ${missing[*]}
As root:  apt-get install --no-install-recommends ${missing[*]%%|*}"
    fi
    valise_say "Installing ${#missing[@]} missing package(s): ${missing[*]}"
    valise_as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update
    for need in "${missing[@]}"; do
        choice="${need%%|*}"
        for name in ${need//|/ }; do
            if valise_available "$name"; then
                choice="$name"
                break
            fi
        done
        names+=("$choice")
    done
    valise_as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "${names[@]}" ||
        valise_fail "The packages could not be installed. What apt-get said stands above."
    valise_say "Installed: ${names[*]}"
}

# Debian 12's SQLCipher (3.4) is too old, so the build fetches a pinned source package with npm there.
valise_sqlcipher() {
    local version
    version="$(apt-cache policy libsqlcipher-dev 2>/dev/null | sed -n 's/^  Candidate: //p')"
    if [ -n "$version" ] && [ "$version" != "(none)" ] && dpkg --compare-versions "$version" ge 4.5; then
        valise_install libsqlcipher-dev
    elif ! command -v npm >/dev/null; then
        valise_install nodejs npm
    fi
}

# On other distributions this prints the common names of what is missing. It does not guess a package manager.
valise_report_missing() {
    local missing=() tool library
    command -v c++ >/dev/null || missing+=("a C++20 compiler (g++ 12 or clang 14, or later)")
    for tool in cmake ninja pkg-config git; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    if command -v pkg-config >/dev/null; then
        for library in Qt6Core Qt6Network Qt6WebSockets Qt6HttpServer Qt6Widgets Qt6Svg Qt6DBus Qt6Multimedia; do
            pkg-config --exists "$library >= 6.4" || missing+=("$library 6.4 or later, with its headers")
        done
        pkg-config --exists "libsodium >= 1.0.18" || missing+=("libsodium 1.0.18 or later, with its headers")
        pkg-config --exists "libcrypto >= 3.0" || missing+=("OpenSSL 3.0 or later, with its headers")
        pkg-config --exists "libsecp256k1 >= 0.2" || missing+=("libsecp256k1 0.2 or later, with its headers")
        pkg-config --exists "icu-i18n >= 60" || missing+=("ICU 60 or later, with its headers")
        pkg-config --exists "hunspell >= 1.7" || missing+=("hunspell 1.7 or later, with its headers")
        pkg-config --exists simdjson || missing+=("simdjson, with its headers")
        pkg-config --exists catch2 || pkg-config --exists catch2-with-main || missing+=("Catch2, with its headers")
        pkg-config --exists "sqlcipher >= 4.5" || command -v npm >/dev/null ||
            missing+=("SQLCipher 4.5 or later with its headers (or npm, to fetch its source)")
    fi
    command -v lrelease >/dev/null || command -v lrelease6 >/dev/null || command -v lrelease-qt6 >/dev/null ||
        [ -x /usr/lib/qt6/bin/lrelease ] || [ -x /usr/lib64/qt6/bin/lrelease ] ||
        missing+=("Qt Linguist tools (lrelease, lupdate)")
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || command -v xvfb-run >/dev/null || missing+=("xvfb-run (Xvfb, xauth)")
    [ "${#missing[@]}" -gt 0 ] || return 0
    {
        echo "This is not Debian 12 or later, so nothing is installed by this script. These are missing:"
        printf '    %s\n' "${missing[@]}"
        echo "Install them with your package manager, then start this script again."
    } >&2
    exit 1
}

# valise_setup PACKAGE...: installs everything that a build needs, and the given packages.
valise_setup() {
    if valise_is_debian; then
        # From Debian 13 on, the plug-in for SVG icons is a separate package.
        ! valise_is_debian 13 || VALISE_RUNTIME_PACKAGES+=(qt6-svg-plugins)
        valise_install "${VALISE_BUILD_PACKAGES[@]}" "${VALISE_RUNTIME_PACKAGES[@]}" "$@"
        valise_sqlcipher
    else
        valise_report_missing
    fi
}

valise_jobs() { nproc 2>/dev/null || echo 2; }
