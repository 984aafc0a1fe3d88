// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/timeline_fixture.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::TimelineFixture;

namespace {

client::MessagePage pageOf(qint64 first, int count, bool older, bool newer) {
    client::MessagePage page;
    page.conversation = invented::allies();
    page.messages = invented::many(first, count);
    page.hasOlder = older;
    page.hasNewer = newer;
    return page;
}

//! Rows 1 to `total`, served to a model as the client would.
class History {
public:
    History(TimelineModel& model, int total)
        : m_total(total) {
        QObject::connect(
            &model, &TimelineModel::olderWanted, &model,
            [this, &model](const QByteArray&, qint64 row) {
                ++asked;
                const qint64 first = std::max<qint64>(1, row - TimelineModel::kPage);
                model.prepend(pageOf(first, static_cast<int>(row - first), first > 1, true));
            },
            Qt::QueuedConnection);
        QObject::connect(
            &model, &TimelineModel::newerWanted, &model,
            [this, &model](const QByteArray&, qint64 row) {
                const int count = static_cast<int>(std::min<qint64>(TimelineModel::kPage, m_total - row));
                model.append(pageOf(row + 1, count, true, row + count < m_total));
            },
            Qt::QueuedConnection);
    }
    int asked = 0;

private:
    int m_total;
};

} // namespace

TEST_CASE("the model keeps the shared order and knows each row once") {
    uitest::application();
    TimelineModel model;
    model.open(invented::allies());
    model.setPage(pageOf(10, 20, false, false));
    auto between = invented::message(100, QStringLiteral("Jean Kagabo"), QStringLiteral("late"),
                                     model.at(4).createdAt + 1);
    // Within one second the sender's own order counts.
    auto within = between;
    within.row = 101;
    within.order.id = QByteArray(32, '\x01');
    within.order.position = between.order.position + 1;
    model.add({within, between});
    REQUIRE(model.count() == 22);
    CHECK(model.at(6).row == 101);
    client::MessageRecord last = within;
    last.order.epoch = 3;
    model.change(last);
    CHECK(model.at(21).row == 101);
    CHECK(model.at(5).row == 100);
    model.add({between});
    CHECK(model.count() == 22);
    // A later epoch puts it behind everything.
    between.order.epoch = 2;
    model.change(between);
    CHECK(model.at(20).row == 100);
    CHECK(model.at(21).row == 101);
    auto other = between;
    other.row = 200;
    other.conversation = "another";
    model.add({other});
    CHECK(model.count() == 22);
}

TEST_CASE("the model holds a bounded window") {
    uitest::application();
    TimelineModel model;
    model.open(invented::allies());
    History history(model, 2000);
    model.setPage(pageOf(1941, 60, true, false));
    while (model.at(0).row > 1) {
        const qint64 before = model.at(0).row;
        model.wantOlder();
        REQUIRE(uitest::eventually([&] { return model.at(0).row < before; }));
        REQUIRE(model.count() <= TimelineModel::kMost);
    }
    CHECK_FALSE(model.hasOlder());
    CHECK(model.hasNewer());
    // New messages beyond the gap are not shown out of place.
    model.add(invented::many(2001, 1));
    CHECK(model.indexOfRow(2001) < 0);
    while (model.hasNewer()) {
        const qint64 last = model.at(model.count() - 1).row;
        model.wantNewer();
        REQUIRE(uitest::eventually([&] { return model.at(model.count() - 1).row > last; }));
        REQUIRE(model.count() <= TimelineModel::kMost);
    }
    CHECK(model.at(model.count() - 1).row == 2000);
    CHECK(model.hasOlder());
}

TEST_CASE("what is looked at does not move while older pages arrive") {
    Fixture f;
    f.model.setPage(pageOf(100, 60, true, false));
    REQUIRE(f.view->atNewest());
    QTest::keyClick(f.view.get(), Qt::Key_PageUp);
    QTest::keyClick(f.view.get(), Qt::Key_PageUp);
    CHECK_FALSE(f.view->atNewest());
    int index = -1;
    for (int i = 0; i < f.model.count() && index < 0; ++i) {
        if (f.view->rowRect(i).top() > 0)
            index = i;
    }
    REQUIRE(index >= 0);
    const qint64 row = f.model.at(index).row;
    const QRect before = f.view->rowRect(index);
    f.model.prepend(pageOf(40, 60, false, true));
    const int after = f.model.indexOfRow(row);
    CHECK(after == index + 60);
    CHECK(f.view->rowRect(after) == before);
    // Nor when something new arrives at the end, or far above changes its height.
    f.model.add(invented::many(160, 3));
    CHECK(f.view->rowRect(after) == before);
    auto grown = f.model.at(3);
    grown.content = client::TextContent{QStringLiteral("much longer ").repeated(60)};
    f.model.change(grown);
    CHECK(f.view->rowRect(after) == before);
}

TEST_CASE("at the newest message the view stays there") {
    Fixture f;
    f.model.setPage(pageOf(1, 40, false, false));
    REQUIRE(f.view->atNewest());
    f.model.add(invented::many(41, 2));
    CHECK(f.view->atNewest());
    CHECK_FALSE(f.view->rowRect(f.model.count() - 1).isNull());
    f.view->resize(656, 300);
    CHECK(f.view->atNewest());
    CHECK_FALSE(f.view->rowRect(f.model.count() - 1).isNull());
    auto* jump = f.view->findChild<QToolButton*>(QStringLiteral("jumpButton"));
    REQUIRE(jump);
    CHECK_FALSE(jump->isVisible());
    QTest::keyClick(f.view.get(), Qt::Key_Home);
    CHECK(jump->isVisible());
    QTest::mouseClick(jump, Qt::LeftButton);
    CHECK(f.view->atNewest());
}

