#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests the command line as IT staff and bots use it: a venue's relay, three profiles, exit codes, bad input."""
import base64
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

CLI = os.path.abspath(sys.argv.pop(1))
PASSPHRASE = "seven quiet herons over the estuary"


class Place:
    """A folder with profiles and an optional relay."""

    def __init__(self, folder):
        self.folder = folder
        self.write("right", PASSPHRASE + "\n")
        self.write("wrong", PASSPHRASE.upper() + "\n")
        self.relay = None

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def serve(self):
        self.relay = subprocess.Popen([CLI, "--json", "relay", "serve", "--listen", "127.0.0.1:0", "--data",
                                       os.path.join(self.folder, "relay")], stdout=subprocess.PIPE)
        self.url = json.loads(self.relay.stdout.readline())["listening"]

    def stop(self):
        if self.relay:
            self.relay.send_signal(signal.SIGTERM)
            code = self.relay.wait(60)
            self.relay.stdout.close()
            self.relay = None
            return code
        return 0

    def run(self, profile, *words, passphrase="right", stdin=None, timeout=120, under=()):
        done = subprocess.run([*under, CLI, "--home", os.path.join(self.folder, profile), "--passphrase-file",
                               os.path.join(self.folder, passphrase), "--json", *words],
                              input=stdin, capture_output=True, timeout=timeout, check=False)
        lines = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines() if line.strip()]
        return done.returncode, lines, done.stderr.decode("utf-8")

    def ok(self, *words, **options):
        code, lines, errors = self.run(*words, **options)
        if code != 0:
            raise AssertionError(f"{words}: exit code {code}: {errors}")
        return lines

    def bytes_of(self, profile):
        out = {}
        for name in sorted(os.listdir(os.path.join(self.folder, profile))):
            with open(os.path.join(self.folder, profile, name), "rb") as file:
                out[name] = file.read()
        return out


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.place = Place(self.temporary.name)

    def tearDown(self):
        self.place.stop()
        self.temporary.cleanup()

    def test_proxies_are_kept_and_used(self):
        place = self.place
        place.write("word", "quiet herons\n")
        seen = []
        proxy = socket.create_server(("127.0.0.1", 0))
        proxy.settimeout(60)
        port = proxy.getsockname()[1]

        def answer(peer):
            try:
                with peer:
                    peer.settimeout(60)
                    while request := peer.recv(4096):
                        seen.append(request)
                        peer.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                                     b"Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")
            except OSError:
                pass

        def accept():
            # One thread per connection, so that an open connection does not block the next one.
            try:
                while True:
                    threading.Thread(target=answer, args=(proxy.accept()[0],), daemon=True).start()
            except OSError:
                pass

        threading.Thread(target=accept, daemon=True).start()
        way = f"http://desk@127.0.0.1:{port}"
        for bad in ("ftp://127.0.0.1:1", "socks5://127.0.0.1", "http://desk:word@127.0.0.1:1", "somehow"):
            self.assertEqual(place.run("kasara", "init", "--name", "Kasara", "--proxy", bad)[0], 2, bad)
        # A profile made with a proxy uses it from its very first connection on, without looking up the name.
        place.ok("kasara", "init", "--name", "Kasara", "--relay", "wss://relay.kasara.invalid", "--proxy", way,
                 "--proxy-password-file", os.path.join(place.folder, "word"))
        self.assertTrue(seen)
        for request in seen:
            self.assertTrue(request.startswith(b"CONNECT relay.kasara.invalid:443 "), request)
        given = base64.b64encode(b"desk:quiet herons")
        self.assertTrue(any(given in request for request in seen))
        shown = {"proxy": "http", "host": "127.0.0.1", "port": port, "user": "desk", "password": True}
        self.assertEqual(place.ok("kasara", "network", "show"), [shown])
        for name, content in place.bytes_of("kasara").items():
            self.assertNotIn(b"quiet herons", content, name)
        told = [line for line in place.ok("kasara", "doctor", "--online") if "server" in line]
        self.assertEqual([line["failure"] for line in told], ["proxy_needs_password"])
        self.assertEqual(place.ok("kasara", "network", "set", "none"), [{"proxy": "none"}])
        self.assertEqual(place.ok("kasara", "network", "show"), [{"proxy": "none"}])
        told = [line for line in place.ok("kasara", "doctor", "--online") if "server" in line]
        self.assertIn(told[0]["failure"], ("name_not_found", "no_network"))
        proxy.close()

    def test_help_teaches_and_usage_is_exit_code_2(self):
        for words in (["--help"], ["init", "--help"], ["group", "--help"], ["relay", "serve", "--help"]):
            done = subprocess.run([CLI, *words], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, words)
            self.assertIn("valise-cli", done.stdout)
        for words in ([], ["frobnicate"], ["send"], ["--bogus"], ["whoami", "extra"], ["init", "--limit", "3"],
                      ["sync", "--for"], ["sync", "--for", "soon"], ["history", "x", "--limit", "-1"]):
            done = subprocess.run([CLI, "--home", self.temporary.name + "/none", *words], capture_output=True, text=True,
                                  check=False)
            self.assertEqual(done.returncode, 2, words)
            self.assertTrue(done.stderr, words)

    def test_a_profile_is_made_once_and_opens_with_its_passphrase_only(self):
        place = self.place
        self.assertEqual(place.run("nobody", "whoami")[0], 4)
        self.assertFalse(os.path.exists(os.path.join(place.folder, "nobody")))
        made = place.ok("kasara", "init", "--name", "Kasara")
        self.assertTrue(made[0]["account"].startswith("npub1"))
        self.assertEqual(place.run("kasara", "init", "--name", "Again")[0], 4)

        before = place.bytes_of("kasara")
        code, lines, errors = place.run("kasara", "whoami", passphrase="wrong")
        self.assertEqual(code, 3)
        self.assertEqual(lines, [{"error": "wrong_passphrase", "detail": lines[0]["detail"]}])
        self.assertEqual(errors.count("\n"), 1)
        self.assertIn("Nothing was changed", errors)
        self.assertEqual(place.bytes_of("kasara"), before)
        self.assertEqual(place.ok("kasara", "whoami")[0]["name"], "Kasara")
        # Both run the same key derivation. The times are only printed, because on a busy machine they prove
        # nothing.
        spent = {}
        for which in ("right", "wrong"):
            began = time.monotonic()
            for _ in range(3):
                place.run("kasara", "whoami", passphrase=which)
            spent[which] = (time.monotonic() - began) / 3
        print(f"right passphrase {spent['right'] * 1000:.0f} ms, wrong passphrase {spent['wrong'] * 1000:.0f} ms")

    def test_insecure_relays_allowed_at_init_stay_allowed(self):
        place = self.place
        # No name server knows this name. The test is only about whether the relay is accepted.
        public = "ws://relay.kasara.invalid"
        code, lines, _ = place.run("strict", "init", "--name", "Strict", "--relay", public)
        self.assertEqual((code, lines[-1]["error"]), (1, "insecure_url"))
        place.ok("strict", "init", "--name", "Strict")
        place.ok("open", "init", "--name", "Open", "--relay", public, "--insecure-relays")
        for profile, allowed in (("strict", False), ("open", True)):
            self.assertIs(place.ok(profile, "whoami")[0]["insecure_relays"], allowed)
            self.assertIn({"insecure_relays": "allowed" if allowed else "not allowed"}, place.ok(profile, "doctor"))
        tried = [line["scope"] for line in place.ok("open", "doctor", "--online") if line.get("category") == "relay"]
        self.assertEqual(tried, [public])

    def test_a_conversation_with_every_command(self):
        place = self.place
        place.serve()
        links = {}
        for name in ("Kasara", "Nordvale", "Tamir"):
            place.ok(name, "init", "--name", name, "--relay", place.url)
            links[name] = place.ok(name, "whoami")[0]["invitation"]
        for name in ("Nordvale", "Tamir"):
            place.ok(name, "contact", "add", links["Kasara"])
        self.assertEqual([c["name"] for c in place.ok("Nordvale", "contact", "list")], ["Kasara"])

        group = place.ok("Kasara", "group", "create", "Harbour talks", "--member", links["Nordvale"])[0]["group"]
        place.ok("Nordvale", "sync", "--until-idle")
        self.assertEqual(place.ok("Nordvale", "group", "list")[0]["name"], "Harbour talks")
        place.ok("Kasara", "group", "add", group, links["Tamir"])
        place.ok("Kasara", "group", "rename", "Harbour talks", "Room 4")
        place.ok("Kasara", "send", "Room 4", "first")
        place.ok("Tamir", "sync")
        place.ok("Tamir", "send", group[:8], "-", stdin="second\n\nthird\n".encode())
        place.ok("Nordvale", "sync")
        texts = [m["text"] for m in place.ok("Nordvale", "history", group) if "text" in m]
        self.assertEqual(texts, ["first", "second", "third"])
        systems = [m["system"] for m in place.ok("Nordvale", "history", group) if "system" in m]
        self.assertEqual(systems, ["joined", "member_added", "renamed"])
        self.assertEqual([m["text"] for m in place.ok("Nordvale", "history", group, "--search", "hir")], ["third"])
        self.assertEqual(len(place.ok("Nordvale", "history", group, "--limit", "2")), 2)
        shown = place.ok("Tamir", "group", "show", group)
        self.assertEqual((shown[0]["members"], len(shown)), (3, 4))

        code, lines, _ = place.run("Nordvale", "group", "rename", group, "Mine")
        self.assertEqual((code, lines[-1]["error"]), (1, "not_authorized"))
        place.ok("Kasara", "group", "remove", group, "Nordvale")
        place.ok("Nordvale", "sync")
        self.assertEqual(place.ok("Nordvale", "group", "list")[0]["state"], "removed")
        place.ok("Tamir", "sync")
        place.ok("Tamir", "group", "leave", group)
        place.ok("Kasara", "sync", "--for", "3")
        place.ok("Tamir", "sync")
        self.assertEqual(place.ok("Tamir", "group", "list")[0]["state"], "left")
        self.assertEqual(place.ok("Kasara", "group", "list")[0]["members"], 1)
        self.assertIn({"database": "sound"}, place.ok("Kasara", "doctor"))
        self.assertEqual(place.stop(), 0)

    def test_administrators_the_timer_the_servers_and_the_end_of_a_group(self):
        place = self.place
        place.serve()
        for name in ("Kasara", "Nordvale"):
            place.ok(name, "init", "--name", name, "--relay", place.url)
        group = place.ok("Kasara", "group", "create", "Harbour talks", "--member",
                         place.ok("Nordvale", "whoami")[0]["invitation"])[0]["group"]
        place.ok("Nordvale", "sync")
        other = place.ok("Nordvale", "whoami")[0]["account"]

        def admins(name):
            return sorted(line["account"] for line in place.ok(name, "group", "show", group)
                          if "account" in line and line["admin"])

        founder = place.ok("Kasara", "whoami")[0]["account"]
        self.assertEqual(admins("Kasara"), [founder])
        code, lines, _ = place.run("Kasara", "group", "demote", group, founder)
        self.assertEqual((code, lines[-1]["error"]), (1, "not_authorized")) # a group needs an admin
        place.ok("Kasara", "group", "promote", group, other)
        place.ok("Nordvale", "sync")
        self.assertEqual(admins("Nordvale"), sorted([founder, other]))
        place.ok("Nordvale", "group", "demote", group, founder)
        place.ok("Kasara", "sync")
        self.assertEqual(admins("Kasara"), [other])
        code, lines, _ = place.run("Kasara", "group", "timer", group, "3600")
        self.assertEqual((code, lines[-1]["error"]), (1, "not_authorized"))
        self.assertEqual(place.run("Nordvale", "group", "timer", group, "soon")[0], 1)
        place.ok("Nordvale", "group", "timer", group, "604800")
        place.ok("Nordvale", "group", "timer", group, "off")
        place.ok("Nordvale", "group", "servers", group, place.url, "ws://127.0.0.1:9/")
        place.ok("Nordvale", "send", group, "still here")
        place.ok("Kasara", "sync")
        history = place.ok("Kasara", "history", group)
        self.assertEqual([m["system"] for m in history if "system" in m],
                         ["created", "admin_added", "admin_removed", "timer_changed", "timer_changed"])
        self.assertEqual([m["text"] for m in history if "text" in m], ["still here"])
        place.ok("Nordvale", "group", "disband", group)
        place.ok("Kasara", "sync", "--for", "4")
        self.assertEqual(place.ok("Kasara", "group", "list")[0]["state"], "disbanded")
        self.assertEqual(place.run("Kasara", "send", group, "too late")[0], 1)
        self.assertEqual(place.stop(), 0)

    def test_messages_are_answered_reacted_to_edited_and_deleted(self):
        place = self.place
        place.serve()
        for name in ("Kasara", "Nordvale"):
            place.ok(name, "init", "--name", name, "--relay", place.url)
        place.ok("Kasara", "group", "create", "Harbour talks", "--member",
                 place.ok("Nordvale", "whoami")[0]["invitation"])
        place.ok("Kasara", "send", "Harbour talks", "Room 4 at 16:00")
        place.ok("Kasara", "send", "Harbour talks", "a slip")
        place.ok("Nordvale", "sync")

        def history(name):
            return [m for m in place.ok(name, "history", "Harbour talks") if "text" in m]

        first, slip = (m["event_id"] for m in history("Nordvale"))
        place.ok("Nordvale", "react", "Harbour talks", first[:12], "\U0001F44D")
        place.ok("Nordvale", "reply", "Harbour talks", first[:12], "Agreed.")
        place.ok("Kasara", "edit", "Harbour talks", first, "Room 5 at 16:00")
        place.ok("Kasara", "delete", "Harbour talks", slip)
        for name in ("Kasara", "Nordvale"):
            place.ok(name, "sync")
            edited, deleted, reply = history(name)
            self.assertEqual(edited["text"], "Room 5 at 16:00")
            self.assertGreater(edited["edited_at"], 0)
            self.assertEqual(edited["reactions"],
                             [{"emoji": "\U0001F44D", "count": 1, "own": name == "Nordvale"}])
            self.assertEqual((deleted["text"], deleted["deleted"]), ("", True))
            self.assertEqual((reply["text"], reply["reply_to"]), ("Agreed.", first))
        place.ok("Nordvale", "react", "Harbour talks", first, "\U0001F44D", "--remove")
        place.ok("Kasara", "sync")
        self.assertNotIn("reactions", history("Kasara")[0])
        place.ok("Nordvale", "delete", "Harbour talks", first, "--for-me")
        self.assertEqual(len(history("Nordvale")), 2)
        self.assertEqual(len(history("Kasara")), 3)

        done = subprocess.run([CLI, "--home", os.path.join(place.folder, "Kasara"), "--passphrase-file",
                               os.path.join(place.folder, "right"), "history", "Harbour talks", "--ids"],
                              capture_output=True, check=True, timeout=120).stdout.decode("utf-8")
        self.assertIn(first[:8] + "  Kasara: Room 5 at 16:00 (edited)", done)
        self.assertIn("Kasara: (deleted)", done)
        self.assertIn('Nordvale: (answers Kasara: "Room 5 at 16:00") Agreed.', done)
        for words, error in ((("edit", "Harbour talks", "0123", "x"), "not_found"),
                             (("react", "Harbour talks", "01", "x"), "invalid_argument"),
                             (("react", "Harbour talks", first, " "), "invalid_argument")):
            code, lines, _ = place.run("Kasara", *words)
            self.assertEqual((code, lines[-1]["error"]), (1, error), words)
        code, lines, _ = place.run("Nordvale", "edit", "Harbour talks", reply["event_id"][:8] + "ff", "x")
        self.assertEqual((code, lines[-1]["error"]), (1, "not_found"))

    def test_without_a_relay_messages_wait_and_sync_says_so(self):
        place = self.place
        place.serve()
        for name in ("Kasara", "Nordvale"):
            place.ok(name, "init", "--name", name, "--relay", place.url)
        link = place.ok("Nordvale", "whoami")[0]["invitation"]
        place.ok("Kasara", "group", "create", "Harbour talks", "--member", link)
        port = place.url.rsplit(":", 1)[1]
        place.stop()
        place.ok("Kasara", "send", "Harbour talks", "written offline")
        self.assertEqual(place.ok("Kasara", "group", "list")[0]["queued"], 1)
        self.assertEqual(place.run("Kasara", "sync", "--until-idle")[0], 5)
        place.relay = subprocess.Popen([CLI, "--json", "relay", "serve", "--listen", "127.0.0.1:" + port, "--data",
                                        os.path.join(place.folder, "relay")], stdout=subprocess.PIPE)
        place.relay.stdout.readline()
        place.ok("Kasara", "sync")
        place.ok("Nordvale", "sync")
        history = place.ok("Nordvale", "history", "Harbour talks")
        self.assertEqual([m["text"] for m in history if "text" in m], ["written offline"])

    def test_the_queue_tells_the_truth_and_can_be_changed(self):
        place = self.place
        place.serve()
        # The group has a second server that does not listen.
        spare = socket.create_server(("127.0.0.1", 0))
        dead = f"ws://127.0.0.1:{spare.getsockname()[1]}"
        spare.close()
        place.ok("Nordvale", "init", "--name", "Nordvale", "--relay", place.url)
        place.ok("Kasara", "init", "--name", "Kasara", "--relay", place.url, "--relay", dead)
        link = place.ok("Nordvale", "whoami")[0]["invitation"]
        place.ok("Kasara", "group", "create", "Harbour talks", "--member", link)
        place.ok("Kasara", "send", "Harbour talks", "with one of two")
        [half] = place.ok("Kasara", "queue", "Harbour talks")
        self.assertEqual((half["state"], half["held"], half["accepted_by"], half["of_relays"]),
                         ("sent", False, 1, 2))
        missing = [server for server in half["servers"] if server["state"] != "accepted"]
        self.assertEqual([(s["server"].rstrip("/"), s["state"], s["failure"]) for s in missing],
                         [(dead, "waiting", "connection_refused")])
        code, lines, _ = place.run("Kasara", "queue", "withdraw", "Harbour talks", half["event_id"])
        self.assertEqual((code, lines[-1]["error"]), (1, "invalid_argument"))

        port = place.url.rsplit(":", 1)[1]
        place.stop()
        for text in ("a slip", "to be dropped", "stays"):
            place.ok("Kasara", "send", "Harbour talks", text, "--wait", "1")
        held = [line for line in place.ok("Kasara", "queue") if line["held"]]
        self.assertEqual([line["text"] for line in held], ["a slip", "to be dropped", "stays"])
        self.assertEqual({line["state"] for line in held}, {"queued"})
        place.ok("Kasara", "queue", "edit", "Harbour talks", held[0]["event_id"][:12], "put right")
        place.ok("Kasara", "queue", "withdraw", "Harbour talks", held[1]["event_id"])
        self.assertEqual([line["text"] for line in place.ok("Kasara", "queue") if line["held"]],
                         ["put right", "stays"])
        people = subprocess.run([CLI, "--home", os.path.join(place.folder, "Kasara"), "--passphrase-file",
                                 os.path.join(place.folder, "right"), "queue"],
                                capture_output=True, check=True, timeout=120).stdout.decode("utf-8")
        self.assertIn("held: waits to be sealed and sent", people)
        self.assertIn("not reached: Nothing listens at the server's address.", people)

        place.relay = subprocess.Popen([CLI, "--json", "relay", "serve", "--listen", "127.0.0.1:" + port, "--data",
                                        os.path.join(place.folder, "relay")], stdout=subprocess.PIPE)
        place.relay.stdout.readline()
        for _ in range(20): # the second server never answers, so `sync` cannot wait until all is sent
            place.ok("Kasara", "sync", "--for", "3")
            if not any(line["held"] or line["accepted_by"] == 0 for line in place.ok("Kasara", "queue")):
                break
        place.ok("Nordvale", "sync")
        shown = [m for m in place.ok("Nordvale", "history", "Harbour talks") if "text" in m]
        self.assertEqual([m["text"] for m in shown], ["with one of two", "put right", "stays"])
        self.assertFalse(any("edited_at" in m for m in shown))

    def test_a_hostile_relay_is_counted_and_explained_by_doctor(self):
        place = self.place
        bad = HostileRelay()
        place.serve()
        place.ok("Kasara", "init", "--name", "Kasara", "--relay", place.url, "--relay", bad.url)
        place.ok("Kasara", "sync", "--for", "3")
        bad.close()
        reasons = {line["reason"].split(":")[0] for line in place.ok("Kasara", "doctor")
                   if line.get("category") == "rejected" and line.get("scope") == bad.url}
        self.assertTrue(reasons, "doctor says nothing of what the relay sent")
        print("refused from the hostile relay:", ", ".join(sorted(reasons)))
        self.assertIn("invalid_encoding", reasons)
        # The bad relay did not delay the good one.
        self.assertEqual(place.ok("Kasara", "sync"), [])


