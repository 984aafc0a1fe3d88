// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/workspace_fixture.h"
#include "ui/dialogs/confirm_sheet.h"
#include "ui/error_text.h"
#include "ui/people/group_controller.h"
#include "ui/people/group_servers_sheet.h"
#include "ui/people/member_row.h"
#include "ui/people/retention_sheet.h"

#include <QComboBox>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

namespace {

struct Managed : Fixture {
    Managed() {
        auto record = *space->currentRecord();
        record.admin = true;
        record.retentionSeconds = 30 * 86'400;
        record.relays = {QStringLiteral("wss://relay.kasara.example")};
        space->updateConversation(record);
        space->page()->setMembers(invented::allies(), invented::members());
        space->setSidePanelShown(true);
    }
    MemberRow* row(int index) const {
        // Rows of before are hidden until they are deleted.
        QVector<MemberRow*> shown;
        for (MemberRow* one : space->page()->sidePanel()->findChildren<MemberRow*>())
            if (!one->isHidden())
                shown << one;
        return shown.at(index);
    }
    //! The menu of a member, opened with the keyboard.
    QMenu* menu(int index) const {
        row(index)->setFocus();
        QTest::keyClick(row(index), Qt::Key_Return);
        return row(index)->findChild<QMenu*>(QStringLiteral("memberMenu"));
    }
    static QAction* action(const QMenu* menu, const QString& begin) {
        for (QAction* one : menu->actions())
            if (one->text().startsWith(begin))
                return one;
        return nullptr;
    }
    QPushButton* button(const QString& text) const {
        for (QPushButton* one : space->page()->sidePanel()->findChildren<QPushButton*>())
            if (one->text() == text)
                return one;
        return nullptr;
    }
    template <typename T>
    T* sheet() const {
        for (T* one : window->template findChildren<T*>())
            if (one->isVisible())
                return one;
        return nullptr;
    }
};

} // namespace

TEST_CASE("an administrator makes others administrators, and takes the rights back, only after a question") {
    Managed f;
    client::Client client;
    new GroupController(&client, &f.theme, f.space->page()->sidePanel(), f.space->page()->requestBar());
    QSignalSpy asked(f.space->page()->sidePanel(), &SidePanel::administratorWanted);
    const auto members = invented::members();
    int plain = -1;
    int other = -1;
    int self = -1;
    for (int i = 0; i < members.size(); ++i) {
        if (members.at(i).self)
            self = i;
        else if (members.at(i).admin)
            other = i;
        else
            plain = i;
    }
    REQUIRE(std::min({plain, other, self}) >= 0);
    QMenu* menu = f.menu(plain);
    REQUIRE(menu);
    REQUIRE(Managed::action(menu, QStringLiteral("Let manage")));
    CHECK_FALSE(Managed::action(menu, QStringLiteral("Take the right")));
    Managed::action(menu, QStringLiteral("Let manage"))->trigger();
    menu->close();
    REQUIRE(asked.size() == 1);
    CHECK(asked.at(0).at(1).value<client::MemberRecord>().key == members.at(plain).key);
    CHECK(asked.at(0).at(2).toBool());
    auto* sheet = f.sheet<ConfirmSheet>();
    REQUIRE(sheet);
    CHECK(sheet->windowTitle() ==
          QStringLiteral("Let %1 manage this conversation?").arg(members.at(plain).name));
    // Enter is not yes.
    QTest::keyClick(sheet, Qt::Key_Return);
    CHECK_FALSE(sheet->isVisible());

    menu = f.menu(other);
    CHECK(Managed::action(menu, QStringLiteral("Take the right")));
    CHECK(Managed::action(menu, QStringLiteral("Remove")));
    menu->close();
    menu = f.menu(self);
    CHECK(Managed::action(menu, QStringLiteral("Give up managing")));
    CHECK_FALSE(Managed::action(menu, QStringLiteral("Remove")));
    menu->close();
}