TEST_CASE("going up asks for older pages until the beginning") {
    Fixture f;
    History history(f.model, 400);
    f.model.setPage(pageOf(341, 60, true, false));
    REQUIRE(uitest::eventually([&] {
        QTest::keyClick(f.view.get(), Qt::Key_PageUp);
        return !f.model.hasOlder();
    }));
    CHECK(history.asked >= 5);
    CHECK(f.model.at(0).row == 1);
    QTest::keyClick(f.view.get(), Qt::Key_Home);
    CHECK(f.view->focusedIndex() == 0);
    CHECK(f.view->rowRect(0).top() >= 0);
}

TEST_CASE("the keyboard walks the messages, copies and replies") {
    Fixture f;
    f.model.setPage(pageOf(1, 10, false, false));
    f.view->setFocus();
    QTest::keyClick(f.view.get(), Qt::Key_End);
    CHECK(f.view->focusedIndex() == 9);
    QTest::keyClick(f.view.get(), Qt::Key_Up);
    CHECK(f.view->focusedIndex() == 8);
    QTest::keyClick(f.view.get(), Qt::Key_C, Qt::ControlModifier);
    CHECK(QApplication::clipboard()->text() == f.model.at(8).text());
    qint64 replied = 0;
    QObject::connect(f.view.get(), &TimelineView::replyRequested, f.view.get(),
                     [&](const client::MessageRecord& m) { replied = m.row; });
    QTest::keyClick(f.view.get(), Qt::Key_R);
    CHECK(replied == f.model.at(8).row);
}

TEST_CASE("the mouse selects text inside a message") {
    Fixture f;
    client::MessagePage page;
    page.conversation = invented::allies();
    page.messages << invented::message(1, QStringLiteral("Jean Kagabo"), QStringLiteral("brackets"),
                                       1'700'000'000);
    f.model.setPage(page);
    const QRect bubble = f.view->bubbleRect(0);
    REQUIRE(bubble.isValid());
    QTest::mouseDClick(f.view->viewport(), Qt::LeftButton, {},
                       QPoint(bubble.left() + 40, bubble.bottom() - 17));
    CHECK(f.view->selectedText() == QStringLiteral("brackets"));
}

TEST_CASE("own messages stand at the end, others' at the beginning, mirrored from right to left") {
    Fixture f;
    client::MessagePage page;
    page.conversation = invented::allies();
    page.messages << invented::message(1, QStringLiteral("Jean Kagabo"), QStringLiteral("one"), 1'700'000'000)
                  << invented::message(2, QStringLiteral("Lea"), QStringLiteral("two"), 1'700'000'001, true)
                  << invented::message(3, QStringLiteral("Amina Diallo"), QStringLiteral("نعم، نؤيد ذلك."),
                                       1'700'000'002);
    f.model.setPage(page);
    const int middle = f.view->width() / 2;
    CHECK(f.view->bubbleRect(0).right() < middle);
    CHECK(f.view->bubbleRect(1).left() > middle);
    const QRect left = f.view->bubbleRect(0);
    f.view->setLayoutDirection(Qt::RightToLeft);
    CHECK(f.view->bubbleRect(0).left() > middle);
    CHECK(f.view->bubbleRect(1).right() < middle);
    CHECK(std::abs(f.view->bubbleRect(0).width() - left.width()) <= 1);
}

TEST_CASE("messages count as seen only in the window that is in front") {
    Fixture f;
    qint64 seen = 0;
    QObject::connect(f.view.get(), &TimelineView::seen, f.view.get(), [&](qint64 row) { seen = row; });
    QWidget other;
    other.show();
    other.activateWindow();
    REQUIRE(uitest::eventually([&] { return other.isActiveWindow(); }));
    f.model.setPage(pageOf(1, 10, false, false));
    CHECK(seen == 0);
    f.view->activateWindow();
    CHECK(uitest::eventually([&] { return seen == 10; }));
    f.model.add(invented::many(11, 1));
    CHECK(seen == 11);
}

TEST_CASE("screen readers hear author, time, text and state of each message") {
    Fixture f;
    f.model.setPage(invented::page());
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(f.view.get());
    REQUIRE(list);
    CHECK(list->role() == QAccessible::List);
    REQUIRE(list->childCount() == f.model.count());
    const QString reply = list->child(4)->text(QAccessible::Name);
    CHECK(reply.contains(QStringLiteral("You")));
    CHECK(reply.contains(QStringLiteral("in reply to Ingrid Nordli")));
    CHECK(reply.contains(QStringLiteral("technology review")));
    CHECK(reply.contains(QStringLiteral("Read")));
    const QString waiting = list->child(f.model.count() - 1)->text(QAccessible::Name);
    CHECK(waiting.contains(QStringLiteral("Waits to be sent")));
    CHECK(list->child(1)->text(QAccessible::Name).contains(QStringLiteral("Ingrid Nordli")));
    CHECK(list->child(1)->parent() == list);
}

TEST_CASE("every position of the scroll bar shows messages") {
    Fixture f;
    f.model.setPage(pageOf(1, TimelineModel::kMost, false, false));
    auto* bar = f.view->verticalScrollBar();
    for (int step = 0; step <= 20; ++step) {
        bar->setValue(bar->maximum() * step / 20);
        bool any = false;
        for (int i = 0; i < f.model.count() && !any; ++i)
            any = !f.view->rowRect(i).isNull();
        REQUIRE(any);
    }
}
