#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads every include of the project and fails if it breaks the layering in docs/architecture.md.

It fails on: an include of a room that this room may not use; the same between the folders of core/client and of ui; a
decision by the number of a message kind outside of core/marmot/content; a circle between rooms; a circle between files; Qt in a
room that must be plain C++; a header of QtGui or QtWidgets in core; a local include of a missing file; a relative
include. It uses only the standard library, so that it runs wherever the build runs.

    layering_test.py --root FOLDER     check a tree
    layering_test.py --self-test       check that each kind of mistake is found
"""
import argparse
import os
import re
import sys
import tempfile

# Each room, and the other rooms that its files may include.
CORE_ROOMS = ("base", "crypto", "mls", "nostr", "marmot", "storage", "net", "host", "client")
ALLOWED = {
    "core/base": (),
    "core/crypto": ("core/base",),
    "core/mls": ("core/base", "core/crypto"),
    "core/nostr": ("core/base", "core/crypto"),
    "core/marmot": ("core/base", "core/crypto", "core/mls", "core/nostr"),
    "core/storage": ("core/base", "core/crypto"),
    "core/net": ("core/base", "core/crypto", "core/nostr"),
    "core/host": ("core/base", "core/crypto", "core/nostr"),
    "core/client": tuple("core/" + room for room in CORE_ROOMS if room != "client"),
    "ui": ("core/client", "core/base"),
}
# Single files that a room may include from a room that it may otherwise not include.
ALLOWED_FILES = {"ui": ("core/crypto/secret.h",)}
WITHOUT_QT = ("core/base", "core/crypto", "core/mls", "core/nostr", "core/marmot", "core/storage")
# System headers that only some rooms may use.
RESTRICTED_SYSTEM = {
    "sqlite3.h": ("core/storage", "core/host"),
    "sqlcipher/sqlite3.h": ("core/storage", "core/host"),
}
CHECKED_TOPS = ("core", "ui", "app")
# A folder inside a room, and the folders of the room it may include besides itself. Files directly in the room are
# values that every folder may include, but for those in TOP_FILES, which wire the folders together.
FOLDERS = {
    "core/client": {
        "records": (),
        "faces": (),
        "spine": (),
        "history": ("faces", "spine"),
        "network": ("spine",),
        "people": ("spine", "history"),
        "messages": ("spine", "history", "people"),
        "groups": ("spine", "history", "people", "messages"),
        "account": ("spine", "history", "people", "groups"),
    },
    "ui": {
        "theme": (),
        "accessibility": (),
        "language": (),
        "text": ("theme", "links"),
        "dialogs": ("theme",),
        "links": ("theme", "dialogs"),
        "spelling": ("theme", "links"),
        "completion": ("theme",),
        "emoji": ("theme", "completion"),
        "notify": ("theme", "text"),
        "lock": ("theme",),
        "onboarding": ("theme", "lock"),
        "people": ("theme", "dialogs", "text"),
        "conversation": ("theme", "text", "dialogs", "links", "spelling", "completion", "emoji", "people"),
        "settings": ("theme", "accessibility", "language", "notify", "spelling", "dialogs"),
        "shell": ("theme", "accessibility", "language", "text", "dialogs", "links", "spelling", "completion", "emoji",
                  "notify", "lock", "onboarding", "people", "conversation", "settings"),
    },
}
TOP_FILES = {"core/client": ("client.h", "engine.h", "engine_parts.h")}
# Numbers of message kinds by which only core/marmot/content decides.
CONTENT_KIND = re.compile(r"\bkind::k(?:Chat|Reaction|Edit|Deletion|Receipt|Typing)\b")
CONTENT_ROOMS = ("core/marmot", "core/client", "ui", "app")
CONTENT_FOLDER = "core/marmot/content/"

QT_GUI_MODULES = ("QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets", "QtMultimedia", "QtMultimediaWidgets", "QtQuick",
                  "QtQml", "QtOpenGL", "QtOpenGLWidgets", "QtPrintSupport")
QT_CORE_MODULES = ("QtCore", "QtNetwork", "QtWebSockets", "QtHttpServer", "QtConcurrent", "QtDBus", "QtTest")
# The headers known without an installed Qt. The class headers of an installed Qt are added.
QT_GUI_HEADERS = {
    "QAbstractItemView", "QAbstractTextDocumentLayout", "QAction", "QActionGroup", "QApplication", "QBitmap",
    "QBoxLayout", "QBrush", "QButtonGroup", "QCheckBox", "QClipboard", "QColor", "QComboBox", "QCompleter", "QCursor",
    "QDesktopServices", "QDialog", "QDialogButtonBox", "QDockWidget", "QDrag", "QFileDialog", "QFont",
    "QFontDatabase", "QFontMetrics", "QFormLayout", "QFrame", "QGraphicsEffect", "QGraphicsView", "QGridLayout",
    "QGroupBox", "QGuiApplication", "QHBoxLayout", "QHeaderView", "QIcon", "QImage", "QImageReader", "QInputDialog",
    "QInputMethod", "QKeyEvent", "QKeySequence", "QLabel", "QLayout", "QLineEdit", "QListView", "QListWidget",
    "QMainWindow", "QMenu", "QMenuBar", "QMessageBox", "QMouseEvent", "QMovie", "QPaintDevice", "QPaintEvent",
    "QPainter", "QPainterPath", "QPalette", "QPen", "QPicture", "QPixmap", "QPixmapCache", "QPlainTextEdit",
    "QPolygon", "QProgressBar", "QPushButton", "QRadioButton", "QRegion", "QScreen", "QScrollArea", "QScrollBar",
    "QShortcut", "QSlider", "QSpinBox", "QSplitter", "QStackedWidget", "QStandardItemModel", "QStatusBar", "QStyle",
    "QStyledItemDelegate", "QStyleFactory", "QStyleHints", "QSvgRenderer", "QSvgWidget", "QSystemTrayIcon",
    "QTabWidget", "QTableView", "QTextBrowser", "QTextCursor", "QTextDocument", "QTextEdit", "QTextLayout",
    "QToolBar", "QToolButton", "QToolTip", "QTransform", "QTreeView", "QUndoStack", "QVBoxLayout", "QValidator",
    "QVector2D", "QVector3D", "QWheelEvent", "QWidget", "QWidgetAction", "QWindow", "QWizard",
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*(?:include|import)[ \t]*([<"])([^>"\n]+)[>"]', re.M)
COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)


def read_includes(path):
    """Returns the (delimiter, name, line) of every include outside comments."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()

    def blank(match):
        found = match.group(0)
        if found.startswith('"'):
            return found
        return re.sub(r"[^\n]", " ", found)

    text = COMMENT_OR_STRING.sub(blank, text)
    return [(m.group(1), m.group(2).strip(), text.count("\n", 0, m.start(1)) + 1) for m in INCLUDE.finditer(text)]


