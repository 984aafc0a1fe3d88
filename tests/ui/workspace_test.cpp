// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/workspace_fixture.h"
#include "ui/error_text.h"
#include "ui/format.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

TEST_CASE("Enter sends what was written, Shift+Enter makes a line") {
    Fixture f;
    QSignalSpy sent(f.space->page()->composer(), &Composer::sendRequested);
    auto* field = f.space->page()->composer()->field();
    CHECK_FALSE(f.space->page()->composer()->sendButton()->isEnabled());
    QTest::keyClicks(field, QStringLiteral("Room 4"));
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(field, QStringLiteral("at 16:00"));
    CHECK(f.space->page()->composer()->sendButton()->isEnabled());
    CHECK(sent.isEmpty());
    QTest::keyClick(field, Qt::Key_Return);
    REQUIRE(sent.size() == 1);
    CHECK(sent.at(0).at(0).toByteArray() == invented::allies());
    CHECK(sent.at(0).at(1).toString() == QStringLiteral("Room 4\nat 16:00"));
    CHECK(field->toPlainText().isEmpty());
    // Nothing is sent from an empty field.
    QTest::keyClicks(field, QStringLiteral("   "));
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(sent.size() == 1);
    QTest::keyClicks(field, QStringLiteral("with the button"));
    QTest::mouseClick(f.space->page()->composer()->sendButton(), Qt::LeftButton);
    CHECK(sent.size() == 2);
}

TEST_CASE("a reply carries the message it answers, and Escape ends it") {
    Fixture f;
    QSignalSpy sent(f.space->page()->composer(), &Composer::sendRequested);
    auto* view = f.space->page()->timelineView();
    view->showRow(2);
    QTest::keyClick(view, Qt::Key_R);
    const QByteArray id = f.space->page()->timelineModel()->at(1).eventId;
    CHECK(f.space->page()->composer()->replyTo() == id);
    auto* field = f.space->page()->composer()->field();
    QTest::keyClicks(field, QStringLiteral("Yes."));
    QTest::keyClick(field, Qt::Key_Return);
    REQUIRE(sent.size() == 1);
    CHECK(sent.at(0).at(2).toByteArray() == id);
    CHECK(f.space->page()->composer()->replyTo().isEmpty());
    view->showRow(2);
    QTest::keyClick(view, Qt::Key_R);
    CHECK_FALSE(f.space->page()->composer()->replyTo().isEmpty());
    QTest::keyClick(field, Qt::Key_Escape);
    CHECK(f.space->page()->composer()->replyTo().isEmpty());
}

TEST_CASE("the field grows to six lines and then scrolls") {
    Fixture f;
    auto* field = f.space->page()->composer()->field();
    const int one = field->height();
    f.space->page()->composer()->setDraft(QStringLiteral("1\n2\n3\n4"));
    const int four = field->height();
    CHECK(four > one);
    f.space->page()->composer()->setDraft(QStringLiteral("1\n2\n3\n4\n5\n6"));
    const int six = field->height();
    CHECK(six > four);
    f.space->page()->composer()->setDraft(QStringLiteral("1\n").repeated(30));
    CHECK(field->height() <= six + 4);
    f.space->page()->composer()->setDraft({});
    CHECK(field->height() == one);
}

TEST_CASE("formatted text is pasted plain") {
    Fixture f;
    auto* mime = new QMimeData;
    mime->setHtml(QStringLiteral("<b>Annex B</b>"));
    mime->setText(QStringLiteral("Annex B"));
    QApplication::clipboard()->setMimeData(mime);
    auto* field = f.space->page()->composer()->field();
    field->setFocus();
    field->paste();
    CHECK(field->toPlainText() == QStringLiteral("Annex B"));
    CHECK_FALSE(field->toHtml().contains(QStringLiteral("font-weight:700")));
}

