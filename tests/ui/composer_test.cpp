// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/workspace_fixture.h"

#include <QLineEdit>
#include <QListWidget>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

TEST_CASE("with Ctrl+Enter chosen, Enter makes a line") {
    Fixture f;
    QSignalSpy sent(f.space->page()->composer(), &Composer::sendRequested);
    f.space->page()->composer()->setEnterSends(false);
    QTest::keyClicks(f.field(), QStringLiteral("one"));
    QTest::keyClick(f.field(), Qt::Key_Return);
    QTest::keyClicks(f.field(), QStringLiteral("two"));
    CHECK(sent.isEmpty());
    QTest::keyClick(f.field(), Qt::Key_Return, Qt::ControlModifier);
    REQUIRE(sent.size() == 1);
    CHECK(sent.at(0).at(1).toString() == QStringLiteral("one\ntwo"));
    f.space->page()->composer()->setEnterSends(true);
    QTest::keyClicks(f.field(), QStringLiteral("three"));
    QTest::keyClick(f.field(), Qt::Key_Return, Qt::ControlModifier);
    CHECK(sent.size() == 2);
}

TEST_CASE("an own message is edited where one writes, and what was being written comes back") {
    Fixture f;
    QSignalSpy edited(f.space->page()->composer(), &Composer::editRequested);
    QSignalSpy drafts(f.space->page()->composer(), &Composer::draftChanged);
    QTest::keyClicks(f.field(), QStringLiteral("half a thought"));
    const auto own = f.space->page()->timelineModel()->at(4);
    f.view()->showRow(own.row);
    QTest::keyClick(f.view(), Qt::Key_E);
    CHECK(f.field()->toPlainText() == own.text());
    CHECK(f.space->page()->composer()->editing() == own.eventId);
    const auto reported = drafts.size();
    QTest::keyClick(f.field(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(f.field(), QStringLiteral(" Thanks."));
    QTest::keyClick(f.field(), Qt::Key_Return);
    REQUIRE(edited.size() == 1);
    CHECK(edited.at(0).at(0).toByteArray() == invented::allies());
    CHECK(edited.at(0).at(1).toByteArray() == own.eventId);
    CHECK(edited.at(0).at(2).toString() == own.text() + QStringLiteral(" Thanks."));
    CHECK(f.field()->toPlainText() == QStringLiteral("half a thought"));
    CHECK(drafts.size() == reported); // an edit is no draft
    // Escape changes nothing, a reply ends it, and other people's messages cannot be edited.
    f.view()->showRow(own.row);
    QTest::keyClick(f.view(), Qt::Key_E);
    QTest::keyClick(f.field(), Qt::Key_Escape);
    CHECK(f.space->page()->composer()->editing().isEmpty());
    CHECK(f.field()->toPlainText() == QStringLiteral("half a thought"));
    f.view()->showRow(own.row);
    QTest::keyClick(f.view(), Qt::Key_E);
    f.view()->showRow(2);
    QTest::keyClick(f.view(), Qt::Key_R);
    CHECK(f.space->page()->composer()->editing().isEmpty());
    CHECK_FALSE(f.space->page()->composer()->replyTo().isEmpty());
    QTest::keyClick(f.field(), Qt::Key_Escape);
    f.view()->showRow(2);
    QTest::keyClick(f.view(), Qt::Key_E);
    CHECK(f.space->page()->composer()->editing().isEmpty());
    // Another conversation has nothing to do with it.
    f.view()->showRow(own.row);
    QTest::keyClick(f.view(), Qt::Key_E);
    f.clickRow(5);
    CHECK(f.space->page()->composer()->editing().isEmpty());
    CHECK(f.field()->toPlainText() == QStringLiteral("I can support para 7 if the review stays"));
    CHECK(edited.size() == 1);
}

TEST_CASE("Escape ends a reply or an edit wherever the keyboard is") {
    Fixture f;
    f.window->activateWindow();
    REQUIRE(uitest::eventually([&] { return f.window->isActiveWindow(); }));
    f.view()->showRow(2);
    QTest::keyClick(f.view(), Qt::Key_R);
    REQUIRE_FALSE(f.space->page()->composer()->replyTo().isEmpty());
    QTest::keyClick(f.field(), Qt::Key_Escape);
    CHECK(f.space->page()->composer()->replyTo().isEmpty());
    f.view()->showRow(5);
    QTest::keyClick(f.view(), Qt::Key_E);
    REQUIRE_FALSE(f.space->page()->composer()->editing().isEmpty());
    QTest::keyClick(f.view(), Qt::Key_Escape);
    CHECK(f.space->page()->composer()->editing().isEmpty());
}

TEST_CASE("a name between colons becomes an emoji, by keys and by itself") {
    Fixture f;
    auto* list = f.space->page()->composer()->completion()->list();
    QSignalSpy recent(f.space->page()->emoji(), &EmojiChooser::recentChanged);
    QSignalSpy sent(f.space->page()->composer(), &Composer::sendRequested);
    f.window->activateWindow();
    f.field()->setFocus();
    QTest::keyClicks(f.field(), QStringLiteral("Agreed :hands"));
    REQUIRE(list->isVisible());
    QTest::keyClick(f.field(), Qt::Key_Down);
    QTest::keyClick(f.field(), Qt::Key_Up);
    QTest::keyClick(f.field(), Qt::Key_Return);
    CHECK(sent.isEmpty());
    CHECK(f.field()->toPlainText() == QStringLiteral("Agreed 🤝 "));
    CHECK_FALSE(list->isVisible());
    CHECK(recent.last().at(0).toString() == QStringLiteral("🤝"));
    QTest::keyClicks(f.field(), QStringLiteral(":thumbs_up:"));
    CHECK(f.field()->toPlainText() == QStringLiteral("Agreed 🤝 👍 "));
    // Times, addresses and what does not exist are left alone; Escape puts the offer away.
    f.space->page()->composer()->setDraft({});
    QTest::keyClicks(f.field(), QStringLiteral("at 16:00 http://th :q :zzzz"));
    CHECK_FALSE(list->isVisible());
    QTest::keyClicks(f.field(), QStringLiteral(" :thumb"));
    REQUIRE(list->isVisible());
    QTest::keyClick(f.field(), Qt::Key_Escape);
    CHECK_FALSE(list->isVisible());
    CHECK(f.field()->toPlainText().endsWith(QStringLiteral(":thumb")));
    QTest::keyClick(f.field(), Qt::Key_Return);
    CHECK(sent.size() == 1);
}

TEST_CASE("the button opens all emoji and puts the chosen one where one writes") {
    Fixture f;
    QTest::keyClicks(f.field(), QStringLiteral("ok"));
    QTest::mouseClick(f.space->page()->composer()->emojiButton(), Qt::LeftButton);
    auto* picker = f.space->findChild<EmojiPicker*>();
    REQUIRE(picker);
    QTest::keyClicks(picker->searchField(), QStringLiteral("handshake"));
    QTest::keyClick(picker->searchField(), Qt::Key_Return);
    CHECK(f.field()->toPlainText() == QStringLiteral("ok🤝"));
}

TEST_CASE("a group says who will read before the first message and when somebody joined") {
    Fixture f;
    auto* composer = f.space->page()->composer();
    CHECK(composer->audience().isEmpty());
    f.space->page()->setAudience(invented::allies(), {14, 10, true, {}});
    CHECK(composer->audience() ==
          QStringLiteral("14 members will read what you write. You have not verified 10 of them."));
    f.space->page()->setAudience(invented::allies(), {14, 0, false, {}});
    CHECK(composer->audience().isEmpty());
    f.space->page()->setAudience(invented::allies(), {15, 0, false, {QStringLiteral("Mei Lin")}});
    CHECK(composer->audience() ==
          QStringLiteral("New since you last wrote here: Mei Lin. 15 members will read what you write."));
    f.clickRow(1); // a direct conversation
    CHECK(composer->audience().isEmpty());
    f.space->page()->setAudience(invented::allies(), {14, 10, true, {}}); // a late answer
    CHECK(composer->audience().isEmpty());
}
