// SPDX-License-Identifier: AGPL-3.0-or-later
// A person's actions on messages, with the mouse and with keys, in the whole window.
#include "tests/ui/workspace_fixture.h"
#include "ui/conversation/message_menu.h"
#include "ui/conversation/quick_reactions.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

namespace {

//! Rows of invented::page(): 1 system, 2 Ingrid, 3 and 4 Jean, 5 own reply, 6 and 7 Amina, 8 own.
constexpr int kQuestion = 1;
constexpr int kAnnex = 3;
constexpr int kOwnReply = 4;

MessageMenu* openMenu(Fixture& f, int index) {
    f.view()->showRow(f.space->page()->timelineModel()->at(index).row);
    const QPoint at = f.view()->bubbleRect(index).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, f.view()->viewport()->mapToGlobal(at));
    QApplication::sendEvent(f.view()->viewport(), &event);
    auto menus = f.view()->findChildren<MessageMenu*>();
    return menus.isEmpty() ? nullptr : menus.last();
}

QAction* find(MessageMenu* menu, MessageAction action) {
    for (QAction* entry : menu->actions())
        if (entry->data().isValid() && entry->data().toInt() == static_cast<int>(action))
            return entry;
    return nullptr;
}

} // namespace

TEST_CASE("the menu offers what a message allows") {
    Fixture f;
    auto* theirs = openMenu(f, kQuestion);
    REQUIRE(theirs);
    CHECK(find(theirs, MessageAction::Reply));
    CHECK_FALSE(find(theirs, MessageAction::Edit));
    CHECK(find(theirs, MessageAction::Reply)->shortcut() == QKeySequence(Qt::Key_R));
    QSignalSpy stars(f.space->page(), &ConversationPage::starRequested);
    // By keys: the entry is reached with the arrows and taken with Enter.
    while (theirs->activeAction() != find(theirs, MessageAction::Star))
        QTest::keyClick(theirs, Qt::Key_Down);
    QTest::keyClick(theirs, Qt::Key_Return);
    REQUIRE(stars.size() == 1);
    CHECK(stars.at(0).at(1).toLongLong() == 2);
    CHECK(stars.at(0).at(2).toBool());

    auto* own = openMenu(f, kOwnReply);
    REQUIRE(own);
    CHECK(find(own, MessageAction::Edit));
    own->close();
    auto page = invented::discussedPage();
    f.space->page()->timelineModel()->setPage(page);
    auto* deleted = openMenu(f, 2);
    REQUIRE(deleted);
    CHECK_FALSE(find(deleted, MessageAction::Reply));
    CHECK_FALSE(find(deleted, MessageAction::Copy));
    CHECK(find(deleted, MessageAction::Delete));
    deleted->close();
    // In a conversation where this account cannot write, reading and keeping are still possible.
    auto left = *f.space->currentRecord();
    left.state = client::ConversationState::Left;
    f.space->updateConversation(left);
    auto* closed = openMenu(f, kQuestion);
    REQUIRE(closed);
    CHECK_FALSE(find(closed, MessageAction::Reply));
    CHECK_FALSE(find(closed, MessageAction::React));
    CHECK(find(closed, MessageAction::Copy));
    closed->close();
}

TEST_CASE("reactions are given and taken back by the quick row, the chips and the key") {
    Fixture f;
    QSignalSpy reacted(f.space->page(), &ConversationPage::reactionRequested);
    QSignalSpy recent(f.space->page()->emoji(), &EmojiChooser::recentChanged);
    auto* menu = openMenu(f, kQuestion);
    REQUIRE(menu);
    auto* quick = menu->findChild<QuickReactions*>();
    REQUIRE(quick);
    QTest::mouseClick(quick->findChildren<QToolButton*>().at(1), Qt::LeftButton);
    REQUIRE(reacted.size() == 1);
    CHECK(reacted.at(0).at(1).toByteArray() == f.space->page()->timelineModel()->at(kQuestion).eventId);
    CHECK(reacted.at(0).at(2).toString() == QStringLiteral("🤝"));
    CHECK(reacted.at(0).at(3).toBool());
    CHECK(recent.last().at(0).toString() == QStringLiteral("🤝"));

    // A chip joins a reaction, or takes the own one back.
    f.view()->showRow(4);
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {}, f.view()->reactionRect(kAnnex, 0).center());
    REQUIRE(reacted.size() == 2);
    CHECK(reacted.at(1).at(2).toString() == QStringLiteral("👍"));
    CHECK_FALSE(reacted.at(1).at(3).toBool());
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {}, f.view()->reactionRect(kAnnex, 1).center());
    REQUIRE(reacted.size() == 3);
    CHECK(reacted.at(2).at(3).toBool());

    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_Plus);
    auto* picker = f.space->findChild<EmojiPicker*>();
    REQUIRE(picker);
    QTest::keyClicks(picker->searchField(), QStringLiteral("eyes"));
    QTest::keyClick(picker->searchField(), Qt::Key_Return);
    CHECK(reacted.size() == 4);
}