TEST_CASE("drafts belong to their conversation") {
    Fixture f;
    QSignalSpy drafts(f.space->page()->composer(), &Composer::draftChanged);
    auto* field = f.space->page()->composer()->field();
    QTest::keyClicks(field, QStringLiteral("half a sent"));
    f.clickRow(5);
    REQUIRE(drafts.size() == 1);
    CHECK(drafts.at(0).at(0).toByteArray() == invented::allies());
    CHECK(drafts.at(0).at(1).toString() == QStringLiteral("half a sent"));
    CHECK(field->toPlainText() == QStringLiteral("I can support para 7 if the review stays"));
    // Showing a draft is not writing one.
    CHECK(drafts.size() == 1);
}

TEST_CASE("conversations are opened by mouse and by keys") {
    Fixture f;
    QSignalSpy opened(f.space->page(), &ConversationPage::opened);
    f.clickRow(1);
    REQUIRE(opened.size() == 1);
    CHECK(f.space->currentRecord()->name == QStringLiteral("Ingrid Nordli"));
    f.space->listPane()->list()->setFocus();
    QTest::keyClick(f.space->listPane()->list(), Qt::Key_Down);
    CHECK(f.space->currentRecord()->name == QStringLiteral("Delegation — Host city"));
    f.space->listPane()->step(-1);
    CHECK(f.space->currentRecord()->name == QStringLiteral("Ingrid Nordli"));
}

TEST_CASE("the list follows what happens and keeps the open conversation marked") {
    Fixture f;
    auto mei = invented::conversations().at(5);
    mei.lastAt = invented::conversations().at(0).lastAt + 1;
    mei.draft.clear();
    mei.lastText = QStringLiteral("News");
    mei.unread = 2;
    f.space->updateConversation(mei);
    CHECK(f.space->listModel()->index(0).data(ConversationListModel::IdRole).toByteArray() == mei.id);
    CHECK(f.space->listPane()->list()->currentIndex() == f.space->listModel()->indexOf(invented::allies()));
    CHECK(f.space->listModel()->unreadConversations() == 3);
}

TEST_CASE("filters show what they say") {
    Fixture f;
    auto* model = f.space->listModel();
    f.space->listPane()->setFilter(ListFilter::Unread);
    CHECK(model->rowCount() == 2);
    f.space->listPane()->setFilter(ListFilter::Requests);
    REQUIRE(model->rowCount() == 1);
    f.space->listPane()->setFilter(ListFilter::Groups);
    CHECK(model->rowCount() == 3);
    f.space->listPane()->setFilter(ListFilter::All);
    CHECK(model->rowCount() == 7);
}

TEST_CASE("search filters at once and shows messages below") {
    Fixture f;
    QSignalSpy wanted(f.space->listPane(), &ConversationPane::searchWanted);
    QSignalSpy hit(f.space->page()->timelineModel(), &TimelineModel::aroundWanted);
    auto* field = f.space->listPane()->searchField();
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("jean"));
    CHECK(f.space->listModel()->rowCount() == 1);
    REQUIRE(uitest::eventually([&] { return !wanted.isEmpty(); }));
    CHECK(wanted.last().at(0).toString() == QStringLiteral("jean"));
    // An answer to an older question is not shown.
    f.space->listPane()->setHits(QStringLiteral("jea"), invented::hits(QStringLiteral("annex")));
    CHECK(f.space->listModel()->rowCount() == 1);
    f.space->listPane()->setHits(QStringLiteral("jean"), invented::hits(QStringLiteral("annex")));
    REQUIRE(f.space->listModel()->rowCount() == 3);
    f.clickRow(2);
    REQUIRE(hit.size() == 1);
    CHECK(hit.at(0).at(1).toLongLong() == 4);
    QTest::keyClick(field, Qt::Key_Escape);
    CHECK(field->text().isEmpty());
    CHECK(f.space->listModel()->rowCount() == 7);
}

