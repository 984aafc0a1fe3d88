#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Fetches and builds foreign libraries and relays, and tests Valise with them.
#   tests/interop/run_all.sh [FOLDER OF THE BUILD]    (default: build/release)
# VALISE_INTEROP_CACHE: the folder for the foreign programs between runs. VALISE_INTEROP_COUNT: messages per client.
# VALISE_INTEROP_SCRIPTS: scripts with openmls. VALISE_INTEROP_SEED: the seed of the first script.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
build="$(cd "${1:-$root/build/release}" 2>/dev/null && pwd)" || {
    echo "There is no build in ${1:-$root/build/release}. Build first: ./test" >&2
    exit 1
}
cache="${VALISE_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/valise-interop}"
count="${VALISE_INTEROP_COUNT:-1000}"
scripts="${VALISE_INTEROP_SCRIPTS:-60}"
seed="${VALISE_INTEROP_SEED:-1}"
mkdir -p "$cache"
passed=0
failed=0
skipped=0

skip() {
    printf '\nSKIPPED: %s\n\n' "$*"
    skipped=$((skipped + 1))
}
run() {
    local title="$1"
    shift
    printf '\n==> %s\n' "$title"
    if "$@"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $title"
        failed=$((failed + 1))
    fi
}
# attempt LOG COMMAND...: shows output only if the command fails.
attempt() {
    local log="$1"
    shift
    "$@" >"$log" 2>&1 </dev/null && return 0
    tail -n 5 "$log" | sed 's/^/    /'
    return 1
}

# nostr-relay: a relay in Python, in a virtual environment. It is rebuilt when the list of versions changes.
python_relay="$cache/nostr_relay-$(cksum <"$here/relays/nostr_relay_py/requirements.txt" | cut -d' ' -f1)"
fetch_python_relay() {
    [ -f "$python_relay/ready" ] && return 0
    command -v python3 >/dev/null || return 1
    echo "Fetching nostr-relay (Python)"
    rm -rf "$python_relay"
    attempt "$cache/nostr_relay.log" python3 -m venv "$python_relay" &&
        attempt "$cache/nostr_relay.log" timeout 600 "$python_relay/bin/pip" install --disable-pip-version-check --quiet \
            --only-binary :all: --requirement "$here/relays/nostr_relay_py/requirements.txt" &&
        touch "$python_relay/ready"
}

# nostr-rs-relay: a relay in Rust. It compiles for a quarter of an hour, so it is built only with VALISE_INTEROP_RUST=1
# (or CI_LONG=1). Once built, it is always used. It needs cargo and protoc.
rust_version=0.8.12
rust_relay="$cache/nostr-rs-relay-$rust_version"
fetch_rust_relay() {
    [ -x "$rust_relay/bin/nostr-rs-relay" ] && return 0
    [ "${VALISE_INTEROP_RUST:-${CI_LONG:-0}}" = 1 ] || return 1
    command -v cargo >/dev/null && command -v protoc >/dev/null || return 1
    echo "Building nostr-rs-relay (Rust); this takes a quarter of an hour"
    attempt "$cache/nostr-rs-relay.log" timeout 2400 cargo install nostr-rs-relay --version "=$rust_version" \
        --root "$rust_relay" --target-dir "$cache/nostr-rs-relay-target" || return 1
    rm -rf "$cache/nostr-rs-relay-target"
}

# @nostr-relay/core: a relay library in JavaScript, started by a small program of ours.
js_relay="$cache/nostr_relay_js-$(cksum <"$here/relays/nostr_relay_js/package.json" | cut -d' ' -f1)"
fetch_js_relay() {
    fetch_npm "$js_relay" "$here/relays/nostr_relay_js/package.json" "@nostr-relay/core (JavaScript)" &&
        cp "$here/relays/nostr_relay_js/relay.mjs" "$js_relay/"
}

# fetch_npm FOLDER PACKAGE_JSON TITLE: installs exactly the versions in the file.
fetch_npm() {
    [ -f "$1/ready" ] && return 0
    command -v node >/dev/null && command -v npm >/dev/null || return 1
    echo "Fetching $3"
    rm -rf "$1" && mkdir -p "$1" && cp "$2" "$1/package.json" || return 1
    (cd "$1" && attempt "$1.log" timeout 600 npm install --no-package-lock --no-audit --no-fund --ignore-scripts) &&
        touch "$1/ready"
}

node_tools="$cache/nostr_tools-$(cksum <"$here/nostr_tools/package.json" | cut -d' ' -f1)"
fetch_nostr_tools() { fetch_npm "$node_tools" "$here/nostr_tools/package.json" "nostr-tools (JavaScript)"; }

