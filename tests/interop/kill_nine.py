#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kills clients with SIGKILL at random times and checks that no data is lost or repeated.

Four profiles of valise-cli share a group over a foreign relay. Three stay members. The fourth is removed and invited
again and again. Each client works independently: it sends from its standard input, follows, synchronises, renames the
group, adds and removes members, and founds conversations. It is killed while it starts, while it works, or right after
it has reported success, and then started again. At the end:

  - each message that `send` printed is in the history of every client that was a member in its epoch, once, and in the
    same order;
  - no message was invented or repeated;
  - the members agree on the epoch, the name and the members of the group;
  - a conversation that a killed program founded exists at all invited clients, or at none;
  - every database passes its integrity check and nothing waits to be sent.

    kill_nine.py --cli PATH --relay KIND=PROGRAM [--relay ...] [--kills 300] [--seed 1] [--kill-relay N] [--folder DIR]
"""
import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kill_nine_judge as judging  # noqa: E402
import relays as foreign  # noqa: E402
from three_clients import Client, Failure, Field, Timing, message, objects, perform, tail, until  # noqa: E402

MEMBERS = ("Kasara", "Nordvale", "Tamir")
GUEST = "Ostrava"
GROUP_NAME = "Harbour talks"
# The longest life of a process in seconds before it is killed.
LONGEST_LIFE = 5.0
# The shortest time between group changes in seconds. With faster changes a sender could fall behind by more epochs than
# members keep.
CHANGE_EVERY = 2.0


class Deaths:
    """The number of kills left, and the actions that past kills interrupted."""

    def __init__(self, wanted):
        self.lock = threading.Lock()
        self.left = wanted
        self.during = {}

    def take(self):
        with self.lock:
            self.left -= self.left > 0
            return self.left

    def give_back(self):
        with self.lock:
            self.left += 1

    def over(self):
        with self.lock:
            return self.left == 0

    def note(self, activity, stage):
        with self.lock:
            self.during[activity, stage] = self.during.get((activity, stage), 0) + 1


class Life(threading.Thread):
    """One client. It runs a command, is killed, and runs another. `error` holds its failure, if there is one."""

    def __init__(self, client, peers, guest, deaths, seed, pace):
        super().__init__(daemon=True)
        self.client = client
        self.peers = peers
        self.guest = guest
        self.deaths = deaths
        self.pace = pace
        self.choose = random.Random(f"{seed}/{client.name}")
        self.written = 0
        self.accepted = []
        self.founded = 0
        self.error = None

    def run(self):
        try:
            while not self.deaths.over():
                self.once()
        except (Failure, OSError, KeyError) as error:
            self.error = f"{self.client.name}: {type(error).__name__}: {error}"

    def once(self):
        weights = {"send": 10, "follow": 3, "sync": 3, "found": 1}
        if self.client.name == MEMBERS[0] and self.pace.may():
            weights.update(rename=8, add=8, remove=8)
        activity = self.choose.choices(list(weights), list(weights.values()))[0]
        words = {
            "send": ("send", self.client.group, "-"),
            "follow": ("sync", "--follow"),
            "sync": ("sync", "--until-idle"),
            "rename": ("group", "rename", self.client.group, f"Room {self.choose.randrange(1000)}"),
            "add": ("group", "add", self.client.group, self.guest.account),
            "remove": ("group", "remove", self.client.group, self.guest.account),
            "found": ("group", "create", f"Side {self.client.name} {self.founded}", "--member",
                      self.choose.choice(self.peers).account),
        }[activity]
        self.founded += activity == "found"
        if activity in ("rename", "add", "remove"):
            self.pace.taken()
        self.live(activity, words)

    def live(self, activity, words):
        process = self.client.start(*words, stdin=subprocess.PIPE)
        lines = []
        printed = threading.Condition()

        def read():
            for line in process.stdout:
                with printed:
                    lines.append(line)
                    printed.notify()

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        if activity == "send":
            self.feed(process)

        # The kill comes at any time, often early, or at a line of output, right after the program has reported success.
        kind = self.choose.random()
        if kind < 0.3:
            life = self.choose.uniform(0, 0.3)
        elif kind < 0.6:
            life = self.choose.uniform(0, 1.2)
        else:
            life = self.choose.uniform(0, LONGEST_LIFE)
        line_awaited = self.choose.randrange(1, 12) if self.choose.random() < 0.4 else None
        end = time.monotonic() + (LONGEST_LIFE if line_awaited else life)
        with printed:
            while time.monotonic() < end and process.poll() is None:
                if line_awaited and len(lines) >= line_awaited:
                    break
                printed.wait(0.01)
        alive = process.poll() is None
        if alive and self.deaths.over():
            process.send_signal(signal.SIGTERM)
            alive = False
        if alive:
            self.deaths.take()
            process.kill()
        # The pipe may be broken by unread data. That is expected after a kill.
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            code = process.wait(120)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Failure(f"`{' '.join(words)}` did not end in 120 s after SIGTERM") from None
        reader.join(30)
        process.stdout.close()
        if alive and code == -signal.SIGKILL:
            self.deaths.note(activity, "at work" if lines else "starting")
        elif alive:
            self.deaths.give_back()
        # A change may be refused because the group's state has changed. But a profile must always open.
        if code not in (0, 1, 5, -signal.SIGKILL):
            raise Failure(f"`{' '.join(words)}` ended with {code}: {tail(process.errors_path)}")
        if code == 0 or code == -signal.SIGKILL:
            os.unlink(process.errors_path)
        if activity == "send":
            whole = b"".join(lines)
            whole = whole[:whole.rfind(b"\n") + 1] # an incomplete line does not count
            self.accepted += [entry[Field.text] for entry in objects(whole)
                              if Field.text in entry and entry.get(Field.state) != "failed"]

    def feed(self, process):
        """Writes some lines at once, and more from a thread while the process lives."""
        first = self.choose.randrange(1, 8)
        rest = self.choose.randrange(0, 16)
        self.give(process, first)

        def drip():
            for _ in range(rest):
                if process.poll() is not None or process.stdin.closed:
                    return
                self.give(process, 1)
                time.sleep(0.05) # imitates a person's typing speed

        threading.Thread(target=drip, daemon=True).start()

    def give(self, process, count):
        for _ in range(count):
            text = message(self.client.name, self.written)
            self.written += 1
            try:
                process.stdin.write((text + "\n").encode("utf-8"))
                process.stdin.flush()
            except (OSError, ValueError): # the process was killed meanwhile
                return


class Pace:
    def __init__(self):
        self.last = time.monotonic()

    def may(self):
        return time.monotonic() - self.last > CHANGE_EVERY

    def taken(self):
        self.last = time.monotonic()


def prepare(timing, arguments, relays, folder):
    clients = [Client(os.path.abspath(arguments.cli), folder, name) for name in (*MEMBERS, GUEST)]
    words = [word for relay in relays for word in ("--relay", relay.url)]
    for client in clients:
        client.run("init", "--name", client.name, *words)
        client.account = client.run("whoami")[0][Field.account]
    for client in clients:
        for other in clients:
            if other is not client:
                client.run("contact", "add", other.account)
        client.sync()
    founder = clients[0]
    members = [word for other in clients[1:] for word in ("--member", other.account)]
    group = founder.run("group", "create", GROUP_NAME, *members)[0][Field.group]
    for client in clients:
        client.group = group

        def joined(client=client):
            client.sync()
            return any(entry[Field.group] == group for entry in client.run("group", "list"))
        until(f"{client.name} joins the group", 120, joined)
    timing.say(f"four profiles and their group are ready on {', '.join(relay.name for relay in relays)}")
    return clients


def settle(timing, clients, seconds):
    """Synchronises all clients until they agree or the time is over. Returns their views for judge()."""
    deadline = time.monotonic() + seconds
    while True:
        # Two rounds, so that messages of the last client reach the first one as well.
        for client in clients + clients:
            client.sync()
        views = [judging.View(client.name, client.account, client.run("group", "list"),
                              client.run("history", client.group, "--limit", "100000", timeout=300),
                              client.run("doctor", timeout=300)) for client in clients]
        waiting = sum(view.waiting() for view in views)
        epochs = {view.epoch(clients[0].group) for view in views[:len(MEMBERS)]}
        if (waiting == 0 and len(epochs) == 1) or time.monotonic() > deadline:
            return views
        timing.say(f"not settled yet: {waiting} wait to be sent, epochs {sorted(epochs)}")


def play(arguments, folder):
    timing = Timing()
    relays = [foreign.make(specification, os.path.join(folder, f"relay-{index}"))
              for index, specification in enumerate(arguments.relay)]
    try:
        for relay in relays:
            relay.start()
        clients = prepare(timing, arguments, relays, folder)
        deaths = Deaths(arguments.kills)
        pace = Pace()
        lives = [Life(client, [other for other in clients if other is not client], clients[-1], deaths, arguments.seed,
                      pace) for client in clients]
        for life in lives:
            life.start()
        began = time.monotonic()
        relay_kills = 0
        told = arguments.kills
        while any(life.is_alive() for life in lives):
            lives[0].join(0.5)
            if any(life.error for life in lives):
                break
            if told - deaths.left >= 50:
                told = deaths.left
                timing.say(f"{arguments.kills - told} kills")
            # The kills of the relay are spread evenly over the run.
            if arguments.kills - deaths.left > (relay_kills + 0.5) * arguments.kills / max(arguments.kill_relay, 1) and \
                    relay_kills < arguments.kill_relay:
                relay = relays[relay_kills % len(relays)]
                relay.kill()
                relay.start()
                relay_kills += 1
        with deaths.lock:
            deaths.left = 0
        for life in lives:
            life.join(200)
        complaints = [life.error for life in lives if life.error]
        seconds = time.monotonic() - began
        killed = sum(deaths.during.values())
        timing.say(f"{killed} kills and {relay_kills} of a relay in {seconds:.0f} s: " + ", ".join(
            f"{count} {activity} {stage}" for (activity, stage), count in sorted(deaths.during.items())))
        if complaints:
            return complaints
        views = settle(timing, clients, 300)
        complaints = judging.judge(views, len(MEMBERS), clients[0].group, {life.client.name: life.accepted
                                                                          for life in lives},
                                   {life.client.name: life.written for life in lives}, message)
        for view in views:
            timing.say(f"{view.name}: {len(view.texts())} messages, epoch {view.epoch(clients[0].group)}")
        timing.say(f"{sum(len(life.accepted) for life in lives)} of {sum(life.written for life in lives)} messages were "
                   f"accepted before a kill; {sum(life.founded for life in lives)} conversations were begun")
        if killed < arguments.kills:
            complaints.append(f"only {killed} of {arguments.kills} kills happened")
        return complaints
    finally:
        for relay in relays:
            relay.kill()


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if judging.self_test() else 0)
    parser = argparse.ArgumentParser(description="kill -9 at random instants; everything is there, once.")
    parser.add_argument("--cli", required=True, help="valise-cli")
    parser.add_argument("--relay", action="append", required=True, help="KIND=PROGRAM, once for each relay")
    parser.add_argument("--kills", type=int, default=300, help="how many times a client is killed")
    parser.add_argument("--kill-relay", type=int, default=0, help="how many times a relay is killed and started again")
    parser.add_argument("--seed", type=int, default=1, help="chooses what is done and when it ends")
    parser.add_argument("--folder", help="keep everything in this folder, which must not exist")
    arguments = parser.parse_args()
    if arguments.kills < 1:
        parser.error("--kills must be 1 or more")
    perform("kill nine", arguments, play)


if __name__ == "__main__":
    main()
