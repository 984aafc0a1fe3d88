# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starts, kills and restarts foreign relays. Each keeps its events in its own folder."""
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request

WAIT_SECONDS = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Relay:
    """A relay process on the loopback interface. Subclasses write its configuration and give its command."""

    name = "relay"

    def __init__(self, program, folder):
        self.program = program
        self.folder = os.path.abspath(folder)
        self.port = free_port()
        self.process = None
        self.starts = 0
        os.makedirs(os.path.join(self.folder, "data"), exist_ok=True)
        self.configure()

    @property
    def url(self):
        return f"ws://127.0.0.1:{self.port}"

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def configure(self):
        raise NotImplementedError

    def command(self):
        raise NotImplementedError

    def start(self):
        environment = dict(os.environ, HOME=self.folder, RUST_LOG="warn", PYTHONWARNINGS="ignore")
        self.starts += 1
        log = open(os.path.join(self.folder, f"relay-{self.starts}.log"), "wb")
        # The relay has its own process group, so that a kill also reaches its workers.
        self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                        cwd=self.folder, env=environment, start_new_session=True)
        log.close()
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended at once; see {log.name}")
            try:
                request = urllib.request.Request(f"http://127.0.0.1:{self.port}/",
                                                 headers={"Accept": "application/nostr+json"})
                opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                with opener.open(request, timeout=2) as reply:
                    return json.loads(reply.read())
            except (OSError, ValueError):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{self.name} did not answer in {WAIT_SECONDS} s; see {log.name}") from None
                time.sleep(0.1)

    def kill(self):
        """Kills the process as a power cut would: it cannot write anything more."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


class NostrRsRelay(Relay):
    """nostr-rs-relay, in Rust, on SQLite."""

    name = "nostr-rs-relay"

    def configure(self):
        self.config = self.write("config.toml", f"""
[info]
relay_url = "{self.url}"
name = "interop"
description = "a relay for a test"
[database]
data_directory = "{self.folder}/data"
[network]
address = "127.0.0.1"
port = {self.port}
[options]
reject_future_seconds = 1800
[limits]
max_event_bytes = 1048576
max_ws_message_bytes = 2097152
max_ws_frame_bytes = 2097152
""")

    def command(self):
        return [self.program, "--config", self.config, "--db", os.path.join(self.folder, "data")]


class NostrRelayPy(Relay):
    """nostr-relay, in Python, on SQLite."""

    name = "nostr-relay (Python)"

    def configure(self):
        self.config = self.write("config.yaml", f"""
relay_name: interop
relay_description: a relay for a test
sysop_pubkey: ""
sysop_contact: ""
storage:
  sqlalchemy.url: sqlite+aiosqlite:///{self.folder}/data/events.sqlite3
  num_concurrent_reqs: 10
  num_concurrent_adds: 2
  validators:
    - nostr_relay.validators.is_not_too_large
    - nostr_relay.validators.is_signed
verification:
  nip05_verification: disabled
gunicorn:
  bind: 127.0.0.1:{self.port}
  workers: 1
  loglevel: warning
  reload: false
authentication:
  enabled: false
  valid_urls:
    - {self.url}
message_timeout: 1800
subscription_limit: 64
max_event_size: 1048576
max_limit: 20000
hellthread_limit: 1000
""")

    def command(self):
        return [self.program, "-c", self.config, "serve"]


class NostrRelayJs(Relay):
    """A relay on the library @nostr-relay/core, in JavaScript; its program is relays/nostr_relay_js/relay.mjs."""

    name = "@nostr-relay/core"

    def configure(self):
        pass

    def command(self):
        return ["node", self.program, str(self.port), os.path.join(self.folder, "data")]


class ValiseRelay(Relay):
    """Our own embedded relay, to run the test itself if no foreign relay is available."""

    name = "valise-cli relay"

    def configure(self):
        pass

    def command(self):
        return [self.program, "relay", "serve", "--listen", f"127.0.0.1:{self.port}", "--data",
                os.path.join(self.folder, "data")]


KINDS = {"nostr_rs_relay": NostrRsRelay, "nostr_relay_py": NostrRelayPy, "nostr_relay_js": NostrRelayJs, "valise": ValiseRelay}


def make(specification, folder):
    """Makes a relay from a text KIND=PROGRAM."""
    kind, _, program = specification.partition("=")
    if kind not in KINDS or not program:
        raise ValueError(f"{specification}: KIND=PROGRAM with a KIND of {', '.join(KINDS)}")
    return KINDS[kind](os.path.abspath(program), folder)
