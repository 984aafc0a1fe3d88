// SPDX-License-Identifier: AGPL-3.0-or-later
// The members of the open conversation: their rows stay, and with them the keyboard.
#include "tests/ui/workspace_fixture.h"
#include "ui/people/member_row.h"

#include <QPointer>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

namespace {

struct Members : Fixture {
    Members() {
        page()->setMembers(invented::allies(), all);
        space->setSidePanelShown(true);
    }
    //! Of the member at this place of the list; null if there is none.
    MemberRow* row(qsizetype place) const {
        for (MemberRow* one : page()->sidePanel()->findChildren<MemberRow*>())
            if (!one->isHidden() && one->member().key == all.at(place).key)
                return one;
        return nullptr;
    }
    void give() { page()->setMembers(invented::allies(), all); }
    const QWidget* focused() const { return window->focusWidget(); }

    QVector<client::MemberRecord> all = invented::members();
};

} // namespace

TEST_CASE("the keyboard stays at a member while messages and read marks come") {
    Members f;
    REQUIRE(f.all.size() >= 4);
    MemberRow* row = f.row(2);
    REQUIRE(row);
    row->setFocus();
    REQUIRE(f.focused() == row);

    auto message = invented::message(900, QStringLiteral("Mei Lin"), QStringLiteral("News"), 1'790'000'000);
    message.conversation = invented::allies();
    f.page()->addMessages({message});
    auto record = *f.space->currentRecord();
    record.lastText = message.text();
    record.unread = 1;
    f.space->updateConversation(record);
    record.unread = 0;
    record.draft = QStringLiteral("half a thought");
    f.space->updateConversation(record);
    f.space->setConnection(invented::waitingConnection());
    f.give();
    CHECK(f.row(2) == row);
    CHECK(f.focused() == row);
}

TEST_CASE("a member keeps the row when others come, go or change") {
    Members f;
    const QPointer<MemberRow> row = f.row(2);
    row->setFocus();

    f.all[2].name = QStringLiteral("Another name");
    f.all[2].admin = !f.all[2].admin;
    client::MemberRecord fresh;
    fresh.key = QByteArray(32, 'z');
    fresh.name = QStringLiteral("Aisha Noor");
    f.all.prepend(fresh);
    f.all.removeLast();
    f.give();
    REQUIRE(f.row(3) == row);
    CHECK(f.focused() == row);
    CHECK(row->accessibleName() == QStringLiteral("Another name"));
    // In the order of the list.
    for (qsizetype i = 1; i < f.all.size(); ++i)
        CHECK(f.row(i - 1)->y() <= f.row(i)->y());

    // The rights of this account change the menus, not the rows.
    auto record = *f.space->currentRecord();
    record.admin = !record.admin;
    f.space->updateConversation(record);
    CHECK(f.row(3) == row);
    CHECK(f.focused() == row);
}

TEST_CASE("the keyboard goes to the neighbour when a member is gone") {
    Members f;
    f.row(1)->setFocus();
    f.all.removeAt(1);
    f.give();
    CHECK(f.focused() == f.row(1));
    f.row(f.all.size() - 1)->setFocus();
    f.all.removeLast();
    f.give();
    CHECK(f.focused() == f.row(f.all.size() - 1));
}

TEST_CASE("members of another conversation are not shown, and the same ones are told once") {
    Members f;
    QSignalSpy told(f.page(), &ConversationPage::membersChanged);
    f.give();
    CHECK(told.isEmpty());
    f.page()->setMembers("another", f.all.mid(0, 1));
    CHECK(told.isEmpty());
    CHECK(f.row(2));
    f.all[1].verified = !f.all[1].verified;
    f.give();
    CHECK(told.size() == 1);
    f.clickRow(1);
    CHECK_FALSE(f.row(2));
}

TEST_CASE("a feature adds a bar and a panel to the conversation without the window knowing it") {
    Fixture f;
    auto* bar = new QPushButton(QStringLiteral("Join the call"), f.page());
    QObject::connect(
        f.page(), &ConversationPage::recordChanged, bar,
        [bar](const client::ConversationRecord& c) { bar->setVisible(c.id == invented::allies()); });
    f.page()->addBar(bar, ConversationPage::Place::BelowHeader);
    auto* panel = new QWidget;
    f.page()->addPanel(panel);
    f.clickRow(1);
    CHECK_FALSE(bar->isVisible());
    f.space->openConversation(invented::allies());
    QCoreApplication::sendPostedEvents();
    REQUIRE(bar->isVisible());
    CHECK(bar->geometry().top() >= f.page()->header()->geometry().bottom());
    CHECK(bar->geometry().bottom() < f.page()->timelineView()->geometry().top());
    // Tab goes there from the header.
    f.page()->header()->moreButton()->setFocus();
    const QWidget* next = f.page()->header()->moreButton();
    do
        next = next->nextInFocusChain();
    while (!next->isVisible() || !(next->focusPolicy() & Qt::TabFocus));
    CHECK(next == bar);

    f.space->setSidePanelShown(false);
    f.page()->showPanel(panel);
    CHECK(panel->isVisible());
    CHECK_FALSE(f.page()->sidePanel()->isVisible());
    f.page()->showPanel(nullptr);
    CHECK(f.page()->sidePanel()->isVisible());
}
