// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/workspace_fixture.h"

#include <QDateTime>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

namespace {

struct Searching : Fixture {
    Searching()
        : pane(space->listPane())
        , wanted(space->listPane(), &ConversationPane::searchWanted) {
        space->page()->setMembers(invented::allies(), invented::members());
    }
    void type(const QString& text) {
        pane->searchField()->setFocus();
        QTest::keyClicks(pane->searchField(), text);
    }
    void choose(QPushButton* chip, const char* menu, const QString& text) {
        QTest::mouseClick(chip, Qt::LeftButton);
        auto* open = pane->findChild<QMenu*>(QLatin1String(menu));
        REQUIRE(open);
        for (QAction* action : open->actions())
            if (action->text() == text)
                action->trigger();
        open->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    ConversationPane* pane;
    QSignalSpy wanted;
};

} // namespace

TEST_CASE("a search asks with every keystroke, and its chips appear with it") {
    Searching f;
    CHECK_FALSE(f.pane->personChip()->isVisible());
    f.type(QStringLiteral("para"));
    CHECK(f.wanted.size() == 4);
    CHECK(f.wanted.last().at(0).toString() == QStringLiteral("para"));
    for (QPushButton* chip :
         {f.pane->hereChip(), f.pane->personChip(), f.pane->timeChip(), f.pane->linksChip()})
        CHECK(chip->isVisible());
    CHECK(f.pane->searchFilter() == client::SearchFilter{});
    QTest::keyClick(f.pane->searchField(), Qt::Key_Escape);
    CHECK_FALSE(f.pane->personChip()->isVisible());
}

TEST_CASE("chips limit a search to the conversation, a person, a time and links, and ask again") {
    Searching f;
    f.type(QStringLiteral("para"));
    const auto before = f.wanted.size();
    QTest::mouseClick(f.pane->hereChip(), Qt::LeftButton);
    CHECK(f.pane->searchFilter().conversation == invented::allies());
    QTest::mouseClick(f.pane->linksChip(), Qt::LeftButton);
    CHECK(f.pane->searchFilter().withLinks);
    const auto person = invented::members().at(2);
    f.choose(f.pane->personChip(), "peopleMenu", person.name);
    CHECK(f.pane->searchFilter().sender == person.key);
    CHECK(f.pane->personChip()->isChecked());
    CHECK(f.pane->personChip()->text().contains(person.name));
    f.choose(f.pane->timeChip(), "timesMenu", QStringLiteral("In the last 7 days"));
    CHECK(f.pane->searchFilter().from == QDate::currentDate().addDays(-6).startOfDay().toSecsSinceEpoch());
    CHECK(f.wanted.size() == before + 4);
    f.choose(f.pane->personChip(), "peopleMenu", QStringLiteral("Anybody"));
    CHECK(f.pane->searchFilter().sender.isEmpty());
    CHECK_FALSE(f.pane->personChip()->isChecked());
    // The next search begins anew.
    QTest::keyClick(f.pane->searchField(), Qt::Key_Escape);
    f.type(QStringLiteral("x"));
    CHECK(f.pane->searchFilter() == client::SearchFilter{});
}

TEST_CASE("Ctrl+Shift+F searches in the open conversation") {
    Searching f;
    f.window->activateWindow();
    REQUIRE(uitest::eventually([&] { return f.window->isActiveWindow(); }));
    QTest::keyClick(f.window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(f.pane->searchField()->hasFocus());
    f.type(QStringLiteral("para"));
    CHECK(f.pane->searchFilter().conversation == invented::allies());
}

TEST_CASE("what was found is marked where it stands, in every script") {
    Fixture f;
    const auto draw = [&](const client::SearchHit& hit) {
        ConversationListModel model;
        model.setConversations({});
        model.setSearch(QStringLiteral("x"));
        model.setHits({hit});
        auto* list = f.space->listPane()->list();
        QImage image(300, 62, QImage::Format_RGB32);
        image.fill(f.theme.palette().pane);
        QPainter painter(&image);
        QStyleOptionViewItem option;
        option.rect = image.rect();
        list->itemDelegate()->paint(&painter, option, model.index(1));
        return image;
    };
    for (const char* text : {"the ferry leaves", "تغادر العبّارة غدا", "Паром отходит", "渡轮九点出发"}) {
        client::SearchHit hit{
            invented::page().messages.at(1), QStringLiteral("Harbour talks"), QString::fromUtf8(text), {}};
        const QImage plain = draw(hit);
        hit.marks = {{1, 3}};
        const QImage marked = draw(hit);
        CHECK(plain != marked);
        // The mark reaches no further than the line of the text.
        CHECK(plain.copy(0, 0, 300, 28) == marked.copy(0, 0, 300, 28));
    }
}