def read_kinds(path):
    """The (name, line) of every number of a message kind that is used outside of a comment."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = COMMENT_OR_STRING.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), file.read())
    return [(m.group(0), text.count("\n", 0, m.start()) + 1) for m in CONTENT_KIND.finditer(text)]


def folder_of(path, room):
    """The folder of a room in which a file stands; empty for files directly in the room."""
    rest = path[len(room) + 1:].split("/")
    return rest[0] if len(rest) > 1 else ""


def folder_may_include(room, path, name):
    folders = FOLDERS[room]
    own, other = folder_of(path, room), folder_of(name, room)
    if own in ("", other) or other == "records":
        return True
    if other == "":
        return name[len(room) + 1:] not in TOP_FILES.get(room, ())
    return own in folders and other in folders[own]


def room_of(path):
    parts = path.split("/")
    if parts[0] == "core" and len(parts) > 2:
        return "core/" + parts[1]
    return parts[0]


class QtHeaders:
    """Finds the Qt module of a header by its name."""

    def __init__(self, folders):
        self.gui = set(QT_GUI_HEADERS)
        self.installed = False
        for folder in folders:
            self._learn(folder, QT_GUI_MODULES)
        # A name that the core modules have as well must not count as a widget header. Today there is none.
        for folder in folders:
            for module in QT_CORE_MODULES:
                directory = os.path.join(folder, module)
                if os.path.isdir(directory):
                    self.gui.difference_update(os.listdir(directory))

    def _learn(self, folder, modules):
        for module in modules:
            directory = os.path.join(folder, module)
            if os.path.isdir(directory):
                self.installed = True
                self.gui.update(name for name in os.listdir(directory) if name.lower().startswith("q"))

    def is_gui(self, name):
        module = name.split("/")[0]
        if module in QT_GUI_MODULES:
            return True
        base = name.split("/")[-1]
        return base in self.gui or (base.endswith(".h") and base[:-2] in {known.lower() for known in QT_GUI_HEADERS})

    @staticmethod
    def is_qt(name):
        first = name.split("/")[0]
        return bool(re.match(r"^Q[A-Za-z0-9]+$", first)) or bool(re.match(r"^q[a-z0-9]+\.h$", first)) or \
            first.startswith("Qt6")


def find_cycle(graph):
    """Returns one circle in a graph of name -> set of names, as a list whose first and last name are equal, or None."""
    white, grey, black = 0, 1, 2
    colour = dict.fromkeys(graph, white)
    for start in sorted(graph):
        if colour[start] != white:
            continue
        stack = [(start, iter(sorted(graph[start])))]
        colour[start] = grey
        trail = [start]
        while stack:
            node, following = stack[-1]
            for neighbour in following:
                if neighbour not in graph:
                    continue
                if colour[neighbour] == grey:
                    return trail[trail.index(neighbour):] + [neighbour]
                if colour[neighbour] == white:
                    colour[neighbour] = grey
                    trail.append(neighbour)
                    stack.append((neighbour, iter(sorted(graph[neighbour]))))
                    break
            else:
                colour[node] = black
                stack.pop()
                trail.pop()
    return None


def check(root, qt):
    """Returns the list of mistakes, each a readable line, and the number of files read."""
    mistakes = []
    files = {}
    for top in CHECKED_TOPS:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(names):
                if name.endswith((".h", ".cpp", ".hpp", ".cc", ".mm")):
                    path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
                    files[path] = read_includes(os.path.join(folder, name))

    rooms = {}
    graph = {path: set() for path in files}
    for path, includes in files.items():
        room = room_of(path)
        rooms.setdefault(room, set())
        if path.startswith("core/") and room not in ALLOWED:
            mistakes.append(f"{path}: the room {room} is not in the plan of the house")
            continue
        if room in FOLDERS and folder_of(path, room) not in ("", *FOLDERS[room]):
            mistakes.append(f"{path}: the folder {folder_of(path, room)} is not in the plan of {room}")
        if room in CONTENT_ROOMS and not path.startswith(CONTENT_FOLDER):
            for kind, line in read_kinds(os.path.join(root, path)):
                mistakes.append(f"{path}:{line}: {kind} decides by kind; only {CONTENT_FOLDER} may")
        for delimiter, name, line in includes:
            where = f"{path}:{line}"
            if name.split("/")[0] in (".", ".."):
                mistakes.append(f"{where}: relative include of {name}; include by path from the top")
                continue
            local = name.split("/")[0] in CHECKED_TOPS + ("tests",) and "/" in name
            if local:
                target = room_of(name)
                if name in files:
                    graph[path].add(name)
                elif not os.path.isfile(os.path.join(root, name)):
                    mistakes.append(f"{where}: {name} does not exist")
                if target != room:
                    rooms[room].add(target)
                if not may_include(room, target, name):
                    mistakes.append(f"{where}: {room} may not include {name}")
                elif target == room and room in FOLDERS and not folder_may_include(room, path, name):
                    mistakes.append(f"{where}: {folder_of(path, room)} may not include {name}")
                continue
            if delimiter == '"' and name in files:
                graph[path].add(name)
            if room in WITHOUT_QT and qt.is_qt(name):
                mistakes.append(f"{where}: {room} is plain C++ and may not include {name}")
            elif path.startswith("core/") and qt.is_gui(name):
                mistakes.append(f"{where}: {name} belongs to Qt's windows and may not be known under core")
            if name in RESTRICTED_SYSTEM and room not in RESTRICTED_SYSTEM[name]:
                mistakes.append(f"{where}: {name} is only for {', '.join(RESTRICTED_SYSTEM[name])}")

    circle = find_cycle(rooms)
    if circle:
        mistakes.append("rooms form a circle: " + " -> ".join(circle))
    circle = find_cycle(graph)
    if circle:
        mistakes.append("files include each other in a circle: " + " -> ".join(circle))
    return mistakes, len(files)


def may_include(room, target, name):
    if target == room:
        return True
    if target == "tests":
        return False
    if room == "app":
        return True
    return target in ALLOWED.get(room, ()) or name in ALLOWED_FILES.get(room, ())


SOUND_TREE = {
    "core/base/bytes.h": "#pragma once\n#include <vector>\n",
    "core/crypto/secret.h": '#pragma once\n#include "core/base/bytes.h"\n',
    "core/mls/tree.h": '#include "core/base/bytes.h"\n#include "core/crypto/secret.h"\n',
    "core/mls/tree.cpp": '#include "core/mls/tree.h"\n// #include <QWidget>\n/*\n#include "ui/window.h"\n*/\n',
    "core/nostr/event.h": '#include "core/crypto/secret.h"\n',
    "core/marmot/group.h": '#include "core/mls/tree.h"\n#include "core/nostr/event.h"\n',
    "core/storage/database.cpp": '#include "core/crypto/secret.h"\n#include <sqlite3.h>\n',
    "core/net/relay.h": '#include "core/nostr/event.h"\n#include <QWebSocket>\n#include <QTimer>\n#include <QPointer>\n',
    "core/host/server.cpp": '#include "core/nostr/event.h"\n#include <QHttpServer>\n#include <sqlite3.h>\n',
    "core/client/records.h": '#include "core/base/bytes.h"\n',
    "core/client/engine.cpp": '#include "core/marmot/group.h"\n#include "core/net/relay.h"\n#include <QtCore/QObject>\n',
    "ui/window.h": '#include "core/client/records.h"\n#include "core/crypto/secret.h"\n#include <QWidget>\n',
    "app/desktop/main.cpp": '#include "ui/window.h"\n#include "core/host/nothing.h"\n#include <QApplication>\n',
    "core/host/nothing.h": "#pragma once\n",
    "core/client/spine/sessions.h": '#include "core/client/records.h"\n',
    "core/client/messages/sender.h": '#include "core/client/spine/sessions.h"\n',
    "core/client/engine.h": '#include "core/client/messages/sender.h"\n',
    "core/marmot/content/text.h": "constexpr int kKind = kind::kChat;\n",
    "ui/theme/theme.h": "#include <QColor>\n",
    "ui/shell/pane.h": '#include "ui/theme/theme.h"\n#include "ui/window.h"\n// kind::kChat\n',
}

# Each entry: the mistake, the files that cause it, and words that the complaint must contain.
BROKEN = (
    ("core knows ui", {"core/client/bad.cpp": '#include "ui/window.h"\n'}, "core/client may not include ui/window.h"),
    ("base knows crypto", {"core/base/bad.h": '#include "core/crypto/secret.h"\n'}, "core/base may not include"),
    ("mls knows nostr", {"core/mls/bad.h": '#include "core/nostr/event.h"\n'}, "core/mls may not include"),
    ("nostr knows mls", {"core/nostr/bad.h": '#include "core/mls/tree.h"\n'}, "core/nostr may not include"),
    ("storage knows marmot", {"core/storage/bad.h": '#include "core/marmot/group.h"\n'}, "core/storage may not include"),
    ("net knows storage", {"core/net/bad.cpp": '#include "core/storage/database.h"\n',
                           "core/storage/database.h": ""}, "core/net may not include"),
    ("host knows net", {"core/host/bad.cpp": '#include "core/net/relay.h"\n'}, "core/host may not include"),
    ("ui knows marmot", {"ui/bad.cpp": '#include "core/marmot/group.h"\n'}, "ui may not include core/marmot"),
    ("ui knows more of crypto", {"ui/bad.cpp": '#include "core/crypto/aead.h"\n', "core/crypto/aead.h": ""},
     "ui may not include core/crypto/aead.h"),
    ("ui knows app", {"ui/bad.cpp": '#include "app/desktop/bad.h"\n', "app/desktop/bad.h": ""}, "ui may not include app"),
    ("product knows tests", {"app/cli/bad.cpp": '#include "tests/support/a.h"\n', "tests/support/a.h": ""},
     "app may not include tests"),
    ("angle brackets do not hide it", {"core/base/bad.h": "#  include   <core/crypto/secret.h>\n"},
     "core/base may not include"),
    ("Qt in a plain room", {"core/mls/bad.cpp": "#include <QByteArray>\n"}, "core/mls is plain C++"),
    ("Qt by module in a plain room", {"core/storage/bad.cpp": "#include <QtCore/QString>\n"}, "core/storage is plain C++"),
    ("lower-case Qt in a plain room", {"core/base/bad.cpp": "#include <qstring.h>\n"}, "core/base is plain C++"),
    ("widget header", {"core/client/bad.cpp": "#include <QWidget>\n"}, "QWidget belongs to Qt's windows"),
    ("widget header by module", {"core/net/bad.cpp": "#include <QtWidgets/QLabel>\n"}, "belongs to Qt's windows"),
    ("gui header", {"core/host/bad.cpp": "#include <QImage>\n"}, "QImage belongs to Qt's windows"),
    ("gui header by module", {"core/client/bad.h": '#include "QtGui/qcolor.h"\n'}, "belongs to Qt's windows"),
    ("lower-case gui header", {"core/client/bad.h": "#include <qpainter.h>\n"}, "qpainter.h belongs to Qt's windows"),
    ("application header", {"core/client/bad.h": "#include <QGuiApplication>\n"}, "belongs to Qt's windows"),
    ("database outside storage", {"core/client/bad.cpp": "#include <sqlite3.h>\n"}, "sqlite3.h is only for"),
    ("room circle", {"core/nostr/bad.h": '#include "core/marmot/group.h"\n'}, "rooms form a circle"),
    ("file circle", {"core/mls/a.h": '#include "core/mls/b.h"\n', "core/mls/b.h": '#include "core/mls/c.h"\n',
                     "core/mls/c.h": '#include "core/mls/a.h"\n'}, "files include each other in a circle"),
    ("file that includes itself", {"ui/a.h": '#include "ui/a.h"\n'}, "files include each other in a circle"),
    ("file that is not there", {"core/mls/bad.cpp": '#include "core/mls/gone.h"\n'}, "core/mls/gone.h does not exist"),
    ("relative include", {"core/mls/bad.cpp": '#include "../base/bytes.h"\n'}, "relative include"),
    ("spine knows a tenant", {"core/client/spine/bad.h": '#include "core/client/messages/sender.h"\n'},
     "spine may not include core/client/messages/sender.h"),
    ("tenant knows the engine", {"core/client/messages/bad.h": '#include "core/client/engine.h"\n'},
     "messages may not include core/client/engine.h"),
    ("theme knows the shell", {"ui/theme/bad.h": '#include "ui/shell/pane.h"\n'}, "theme may not include ui/shell/pane.h"),
    ("folder outside the plan", {"core/client/extra/new.h": ""}, "the folder extra is not in the plan"),
    ("decision by kind in the client", {"core/client/bad.cpp": "bool b(int k) { return k == nostr::kind::kChat; }\n"},
     "decides by kind"),
    ("decision by kind beside content", {"core/marmot/bad.cpp": "int k = kind::kReaction;\n"}, "decides by kind"),
    ("room outside the plan", {"core/extra/new.h": ""}, "not in the plan"),
)


def write_tree(root, tree):
    for path, text in tree.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)


def self_test(qt):
    failures = 0
    with tempfile.TemporaryDirectory() as root:
        write_tree(root, SOUND_TREE)
        mistakes, _ = check(root, qt)
        if mistakes:
            failures += 1
            print("FAILED: the sound tree was refused:\n  " + "\n  ".join(mistakes))
    for title, change, words in BROKEN:
        with tempfile.TemporaryDirectory() as root:
            write_tree(root, SOUND_TREE)
            write_tree(root, change)
            mistakes, _ = check(root, qt)
            if not any(words in mistake for mistake in mistakes):
                failures += 1
                print(f"FAILED: not caught: {title}; it said: {mistakes}")
    print(f"self-test: {len(BROKEN) + 1 - failures} passed, {failures} failed")
    return failures


def main():
    parser = argparse.ArgumentParser(description="Checks which room includes which.")
    parser.add_argument("--root", help="the top of the source tree")
    parser.add_argument("--qt-headers", action="append", default=[], help="a folder that holds QtGui, QtWidgets, ...")
    parser.add_argument("--self-test", action="store_true", help="prove that every kind of mistake is caught")
    arguments = parser.parse_args()
    qt = QtHeaders(arguments.qt_headers)

    if arguments.self_test:
        sys.exit(1 if self_test(QtHeaders([])) + self_test(qt) else 0)
    if not arguments.root:
        parser.error("--root or --self-test")
    mistakes, count = check(arguments.root, qt)
    if count == 0:
        mistakes.append(f"no source file was found under {arguments.root}")
    for mistake in mistakes:
        print(mistake)
    print(f"{count} files read, {len(mistakes)} mistakes" + ("" if qt.installed else " (Qt's own headers not consulted)"))
    sys.exit(1 if mistakes else 0)


if __name__ == "__main__":
    main()
