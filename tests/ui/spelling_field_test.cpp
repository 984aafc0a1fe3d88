// SPDX-License-Identifier: AGPL-3.0-or-later
// Spelling where one writes: real keys and the mouse, in the window.
#include "tests/ui/dictionary_fixture.h"
#include "tests/ui/workspace_fixture.h"

#include <QAccessible>
#include <QLabel>
#include <QMenu>
#include <QTextBlock>

using namespace valise;
using namespace valise::ui;
using uitest::DictionaryFolder;
using uitest::eventually;

namespace {

struct Fixture : uitest::WorkspaceFixture {
    Fixture() {
        folder.makeUsual();
        checker = std::make_unique<SpellChecker>(QStringList{folder.path()});
        space->page()->composer()->setSpellChecker(checker.get());
        checker->setSettings({true, false, {QStringLiteral("en_US"), QStringLiteral("fr")}});
        REQUIRE(eventually([&] { return checker->chosen().size() == 2; }));
        space->page()->composer()->setDraft({});
        window->activateWindow();
        REQUIRE(eventually([&] { return window->isActiveWindow(); }));
        field()->setFocus();
    }
    ~Fixture() { window.reset(); }
    QString text() const { return field()->toPlainText(); }
    void type(const char* words) const {
        // Letters beyond ASCII have no key of their own there.
        for (const QChar c : QString::fromUtf8(words))
            QTest::sendKeyEvent(QTest::Click, field(),
                                c.unicode() < 128 ? QTest::asciiToKey(c.toLatin1()) : Qt::Key_unknown,
                                QString(c), Qt::NoModifier);
    }
    FieldSpelling* spelling() const { return space->page()->composer()->spelling(); }
    QStringList marked() const {
        QStringList words;
        for (const MarkedWord& mark : spelling()->marks())
            words << text().mid(mark.start, mark.length);
        return words;
    }
    //! Once everything was answered that was asked before.
    QStringList markedInTheEnd() const {
        bool answered = false;
        checker->suggest(QStringLiteral("asked last"), field(), [&](const QStringList&) { answered = true; });
        REQUIRE(eventually([&] { return answered; }));
        return marked();
    }
    bool marks(const QStringList& words) const {
        return eventually([&] { return marked() == words; });
    }
    void moveTo(int position) const {
        QTextCursor cursor = field()->textCursor();
        cursor.setPosition(position);
        field()->setTextCursor(cursor);
    }
    QMenu* menu() const {
        REQUIRE(eventually([&] { return spelling()->menu() && spelling()->menu()->isVisible(); }));
        return spelling()->menu();
    }
    static QStringList suggestions(QMenu* menu) {
        QStringList words;
        for (const QAction* action : menu->actions())
            if (action->objectName() == QStringLiteral("suggestion"))
                words << action->text();
        return words;
    }
    static int index(QMenu* menu, const char* name) {
        for (int i = 0; i < menu->actions().size(); ++i)
            if (menu->actions().at(i)->objectName() == QLatin1String(name))
                return i;
        return -1;
    }
    //! The right button at a place of the text, as the window receives it.
    void rightClick(int position) const {
        QTextCursor cursor(field()->document());
        cursor.setPosition(position);
        const QPoint at = field()->viewport()->mapTo(window.get(), field()->cursorRect(cursor).center());
        QTest::mouseClick(window->windowHandle(), Qt::RightButton, {}, at);
    }

    DictionaryFolder folder;
    std::unique_ptr<SpellChecker> checker;
};

QStringList list(std::initializer_list<const char*> words) {
    QStringList out;
    for (const char* word : words)
        out << QString::fromUtf8(word);
    return out;
}

} // namespace

TEST_CASE("a misspelt word is marked when it was written, not while it is") {
    Fixture f;
    f.type("we acept");
    CHECK(f.markedInTheEnd().isEmpty());
    f.type(" ");
    CHECK(f.marks({QStringLiteral("acept")}));
    f.type("le traité");
    CHECK(f.markedInTheEnd() == list({"acept"}));
    // Back into a word it stays marked, until it is changed.
    f.moveTo(5);
    CHECK(f.marked() == list({"acept"}));
    QTest::keyClick(f.field(), Qt::Key_Backspace);
    CHECK(f.marked().isEmpty());
    f.type("a");
    CHECK(f.markedInTheEnd().isEmpty());
    // Within the word one goes on writing it; out of it one does not.
    QTest::keyClick(f.field(), Qt::Key_Right);
    CHECK(f.markedInTheEnd().isEmpty());
    QTest::keyClick(f.field(), Qt::Key_End);
    CHECK(f.marks({f.text().mid(3, 5)}));
    // Elsewhere in the window the last word was left too.
    f.type(" drafft");
    CHECK(f.markedInTheEnd().size() == 1);
    f.view()->setFocus();
    CHECK(eventually([&] { return f.marked().contains(QStringLiteral("drafft")); }));
}

