#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests the real window as a screen reader uses it: from another process, only by AT-SPI.

Starts `valise` under Xvfb on a private session bus. It reads conversations and messages, writes a message and sends it,
without any synthetic key or mouse event. Exits with 77 if the packages that it needs are missing.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
PASSPHRASE = "seven quiet herons over the estuary"
LIMIT = 180 # the longest wait in seconds; large, because a machine may be busy


def skip(why):
    print("#" * 100)
    print(f"# SKIPPED: {why}")
    print("# Debian: apt-get install at-spi2-core gir1.2-atspi-2.0 python3-gi dbus xvfb")
    print("#" * 100)
    sys.exit(SKIPPED)


def outside(program, cli):
    """Makes the private bus and display, and starts this script again inside them."""
    for tool in ("dbus-run-session", "Xvfb"):
        if not shutil.which(tool):
            skip(f"{tool} is not installed")
    # The distribution's bindings need the distribution's Python, which may not be the first in the path.
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    for python in (sys.executable, "/usr/bin/python3"):
        if shutil.which(python) and subprocess.run([python, "-c", probe], stderr=subprocess.DEVNULL,
                                                   check=False).returncode == 0:
            break
    else:
        skip("the AT-SPI bindings for Python are not installed")
    reading, writing = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
                              pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as file:
            number = file.readline().strip()
        if not number:
            raise AssertionError("Xvfb did not start")
        # A runtime folder of its own separates this test's accessibility bus from that of a desktop.
        with tempfile.TemporaryDirectory() as runtime:
            environment = dict(os.environ, DISPLAY=f":{number}", XDG_RUNTIME_DIR=runtime, QT_QPA_PLATFORM="xcb",
                               GSETTINGS_BACKEND="memory", LC_ALL="C.UTF-8")
            for name in ("AT_SPI_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "QT_ACCESSIBILITY"):
                environment.pop(name, None)
            done = subprocess.run(["dbus-run-session", "--", python, "-B", __file__, "--inside", program, cli],
                                  env=environment, timeout=900, check=False)
        return done.returncode
    finally:
        screen.terminate()
        screen.wait(30)


class Profiles:
    """Two people with their own relay, set up with the command line."""

    def __init__(self, folder, cli):
        self.folder = folder
        self.cli = cli
        with open(os.path.join(folder, "pass"), "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")
        self.relay = subprocess.Popen([cli, "--json", "relay", "serve", "--listen", "127.0.0.1:0", "--data",
                                       os.path.join(folder, "relay")], stdout=subprocess.PIPE)
        self.url = json.loads(self.relay.stdout.readline())["listening"]

    def run(self, who, *words):
        done = subprocess.run([self.cli, "--home", os.path.join(self.folder, who), "--passphrase-file",
                               os.path.join(self.folder, "pass"), "--json", *words],
                              capture_output=True, timeout=LIMIT, check=False, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{who} {words}: {done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]

    def stop(self):
        self.relay.send_signal(signal.SIGTERM)
        self.relay.wait(60)


def inside(program, cli):
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, Gio, GLib

    # A screen reader announces itself on the bus first.
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                      GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True))), None,
                      Gio.DBusCallFlags.NONE, -1)
    Atspi.init()
    Atspi.set_timeout(20000, 60000)

    # Later versions of AT-SPI call this role a button.
    push_button = getattr(Atspi.Role, "BUTTON", None) or Atspi.Role.PUSH_BUTTON
    spoken = []

    def on_event(event):
        try:
            if event.source.get_role() == Atspi.Role.NOTIFICATION:
                spoken.append(event.source.get_name())
        except GLib.Error:
            pass # the object no longer exists

    listener = Atspi.EventListener.new(on_event)
    listener.register("object:state-changed:showing")
    listener.register("object:announcement")

    def pump():
        context = GLib.MainContext.default()
        while context.pending():
            context.iteration(False)

    def children(thing):
        thing.clear_cache_single() if hasattr(thing, "clear_cache_single") else thing.clear_cache()
        for index in range(thing.get_child_count()):
            child = thing.get_child_at_index(index)
            if child is not None:
                yield child

    def find(root, role, name, depth=14):
        """Finds the first visible object with this role whose name begins with `name`."""
        if depth == 0:
            return None
        for child in children(root):
            try:
                if child.get_role() == role and (child.get_name() or "").startswith(name):
                    if child.get_state_set().contains(Atspi.StateType.SHOWING):
                        return child
                found = find(child, role, name, depth - 1)
            except GLib.Error:
                continue # the tree changed during the walk
            if found:
                return found
        return None

    def wait(what, seek):
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            pump()
            try:
                found = seek()
            except GLib.Error:
                found = None
            if found:
                return found
            time.sleep(0.2)
        raise AssertionError(f"never came: {what}")

    def application():
        for child in children(Atspi.get_desktop(0)):
            if child.get_name() in ("Valise", "valise"):
                return child
        return None

    def press(button):
        for index in range(button.get_n_actions()):
            if button.get_action_name(index).lower() in ("press", "toggle"):
                button.do_action(index)
                return
        raise AssertionError(f"{button.get_name()} has no action to press it")

    def names(thing):
        return [child.get_name() for child in children(thing)]

    with tempfile.TemporaryDirectory() as folder:
        people = Profiles(folder, cli)
        window = None
        try:
            links = {}
            for who in ("Kasara", "Nordvale"):
                people.run(who, "init", "--name", f"Delegation of {who}", "--relay", people.url)
                links[who] = people.run(who, "whoami")[0]["invitation"]
            groups = {}
            for title in ("Harbour talks", "Fisheries annex"):
                groups[title] = people.run("Nordvale", "group", "create", title, "--member", links["Kasara"])[0]["group"]
            people.run("Kasara", "sync", "--until-idle")
            for title in groups:
                people.run("Kasara", "group", "accept", groups[title])
            people.run("Kasara", "sync", "--until-idle")
            people.run("Nordvale", "sync", "--until-idle")
            people.run("Nordvale", "send", groups["Harbour talks"], "The pilots meet at seven.")
            people.run("Nordvale", "send", groups["Fisheries annex"], "Paragraph four stands.")
            people.run("Nordvale", "sync", "--until-idle")
            people.run("Kasara", "sync", "--until-idle")

            dictionaries = os.path.join(folder, "data", "hunspell")
            os.makedirs(dictionaries)
            with open(os.path.join(dictionaries, "en_US.aff"), "w", encoding="utf-8") as file:
                file.write("SET UTF-8\n")
            with open(os.path.join(dictionaries, "en_US.dic"), "w", encoding="utf-8") as file:
                file.write("4\nwe\nshall\nbe\nthere\n")
            window = subprocess.Popen([program, "--home", os.path.join(folder, "Kasara"), "--lang", "en"],
                                      env=dict(os.environ, XDG_DATA_HOME=os.path.join(folder, "data")))
            app = wait("the program on the accessibility bus", application)
            field = wait("the field of the passphrase", lambda: find(app, Atspi.Role.PASSWORD_TEXT, ""))
            assert field.get_name(), "the field of the passphrase has no name"
            Atspi.EditableText.set_text_contents(field, PASSPHRASE)
            press(wait("the button that unlocks", lambda: find(app, push_button, "Open")))

            rows = wait("the list of conversations", lambda: find(app, Atspi.Role.LIST, "Conversations"))
            titles = wait("both conversations", lambda: (lambda seen: seen if len(seen) == 2 else None)(names(rows)))
            print("conversations:", titles)
            for title in groups:
                assert any(name.startswith(title) for name in titles), (title, titles)
            assert any("Paragraph four stands." in name for name in titles), titles

            def open_row():
                for row in children(rows):
                    if not row.get_name().startswith("Harbour talks"):
                        continue
                    if row.get_state_set().contains(Atspi.StateType.SELECTED):
                        return row
                    selection = rows.get_selection_iface()
                    if selection:
                        selection.select_child(row.get_index_in_parent())
                    else:
                        row.do_action(0)
                return None

            wait("the selected row", open_row)
            messages = wait("the list of messages", lambda: find(app, Atspi.Role.LIST, "Messages"))
            read = wait("the message of the open conversation", lambda: (
                lambda seen: seen if any("The pilots meet at seven." in name for name in seen) else None)(names(messages)))
            print("messages:", read)
            said = next(name for name in read if "The pilots meet at seven." in name)
            # The order is author, time, text.
            assert said.index("Delegation of Nordvale") < said.index(":") < said.index("The pilots"), said
            assert not any("Paragraph four" in name for name in read), read

            composer = wait("the message field", lambda: find(app, Atspi.Role.TEXT, "Message"))
            assert "encrypted" in (composer.get_description() or ""), composer.get_description()
            # The misspelt word, which is underlined on the screen, is exposed as well.
            draft = "We shall be thair."
            Atspi.EditableText.set_text_contents(composer, draft)
            word = wait("the misspelt word", lambda: (
                lambda run: run if run[0].get("invalid") == "spelling" else None)(
                    Atspi.Text.get_attribute_run(composer, draft.index("thair") + 1, False)))
            assert draft[word[1]:word[2]] == "thair", word
            right = Atspi.Text.get_attribute_run(composer, draft.index("shall"), False)
            assert "invalid" not in right[0] and right[2] == draft.index("thair"), right
            print("misspelt:", draft[word[1]:word[2]])
            answer = "We shall be there, with the charts."
            Atspi.EditableText.set_text_contents(composer, answer)
            length = composer.get_character_count()
            assert Atspi.Text.get_text(composer, 0, length) == answer
            press(wait("the send button", lambda: find(app, push_button, "Send")))

            def sent():
                return next((name for name in names(messages) if answer in name and "waits" not in name.lower()), None)

            print("sent:", wait("the message, accepted by a server", sent))
            assert composer.get_character_count() == 0, "the field is not empty after sending"
            own = next(child for child in children(messages) if answer in child.get_name())
            offered = [own.get_action_name(index) for index in range(own.get_n_actions())]
            print("a message offers:", offered)
            assert any(name.startswith("Edit") for name in offered), offered

            people.run("Nordvale", "sync", "--until-idle")
            got = [line.get("text") for line in people.run("Nordvale", "history", groups["Harbour talks"])]
            assert answer in got, got

            # A new message is announced by itself.
            people.run("Nordvale", "send", groups["Harbour talks"], "Until tomorrow, then.")
            people.run("Nordvale", "sync", "--until-idle")
            wait("the announcement of a message that came",
                 lambda: [name for name in spoken if "Until tomorrow, then." in name])
            print("read out:", spoken[-1])
        finally:
            if window:
                window.terminate()
                try:
                    window.wait(60)
                except subprocess.TimeoutExpired:
                    window.kill()
                    window.wait(60)
            people.stop()
    print("conversations and messages were read, and a message was written and sent, through AT-SPI alone")
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "--inside":
        sys.exit(inside(*sys.argv[2:4]))
    sys.exit(outside(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])))
