// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/history/shown_text.h"
#include "tests/support/catch.h"

using valise::client::kMaxShownName;
using valise::client::shownName;
using valise::client::shownText;

namespace {

QString utf8(const char* text) {
    return QString::fromUtf8(text);
}

} // namespace

TEST_CASE("honest names stay as they are") {
    for (const char* name :
         {"Ingrid Nordli", "Nguyễn Thị Ánh", "أمينة ديالو", "می‌نا", "李美", "क्षेत्र", "שָׁלוֹם",
          "Jean-Luc O’Neill", "👩‍🔬 Lab", "Delegation (Host city)", "Ł. Żak", "ⵜⵉⴼⵉⵏⴰⵖ"}) {
        INFO(name);
        CHECK(shownName(utf8(name)) == utf8(name));
    }
}

TEST_CASE("a name cannot turn the text around it, hide in it or pretend to be verified") {
    CHECK(shownName(utf8("Jean \u202Eobagak\u202C")) == utf8("Jean obagak"));
    CHECK(shownName(utf8("\u2066\u2067Mei\u2069 \u200FLin\u061C")) == utf8("Mei Lin"));
    CHECK(shownName(utf8("Je\u200Ban\u2060 \uFEFFKagabo\u00AD")) == utf8("Jean Kagabo"));
    CHECK(shownName(utf8("Je\u200Dan\u200C")) == utf8("Jean"));
    CHECK(shownName(utf8("Ingrid Nordli ✓")) == utf8("Ingrid Nordli"));
    CHECK(shownName(utf8("Ingrid Nordli ✔\uFE0F")) == utf8("Ingrid Nordli"));
    CHECK(shownName(utf8("  Mei\n\u2028\t Lin \u00A0")) == utf8("Mei Lin"));
    CHECK(shownName(utf8("a\u0007b")) == utf8("ab"));
    CHECK(shownName(QString(QChar(0xD800)) + QStringLiteral("x")) == QStringLiteral("x"));
    // Nothing to see is no name.
    for (const char* nothing : {"", "   ", "\u200B\u200C\u200D", "\u3164\u2800", "\u0301\u0301", "\u202E"})
        CHECK(shownName(utf8(nothing)).isEmpty());
}

TEST_CASE("a name is short, however long it was made") {
    CHECK(shownName(QStringLiteral("z") + QString(100'000, QChar(0x0301))).size() == 4);
    CHECK(shownName(QString(100'000, QChar(0x200B)) + QStringLiteral("Mei")).isEmpty());
    const QString cut = shownName(QStringLiteral("Amina ").repeated(1000));
    CHECK(cut.size() <= kMaxShownName);
    CHECK(cut.endsWith(QChar(0x2026)));
    // Never inside a character.
    for (qsizetype most = 2; most < 12; ++most) {
        const QString faces = shownName(utf8("😀😀😀😀😀😀😀"), most);
        CHECK(faces.size() <= most);
        CHECK_FALSE(faces.isEmpty());
        CHECK_FALSE(faces.chopped(1).endsWith(QChar(0xD83D)));
    }
    for (const char* name : {"Jean \u202Eobagak", "Ingrid ✓ ✓", "e\u0301\u0301\u0301\u0301\u0301",
                             "می‌نا‌", "x\u200D y"})
        CHECK(shownName(shownName(utf8(name))) == shownName(utf8(name)));
}

TEST_CASE("honest text stays as it is, floods of marks and invisible characters go") {
    for (const char* honest :
         {"Zürich, 苏黎世, زيورخ", "क्षेत्र", "👩‍🔬👨‍👩‍👧", "e\u0301\u0323", "שָׁלוֹם",
          "a\tb\nc", "بسم\u200cالله", "\u2067عربي\u2069 and Latin", "✓ done"})
        CHECK(shownText(utf8(honest)) == utf8(honest));
    CHECK(shownText(QStringLiteral("z") + QString(100'000, QChar(0x0301))).size() == 9);
    CHECK(shownText(QStringLiteral("z") + QString(100'000, QChar(0x200B))).size() == 9);
    CHECK(shownText(utf8("a\u0007b")) == QStringLiteral("ab"));
    CHECK(shownText(utf8("report\u202Efdp.exe")) == QStringLiteral("reportfdp.exe"));
    CHECK(shownText(utf8("a\r\nb\u2028c\u2029d\re")) == QStringLiteral("a\nb\nc\nd\ne"));
}

TEST_CASE("no more of a text is looked at than is wanted") {
    CHECK(shownText(QString(10'000'000, QLatin1Char('a')), 100).size() == 100);
    // A character of two units is not torn.
    const QString faces = shownText(utf8("a😀😀"), 2);
    CHECK(faces == utf8("a😀"));
}
