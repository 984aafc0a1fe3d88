#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starts Valise and other chat programs in the same way. Prints for each the time until its first window is painted on
the screen, and its memory after that.

    xvfb-run -a tests/bench/ui/peers.py build/release/app/desktop/valise [PROGRAM...]

Each program starts with an empty home folder. The first start is not counted; it only loads the files into memory.
Several measured starts follow. A window counts when it is visible, at least 200 pixels wide and high, and not of one
colour. Memory is the proportional set size (PSS) of all the program's processes, three seconds later. Programs that are
not installed are reported as skipped. Needs xwininfo and xwd (Debian: x11-utils, x11-apps)."""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

PEERS = ["psi-plus", "telegram-desktop"]
STARTS = 3
LIMIT_SECONDS = 60
SETTLED_SECONDS = 3
LEAST_PIXELS = 200
XWD_HEADER_WORDS = 25


def windows():
    """Returns the ids of the top-level windows that are large enough."""
    tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True, check=True).stdout
    found = set()
    for line in tree.splitlines():
        match = re.match(r"\s+(0x[0-9a-f]+) .*?\s(\d+)x(\d+)\+", line)
        if match and int(match.group(2)) >= LEAST_PIXELS and int(match.group(3)) >= LEAST_PIXELS:
            found.add(match.group(1))
    return found


def is_painted(window):
    about = subprocess.run(["xwininfo", "-id", window], capture_output=True, text=True).stdout
    if "IsViewable" not in about:
        return False
    picture = subprocess.run(["xwd", "-silent", "-id", window], capture_output=True).stdout
    if len(picture) < 4 * XWD_HEADER_WORDS:
        return False
    header = [int.from_bytes(picture[4 * i : 4 * i + 4], "big") for i in range(XWD_HEADER_WORDS)]
    pixels = picture[header[0] + 12 * header[19] :]
    return any(pixels[i : i + 4] != pixels[:4] for i in range(0, len(pixels) - 4, 4 * 37))


def processes(session):
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    fields = file.read().rsplit(")", 1)[1].split()
                if int(fields[3]) == session:
                    yield name
            except OSError:
                pass


def memory(session):
    kilobytes = 0
    for process in processes(session):
        try:
            with open(f"/proc/{process}/smaps_rollup") as file:
                kilobytes += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return kilobytes / 1024


def start(command):
    """Returns the milliseconds until the first painted window and the megabytes after it, or None without a window."""
    with tempfile.TemporaryDirectory() as home:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "QT_", "VALISE_"))}
        environment.update(HOME=home, XDG_RUNTIME_DIR=home, LC_ALL="C.UTF-8")
        before = windows()
        began = time.monotonic()
        program = subprocess.Popen(
            command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            while time.monotonic() - began < LIMIT_SECONDS:
                for window in windows() - before:
                    if is_painted(window):
                        milliseconds = (time.monotonic() - began) * 1000
                        time.sleep(SETTLED_SECONDS)
                        return milliseconds, memory(program.pid)
                if program.poll() is not None:
                    return None
                time.sleep(0.005)
            return None
        finally:
            for process in processes(program.pid):
                os.kill(int(process), signal.SIGKILL)
            program.wait()


def main():
    programs = sys.argv[1:]
    if not programs:
        sys.exit(__doc__)
    programs += [peer for peer in PEERS if peer not in programs]
    missing = [tool for tool in ("xwininfo", "xwd") if not shutil.which(tool)]
    if missing:
        print("Comparison with other programs: SKIPPED, missing:", " ".join(missing))
        return
    print(f"{'started with an empty home':34} {'first painted window':>22} {'memory (PSS)':>14}")
    for program in programs:
        if not shutil.which(program):
            print(f"{os.path.basename(program):34} SKIPPED: not installed")
            continue
        start([program])
        runs = [run for run in (start([program]) for _ in range(STARTS)) if run]
        if not runs:
            print(f"{os.path.basename(program):34} no window within {LIMIT_SECONDS} s")
            continue
        milliseconds = statistics.median(run[0] for run in runs)
        megabytes = statistics.median(run[1] for run in runs)
        print(f"{os.path.basename(program):34} {milliseconds:19.0f} ms {megabytes:11.0f} MB")


main()