TEST_CASE("a draft that comes back is marked at once, and nothing else is touched by marks") {
    Fixture f;
    QSignalSpy drafts(f.space->page()->composer(), &Composer::draftChanged);
    f.space->page()->composer()->setDraft(QStringLiteral("the drafft"));
    CHECK(f.marks({QStringLiteral("drafft")}));
    CHECK_FALSE(f.field()->document()->isUndoAvailable());
    for (QTextBlock block = f.field()->document()->begin(); block.isValid(); block = block.next())
        CHECK(block.layout()->formats().isEmpty());
    f.space->page()->composer()->flushDraft();
    CHECK(drafts.isEmpty());
    f.checker->setSettings({false, true, {}});
    CHECK(f.marked().isEmpty());
}

TEST_CASE("names of members, mentions, code and links are not marked") {
    Fixture f;
    client::MemberRecord ingrid{"ingrid", QStringLiteral("Ingrid Nordli"), QStringLiteral("npub1ingrid")};
    f.space->page()->setMembers(invented::allies(), {ingrid});
    f.space->page()->composer()->setDraft(
        QStringLiteral("@Ingrid Nordli the draft\nNordli we zzap\n`zzip` https://zzop.example\n"
                       "```\nzzup\n```\nzzep"));
    CHECK(f.marks(list({"zzap", "zzep"})));
}

TEST_CASE("the menu key offers what was meant, and choosing is one step back") {
    Fixture f;
    f.type("the treatty we accept");
    QTest::keyClick(f.field(), Qt::Key_Space);
    REQUIRE(f.marks({QStringLiteral("treatty")}));
    const int end = static_cast<int>(f.text().size());
    f.moveTo(6);
    QTest::keyClick(f.field(), Qt::Key_Menu);
    QMenu* menu = f.menu();
    const QStringList offered = Fixture::suggestions(menu);
    REQUIRE_FALSE(offered.isEmpty());
    CHECK(offered.size() <= 6);
    CHECK(offered.first() == QStringLiteral("treaty"));
    // Suggestions on top, then what to do with the word, then the usual menu.
    CHECK(Fixture::index(menu, "suggestion") == 0);
    const int add = Fixture::index(menu, "addWord");
    CHECK(add == offered.size() + 1);
    CHECK(Fixture::index(menu, "ignoreWord") == add + 1);
    CHECK(menu->actions().size() > add + 6);
    CHECK(menu->activeAction() == menu->actions().first());
    QTest::keyClick(menu, Qt::Key_Return);
    CHECK(f.text() == QStringLiteral("the treaty we accept "));
    CHECK(f.field()->textCursor().position() == 10); // behind the word it stood in
    CHECK(f.markedInTheEnd().isEmpty());
    QTest::keyClick(f.field(), Qt::Key_Z, Qt::ControlModifier);
    CHECK(f.text() == QStringLiteral("the treatty we accept "));
    QTest::keyClick(f.field(), Qt::Key_Y, Qt::ControlModifier);
    CHECK(f.text() == QStringLiteral("the treaty we accept "));
    // The typed text is a step of its own, apart from the replacement.
    QTest::keyClick(f.field(), Qt::Key_Z, Qt::ControlModifier);
    f.moveTo(end);
    QTest::keyClick(f.field(), Qt::Key_Z, Qt::ControlModifier);
    CHECK(f.text() != QStringLiteral("the treatty we accept "));
}

TEST_CASE("the right button opens the menu of the word under it, and the caret stays") {
    Fixture f;
    f.type("the treatty and le trait\xC3\xA9 ");
    REQUIRE(f.marks(list({"treatty", "and"})));
    const int caret = f.field()->textCursor().position();
    f.rightClick(7);
    QMenu* menu = f.menu();
    REQUIRE(Fixture::suggestions(menu).contains(QStringLiteral("treaty")));
    QAction* treaty = menu->actions().at(Fixture::suggestions(menu).indexOf(QStringLiteral("treaty")));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(treaty).center());
    CHECK(f.text() == QString::fromUtf8("the treaty and le traité "));
    CHECK(f.field()->textCursor().position() == caret - 1);
    CHECK(f.marked() == list({"and"}));
    // On a word that is right, the menu is the usual one.
    f.rightClick(1);
    menu = f.menu();
    CHECK(Fixture::index(menu, "addWord") < 0);
    CHECK(menu->actions().size() >= 6);
    QTest::keyClick(menu, Qt::Key_Escape);
    CHECK(eventually([&] { return !f.spelling()->menu(); }));
    // Nor does the empty end of the line belong to its last word.
    f.space->page()->composer()->setDraft(QStringLiteral("the treatty"));
    REQUIRE(f.marks(list({"treatty"})));
    const QPoint empty(f.field()->viewport()->width() - 10, f.field()->viewport()->height() / 2);
    QTest::mouseClick(f.window->windowHandle(), Qt::RightButton, {},
                      f.field()->viewport()->mapTo(f.window.get(), empty));
    menu = f.menu();
    CHECK(Fixture::index(menu, "addWord") < 0);
    QTest::keyClick(menu, Qt::Key_Escape);
}

