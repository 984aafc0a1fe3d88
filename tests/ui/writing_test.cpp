// SPDX-License-Identifier: AGPL-3.0-or-later
// Mentions, formatting and pins, with keys and mouse.
#include "tests/ui/workspace_fixture.h"
#include "ui/conversation/text_marks.h"
#include "ui/format.h"
#include "ui/text/message_format.h"

#include <QListWidget>
#include <QPushButton>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;

namespace {

const QString kIngrid = QStringLiteral("npub1sn0wdenkukak0d9dfczzeacvhkrgz92ak56egt7vdgzn8pv2wfqqhrjdv9");
const QString kMei = QStringLiteral("npub1mei0000000000000000000000000000000000000000000000000000meilin");

struct Fixture : uitest::WorkspaceFixture {
    Fixture() {
        client::MemberRecord ingrid{"ingrid", QStringLiteral("Ingrid Nordli"), kIngrid};
        client::MemberRecord mei{"mei", QStringLiteral("Mei Lin"), kMei};
        client::MemberRecord self{"self", QStringLiteral("Lea Marchetti"), QStringLiteral("npub1self")};
        self.self = true;
        space->page()->setMembers(invented::allies(), {self, ingrid, mei});
    }
    QListWidget* offered() const { return space->page()->composer()->mentions()->list(); }
    void select(int from, int to) const {
        QTextCursor cursor = field()->textCursor();
        cursor.setPosition(from);
        cursor.setPosition(to, QTextCursor::KeepAnchor);
        field()->setTextCursor(cursor);
    }
    QString text() const { return field()->toPlainText(); }
};

} // namespace

TEST_CASE("a member is mentioned with @, chosen with keys or mouse, and sent by address") {
    Fixture f;
    QSignalSpy sent(f.space->page()->composer(), &Composer::sendRequested);
    QTest::keyClicks(f.field(), QStringLiteral("Ask @"));
    REQUIRE_FALSE(f.offered()->isHidden());
    CHECK(f.offered()->count() == 2); // not oneself
    QTest::keyClicks(f.field(), QStringLiteral("nord"));
    REQUIRE(f.offered()->count() == 1);
    QTest::keyClick(f.field(), Qt::Key_Return);
    CHECK(sent.isEmpty());
    CHECK(f.text() == QStringLiteral("Ask @Ingrid Nordli "));
    QTest::keyClicks(f.field(), QStringLiteral("and @me"));
    QTest::mouseClick(f.offered()->viewport(), Qt::LeftButton, {},
                      f.offered()->visualItemRect(f.offered()->item(0)).center());
    CHECK(f.text() == QStringLiteral("Ask @Ingrid Nordli and @Mei Lin "));
    CHECK(f.offered()->isHidden());
    QTest::keyClick(f.field(), Qt::Key_Return);
    REQUIRE(sent.size() == 1);
    CHECK(sent.at(0).at(1).toString() == QStringLiteral("Ask nostr:%1 and nostr:%2").arg(kIngrid, kMei));
    // An e-mail address mentions nobody, nor does the beginning of another word.
    QTest::keyClicks(f.field(), QStringLiteral("ingrid@nord"));
    CHECK(f.offered()->isHidden());
    f.space->page()->composer()->setDraft({});
    QTest::keyClicks(f.field(), QStringLiteral("@Mei Lins"));
    QTest::keyClick(f.field(), Qt::Key_Return);
    REQUIRE(sent.size() == 2);
    CHECK(sent.at(1).at(1).toString() == QStringLiteral("@Mei Lins"));
}

