// SPDX-License-Identifier: AGPL-3.0-or-later
// Text selected with the mouse, within a message and across several.
#include "tests/support/catch.h"
#include "tests/ui/timeline_fixture.h"

#include <QApplication>
#include <QClipboard>

using namespace valise;
using namespace valise::ui;

namespace {

client::MessageRecord said(qint64 row, const QString& who, const QString& text) {
    return invented::message(row, who, text, 1'700'000'000 + row * 60);
}

struct Fixture : uitest::TimelineFixture {
    void show(QVector<client::MessageRecord> messages) {
        set(std::move(messages));
        QCoreApplication::processEvents();
    }
    //! A place in the first line of a message's text.
    QPoint in(int index, int x) const {
        const QRect bubble = view->bubbleRect(index);
        REQUIRE(bubble.isValid());
        return {bubble.left() + x, bubble.bottom() - 17};
    }
    void press(QPoint at, Qt::KeyboardModifiers keys = {}) {
        QTest::mousePress(view->viewport(), Qt::LeftButton, keys, at);
    }
    void move(QPoint at) { QTest::mouseMove(view->viewport(), at); }
    void release(QPoint at) { QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, at); }
    QString copied() {
        QApplication::clipboard()->clear();
        view->setFocus();
        QTest::keyClick(view.get(), Qt::Key_C, Qt::ControlModifier);
        return QApplication::clipboard()->text();
    }
};

const QString kFirst = QStringLiteral("The first draft is ready");
const QString kSecond = QStringLiteral("Thank you all");
const QString kThird = QStringLiteral("We meet in room four");

QVector<client::MessageRecord> talk() {
    client::MessageRecord line = said(3, QStringLiteral("Amina Diallo"), {});
    line.content = client::SystemContent{client::SystemKind::Renamed, QStringLiteral("Allies")};
    return {said(1, QStringLiteral("Jean Kagabo"), kFirst), said(2, QStringLiteral("Mei Lin"), kSecond), line,
            said(4, QStringLiteral("Jean Kagabo"), kThird)};
}

} // namespace

TEST_CASE("text is selected from one message to another, by the character, in both directions") {
    Fixture f;
    f.show(talk());
    const bool backwards = GENERATE(false, true);
    const QPoint from = f.in(0, 60);
    const QPoint to = f.in(3, 60);
    f.press(backwards ? to : from);
    f.move(f.in(1, 40));
    f.move(backwards ? from : to);
    CHECK_FALSE(f.view->isSelecting());
    f.release(backwards ? from : to);
    const QString text = f.copied();
    const QStringList lines = text.split(QLatin1Char('\n'));
    REQUIRE(lines.size() == 3); // not the line about the group
    CHECK(lines[0].startsWith(QStringLiteral("Jean Kagabo, ")));
    const QString tail = lines[0].section(QStringLiteral(": "), 1);
    CHECK(kFirst.endsWith(tail));
    CHECK(tail.size() > 3);
    CHECK(tail.size() < kFirst.size());
    CHECK(lines[1].endsWith(QStringLiteral(": ") + kSecond));
    const QString head = lines[2].section(QStringLiteral(": "), 1);
    CHECK(kThird.startsWith(head));
    CHECK(head.size() > 3);
    CHECK(head.size() < kThird.size());
    // Escape, or a press elsewhere, ends it.
    QTest::keyClick(f.view.get(), Qt::Key_Escape);
    CHECK(f.view->selectedText().isEmpty());
}

TEST_CASE("what is selected stays so while messages come before, after and between") {
    Fixture f;
    f.show(talk());
    f.press(f.in(0, 60));
    f.move(f.in(1, 60));
    f.release(f.in(1, 60));
    const QString before = f.view->selectedText();
    REQUIRE_FALSE(before.isEmpty());
    client::MessagePage older;
    older.conversation = invented::allies();
    older.messages = {said(-2, QStringLiteral("Mei Lin"), QStringLiteral("yesterday"))};
    f.model.prepend(older);
    f.model.add({said(9, QStringLiteral("Mei Lin"), QStringLiteral("later"))});
    CHECK(f.view->selectedText() == before);
    client::MessageRecord between = said(50, QStringLiteral("Ingrid Nordli"), QStringLiteral("late words"));
    between.createdAt = f.model.at(1).createdAt + 1;
    between.order.position = f.model.at(1).order.position + 1;
    f.model.add({between});
    CHECK(f.view->selectedText().contains(QStringLiteral("late words")));
    // One of its ends is gone: there is nothing to copy any more.
    f.model.remove(1);
    CHECK(f.view->selectedText().isEmpty());
}

TEST_CASE("three clicks take a message's text, and Shift takes the selection further") {
    Fixture f;
    f.show(talk());
    const QPoint at = f.in(3, 60);
    QTest::mouseDClick(f.view->viewport(), Qt::LeftButton, {}, at);
    CHECK(kThird.contains(f.view->selectedText()));
    CHECK(f.view->selectedText().size() < kThird.size());
    QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, at);
    CHECK(f.view->selectedText() == kThird);
    f.press(f.in(0, 16));
    f.release(f.in(0, 16));
    f.press(f.in(1, 60), Qt::ShiftModifier);
    f.release(f.in(1, 60));
    CHECK(f.view->selectedText().startsWith(QStringLiteral("Jean Kagabo")));
    CHECK(f.view->selectedText().contains(kFirst));
}

TEST_CASE("the timeline moves while text is dragged over its edge") {
    Fixture f;
    f.show(invented::many(1, 60));
    f.view->scrollToNewest();
    const int last = f.model.count() - 1;
    f.press(f.in(last, 40));
    const QRect first = f.view->rowRect(last);
    f.move(QPoint(300, -80));
    // Until the beginning is reached, though the mouse rests.
    REQUIRE(uitest::eventually([&] { return f.view->rowRect(0).isValid(); }));
    f.release(QPoint(300, -80));
    CHECK(f.view->rowRect(last) != first);
    const QString text = f.view->selectedText();
    CHECK(text.count(QLatin1Char('\n')) >= 55);
    CHECK(f.copied() == text);
}

TEST_CASE("a long message between two others is copied whole") {
    Fixture f;
    QVector<client::MessageRecord> messages = talk();
    QString longText;
    for (int i = 0; i < 400; ++i)
        longText += QStringLiteral("word%1 ").arg(i);
    messages[1].content = client::TextContent{longText.trimmed()};
    f.show(messages);
    f.view->showRow(1);
    f.press(f.in(0, 40));
    f.move(QPoint(300, 900));
    REQUIRE(uitest::eventually([&] { return f.view->selectedText().contains(QStringLiteral("word399")); }));
    f.release(QPoint(300, 900));
    CHECK(f.copied().contains(longText.trimmed()));
}
