// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/settings_fixture.h"
#include "tests/ui/workspace_fixture.h"
#include "ui/conversation/date_sheet.h"
#include "ui/conversation/delete_sheet.h"
#include "ui/conversation/details_sheet.h"
#include "ui/conversation/forward_sheet.h"
#include "ui/conversation/scheduled_sheet.h"
#include "ui/conversation/send_later_sheet.h"
#include "ui/conversation/starred_sheet.h"
#include "ui/dialogs/diagnostics_sheet.h"
#include "ui/dialogs/key_help.h"
#include "ui/dialogs/keys_sheet.h"
#include "ui/format.h"
#include "ui/people/invitation_sheet.h"
#include "ui/people/people_picker.h"
#include "ui/people/rename_sheet.h"

#include <QAccessible>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

namespace {

QString nameOf(QObject* object) {
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(object);
    return face ? face->text(QAccessible::Name) : QString();
}

//! Names of the classes whose instances can be reached with Tab but say nothing.
QStringList silent(QWidget* root) {
    QStringList out;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        // Parts of Qt's own composite widgets speak through these.
        const bool inner = widget->objectName().startsWith(QLatin1String("qt_")) || widget->focusProxy();
        if (inner || !(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisibleTo(root))
            continue;
        if (nameOf(widget).isEmpty())
            out << QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
    }
    return out;
}

client::MessageRecord arriving(qint64 row, const QString& text) {
    client::MessageRecord m = invented::page().messages.at(1);
    m.row = row;
    m.conversation = invented::allies();
    m.own = false;
    m.content = client::TextContent{text};
    m.eventId = QByteArray(32, static_cast<char>(row));
    m.order.id = m.eventId;
    m.order.epoch = 1'000'000;
    m.order.position = row;
    return m;
}

} // namespace

TEST_CASE("whatever Tab reaches has a name") {
    Fixture f;
    CHECK(silent(f.window.get()).join(QLatin1Char('\n')).toStdString().empty());
    const std::unique_ptr<Sheet> sheets[] = {
        std::make_unique<KeysSheet>(&f.theme, nullptr),
        std::make_unique<InvitationSheet>(invented::account(), &f.theme, nullptr),
        std::make_unique<RenameSheet>(QStringLiteral("Harbour talks"), &f.theme, nullptr),
        std::make_unique<DiagnosticsSheet>(&f.theme, nullptr),
        std::make_unique<PeoplePicker>(PeoplePicker::Purpose::Start, &f.theme, nullptr),
        std::make_unique<ForwardSheet>(QVector<client::MessageRecord>{invented::page().messages.at(1)},
                                       invented::conversations(), &f.theme, nullptr),
        std::make_unique<DateSheet>(QDate(2026, 11, 24), &f.theme, nullptr),
        std::make_unique<DetailsSheet>(&f.theme, nullptr),
        std::make_unique<StarredSheet>(&f.theme, nullptr),
        std::make_unique<SendLaterSheet>(QDateTime::currentDateTimeUtc(), QTimeZone("Asia/Tokyo"),
                                         QDateTime(), &f.theme, nullptr),
        std::make_unique<ScheduledSheet>(&f.theme, nullptr),
        std::make_unique<DeleteSheet>(QVector<client::MessageRecord>{invented::page().messages.at(1)}, true,
                                      &f.theme, nullptr),
    };
    for (const auto& sheet : sheets) {
        sheet->setAttribute(Qt::WA_DeleteOnClose, false);
        sheet->show();
        INFO(sheet->windowTitle().toStdString());
        CHECK(silent(sheet.get()).join(QLatin1Char('\n')).toStdString().empty());
    }
    uitest::SettingsFixture settings;
    settings.sheet->show();
    for (SettingsPage* page : settings.sheet->pages()) {
        settings.sheet->showPage(page);
        CHECK(silent(settings.sheet.get()).join(QLatin1Char('\n')).toStdString().empty());
    }
}

TEST_CASE("the help sheet names every shortcut of the window") {
    Fixture f;
    QStringList helped;
    for (const KeyHelpSection& section : keyHelp())
        for (const KeyHelp& help : section.keys) {
            CHECK_FALSE(help.keys.isEmpty());
            for (const QKeySequence& keys : help.keys)
                helped << keys.toString();
        }
    const auto shortcuts = f.window->findChildren<QShortcut*>();
    CHECK(shortcuts.size() >= 15);
    for (const QShortcut* shortcut : shortcuts) {
        INFO(shortcut->key().toString().toStdString());
        CHECK(helped.contains(shortcut->key().toString()));
    }
}

TEST_CASE("a message stays the same object for screen readers while others come and go") {
    Fixture f;
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(f.view());
    QAccessibleInterface* first = list->child(0);
    const QString said = first->text(QAccessible::Name);
    auto older = invented::page();
    older.messages = {older.messages.at(1)};
    older.conversation = invented::allies();
    older.messages[0].row = 9001;
    older.messages[0].content = client::TextContent{QStringLiteral("Before all that.")};
    f.space->page()->timelineModel()->prepend(older);
    CHECK(list->child(1) == first);
    CHECK(first->text(QAccessible::Name) == said);
    CHECK(list->indexOfChild(first) == 1);
    CHECK(list->child(0)->text(QAccessible::Name).contains(QStringLiteral("Before all that.")));
    f.space->page()->timelineModel()->remove(9001);
    CHECK(list->indexOfChild(first) == 0);
    CHECK(list->childCount() == f.space->page()->timelineModel()->count());
}

