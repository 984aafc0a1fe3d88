#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs three profiles of valise-cli with one group and two foreign relays.

In three rounds each client writes COUNT messages while the other two follow. Half-way through the second round the
first relay is killed and started again later. Half-way through the third round this happens to the second relay. At the end
every client must have every message exactly once, in the same order, and with the same event id. This must still be so
after every client has restarted without any running relay.

    three_clients.py --cli PATH --relay KIND=PROGRAM --relay KIND=PROGRAM [--count 1000] [--folder DIR]
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import relays as foreign  # noqa: E402

NAMES = ("Kasara", "Nordvale", "Tamir")
GROUP_NAME = "Harbour talks"
PASSPHRASE = "seven quiet herons over the estuary"


class Field:
    """The field names in the command line's JSON."""

    account = "account"
    group = "group"
    event_id = "event_id"
    text = "text"
    sender = "sender"
    state = "state"


# The states of an own message that has left this computer.
LEFT_STATES = ("sent", "delivered", "read", "received")


class Failure(Exception):
    pass


class Timing:
    def __init__(self):
        self.begin = time.monotonic()

    def say(self, text):
        print(f"[{time.monotonic() - self.begin:7.1f} s] {text}", flush=True)


class Client:
    def __init__(self, program, folder, name):
        self.program = program
        self.name = name
        self.folder = os.path.join(folder, name.lower())
        self.home = os.path.join(self.folder, "profile")
        self.user_home = os.path.join(self.folder, "home")
        os.makedirs(self.user_home)
        self.passphrase_file = os.path.join(self.folder, "passphrase")
        with open(os.open(self.passphrase_file, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")
        self.account = None
        self.group = None
        self.runs = 0

    def arguments(self, *words):
        return [self.program, "--home", self.home, "--passphrase-file", self.passphrase_file, "--json", *words]

    def start(self, *words, **options):
        self.runs += 1
        environment = dict(os.environ, HOME=self.user_home, XDG_CONFIG_HOME=os.path.join(self.user_home, "config"),
                           XDG_DATA_HOME=os.path.join(self.user_home, "data"), LC_ALL="C.UTF-8")
        errors = open(os.path.join(self.folder, f"run-{self.runs:03}-{words[0]}.log"), "wb")
        process = subprocess.Popen(self.arguments(*words), stderr=errors, env=environment,
                                   **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, **options})
        process.errors_path = errors.name
        errors.close()
        return process

    def run(self, *words, timeout=180):
        """Runs a command to its end and returns the objects that it printed."""
        process = self.start(*words)
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failure(f"{self.name}: `{' '.join(words)}` did not end in {timeout} s") from None
        if process.returncode != 0:
            raise Failure(f"{self.name}: `{' '.join(words)}` ended with {process.returncode}: {tail(process.errors_path)}")
        return objects(output)

    def sync(self, timeout=300):
        return self.run("sync", "--until-idle", timeout=timeout)

    def history(self, limit):
        found = self.run("history", self.group, "--limit", str(limit), timeout=300)
        return [entry for entry in found if entry.get(Field.text) is not None and Field.event_id in entry]


class Follower:
    """`sync --follow`. A thread reads its output, so that it cannot block on a full pipe."""

    def __init__(self, client):
        self.client = client
        self.lines = 0
        self.process = client.start("sync", "--follow")
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        for _ in self.process.stdout:
            self.lines += 1

    def stop(self):
        if self.process.poll() is not None:
            raise Failure(f"{self.client.name}: the follower ended by itself with {self.process.returncode}: "
                          f"{tail(self.process.errors_path)}")
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failure(f"{self.client.name}: the follower did not end in 60 s after SIGTERM") from None
        finally:
            self.thread.join(10)
            self.process.stdout.close()


def objects(output):
    found = []
    for line in output.decode("utf-8").splitlines():
        if line.strip():
            try:
                found.append(json.loads(line))
            except ValueError:
                raise Failure(f"not one JSON object a line: {line[:200]}") from None
    return found


def tail(path, size=600):
    with open(path, "rb") as file:
        return file.read()[-size:].decode("utf-8", "replace").strip()


def message(name, number):
    # Lengths and scripts differ, so that sizes and encodings vary.
    filler = ("", " نص", " 第四条", " — à l'exception du paragraphe 3", " x" * 400)[number % 5]
    return f"{name} {number:06}{filler}"


def until(what, seconds, condition):
    deadline = time.monotonic() + seconds
    while True:
        if condition():
            return
        if time.monotonic() > deadline:
            raise Failure(f"waited {seconds} s in vain: {what}")
        time.sleep(0.2)


def found_group(client):
    for entry in client.run("group", "list"):
        if entry.get("name") == GROUP_NAME or entry.get(Field.group) == client.group:
            client.group = entry[Field.group]
            return True
    return False


def settle(client, total, seconds):
    """Synchronises until the history is complete, or the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        client.sync()
        found = client.history(3 * total + 100)
        if len(found) >= total or time.monotonic() > deadline:
            return found


def judge(clients, histories, count):
    """Checks that every message is there once, in order, and equal at all clients. Returns the complaints."""
    complaints = []
    expected = [message(name, number) for name in NAMES for number in range(count)]
    for client, history in zip(clients, histories):
        seen = {}
        for entry in history:
            seen[entry[Field.text]] = seen.get(entry[Field.text], 0) + 1
        missing = [text for text in expected if text not in seen]
        twice = [text for text, times in seen.items() if times > 1]
        foreign_texts = set(seen) - set(expected)
        if missing:
            complaints.append(f"{client.name} misses {len(missing)} messages, such as {missing[0][:40]!r}")
        if twice:
            complaints.append(f"{client.name} has {len(twice)} messages more than once, such as {twice[0][:40]!r}")
        if foreign_texts:
            complaints.append(f"{client.name} has {len(foreign_texts)} messages nobody wrote")
        identifiers = [entry[Field.event_id] for entry in history]
        if len(set(identifiers)) != len(identifiers):
            complaints.append(f"{client.name} has an event id twice")
        for name in NAMES:
            own = [entry[Field.text] for entry in history if entry[Field.text].startswith(name + " ")]
            if own != sorted(own):
                complaints.append(f"{client.name} has the messages of {name} out of order")
        waiting = [entry for entry in history if entry[Field.text].startswith(client.name + " ")
                   and entry.get(Field.state) not in LEFT_STATES + (None,)]
        if waiting:
            complaints.append(f"{client.name}: {len(waiting)} messages have not left, state {waiting[0][Field.state]}")
    for client, history in zip(clients[1:], histories[1:]):
        ours, theirs = ([entry[Field.event_id] for entry in one] for one in (histories[0], history))
        if ours != theirs:
            place = next((i for i, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1]), min(len(ours), len(theirs)))
            complaints.append(f"{clients[0].name} and {client.name} differ from message {place} on")
    return complaints


def one_round(timing, writer, others, count, relay_to_kill):
    timing.say(f"{writer.name} writes {count} messages while {' and '.join(other.name for other in others)} follow"
               + (f"; {relay_to_kill.name} will be killed half-way" if relay_to_kill else ""))
    began = time.monotonic()
    followers = [Follower(other) for other in others]
    sender = writer.start("send", writer.group, "-", stdin=subprocess.PIPE)
    drained = []
    reader = threading.Thread(target=lambda: drained.extend(sender.stdout), daemon=True)
    reader.start()

    def give(numbers):
        try:
            for number in numbers:
                sender.stdin.write((message(writer.name, number) + "\n").encode("utf-8"))
            sender.stdin.flush()
        except BrokenPipeError:
            raise Failure(f"{writer.name}: `send` ended early: {tail(sender.errors_path)}") from None

    try:
        give(range(count // 2))
        if relay_to_kill:
            # The wait ensures that the kill happens in the middle of the traffic.
            time.sleep(1)
            relay_to_kill.kill()
            timing.say(f"{relay_to_kill.name} is killed")
        give(range(count // 2, count))
        if relay_to_kill:
            time.sleep(3)
            relay_to_kill.start()
            timing.say(f"{relay_to_kill.name} runs again")
        sender.stdin.close()
        try:
            sender.wait(1200)
        except subprocess.TimeoutExpired:
            sender.kill()
            raise Failure(f"{writer.name}: `send` did not end in 1200 s") from None
        reader.join(10)
        if sender.returncode != 0:
            raise Failure(f"{writer.name}: `send` ended with {sender.returncode}: {tail(sender.errors_path)}")
    finally:
        if sender.poll() is None:
            sender.kill()
            sender.wait()
        for follower in followers:
            follower.stop()
    seconds = time.monotonic() - began
    timing.say(f"sent {count} messages in {seconds:.1f} s ({count / seconds:.0f} a second)")


def play(arguments, folder):
    timing = Timing()
    relays = [foreign.make(specification, os.path.join(folder, f"relay-{index}"))
              for index, specification in enumerate(arguments.relay)]
    try:
        for relay in relays:
            facts = relay.start()
            timing.say(f"relay {relay.name} {facts.get('version', '')} on {relay.url}")

        clients = [Client(os.path.abspath(arguments.cli), folder, name) for name in NAMES]
        relay_words = [word for relay in relays for word in ("--relay", relay.url)]
        for client in clients:
            client.run("init", "--name", client.name, *relay_words)
            client.account = client.run("whoami")[0][Field.account]
        for client in clients:
            for other in clients:
                if other is not client:
                    client.run("contact", "add", other.account)
        for client in clients:
            client.sync()
        timing.say("three profiles are ready")

        first = clients[0]
        created = first.run("group", "create", GROUP_NAME, "--member", clients[1].account, "--member", clients[2].account)
        first.group = next(entry[Field.group] for entry in created if Field.group in entry)
        first.sync()

        for client in clients[1:]:
            def joined(client=client):
                client.sync()
                return found_group(client)
            until(f"{client.name} joins the group", 120, joined)
        timing.say(f"the group stands: {first.group}")

        count = arguments.count
        for index, writer in enumerate(clients):
            to_kill = relays[(index - 1) % len(relays)] if index > 0 else None
            one_round(timing, writer, [other for other in clients if other is not writer], count, to_kill)

        total = count * len(clients)
        histories = []
        for client in clients:
            began = time.monotonic()
            histories.append(settle(client, total, 300))
            timing.say(f"{client.name}: {len(histories[-1])} of {total} messages, settled in {time.monotonic() - began:.1f} s")
        complaints = judge(clients, histories, count)

        for relay in relays:
            relay.kill()
        timing.say("all relays are gone; every client starts anew")
        for client, before in zip(clients, histories):
            began = time.monotonic()
            after = client.history(3 * total + 100)
            if [entry[Field.event_id] for entry in after] != [entry[Field.event_id] for entry in before] or \
                    [entry[Field.text] for entry in after] != [entry[Field.text] for entry in before]:
                complaints.append(f"{client.name}: the history is not the same after a restart")
            timing.say(f"{client.name}: history of {len(after)} read in {time.monotonic() - began:.1f} s")
        return complaints
    finally:
        for relay in relays:
            relay.kill()


def self_test():
    """Checks that judge() accepts a correct history and finds each kind of loss."""
    class Someone:
        def __init__(self, name):
            self.name = name

    def sound(owner):
        return [{Field.text: message(name, number), Field.event_id: f"{name}{number}",
                 Field.state: "sent" if name == owner else "received"} for name in NAMES for number in range(6)]

    def lose(history):
        del history[4]

    def repeat(history):
        history.append(dict(history[2]))

    def swap(history):
        history[1], history[2] = history[2], history[1]

    def invent(history):
        history.append({Field.text: "nobody", Field.event_id: "nobody", Field.state: "received"})

    def keep_back(history):
        history[-1][Field.state] = "queued"

    def rename(history):
        history[3][Field.event_id] = "another"

    clients = [Someone(name) for name in NAMES]
    wrong = 0
    for spoil in (None, lose, repeat, swap, invent, keep_back, rename):
        histories = [sound(name) for name in NAMES]
        if spoil:
            spoil(histories[-1])
        if bool(judge(clients, histories, 6)) != (spoil is not None):
            print(f"FAILED: {spoil.__name__ if spoil else 'sound history'}")
            wrong += 1
    print(f"self-test: {7 - wrong} passed, {wrong} failed")
    return wrong


def perform(title, arguments, play):
    """Runs `play` in the folder of the arguments, or in a temporary one that is kept only if there are complaints.
    Prints the complaints and ends the program."""
    folder = arguments.folder or tempfile.mkdtemp(prefix=f"valise-{title.replace(' ', '-')}-")
    if arguments.folder:
        os.makedirs(folder)
    try:
        complaints = play(arguments, folder)
    except (Failure, RuntimeError, KeyError, IndexError, StopIteration) as error:
        complaints = [f"{type(error).__name__}: {error}"]
    for complaint in complaints:
        print(f"FAILED: {complaint}")
    if complaints:
        print(f"Profiles and logs are left in {folder}")
    elif not arguments.folder:
        shutil.rmtree(folder)
    print(f"{title}: {0 if complaints else 1} passed, {1 if complaints else 0} failed")
    sys.exit(1 if complaints else 0)


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    parser = argparse.ArgumentParser(description="Three clients, two foreign relays, everything exactly once.")
    parser.add_argument("--cli", required=True, help="valise-cli")
    parser.add_argument("--relay", action="append", required=True, help="KIND=PROGRAM, once for each relay")
    parser.add_argument("--count", type=int, default=1000, help="messages of each client")
    parser.add_argument("--folder", help="keep everything in this folder, which must not exist")
    arguments = parser.parse_args()
    if arguments.count < 2:
        parser.error("--count must be 2 or more")
    perform("three clients", arguments, play)


if __name__ == "__main__":
    main()