TEST_CASE("a mark stands under its word where directions mix and lines break") {
    Fixture f;
    f.space->page()->composer()->setDraft(QString::fromUtf8("نقبل treatty المقترحة"));
    REQUIRE(f.marks(list({"treatty"})));
    const auto red = [&] {
        const QImage image = f.field()->viewport()->grab().toImage();
        const QColor colour = f.theme.palette().rest;
        QRect found;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const QColor c = image.pixelColor(x, y);
                if (std::abs(c.red() - colour.red()) + std::abs(c.green() - colour.green()) < 30)
                    found |= QRect(x, y, 1, 1);
            }
        return found;
    };
    const QRect mark = red();
    const int width = QFontMetrics(f.field()->font()).horizontalAdvance(QStringLiteral("treatty"));
    CHECK(std::abs(mark.width() - width) < 8);
    // Between the Arabic words, not at an end of the line.
    CHECK(f.field()->cursorForPosition(mark.center()).position() >= 5);
    CHECK(f.field()->cursorForPosition(mark.center()).position() <= 12);
    // A word that is longer than a line is marked on all of its lines.
    f.window->resize(760, 560);
    f.space->page()->composer()->setDraft(QString(64, QLatin1Char('w')) + QStringLiteral(" the"));
    REQUIRE(f.marks({QString(64, QLatin1Char('w'))}));
    REQUIRE(eventually([&] { return f.field()->document()->begin().layout()->lineCount() > 1; }));
    CHECK(red().height() > QFontMetrics(f.field()->font()).height());
}

TEST_CASE("Shift+F10 opens it too; words are added and ignored") {
    Fixture f;
    f.type("the zzyx qqyx ");
    REQUIRE(f.marks(list({"zzyx", "qqyx"})));
    f.moveTo(5);
    QTest::keyClick(f.field(), Qt::Key_F10, Qt::ShiftModifier);
    QMenu* menu = f.menu();
    CHECK(Fixture::suggestions(menu).isEmpty());
    CHECK_FALSE(menu->actions().first()->isEnabled()); // says that there are none
    QAction* add = menu->actions().at(Fixture::index(menu, "addWord"));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(add).center());
    CHECK(f.marked() == list({"qqyx"}));
    CHECK(f.checker->ownWords() == list({"zzyx"}));
    f.moveTo(10);
    QTest::keyClick(f.field(), Qt::Key_F10, Qt::ShiftModifier);
    menu = f.menu();
    QAction* ignore = menu->actions().at(Fixture::index(menu, "ignoreWord"));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(ignore).center());
    CHECK(f.marked().isEmpty());
    CHECK(f.checker->ownWords().size() == 1);
    CHECK(f.text() == QStringLiteral("the zzyx qqyx "));
}

TEST_CASE("a full list of own words is told") {
    Fixture f;
    QStringList many;
    for (int i = 0; i < SpellChecker::kMostOwnWords; ++i)
        many << QStringLiteral("w%1").arg(i);
    f.checker->setOwnWords(many.join(QLatin1Char('\n')));
    QSignalSpy notice(f.space->page()->composer(), &Composer::notice);
    f.type("zzyx ");
    REQUIRE(f.marks(list({"zzyx"})));
    f.moveTo(2);
    QTest::keyClick(f.field(), Qt::Key_Menu);
    QMenu* menu = f.menu();
    menu->actions().at(Fixture::index(menu, "addWord"))->trigger();
    menu->close();
    CHECK(notice.size() == 1);
    CHECK(f.marked() == list({"zzyx"}));
}

TEST_CASE("a text that changed under the menu is not changed by it") {
    Fixture f;
    f.type("the treatty ");
    REQUIRE(f.marks(list({"treatty"})));
    f.moveTo(6);
    QTest::keyClick(f.field(), Qt::Key_Menu);
    QMenu* menu = f.menu();
    REQUIRE_FALSE(Fixture::suggestions(menu).isEmpty());
    f.space->page()->composer()->setDraft(QStringLiteral("another conversation"));
    menu->actions().first()->trigger();
    menu->close();
    CHECK(f.text() == QStringLiteral("another conversation"));
}