TEST_CASE("buttons stand at the message under the pointer") {
    Fixture f;
    auto* bar = f.view()->hoverBar();
    CHECK_FALSE(bar->isVisible());
    f.view()->showRow(2);
    QTest::mouseMove(f.view()->viewport(), f.view()->bubbleRect(kQuestion).center());
    REQUIRE(bar->isVisible());
    CHECK(bar->geometry().intersects(f.view()->bubbleRect(kQuestion)));
    QTest::mouseClick(bar->button(MessageAction::Reply), Qt::LeftButton);
    CHECK(f.space->page()->composer()->replyTo() == f.space->page()->timelineModel()->at(kQuestion).eventId);
    QTest::mouseMove(f.view()->viewport(), QPoint(5, 2));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(f.view(), &leave);
    CHECK_FALSE(bar->isVisible());
}

TEST_CASE("a quote leads to what it answers, and back") {
    Fixture f;
    QSignalSpy around(f.space->page()->timelineModel(), &TimelineModel::aroundWanted);
    auto page = invented::page();
    page.messages = invented::many(100, 40) + page.messages;
    page.messages[40 + kOwnReply].quote.row = page.messages.first().row;
    f.space->page()->timelineModel()->setPage(page);
    const int reply = 40 + kOwnReply;
    REQUIRE(f.view()->quoteRect(reply).isValid());
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {}, f.view()->quoteRect(reply).center());
    CHECK(f.view()->rowRect(0).isValid());
    CHECK(f.view()->focusedIndex() == 0);
    auto* back = f.view()->findChild<QToolButton*>(QStringLiteral("jumpButton"));
    REQUIRE(back->isVisible());
    CHECK(back->accessibleName() == QStringLiteral("Go back to where you came from"));
    QTest::mouseClick(back, Qt::LeftButton);
    CHECK(f.view()->focusedIndex() == reply);
    CHECK(f.view()->rowRect(reply).isValid());
    CHECK(f.view()->returnRow() < 0);
    // The same with keys.
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_O);
    CHECK(f.view()->focusedIndex() == 0);
    QTest::keyClick(f.view(), Qt::Key_Backspace);
    CHECK(f.view()->focusedIndex() == reply);
    // The window asks for a quoted message that is not on its page.
    auto far = f.space->page()->timelineModel()->at(reply);
    far.quote.row = 7777;
    f.space->page()->timelineModel()->change(far);
    QTest::keyClick(f.view(), Qt::Key_O);
    REQUIRE(around.size() == 1);
    CHECK(around.at(0).at(1).toLongLong() == 7777);
}

TEST_CASE("several messages are chosen with keys and mouse, and copied, forwarded or deleted together") {
    Fixture f;
    QSignalSpy forwarded(f.space->page(), &ConversationPage::forwardRequested);
    QSignalSpy removed(f.space->page(), &ConversationPage::deleteRequested);
    auto* bar = f.space->page()->selectionBar();
    f.view()->showRow(3);
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_Space);
    REQUIRE(f.view()->isSelecting());
    CHECK(bar->isVisible());
    CHECK_FALSE(f.space->page()->composer()->isVisible());
    QTest::keyClick(f.view(), Qt::Key_Down);
    QTest::keyClick(f.view(), Qt::Key_Return);
    CHECK(f.view()->selectedMessages().size() == 2);
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {}, f.view()->bubbleRect(kQuestion).center());
    CHECK(f.view()->selectedMessages().size() == 3);
    CHECK(f.view()->selectedMessages().first().row == 2); // in the timeline's order
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {}, f.view()->bubbleRect(kQuestion).center());
    QTest::keyClick(f.view(), Qt::Key_C, Qt::ControlModifier);
    CHECK(QApplication::clipboard()->text() ==
          QStringLiteral("Jean Kagabo, 14:23: Non-paper rev 3 is with the secretariat.\n"
                         "Jean Kagabo, 14:24: Bracketed text is in annex B."));
    QTest::mouseClick(bar->forwardButton(), Qt::LeftButton);
    REQUIRE(forwarded.size() == 1);
    CHECK(forwarded.at(0).at(0).value<QVector<client::MessageRecord>>().size() == 2);
    QTest::mouseClick(bar->deleteButton(), Qt::LeftButton);
    REQUIRE(removed.size() == 1);
    CHECK(removed.at(0).at(1).value<QVector<client::MessageRecord>>().size() == 2);
    QTest::keyClick(f.view(), Qt::Key_Escape);
    CHECK_FALSE(f.view()->isSelecting());
    CHECK_FALSE(bar->isVisible());
    CHECK(f.space->page()->composer()->isVisible());

    // Ctrl and Shift, as in every list.
    f.view()->showRow(2);
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      f.view()->bubbleRect(kQuestion).center());
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                      f.view()->bubbleRect(kAnnex).center());
    CHECK(f.view()->selectedMessages().size() == 3);
    QTest::mouseClick(bar->cancelButton(), Qt::LeftButton);
    CHECK_FALSE(f.view()->isSelecting());
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      f.view()->bubbleRect(kQuestion).center());
    CHECK(f.view()->isSelecting());
    // Another conversation begins with nothing chosen.
    f.clickRow(1);
    CHECK_FALSE(f.view()->isSelecting());
}