TEST_CASE("mentions are shown, spoken, copied and edited as names") {
    Fixture f;
    auto message =
        invented::message(1, QStringLiteral("Jean Kagabo"),
                          QStringLiteral("Ask nostr:%1, **please nostr:%1**").arg(kIngrid), 1'700'000'000);
    std::get<client::TextContent>(message.content).mentions = {
        {kIngrid, QStringLiteral("Ingrid Nordli"), false}};
    client::MessagePage page;
    page.conversation = invented::allies();
    page.messages << message;
    auto own = message;
    own.row = 2;
    own.own = true;
    own.eventId = QByteArray(32, 'x');
    page.messages << own;
    f.space->page()->timelineModel()->setPage(page);
    CHECK(f.view()->describe(0).contains(QStringLiteral("Ask @Ingrid Nordli, **please @Ingrid Nordli**")));
    f.view()->showRow(2);
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_E);
    CHECK(f.text() == QStringLiteral("Ask @Ingrid Nordli, **please @Ingrid Nordli**"));
    const TextBlock block = parseText(message.text(), message.mentions()).first();
    CHECK(block.text == QStringLiteral("Ask @Ingrid Nordli, please @Ingrid Nordli"));
    CHECK(block.spans.contains(TextSpan{4, 14, TextSpan::Mention}));
    CHECK(block.spans.contains(TextSpan{20, 7, TextSpan::Bold}));
    // An address that nobody knows stays one, and code is code.
    CHECK(parseText(message.text()).first().text.contains(kIngrid));
    CHECK(parseText(QStringLiteral("`nostr:%1`").arg(kIngrid), message.mentions())
              .first()
              .text.contains(kIngrid));
}

TEST_CASE("two members of one name are told apart by their addresses") {
    Fixture f;
    client::MemberRecord one{"a", QStringLiteral("Mei Lin"), kMei};
    client::MemberRecord two{"b", QStringLiteral("mei lin"), kIngrid};
    f.space->page()->setMembers(invented::allies(), {one, two});
    QSignalSpy sent(f.space->page()->composer(), &Composer::sendRequested);
    QTest::keyClicks(f.field(), QStringLiteral("@mei"));
    REQUIRE(f.offered()->count() == 2);
    QTest::keyClick(f.field(), Qt::Key_Down);
    QTest::keyClick(f.field(), Qt::Key_Tab);
    QTest::keyClick(f.field(), Qt::Key_Return);
    REQUIRE(sent.size() == 1);
    CHECK(sent.at(0).at(1).toString() == QStringLiteral("nostr:%1").arg(kIngrid));
}

TEST_CASE("the list marks conversations where one is mentioned") {
    Fixture f;
    auto all = invented::conversations();
    all[0].mentions = 1;
    f.space->setConversations(all);
    const QModelIndex index = f.space->listModel()->indexOf(all[0].id);
    CHECK(index.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("mentions you")));
}

TEST_CASE("keys format the selection and take the format away again") {
    Fixture f;
    f.space->page()->composer()->setDraft(QStringLiteral("the baseline of 2024"));
    struct Case {
        Qt::KeyboardModifiers modifiers;
        Qt::Key key;
        const char* text;
    };
    const Case cases[] = {{Qt::ControlModifier, Qt::Key_B, "the **baseline** of 2024"},
                          {Qt::ControlModifier, Qt::Key_I, "the _baseline_ of 2024"},
                          {Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_X, "the ~~baseline~~ of 2024"},
                          {Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_C, "the `baseline` of 2024"},
                          {Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_Q, "> the baseline of 2024"},
                          {Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_L, "- the baseline of 2024"}};
    for (const Case& c : cases) {
        INFO(c.text);
        f.select(4, 12);
        QTest::keyClick(f.field(), c.key, c.modifiers);
        CHECK(f.text() == QString::fromLatin1(c.text));
        CHECK(f.field()->textCursor().hasSelection());
        QTest::keyClick(f.field(), c.key, c.modifiers);
        CHECK(f.text() == QStringLiteral("the baseline of 2024"));
    }
    // Blanks at the ends stay outside; part of a word is italic too.
    f.select(3, 13);
    QTest::keyClick(f.field(), Qt::Key_B, Qt::ControlModifier);
    CHECK(f.text() == QStringLiteral("the **baseline** of 2024"));
    QTest::keyClick(f.field(), Qt::Key_Z, Qt::ControlModifier);
    CHECK(f.text() == QStringLiteral("the baseline of 2024"));
    f.select(4, 8);
    QTest::keyClick(f.field(), Qt::Key_I, Qt::ControlModifier);
    CHECK(f.text() == QStringLiteral("the *base*line of 2024"));
    CHECK(parseText(f.text()).first().spans == QVector<TextSpan>{{4, 4, TextSpan::Italic}});
    // Nothing selected: one writes between the marks.
    f.space->page()->composer()->setDraft({});
    QTest::keyClick(f.field(), Qt::Key_B, Qt::ControlModifier);
    QTest::keyClicks(f.field(), QStringLiteral("now"));
    CHECK(f.text() == QStringLiteral("**now**"));
}

