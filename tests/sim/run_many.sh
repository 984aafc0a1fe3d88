#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# run_many.sh PROGRAM FIRST LAST: runs the simulator over a range of seeds, with one process per processor. Exit code 1
# if an invariant was broken by a seed that is not in known.txt. That file gives the reason for each of its seeds. The
# broken seeds are printed; `PROGRAM --seeds N --trace` shows what happened.
set -uo pipefail
program="${1:?usage: run_many.sh PROGRAM FIRST LAST}"
first="${2:?}"
last="${3:?}"
known="$(dirname "${BASH_SOURCE[0]}")/known.txt"
jobs="$(nproc)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
share=$(((last - first + jobs) / jobs))
pids=()
for ((job = 0; job < jobs; job++)); do
    from=$((first + job * share))
    to=$((from + share - 1))
    [ "$to" -le "$last" ] || to="$last"
    [ "$from" -le "$to" ] || continue
    "$program" --seeds "$from-$to" >"$folder/$job" 2>&1 &
    pids+=($!)
done
status=0
for pid in "${pids[@]}"; do
    wait "$pid"
    # 1 means that an invariant was broken. Any higher code means that the program itself failed.
    [ "$?" -le 1 ] || status=1
done
cat "$folder"/*
broken="$(sed -n 's/^seed \([0-9]*\) .*/\1/p' "$folder"/* | sort -n)"
for seed in $broken; do
    if grep -q "^$seed " "$known"; then
        echo "seed $seed: known, $(sed -n "s/^$seed //p" "$known")"
    else
        echo "seed $seed: NEW"
        status=1
    fi
done
exit "$status"