TEST_CASE("a request asks before anything can be written") {
    Fixture f;
    QSignalSpy accepted(f.space->page()->requestBar(), &RequestBar::acceptWanted);
    f.clickRow(4);
    CHECK_FALSE(f.space->page()->composer()->isVisible());
    REQUIRE(f.space->page()->requestBar()->acceptButton()->isVisible());
    QTest::mouseClick(f.space->page()->requestBar()->acceptButton(), Qt::LeftButton);
    REQUIRE(accepted.size() == 1);
    auto joined = *f.space->currentRecord();
    joined.state = client::ConversationState::Active;
    f.space->updateConversation(joined);
    CHECK(f.space->page()->composer()->isVisible());
    joined.state = client::ConversationState::Removed;
    f.space->updateConversation(joined);
    CHECK_FALSE(f.space->page()->composer()->isVisible());
}

TEST_CASE("the banner says how the connection is, in plain words") {
    Fixture f;
    f.space->setConnection(invented::waitingConnection());
    CHECK(f.space->banner()->isVisible());
    CHECK(f.space->banner()->text() ==
          QStringLiteral(
              "Waiting for the network — 2 messages wait to be sent and will go out by themselves. Reading "
              "works offline."));
    // A reason for which the person can do something is said instead.
    client::ConnectionRecord portal = invented::waitingConnection();
    portal.failure = ErrorCode::CaptivePortal;
    f.space->setConnection(portal);
    CHECK(f.space->banner()->text() ==
          QStringLiteral(
              "This network lets nothing through before you sign in. Please open a page in your browser, "
              "sign in there, and try again. 2 messages wait to be sent."));
    portal.relays = {{QStringLiteral("wss://relay.kasara.example"),
                      client::RelayState::Offline,
                      {},
                      ErrorCode::CertificateExpired,
                      0},
                     {QStringLiteral("wss://relay.tavo.example"), client::RelayState::Connected, {}, {}, 0}};
    f.space->setConnection(portal);
    const QString tip = f.space->banner()->toolTip();
    CHECK(tip.count(QLatin1Char('\n')) == 1);
    CHECK(tip.contains(ui::errorText(ErrorCode::CertificateExpired)));
    client::ConnectionRecord up;
    up.connected = 1;
    up.total = 3;
    f.space->setConnection(up);
    CHECK_FALSE(f.space->banner()->isVisible());
    up.catchingUp = true;
    f.space->setConnection(up);
    CHECK(f.space->banner()->isVisible());
}

TEST_CASE("the window works from 760 pixels, where the side panel lies over the text") {
    Fixture f;
    f.window->resize(1320, 840);
    CHECK(f.space->page()->sidePanel()->isVisible());
    f.window->resize(760, 520);
    CHECK(f.window->width() == 760);
    CHECK_FALSE(f.space->page()->sidePanel()->isVisible());
    f.space->setSidePanelShown(true);
    CHECK(f.space->page()->sidePanel()->isVisible());
    f.space->setSidePanelShown(false);
    CHECK_FALSE(f.space->page()->sidePanel()->isVisible());
    f.space->setSidePanelShown(true);
    f.window->resize(1320, 840);
    CHECK(f.space->page()->sidePanel()->isVisible());
    CHECK(f.space->page()->composer()->geometry().right() <= f.space->width());
}

TEST_CASE("everything that can be pressed has a name for screen readers") {
    Fixture f;
    for (auto* button : f.window->findChildren<QAbstractButton*>()) {
        if (!button->isVisibleTo(f.window.get()) || button->objectName().startsWith(QLatin1String("qt_")))
            continue;
        INFO(button->metaObject()->className() << " " << button->objectName().toStdString());
        CHECK((!button->accessibleName().isEmpty() || !button->text().isEmpty()));
    }
}

TEST_CASE("a direct conversation has the colour of its person, a group its own") {
    client::ConversationRecord c;
    c.id = QByteArray(32, 'g');
    CHECK(conversationColourKey(c) == c.id);
    c.direct = true;
    c.peer = QByteArray(32, 'p');
    CHECK(conversationColourKey(c) == c.peer);
}