TEST_CASE("deleted, edited, starred and reacted messages are read out as such") {
    Fixture f;
    f.space->page()->timelineModel()->setPage(invented::discussedPage());
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(f.view());
    const auto spoken = [&](int index) { return list->child(index)->text(QAccessible::Name); };
    CHECK(spoken(1).contains(QStringLiteral("Starred")));
    CHECK(spoken(1).contains(QStringLiteral("👍")));
    CHECK(spoken(2).contains(QStringLiteral("This message was deleted")));
    CHECK(spoken(4).contains(QStringLiteral("Edited")));
    CHECK(spoken(5).contains(QStringLiteral("in reply to Jean Kagabo: This message was deleted")));
}

TEST_CASE("a conversation opens at the unread line, and who goes past it finds the way back") {
    Fixture f;
    QSignalSpy around(f.space->page()->timelineModel(), &TimelineModel::aroundWanted);
    QSignalSpy newest(f.space->page()->timelineModel(), &TimelineModel::newestWanted);
    f.view()->setUnreadOnOpen(41);
    client::MessagePage page;
    page.conversation = invented::allies();
    page.messages = invented::many(1, 60);
    page.firstUnreadRow = 20;
    f.space->page()->timelineModel()->setPage(page);
    CHECK(f.view()->rowRect(19).isValid());
    CHECK_FALSE(f.view()->atNewest());
    CHECK_FALSE(f.view()->unreadButton()->isVisible());
    auto* jump = f.view()->findChild<QToolButton*>(QStringLiteral("jumpButton"));
    QTest::mouseClick(jump, Qt::LeftButton);
    REQUIRE(f.view()->atNewest());
    REQUIRE(f.view()->unreadButton()->isVisible());
    QTest::mouseClick(f.view()->unreadButton(), Qt::LeftButton);
    CHECK(f.view()->rowRect(19).isValid());
    CHECK_FALSE(f.view()->unreadButton()->isVisible());
    // The same when the newest are on another page than the line.
    page.messages = invented::many(1, 60);
    page.hasNewer = true;
    f.space->page()->timelineModel()->setPage(page);
    QTest::mouseClick(jump, Qt::LeftButton);
    REQUIRE(newest.size() > 0);
    page.messages = invented::many(400, 60);
    page.hasNewer = false;
    page.firstUnreadRow = 0;
    f.space->page()->timelineModel()->setPage(page);
    REQUIRE(f.view()->unreadButton()->isVisible());
    f.window->activateWindow();
    REQUIRE(uitest::eventually([&] { return f.window->isActiveWindow(); }));
    QTest::keyClick(f.window.get(), Qt::Key_U, Qt::ControlModifier);
    REQUIRE(around.size() == 1);
    CHECK(around.at(0).at(1).toLongLong() == 20);
    // Another conversation knows nothing of it.
    f.clickRow(1);
    CHECK_FALSE(f.view()->unreadButton()->isVisible());
}

TEST_CASE("bad content stays small") {
    Fixture f;
    client::MessagePage page;
    page.conversation = invented::allies();
    const auto add = [&](const QString& text) {
        page.messages << invented::message(page.messages.size() + 1, QStringLiteral("Jean Kagabo"), text,
                                           1'700'000'000 + page.messages.size());
    };
    add(QString(10'000'000, QLatin1Char('w')));
    add(QStringLiteral("z") + QString(100'000, QChar(0x0301)));
    add(QStringLiteral("a\n").repeated(100'000));
    add(QString(50'000, QChar(0x200B)) + QStringLiteral("\u202Edesrever"));
    add(QStringLiteral("**_~~`").repeated(50'000));
    add(QStringLiteral("<img src=x onerror=alert(1)><b>not bold</b>"));
    auto liked = invented::message(50, QStringLiteral("Jean Kagabo"), QStringLiteral("liked"), 1'700'000'100);
    for (int i = 0; i < 100; ++i)
        liked.reactions.append({QStringLiteral("reaction %1 ").arg(i).repeated(3), 1, false, {}});
    page.messages << liked;
    f.space->page()->timelineModel()->setPage(page);
    for (int i = 0; i < f.space->page()->timelineModel()->count(); ++i) {
        f.view()->showRow(f.space->page()->timelineModel()->at(i).row);
        INFO("message " << i);
        CHECK(f.view()->bubbleRect(i).height() > 0);
        CHECK(f.view()->bubbleRect(i).height() < 900);
        CHECK(f.view()->bubbleRect(i).right() < f.view()->width());
    }
    f.view()->grab();
    // A long message is shown whole when asked.
    add(QStringLiteral("line\n").repeated(60));
    f.space->page()->timelineModel()->setPage(page);
    const int last = f.space->page()->timelineModel()->count() - 1;
    f.view()->showRow(page.messages.last().row);
    const QRect folded = f.view()->bubbleRect(last);
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {},
                      QPoint(folded.left() + 40, folded.bottom() - 30));
    CHECK(f.view()->bubbleRect(last).height() > folded.height() + 300);
}