class HostileRelay:
    """A minimal WebSocket server that sends what a relay must not send."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.server.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    @staticmethod
    def frame(payload, opcode=1):
        size = len(payload)
        head = bytes([0x80 | opcode])
        if size < 126:
            return head + bytes([size]) + payload
        if size < 65536:
            return head + b"\x7e" + struct.pack(">H", size) + payload
        return head + b"\x7f" + struct.pack(">Q", size) + payload

    def talk(self, connection):
        import base64
        import hashlib
        try:
            request = b""
            while b"\r\n\r\n" not in request:
                more = connection.recv(4096)
                if not more:
                    return
                request += more
            headers = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip()
                       for line in request.decode("latin-1").split("\r\n")[1:] if ":" in line}
            if "sec-websocket-key" not in headers:
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            key = headers["sec-websocket-key"].encode() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            accept = base64.b64encode(hashlib.sha1(key).digest()).decode()
            connection.sendall(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                f"Sec-WebSocket-Accept: {accept}\r\n\r\n").encode())
            for text in (b"nonsense", b"[]", b'["EVENT"]', b'["WHAT","x"]', b'["OK","00",true,""]', b"[" * 5000,
                         b'["EVENT","inbox",{"id":"00","id":"01"}]', b'{"a":1}', b'["NOTICE",7]'):
                connection.sendall(self.frame(text))
            time.sleep(1) # gives the program time to read the small frames before the large one ends the
                          # connection
            connection.sendall(self.frame(b'["NOTICE","' + b"x" * 100_000_000 + b'"]'))
            while connection.recv(4096):
                pass
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
