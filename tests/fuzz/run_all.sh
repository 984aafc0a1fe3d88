#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run_all.sh SECONDS [BUILD_DIR]: runs every built fuzz target for SECONDS, starting from a copy of its corpus, so that
# the checkout does not change. Prints one line per target. For a finding the line names the folder with the inputs.
# Exit code 1 on any finding.
set -u

here=$(cd "$(dirname "$0")" && pwd)
seconds=${1:-}
build=${2:-$here/../../build/fuzz}
case $seconds in
'' | *[!0-9]*)
    echo "usage: $0 SECONDS [BUILD_DIR]" >&2
    exit 2
    ;;
esac

work=$(mktemp -d)
targets=0
findings=0
executed=0
for program in "$build"/tests/fuzz/fuzz_*; do
    name=$(basename "$program")
    case $name in
    fuzz_replay_* | *.*) continue ;;
    esac
    [ -f "$program" ] && [ -x "$program" ] || continue
    short=${name#fuzz_}
    mkdir -p "$work/$short/corpus" "$work/$short/found"
    if [ -d "$here/corpus/$short" ]; then
        cp -R "$here/corpus/$short/." "$work/$short/corpus/"
    fi
    began=$(date +%s)
    if "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$work/$short/found/" "$work/$short/corpus" >"$work/$short/log" 2>&1; then
        result=clean
        # Only the log and the findings are kept.
        rm -rf "$work/$short/corpus"
    else
        result="FOUND, see $work/$short"
        findings=$((findings + 1))
    fi
    took=$(($(date +%s) - began))
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$short/log" | tail -n 1)
    if [ -z "$runs" ]; then
        # After a crash libFuzzer prints no statistics, so the count is read from the last progress line.
        runs=$(sed -n 's/^#\([0-9][0-9]*\).*/\1/p' "$work/$short/log" | tail -n 1)
    fi
    runs=${runs:-0}
    if [ "$result" = clean ] && [ "$runs" -eq 0 ]; then
        result="FOUND nothing run, see $work/$short"
        findings=$((findings + 1))
    fi
    targets=$((targets + 1))
    executed=$((executed + runs))
    printf '%-28s %12s executions %6s s  %s\n' "$name" "$runs" "$took" "$result"
done

if [ "$targets" -eq 0 ]; then
    echo "no fuzz targets in $build/tests/fuzz" >&2
    rm -rf "$work"
    exit 1
fi
echo "$targets targets, $executed executions, $findings findings"
if [ "$findings" -ne 0 ]; then
    exit 1
fi
rm -rf "$work"