TEST_CASE("what the menu of a message offers can be done by assistive technology") {
    Fixture f;
    QAccessibleInterface* message = QAccessible::queryAccessibleInterface(f.view())->child(1);
    auto* actions =
        static_cast<QAccessibleActionInterface*>(message->interface_cast(QAccessible::ActionInterface));
    REQUIRE(actions);
    const QString reply = actionText(MessageAction::Reply, f.space->page()->timelineModel()->at(1));
    REQUIRE(actions->actionNames().contains(reply));
    CHECK(actions->keyBindingsForAction(reply) == QStringList{QStringLiteral("R")});
    actions->doAction(reply);
    CHECK(f.space->page()->composer()->replyTo() == f.space->page()->timelineModel()->at(1).eventId);
    actions->doAction(QAccessibleActionInterface::setFocusAction());
    CHECK(f.view()->focusedIndex() == 1);
    // The interface of a message that is gone says nothing, and does nothing.
    const qint64 row = f.space->page()->timelineModel()->at(1).row;
    const QAccessible::Id id = QAccessible::uniqueId(message);
    f.space->page()->timelineModel()->remove(row);
    // By id: the next interface may stand where this one stood in memory.
    CHECK(QAccessible::uniqueId(QAccessible::queryAccessibleInterface(f.view())->child(1)) != id);
}

TEST_CASE("what comes into the open conversation is read out, what one writes is not") {
    Fixture f;
    QSignalSpy said(f.space->announcer(), &Announcer::announced);
    auto own = arriving(9101, QStringLiteral("Mine."));
    own.own = true;
    f.space->page()->addMessages({own});
    auto elsewhere = arriving(9102, QStringLiteral("Somewhere else."));
    elsewhere.conversation = QByteArray("another");
    f.space->page()->addMessages({elsewhere});
    CHECK(said.isEmpty());
    f.space->page()->addMessages({arriving(9103, QStringLiteral("The door is open."))});
    REQUIRE(said.size() == 1);
    CHECK(said.at(0).at(0).toString().contains(QStringLiteral("The door is open.")));
    QVector<client::MessageRecord> many;
    for (int i = 0; i < 40; ++i)
        many << arriving(9200 + i, QStringLiteral("Line %1").arg(i));
    f.space->page()->addMessages(many);
    REQUIRE(said.size() == 2);
    CHECK(said.at(1).at(0).toString() == QStringLiteral("40 new messages"));
    own.delivery.state = client::DeliveryState::Failed;
    f.space->page()->changeMessage(own);
    REQUIRE(said.size() == 3);
    CHECK(said.at(2).at(0).toString() == deliveryText(own));
    f.space->showNotice(QStringLiteral("No server can be reached."));
    CHECK(said.size() == 4);
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(f.space->announcer());
    CHECK(face->role() == QAccessible::Notification);
    CHECK(face->text(QAccessible::Name) == QStringLiteral("No server can be reached."));
}

TEST_CASE("F6 walks the parts of the window, both ways") {
    Fixture f;
    f.space->page()->setMembers(invented::allies(), invented::members());
    f.space->setSidePanelShown(true);
    f.window->activateWindow();
    REQUIRE(uitest::eventually([&] { return f.window->isActiveWindow(); }));
    f.space->listPane()->list()->setFocus();
    const auto inside = [&](const QWidget* part) {
        const QWidget* now = f.window->focusWidget();
        return now == part || part->isAncestorOf(now);
    };
    QWidget* parts[] = {f.space->page()->header(),    f.view(),        f.space->page()->composer(),
                        f.space->page()->sidePanel(), f.space->rail(), f.space->listPane()};
    for (QWidget* part : parts) {
        QTest::keyClick(f.window.get(), Qt::Key_F6);
        INFO(part->metaObject()->className());
        CHECK(inside(part));
    }
    QTest::keyClick(f.window.get(), Qt::Key_F6, Qt::ShiftModifier);
    CHECK(inside(f.space->rail()));
    QTest::keyClick(f.window.get(), Qt::Key_F6, Qt::ShiftModifier);
    CHECK(inside(f.space->page()->sidePanel()));
}

TEST_CASE("a conversation that is selected from outside opens") {
    Fixture f;
    auto* list = f.space->listPane()->list();
    const QModelIndex other = f.space->listModel()->index(2);
    const QByteArray id = other.data(ConversationListModel::IdRole).toByteArray();
    REQUIRE(id != f.space->current());
    list->selectionModel()->select(other, QItemSelectionModel::ClearAndSelect);
    CHECK(uitest::eventually([&] { return f.space->current() == id; }));
}

TEST_CASE("a long message is shown whole from the keyboard") {
    Fixture f;
    f.space->page()->addMessages({arriving(9301, QStringLiteral("word ").repeated(800))});
    const int index = f.space->page()->timelineModel()->indexOfRow(9301);
    f.view()->setFocus();
    f.view()->moveFocus(index);
    const int folded = f.view()->bubbleRect(index).height();
    QTest::keyClick(f.view(), Qt::Key_M);
    CHECK(f.view()->bubbleRect(index).height() > folded);
}
