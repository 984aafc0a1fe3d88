// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/workspace_fixture.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

namespace {

QString titleAt(Fixture& f, int row) {
    return f.space->listModel()->index(row).data(Qt::DisplayRole).toString();
}

} // namespace

TEST_CASE("pinned conversations stand on top, archived ones apart") {
    Fixture f;
    f.space->setConversations(invented::arrangedConversations());
    CHECK(titleAt(f, 0) == QStringLiteral("Mei Lin"));
    CHECK(titleAt(f, 1) == QStringLiteral("Coolants Amendment — Allies"));
    CHECK(f.space->listModel()->rowCount() == 6);
    const auto chips = f.space->listPane()->findChildren<QPushButton*>();
    QPushButton* archive = nullptr;
    for (auto* chip : chips)
        if (chip->text() == QStringLiteral("Archived"))
            archive = chip;
    REQUIRE(archive);
    REQUIRE(archive->isVisible());
    QTest::mouseClick(archive, Qt::LeftButton);
    REQUIRE(f.space->listModel()->rowCount() == 1);
    CHECK(titleAt(f, 0) == QStringLiteral("Group of 20 Sherpas"));
    // Search looks everywhere.
    QTest::keyClicks(f.space->listPane()->searchField(), QStringLiteral("Group"));
    CHECK(f.space->listModel()->rowCount() == 1);
    QTest::keyClick(f.space->listPane()->searchField(), Qt::Key_Escape);
    f.space->setConversations(invented::conversations());
    f.space->listPane()->setFilter(ListFilter::All);
    CHECK_FALSE(archive->isVisible());
    const QString spoken = f.space->listModel()->index(0).data(Qt::AccessibleTextRole).toString();
    CHECK(spoken.contains(QStringLiteral("3 unread")));
}

TEST_CASE("a conversation is pinned, muted and archived from its menu, with the keyboard too") {
    Fixture f;
    QSignalSpy flags(f.space->listPane(), &ConversationPane::flagWanted);
    auto* list = f.space->listPane()->list();
    list->setFocus();
    const QPoint at = list->visualRect(f.space->listModel()->index(1)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, list->viewport()->mapToGlobal(at));
    QApplication::sendEvent(list->viewport(), &event);
    auto* menu = f.space->listPane()->findChild<QMenu*>(QStringLiteral("conversationMenu"));
    REQUIRE(menu);
    REQUIRE(menu->actions().size() == 4);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    REQUIRE(flags.size() == 1);
    CHECK(flags.at(0).at(0).toByteArray() ==
          f.space->listModel()->index(1).data(ConversationListModel::IdRole).toByteArray());
    CHECK(flags.at(0).at(1).value<ListFlag>() == ListFlag::Muted);
    CHECK(flags.at(0).at(2).toBool());
}

TEST_CASE("Ctrl+K goes to a person, a group or a message") {
    Fixture f;
    QSignalSpy hit(f.space->page()->timelineModel(), &TimelineModel::aroundWanted);
    f.window->activateWindow();
    REQUIRE(uitest::eventually([&] { return f.window->isActiveWindow(); }));
    QTest::keyClick(f.window.get(), Qt::Key_K, Qt::ControlModifier);
    REQUIRE(f.space->switcher());
    QTest::keyClicks(f.space->switcher()->field(), QStringLiteral("jean"));
    CHECK(f.space->switcher()->model()->rowCount() == 1);
    QTest::keyClick(f.space->switcher()->field(), Qt::Key_Return);
    CHECK(f.space->currentRecord()->name == QStringLiteral("Jean Kagabo"));
    REQUIRE(uitest::eventually([&] { return !f.space->switcher(); }));

    auto* switcher = f.space->showSwitcher();
    QSignalSpy wanted(switcher, &QuickSwitcher::searchWanted);
    QTest::keyClicks(switcher->field(), QStringLiteral("ann"));
    REQUIRE(uitest::eventually([&] { return !wanted.isEmpty(); }));
    CHECK(wanted.last().at(0).toString() == QStringLiteral("ann"));
    switcher->setHits(QStringLiteral("an"), invented::hits(QStringLiteral("annex"))); // an older answer
    CHECK(switcher->model()->rowCount() == 0);
    switcher->setHits(QStringLiteral("ann"), invented::hits(QStringLiteral("annex")));
    QTest::keyClick(switcher->field(), Qt::Key_Return);
    REQUIRE(hit.size() == 1);
    CHECK(hit.at(0).at(1).toLongLong() == 4);
}

TEST_CASE("a change of one conversation draws its row anew, and no other") {
    Fixture f;
    auto* model = f.space->listModel();
    QSignalSpy drawn(model, &QAbstractItemModel::dataChanged);
    QSignalSpy changed(model, &ConversationListModel::changed);
    auto record = *f.space->currentRecord();
    record.draft = QStringLiteral("half a thought");
    f.space->updateConversation(record);
    REQUIRE(drawn.size() == 1);
    const auto row = model->indexOf(record.id).row();
    CHECK(drawn.at(0).at(0).toModelIndex().row() == row);
    CHECK(drawn.at(0).at(1).toModelIndex().row() == row);
    CHECK(changed.size() == 1);
    // One that is not in the list as it is filtered is counted all the same.
    f.space->listPane()->setFilter(ListFilter::Requests);
    drawn.clear();
    changed.clear();
    record.unread += 2;
    const int unread = model->unreadConversations();
    f.space->updateConversation(record);
    CHECK(drawn.isEmpty());
    CHECK(changed.size() == 1);
    CHECK(model->unreadConversations() >= unread);
}
