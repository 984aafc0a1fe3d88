// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "ui/emoji/emoji_picker.h"
#include "ui/language/language.h"

#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QSignalSpy>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;

namespace {

QStringList found(const EmojiTable& table, const char* text) {
    QStringList out;
    for (const Emoji& emoji : table.search(QString::fromUtf8(text), 20))
        out.append(emoji.text);
    return out;
}

} // namespace

TEST_CASE("emoji are found by their names in the window's language and in English") {
    uitest::application();
    Theme theme; // brings the program's resources
    const EmojiTable english(QStringLiteral("en_GB"));
    CHECK(english.all().size() > 1500);
    CHECK(english.languages() == Language::available());
    CHECK(found(english, "thumbs up").first() == QString::fromUtf8("👍"));
    CHECK(found(english, "HANDSH").first() == QString::fromUtf8("🤝"));
    CHECK(found(english, "+1").contains(QString::fromUtf8("👍")));
    CHECK(found(english, "zzzz").isEmpty());
    CHECK(found(english, "").isEmpty());
    CHECK(english.find(QString::fromUtf8("👍"))->code == QStringLiteral("thumbs_up"));
    CHECK(english.find(QStringLiteral("x")) == nullptr);
    const EmojiTable french(QStringLiteral("fr_FR"));
    CHECK(found(french, "poignee").contains(QString::fromUtf8("🤝"))); // without its accent
    CHECK(found(french, "handshake").contains(QString::fromUtf8("🤝")));
    CHECK(french.find(QString::fromUtf8("🤝"))->name == QString::fromUtf8("poignée de main"));
    const EmojiTable arabic(QStringLiteral("ar"));
    CHECK(found(arabic, "مصافحة").contains(QString::fromUtf8("🤝")));
    CHECK(EmojiTable(QStringLiteral("xx")).find(QString::fromUtf8("🤝"))->name ==
          QStringLiteral("handshake"));
    for (int group = 0; group < EmojiTable::kGroups; ++group)
        CHECK(std::any_of(english.all().begin(), english.all().end(),
                          [&](const Emoji& e) { return e.group == group; }));
}

TEST_CASE("the table of emoji is what its generator makes of Unicode's lists") {
    if (!QFile::exists(QStringLiteral("/usr/share/unicode/emoji/emoji-test.txt")) ||
        !QFile::exists(QStringLiteral("/usr/share/unicode/cldr/common/annotations/en.xml"))) {
        WARN("skipped: the packages unicode-data and unicode-cldr-core are not installed");
        return;
    }
    QFile lists(QStringLiteral("/usr/share/unicode/emoji/emoji-test.txt"));
    REQUIRE(lists.open(QIODevice::ReadOnly));
    if (!lists.read(400).contains("Version: 15.0")) {
        WARN("skipped: the installed lists are of another version than the table");
        return;
    }
    const QString folder = QStringLiteral(VALISE_SOURCE_DIR "/resources/emoji/");
    CHECK(QProcess::execute(QStringLiteral("python3"),
                            {folder + QStringLiteral("generate.py"), QStringLiteral("--check"),
                             folder + QStringLiteral("emoji.tsv")}) == 0);
}

TEST_CASE("recent emoji stand first, each once, and not without end") {
    RecentEmoji recent;
    CHECK(recent.quick(6).size() == 6);
    recent.use(QStringLiteral("A"));
    recent.use(QStringLiteral("B"));
    recent.use(QStringLiteral("A"));
    CHECK(recent.asText() == QStringLiteral("A B"));
    CHECK(recent.quick(6).mid(0, 2) == QStringList{QStringLiteral("A"), QStringLiteral("B")});
    for (int i = 0; i < 100; ++i)
        recent.use(QString::number(i));
    CHECK(recent.all().size() == RecentEmoji::kMost);
    RecentEmoji again;
    again.setText(recent.asText());
    CHECK(again.all() == recent.all());
}

TEST_CASE("an emoji is chosen by keys alone, and by mouse") {
    uitest::application();
    Theme theme;
    const EmojiTable table(QStringLiteral("en"));
    auto* picker = new EmojiPicker(&table, RecentEmoji(), &theme, nullptr);
    picker->setAttribute(Qt::WA_DeleteOnClose, false);
    QSignalSpy chosen(picker, &EmojiPicker::chosen);
    picker->popup(QPoint(300, 500));
    CHECK(picker->grid()->count() == RecentEmoji().quick(RecentEmoji::kMost).size());
    QTest::keyClicks(picker->searchField(), QStringLiteral("handshake"));
    QTest::keyClick(picker->searchField(), Qt::Key_Return);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).toString() == QString::fromUtf8("🤝"));
    CHECK_FALSE(picker->isVisible());
    picker->popup(QPoint(300, 500));
    auto groups = picker->findChildren<QToolButton*>();
    QTest::mouseClick(groups.at(1), Qt::LeftButton);
    CHECK(picker->grid()->count() > 100);
    QTest::mouseClick(picker->grid()->viewport(), Qt::LeftButton, {},
                      picker->grid()->visualItemRect(picker->grid()->item(0)).center());
    REQUIRE(chosen.size() == 2);
    CHECK(chosen.at(1).at(0).toString() == QString::fromUtf8("😀"));
    picker->popup(QPoint(300, 500));
    QTest::keyClick(picker->searchField(), Qt::Key_Escape);
    CHECK_FALSE(picker->isVisible());
    CHECK(chosen.size() == 2);
    for (auto* button : groups)
        CHECK_FALSE(button->accessibleName().isEmpty());
    delete picker;
}