# openmls: an MLS library in Rust, inside a program of ours. It is rebuilt when that program or a version changes.
openmls="$cache/openmls_peer-$(cat "$here"/openmls/Cargo.* "$here"/openmls/src/*.rs | cksum | cut -d' ' -f1)"
fetch_openmls() {
    [ -x "$openmls/bin/openmls_peer" ] && return 0
    command -v cargo >/dev/null || return 1
    echo "Building openmls (Rust); this takes a few minutes"
    attempt "$cache/openmls_peer.log" timeout 1800 cargo install --path "$here/openmls" --locked --no-track \
        --root "$openmls" --target-dir "$cache/openmls_peer-target" || return 1
    rm -rf "$cache/openmls_peer-target"
}

relays=()
if fetch_python_relay; then
    relays+=("nostr_relay_py=$python_relay/bin/nostr-relay")
else
    skip "nostr-relay could not be fetched (python3-venv or the registry of Python packages is missing)"
fi
if fetch_js_relay; then
    relays+=("nostr_relay_js=$js_relay/relay.mjs")
else
    skip "@nostr-relay/core could not be fetched (node, npm or the registry of JavaScript packages is missing)"
fi
if fetch_rust_relay; then
    relays+=("nostr_rs_relay=$rust_relay/bin/nostr-rs-relay")
elif [ "${VALISE_INTEROP_RUST:-${CI_LONG:-0}}" = 1 ]; then
    skip "nostr-rs-relay could not be built (cargo, protoc or the registry of Rust crates is missing)"
else
    skip "nostr-rs-relay takes long to build: VALISE_INTEROP_RUST=1 builds it once"
fi

peer="$build/tests/interop/giftwrap_peer"
if ! [ -x "$peer" ]; then
    echo "FAILED: $peer was not built"
    failed=$((failed + 1))
elif fetch_nostr_tools; then
    cp "$here"/nostr_tools/*.mjs "$node_tools/"
    run "Gift wraps with nostr-tools" timeout 300 node "$node_tools/gift_wraps.mjs" "$peer"
else
    skip "nostr-tools could not be fetched (node, npm or the registry of JavaScript packages is missing)"
fi

peer="$build/tests/interop/negentropy_peer"
if ! [ -x "$peer" ]; then
    echo "FAILED: $peer was not built"
    failed=$((failed + 1))
elif fetch_nostr_tools; then
    cp "$here"/nostr_tools/*.mjs "$node_tools/"
    run "Comparing sets of events with nostr-tools" timeout 300 node "$node_tools/reconciliation.mjs" "$peer"
else
    skip "nostr-tools could not be fetched (node, npm or the registry of JavaScript packages is missing)"
fi

driver="$build/tests/interop/openmls_scripts"
if ! [ -x "$driver" ]; then
    echo "FAILED: $driver was not built"
    failed=$((failed + 1))
elif fetch_openmls; then
    run "$scripts scripts with openmls" timeout 3000 "$driver" "$openmls/bin/openmls_peer" --scripts "$scripts" \
        --seed "$seed" --members 30
else
    skip "openmls could not be built (cargo 1.91 or later, or the registry of Rust crates, is missing)"
fi

cli="$build/app/cli/valise-cli"
if ! [ -x "$cli" ]; then
    echo "FAILED: $cli was not built"
    failed=$((failed + 1))
elif [ "${#relays[@]}" -eq 0 ]; then
    skip "three clients: not one relay that we did not write could be had"
else
    if [ "${#relays[@]}" -eq 1 ]; then
        skip "two different relays: only one kind could be had, so the three clients use two of that kind"
        relays+=("${relays[0]}")
    fi
    words=()
    for relay in "${relays[@]}"; do
        words+=(--relay "$relay")
    done
    run "Three clients, $count messages each" timeout 3000 python3 "$here/three_clients.py" --cli "$cli" "${words[@]}" \
        --count "$count"
fi

# The JavaScript library lacks tag filters (NIP-01), so separate groups cannot be tested with it.
kinds=()
for relay in "${relays[@]}"; do
    case "$relay" in nostr_relay_js=*) ;; *) kinds+=("$relay") ;; esac
done
if ! [ -x "$cli" ] || [ "${#kinds[@]}" -eq 0 ]; then
    skip "kill -9: no relay that filters by tags could be had"
else
    kills=60
    [ "${CI_LONG:-0}" = 1 ] && kills=300
    run "kill -9, $kills times" timeout 3000 python3 "$here/kill_nine.py" --cli "$cli" --relay "${kinds[0]}" \
        --kills "$kills" --kill-relay 2
fi

printf '\ninterop: %s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