TEST_CASE("time, servers and the end of a conversation are offered to administrators only") {
    Managed f;
    client::Client client;
    new GroupController(&client, &f.theme, f.space->page()->sidePanel(), f.space->page()->requestBar());
    QPushButton* keep = f.button(QStringLiteral("How long messages are kept…"));
    QPushButton* carry = f.button(QStringLiteral("Servers…"));
    QPushButton* end = f.button(QStringLiteral("End for everybody…"));
    REQUIRE((keep && carry && end));
    for (QPushButton* button : {keep, carry, end})
        CHECK(button->isVisible());
    QTest::mouseClick(keep, Qt::LeftButton);
    auto* retention = f.sheet<RetentionSheet>();
    REQUIRE(retention);
    CHECK(retention->box()->currentData().toULongLong() == 30 * 86'400);
    retention->reject();
    QTest::mouseClick(carry, Qt::LeftButton);
    auto* servers = f.sheet<GroupServersSheet>();
    REQUIRE(servers);
    CHECK(servers->field()->toPlainText() == QStringLiteral("wss://relay.kasara.example"));
    servers->reject();
    QTest::mouseClick(end, Qt::LeftButton);
    auto* question = f.sheet<ConfirmSheet>();
    REQUIRE(question);
    QTest::keyClick(question, Qt::Key_Return);
    CHECK_FALSE(question->isVisible());

    auto record = *f.space->currentRecord();
    record.admin = false;
    f.space->updateConversation(record);
    for (QPushButton* button : {keep, carry, end})
        CHECK_FALSE(button->isVisible());
    QMenu* menu = f.menu(1);
    CHECK_FALSE(Managed::action(menu, QStringLiteral("Let manage")));
    CHECK_FALSE(Managed::action(menu, QStringLiteral("Remove")));
    menu->close();
}

TEST_CASE(
    "how long messages are kept is chosen from times people think in, and the one in force stays a choice") {
    Managed f;
    RetentionSheet odd(12 * 3600, &f.theme, nullptr);
    odd.setAttribute(Qt::WA_DeleteOnClose, false);
    odd.show();
    CHECK(odd.box()->count() == 7);
    CHECK(odd.box()->currentData().toULongLong() == 12 * 3600);
    QSignalSpy chosen(&odd, &RetentionSheet::chosen);
    // Nothing changed: nothing is sent to anybody.
    QTest::mouseClick(odd.mainButton(), Qt::LeftButton);
    CHECK(chosen.isEmpty());
    odd.show();
    odd.box()->setFocus();
    QTest::keyClick(odd.box(), Qt::Key_Home);
    QTest::mouseClick(odd.mainButton(), Qt::LeftButton);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).toULongLong() == 0);
    // Until the answer comes it cannot be pressed again.
    CHECK_FALSE(odd.mainButton()->isEnabled());
}

TEST_CASE("servers are checked before a conversation is moved") {
    Managed f;
    GroupServersSheet sheet({QStringLiteral("wss://relay.kasara.example")}, &f.theme, nullptr);
    sheet.setAttribute(Qt::WA_DeleteOnClose, false);
    sheet.show();
    QSignalSpy chosen(&sheet, &GroupServersSheet::chosen);
    sheet.field()->setPlainText(QStringLiteral("relay.tamir.example"));
    QTest::mouseClick(sheet.mainButton(), Qt::LeftButton);
    CHECK(chosen.isEmpty());
    CHECK(sheet.errorShown() == errorText(ErrorCode::InvalidUrl));
    sheet.field()->setPlainText({});
    QTest::mouseClick(sheet.mainButton(), Qt::LeftButton);
    CHECK(chosen.isEmpty());
    CHECK_FALSE(sheet.errorShown().isEmpty());
    sheet.field()->setPlainText(QStringLiteral("wss://relay.tamir.example\nwss://relay.nordvale.example"));
    QTest::mouseClick(sheet.mainButton(), Qt::LeftButton);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).toStringList().size() == 2);
}
