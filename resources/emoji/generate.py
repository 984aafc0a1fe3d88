#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes emoji.tsv from Unicode's own lists: which emoji there are and how they are grouped (emoji-test.txt), and what
they are called in each language of the window (CLDR annotations). On Debian: apt-get install unicode-data
unicode-cldr-core. Without arguments the table is printed; with --check FILE the exit code says whether FILE is it."""
import argparse
import os
import re
import sys
import xml.etree.ElementTree as ET

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../ui/language/languages.inc")
with open(LIST, encoding="utf-8") as listed:
    LANGUAGES = re.findall(r'^VALISE_LANGUAGE\("(\w+)"', listed.read(), re.M)
TONES = re.compile("[\U0001F3FB-\U0001F3FF]")
NEWEST = 14.0  # what the fonts of Debian 12 draw and CLDR 41 names
LINE = re.compile(r"^([0-9A-F ]+);\s*fully-qualified\s*#\s*\S+\s+E([0-9.]+)\s+(.*)$")
HEADER = """# SPDX-License-Identifier: Unicode-DFS-2016
# Made by generate.py from Unicode's emoji-test.txt 15.0 and CLDR 41; do not edit.
# emoji, group, then for each language its name and its keywords: """


def annotations(folder, language):
    names, words = {}, {}
    for part in ("annotations", "annotationsDerived"):
        for node in ET.parse(f"{folder}/{part}/{language}.xml").getroot().iter("annotation"):
            text = " ".join((node.text or "").split())
            if node.get("type") == "tts":
                names[node.get("cp")] = text
            else:
                words[node.get("cp")] = [w.strip() for w in text.split("|") if w.strip()]
    return names, words


def table(test, cldr):
    spoken = [annotations(cldr, language) for language in LANGUAGES]
    rows, group = [], -1
    with open(test, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# group:"):
                # The group of skin tones and hair is no group to choose from.
                group += 0 if line.strip().endswith("Component") else 1
            match = LINE.match(line)
            if not match or float(match.group(2)) > NEWEST:
                continue
            emoji = "".join(chr(int(code, 16)) for code in match.group(1).split())
            if TONES.search(emoji):
                continue
            bare = emoji.replace("\uFE0F", "")
            cells = [emoji, str(group)]
            for names, words in spoken:
                name = names.get(bare) or names.get(emoji) or match.group(3)
                more = [w for w in (words.get(bare) or words.get(emoji) or []) if w != name]
                cells += [name, "|".join(dict.fromkeys(more))]
            rows.append("\t".join(cells))
    return HEADER + " ".join(LANGUAGES) + "\n" + "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", default="/usr/share/unicode/emoji/emoji-test.txt")
    parser.add_argument("--cldr", default="/usr/share/unicode/cldr/common")
    parser.add_argument("--check", metavar="FILE")
    options = parser.parse_args()
    made = table(options.test, options.cldr)
    if not options.check:
        sys.stdout.write(made)
        return 0
    with open(options.check, encoding="utf-8") as have:
        return 0 if have.read() == made else 1


if __name__ == "__main__":
    sys.exit(main())