TEST_CASE("marks are painted in the theme's colour, in high contrast too") {
    Fixture f;
    for (const Appearance& look :
         {Appearance{ThemeMode::Light, {}, {}, {}, 100}, Appearance{ThemeMode::Dark, {}, {}, {}, 100},
          Appearance{ThemeMode::Light, Contrast::High, {}, {}, 100},
          Appearance{ThemeMode::Dark, Contrast::High, {}, {}, 150}}) {
        f.theme.setAppearance(look);
        const QColor colour = f.theme.palette().rest;
        CHECK(contrastRatio(colour, f.theme.palette().bg) >= (f.theme.isHighContrast() ? 7.0 : 4.5));
        const auto painted = [&] {
            const QImage image = f.field()->viewport()->grab().toImage();
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) {
                    const QColor c = image.pixelColor(x, y);
                    if (std::abs(c.red() - colour.red()) + std::abs(c.green() - colour.green()) +
                            std::abs(c.blue() - colour.blue()) <
                        100) // smoothed: how far differs between versions of Qt
                        ++count;
                }
            return count;
        };
        f.space->page()->composer()->setDraft(QStringLiteral("the draft"));
        REQUIRE(f.marks({}));
        const int before = painted();
        f.space->page()->composer()->setDraft(QStringLiteral("the drafft"));
        REQUIRE(f.marks(list({"drafft"})));
        CHECK(painted() > before + 20);
    }
}

TEST_CASE("a long text is looked over without being noticed") {
    Fixture f;
    QString text;
    for (int i = 0; text.size() < 60'000; ++i)
        text += QStringLiteral("baseline treatty%1 ").arg(QString(1 + i % 40, QChar('a' + i % 26)));
    f.space->page()->composer()->setDraft(text);
    REQUIRE(eventually([&] { return f.spelling()->marks().size() > 1000; }));
    f.moveTo(0);
    // The text is checked, asked and answered again at every key; painting is only of what is seen.
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 10; ++i)
        f.type("a");
    CHECK(timer.elapsed() < 10 * 250);
}

TEST_CASE("assistive technology is told which word is misspelt, and can write as everybody else") {
    Fixture f;
    f.type("we acept the treaty");
    REQUIRE(f.marks({QStringLiteral("acept")}));
    QAccessibleInterface* told = QAccessible::queryAccessibleInterface(f.field());
    REQUIRE(told);
    CHECK(told->role() == QAccessible::EditableText);
    CHECK(told->state().editable);
    CHECK(told->state().multiLine);
    CHECK_FALSE(told->text(QAccessible::Name).isEmpty());
    CHECK(told->text(QAccessible::Value) == f.text());
    QAccessibleTextInterface* text = told->textInterface();
    REQUIRE(text);
    CHECK(text->characterCount() == f.text().size());
    CHECK(text->text(0, text->characterCount()) == f.text());
    int start = -1;
    int end = -1;
    for (int at = 3; at < 8; ++at) {
        CHECK(text->attributes(at, &start, &end) == QStringLiteral("invalid:spelling;"));
        CHECK(std::pair(start, end) == std::pair(3, 8));
    }
    CHECK(text->attributes(0, &start, &end).isEmpty());
    CHECK(std::pair(start, end) == std::pair(0, 3));
    CHECK(text->attributes(8, &start, &end).isEmpty());
    CHECK(std::pair(start, end) == std::pair(8, 19));
    // Beyond the text there is nothing, and nothing breaks.
    CHECK(text->attributes(4000, &start, &end).isEmpty());
    CHECK(text->attributes(-1, &start, &end).isEmpty());
    CHECK(text->text(15, 4000) == QStringLiteral("eaty"));

    CHECK(text->cursorPosition() == 19);
    text->setSelection(0, 3, 8);
    CHECK(f.field()->textCursor().selectedText() == QStringLiteral("acept"));
    CHECK(text->selectionCount() == 1);
    text->selection(0, &start, &end);
    CHECK(std::pair(start, end) == std::pair(3, 8));
    text->removeSelection(0);
    CHECK(text->selectionCount() == 0);
    const QRect place = text->characterRect(3);
    CHECK(place.width() > 0);
    CHECK(text->offsetAtPoint(place.center()) >= 3);
    CHECK(text->offsetAtPoint(place.center()) <= 4);

    QAccessibleEditableTextInterface* edit = told->editableTextInterface();
    REQUIRE(edit);
    edit->replaceText(3, 8, QStringLiteral("accept"));
    CHECK(f.text() == QStringLiteral("we accept the treaty"));
    CHECK(f.marks({}));
    edit->insertText(20, QStringLiteral("\nlike"));
    CHECK(text->text(20, 25) == QStringLiteral("\nlike"));
    edit->deleteText(2, 9);
    CHECK(f.text() == QStringLiteral("we the treaty\nlike"));
    told->setText(QAccessible::Value, QStringLiteral("draft"));
    CHECK(f.text() == QStringLiteral("draft"));
}
