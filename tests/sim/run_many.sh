#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# run_many.sh PROGRAM FIRST LAST: runs the simulator over a range of seeds, one process for each processor. Exit 1 if an
# invariant was broken anywhere; the seeds that did are printed, and `PROGRAM --seeds N --trace` tells their story.
set -uo pipefail
program="${1:?usage: run_many.sh PROGRAM FIRST LAST}"
first="${2:?}"
last="${3:?}"
jobs="$(nproc)"
folder="$(mktemp -d)"
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
    wait "$pid" || status=1
done
cat "$folder"/*
rm -rf "$folder"
exit "$status"