TEST_CASE("whole lines become quotations, lists and code") {
    Fixture f;
    f.space->page()->composer()->setDraft(QStringLiteral("one\ntwo\nthree"));
    f.select(1, 6);
    QTest::keyClick(f.field(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(f.text() == QStringLiteral("- one\n- two\nthree"));
    QTest::keyClick(f.field(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(f.text() == QStringLiteral("one\ntwo\nthree"));
    f.select(0, 7);
    QTest::keyClick(f.field(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(f.text() == QStringLiteral("```\none\ntwo\n```\nthree"));
    QTest::keyClick(f.field(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(f.text() == QStringLiteral("one\ntwo\nthree"));
}

TEST_CASE("the format bar is there while something is selected") {
    Fixture f;
    FormatBar* bar = f.space->page()->composer()->formatBar();
    f.space->page()->composer()->setDraft(QStringLiteral("the baseline"));
    CHECK_FALSE(bar->isVisible());
    f.select(4, 12);
    REQUIRE(bar->isVisible());
    QTest::mouseClick(bar->button(TextMark::Bold), Qt::LeftButton);
    CHECK(f.text() == QStringLiteral("the **baseline**"));
    CHECK(bar->isVisible());
    f.select(0, 0);
    CHECK_FALSE(bar->isVisible());
}

TEST_CASE("a pinned message stands below the header and leads there") {
    Fixture f;
    QSignalSpy pin(f.space->page(), &ConversationPage::pinRequested);
    f.view()->showRow(2);
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_P);
    REQUIRE(pin.size() == 1);
    CHECK(pin.at(0).at(1).toLongLong() == 2);
    CHECK(pin.at(0).at(2).toBool());
    auto first = f.space->page()->timelineModel()->at(1);
    auto second = f.space->page()->timelineModel()->at(3);
    first.pinned = second.pinned = true;
    QSignalSpy wanted(f.space->page()->pinnedStrip(), &PinnedStrip::messagesWanted);
    f.space->page()->changeMessage(first);
    CHECK(wanted.size() == 1);
    PinnedStrip* strip = f.space->page()->pinnedStrip();
    CHECK_FALSE(strip->isVisible());
    f.space->page()->pinnedStrip()->setMessages("another", {first});
    CHECK_FALSE(strip->isVisible());
    f.space->page()->pinnedStrip()->setMessages(invented::allies(), {first, second});
    REQUIRE(strip->isVisible());
    CHECK(strip->accessibleName().contains(first.senderName));
    QTest::keyClick(f.view(), Qt::Key_End);
    QTest::mouseClick(strip, Qt::LeftButton, {}, strip->rect().center());
    CHECK(f.view()->focusedIndex() == 1);
    // Then to the next; Enter does it too.
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Return);
    CHECK(f.view()->focusedIndex() == 3);
    QTest::mouseClick(strip->unpinButton(), Qt::LeftButton);
    REQUIRE(pin.size() == 2);
    CHECK(pin.at(1).at(1).toLongLong() == first.row);
    CHECK_FALSE(pin.at(1).at(2).toBool());
    // It goes with its conversation.
    f.space->openConversation(
        f.space->listModel()->index(1).data(ConversationListModel::IdRole).toByteArray());
    CHECK_FALSE(strip->isVisible());
}
