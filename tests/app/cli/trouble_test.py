#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests valise-cli with a full disk, a read-only folder, a wrong clock, and a damaged page of the database.

The program must report the problem in one sentence, delete nothing, and show what can still be read. Tests with mounted
disks need root. Without it they are skipped with a clear message."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cli_test import Place  # noqa: E402: it takes the program from the arguments

PAGE = 4096
# The number is large, so that index pages are only a small part of the damaged pages.
MESSAGES = 700


def texts(lines):
    return [line["text"] for line in lines if "text" in line]


class Trouble(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="valise-trouble-")
        self.mounted = []
        self.place = Place(self.folder)

    def tearDown(self):
        self.place.stop()
        for mount in self.mounted:
            subprocess.run(["umount", mount], check=False)
        shutil.rmtree(self.folder)

    def disk(self, name, size):
        """Mounts a separate disk, which can be filled and made read-only."""
        path = os.path.join(self.folder, name)
        os.mkdir(path)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], capture_output=True)
        if done.returncode != 0:
            self.skipTest(f"SKIPPED: no disk can be mounted here: {done.stderr.decode().strip()}")
        self.mounted.append(path)

    def remount(self, name, option):
        subprocess.run(["mount", "-o", f"remount,{option}", os.path.join(self.folder, name)], check=True)

    def test_a_full_disk_is_named_and_everything_accepted_is_sent_when_there_is_room(self):
        place = self.place
        self.disk("small", "1500k")
        place.serve()
        place.ok("small/Kasara", "init", "--name", "Kasara", "--relay", place.url)
        place.ok("Nordvale", "init", "--name", "Nordvale", "--relay", place.url)
        place.ok("small/Kasara", "group", "create", "Harbour talks", "--member",
                 place.ok("Nordvale", "whoami")[0]["invitation"])
        lines = "".join(f"{n} {'x' * 300}\n" for n in range(4000)).encode()
        code, out, error = place.run("small/Kasara", "send", "Harbour talks", "-", stdin=lines)
        self.assertEqual((code, out[-1]["error"]), (4, "storage_full"))
        self.assertIn("no room left on the disk", error)
        accepted = texts(out)
        self.assertTrue(accepted)
        self.assertEqual(texts(place.ok("small/Kasara", "history", "Harbour talks", "--limit", "9999")), accepted)
        place.ok("small/Kasara", "doctor")
        self.remount("small", "size=64m")
        place.ok("small/Kasara", "sync")
        place.ok("Nordvale", "sync")
        self.assertEqual(texts(place.ok("Nordvale", "history", "Harbour talks", "--limit", "9999")), accepted)

    def test_a_folder_that_cannot_be_written_is_read(self):
        place = self.place
        self.disk("disk", "20m")
        place.serve()
        place.ok("disk/Kasara", "init", "--name", "Kasara", "--relay", place.url)
        place.ok("disk/Kasara", "group", "create", "Notes")
        place.ok("disk/Kasara", "send", "Notes", "written before")
        self.remount("disk", "ro")
        code, lines, error = place.run("disk/Kasara", "history", "Notes")
        self.assertEqual((code, texts(lines)), (0, ["written before"]))
        self.assertIn("cannot be written", error)
        self.assertIn({"restriction": "storage_read_only"}, lines)
        code, lines, error = place.run("disk/Kasara", "send", "Notes", "too late")
        self.assertEqual((code, lines[-1]["error"]), (4, "storage_read_only"))
        self.remount("disk", "rw")
        place.ok("disk/Kasara", "send", "Notes", "again")
        self.assertEqual(texts(place.ok("disk/Kasara", "history", "Notes")), ["written before", "again"])

    def test_a_clock_that_is_a_day_off_is_named_and_what_is_written_waits_for_the_right_time(self):
        if not shutil.which("faketime"):
            self.skipTest("SKIPPED: the package faketime is not installed")
        place = self.place
        place.serve()
        for name in ("Kasara", "Nordvale"):
            place.ok(name, "init", "--name", name, "--relay", place.url)
        place.ok("Kasara", "group", "create", "Harbour talks", "--member",
                 place.ok("Nordvale", "whoami")[0]["invitation"])
        place.ok("Nordvale", "sync")
        place.ok("Kasara", "send", "Harbour talks", "on time")
        written = ["on time"]
        for shift, word in (("+1d", "ahead of"), ("-1d", "behind")):
            clock = ("faketime", "-f", shift)
            code, lines, error = place.run("Kasara", "send", "Harbour talks", f"at {shift}", under=clock)
            self.assertEqual((code, texts(lines)), (0, [f"at {shift}"]))
            self.assertIn(f"clock is 24 hours {word} the servers'", error)
            written.append(f"at {shift}")
            history = place.ok("Kasara", "history", "Harbour talks", under=clock)
            self.assertCountEqual(texts(history), written)
            self.assertEqual([line["state"] for line in history if line.get("text") == f"at {shift}"], ["queued"])
            self.assertNotIn(f"at {shift}", texts(place.ok("Nordvale", "history", "Harbour talks")))
        place.ok("Kasara", "sync")
        place.ok("Nordvale", "sync")
        self.assertEqual(texts(place.ok("Nordvale", "history", "Harbour talks")), written)
        self.assertEqual(texts(place.ok("Kasara", "history", "Harbour talks")), written)

    def test_a_damaged_page_costs_what_stood_on_it_and_no_more(self):
        place = self.place
        place.serve()
        place.ok("Kasara", "init", "--name", "Kasara", "--relay", place.url)
        written = {}
        for group in ("Harbour", "Bridge"):
            place.ok("Kasara", "group", "create", group)
            written[group] = [f"{group} {n} {'word ' * 40}".strip() for n in range(MESSAGES)]
            place.ok("Kasara", "send", group, "-", stdin="".join(f"{t}\n" for t in written[group]).encode())
        place.ok("Kasara", "sync")
        place.stop()
        profile = os.path.join(self.folder, "Kasara")
        database = os.path.join(profile, "valise.db")
        whole = os.path.join(self.folder, "whole")
        shutil.copytree(profile, whole)
        pages = os.path.getsize(database) // PAGE
        self.assertGreater(pages, 60)
        everything = partly = nothing = 0
        # Pages from the whole file. The first page is needed to find all others.
        for page in [0] + [2 + n * (pages - 3) // 23 for n in range(24)]:
            shutil.rmtree(profile)
            shutil.copytree(whole, profile)
            with open(database, "r+b") as file:
                file.seek(page * PAGE + 1000)
                file.write(os.urandom(64))
            at = slice(page * PAGE, (page + 1) * PAGE)
            damaged = place.bytes_of("Kasara")["valise.db"][at]
            shown = 0
            for group in written:
                code, lines, error = place.run("Kasara", "history", group, "--limit", "9999")
                self.assertIn(code, (0, 1, 4), f"page {page}: {error}")
                if code != 0:
                    self.assertRegex(error, "damaged|no such", f"page {page}")
                    continue
                got = texts(lines)
                # The messages are in order, and none is invented or repeated.
                self.assertEqual(got, [text for text in written[group] if text in set(got)], f"page {page}")
                shown += len(got)
            self.assertTrue(os.path.exists(database))
            self.assertTrue(any(file[at] == damaged for file in place.bytes_of("Kasara").values()),
                            f"page {page} was not kept as it was")
            everything += shown == 2 * MESSAGES
            partly += 0 < shown < 2 * MESSAGES
            nothing += shown == 0
        print(f"of 25 pages damaged one by one, {everything} cost no message, {partly} some, {nothing} all",
              file=sys.stderr)
        # Only the few pages that lead to all others may make everything unreadable.
        self.assertLessEqual(nothing, 4)
        self.assertGreater(everything + partly, 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
