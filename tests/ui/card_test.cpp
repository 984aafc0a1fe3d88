// SPDX-License-Identifier: AGPL-3.0-or-later
// Cards in bubbles: the places of their parts, and use with mouse, keyboard and assistive technology.
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "tests/ui/invented.h"
#include "tests/ui/invented_cards.h"
#include "ui/conversation/bodies/card_body.h"
#include "ui/conversation/timeline_view.h"
#include "ui/language/language.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QImage>
#include <QLineEdit>
#include <QToolTip>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

using namespace valise;
using namespace valise::ui;

namespace {

//! Rows of invented::cardPage(), by their place in it.
enum Place { Counted, Open, Meeting, Text, File, Sending, Refused };

struct Fixture {
    explicit Fixture(BodyFactory bodies = invented::cardBodies(),
                     client::MessagePage page = invented::cardPage()) {
        uitest::application();
        language.use(QStringLiteral("en"));
        theme.setMode(ThemeMode::Light);
        view = std::make_unique<TimelineView>(&model, &theme, nullptr, std::move(bodies));
        view->resize(656, 1400);
        view->show();
        model.open(invented::allies());
        model.setPage(page);
        QObject::connect(view.get(), &TimelineView::cardAction, view.get(),
                         [this](const client::MessageRecord& message, const QString& id) {
                             done << QString::number(message.row) + QLatin1Char(' ') + id;
                         });
        view->activateWindow();
        view->setFocus();
    }
    ~Fixture() { theme.setAppearance({}); }
    //! The part with this id.
    int partOf(int index, const QString& id) {
        const MessageBody* body = view->bodyAt(index);
        for (int i = 0; i < body->partCount(); ++i)
            if (body->part(i).hit.target == id)
                return i;
        return -1;
    }
    void click(int index, const QString& id) {
        const QRect rect = view->partRect(index, partOf(index, id));
        REQUIRE(rect.isValid());
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, rect.center());
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(view.get(), static_cast<Qt::Key>(key), modifiers);
    }
    QString focused() {
        if (view->focusedPart() < 0)
            return {};
        return view->bodyAt(view->focusedIndex())->part(view->focusedPart()).hit.target;
    }
    Language language;
    Theme theme;
    TimelineModel model;
    std::unique_ptr<TimelineView> view;
    QStringList done;
};

CardRow option(const QString& id, const QString& label) {
    CardRow row;
    row.id = id;
    row.label = label;
    row.mark = CardRow::Mark::Radio;
    return row;
}

//! Parts stand inside of the area and not on each other.
void checkPlaces(const CardBody& body, const QRectF& area) {
    const QRectF outer = area.adjusted(-8, -1, 8, 1);
    for (int i = 0; i < body.partCount(); ++i) {
        const QRectF rect = body.part(i).rect;
        INFO(i << " at " << rect.left() << ", " << rect.top() << ", " << rect.width() << " by "
               << rect.height());
        CHECK(outer.contains(rect));
        for (int j = 0; j < i; ++j)
            CHECK_FALSE(body.part(j).rect.adjusted(0.5, 0.5, -0.5, -0.5).intersects(rect));
    }
}

Card everything() {
    Card card = invented::meeting();
    card.kind = QStringLiteral("Everything at once");
    card.icon = QStringLiteral("poll");
    card.rows += invented::openPoll().rows;
    card.rows += invented::countedPoll().rows;
    card.buttons += invented::openPoll().buttons;
    return card;
}

} // namespace

TEST_CASE("a card finds room in any width, in both directions") {
    uitest::application();
    Theme theme;
    const Card cards[] = {
        invented::countedPoll(), invented::openPoll(),    invented::meeting(), invented::file(),
        invented::sendingFile(), invented::refusedFile(), everything()};
    for (const Card& card : cards) {
        for (const double width : {90.0, 114.0, 200.0, 354.0, 900.0}) {
            for (const bool rtl : {false, true}) {
                INFO(card.title.toStdString() << " " << width << (rtl ? " rtl" : ""));
                CardBody body(card);
                const BodySize size = body.measure({width, rtl, 0}, theme.atDesignSize());
                CHECK(size.width <= std::min(width, 354.0));
                CHECK(size.lastLine <= size.width + 0.5);
                CHECK(size.height < 2'000);
                const QRectF area(50, 70, size.width, size.height);
                body.place(area);
                checkPlaces(body, area);
                // Each part is hit where it stands, and does what it says.
                for (int i = 0; i < body.partCount(); ++i) {
                    const BodyHit hit = body.hitTest(body.part(i).rect.center());
                    CHECK(hit.part == i);
                    CHECK(hit.kind == body.part(i).hit.kind);
                    CHECK(hit.target == body.part(i).hit.target);
                }
                CHECK(body.hitTest(area.topLeft() - QPointF(20, 20)).kind == BodyHit::None);
            }
        }
    }
}

TEST_CASE("from right to left a card is its own mirror") {
    uitest::application();
    Theme theme;
    Card card = everything();
    CardBody left(card);
    CardBody right(card);
    const BodySize size = left.measure({354, false, 0}, theme.atDesignSize());
    CHECK(right.measure({354, true, 0}, theme.atDesignSize()).height == size.height);
    left.place(QRectF(0, 0, size.width, size.height));
    right.place(QRectF(0, 0, size.width, size.height));
    REQUIRE(left.partCount() == right.partCount());
    for (int i = 0; i < left.partCount(); ++i) {
        const QRectF a = left.part(i).rect;
        const QRectF b = right.part(i).rect;
        CHECK(std::abs(a.left() - (size.width - b.right())) < 0.01);
        CHECK(a.top() == b.top());
    }
}

TEST_CASE("a click on a row or a button of a card is told with its id") {
    Fixture f;
    f.click(Open, QStringLiteral("c"));
    f.click(Open, QStringLiteral("vote"));
    f.click(Meeting, QStringLiteral("maybe"));
    f.click(Counted, QStringLiteral("close"));
    CHECK(f.done == QStringList{QStringLiteral("2 c"), QStringLiteral("2 vote"), QStringLiteral("3 maybe"),
                                QStringLiteral("1 close")});
    CHECK(f.view->selectedText().isEmpty());
    f.done.clear();
    // Let go elsewhere, nothing happens; nor on the title, nor on a result.
    const QRect vote = f.view->partRect(Open, f.partOf(Open, QStringLiteral("vote")));
    QTest::mousePress(f.view->viewport(), Qt::LeftButton, {}, vote.center());
    QTest::mouseRelease(f.view->viewport(), Qt::LeftButton, {}, vote.center() + QPoint(90, 0));
    QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, f.view->partRect(Open, 0).center());
    QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, f.view->partRect(Counted, 1).center());
    CHECK(f.done.isEmpty());
    // While messages are chosen a click chooses the message.
    QTest::mouseClick(f.view->viewport(), Qt::LeftButton, Qt::ControlModifier, vote.center());
    CHECK(f.view->isSelecting());
    f.click(Open, QStringLiteral("vote"));
    CHECK(f.done.isEmpty());
}

TEST_CASE("what is switched off in a card does nothing, and says so") {
    Card card = invented::openPoll();
    card.rows[0].enabled = false;
    card.buttons[0].enabled = false;
    Fixture f(invented::cardBodies({{2, card}}));
    f.click(Open, card.rows.at(0).id);
    f.click(Open, QStringLiteral("vote"));
    f.view->triggerPart(Open, f.partOf(Open, QStringLiteral("vote")));
    CHECK(f.done.isEmpty());
    f.view->moveFocus(Open);
    f.key(Qt::Key_Tab);
    CHECK(f.focused() == card.rows.at(1).id);
    QAccessibleInterface* message = QAccessible::queryAccessibleInterface(f.view.get())->child(Open);
    CHECK(message->child(1)->state().disabled);
    CHECK_FALSE(message->child(2)->state().disabled);
}

TEST_CASE("the pointer over a part of a card shows, and only there") {
    Fixture f;
    const QRect row = f.view->partRect(Open, f.partOf(Open, QStringLiteral("a")));
    const auto picture = [&] { return f.view->viewport()->grab(row.adjusted(-4, -4, 4, 4)).toImage(); };
    QTest::mouseMove(f.view->viewport(), QPoint(2, 2));
    const QImage calm = picture();
    QTest::mouseMove(f.view->viewport(), row.center());
    CHECK(f.view->viewport()->cursor().shape() == Qt::PointingHandCursor);
    CHECK(picture() != calm);
    QTest::mouseMove(f.view->viewport(), f.view->partRect(Counted, 1).center());
    CHECK(f.view->viewport()->cursor().shape() == Qt::ArrowCursor);
    CHECK(picture() == calm);
}

TEST_CASE("Tab and the arrows walk a card, Enter and Space do what stands there") {
    Fixture f;
    f.view->moveFocus(Open);
    CHECK(f.focused().isEmpty());
    f.key(Qt::Key_Tab);
    CHECK(f.focused() == QStringLiteral("a"));
    f.key(Qt::Key_Down);
    CHECK(f.focused() == QStringLiteral("b"));
    f.key(Qt::Key_Right);
    CHECK(f.focused() == QStringLiteral("c"));
    f.key(Qt::Key_Space);
    f.key(Qt::Key_Tab);
    CHECK(f.focused() == QStringLiteral("vote"));
    f.key(Qt::Key_Return);
    CHECK(f.done == QStringList{QStringLiteral("2 c"), QStringLiteral("2 vote")});
    CHECK_FALSE(f.view->isSelecting());
    f.key(Qt::Key_Backtab, Qt::ShiftModifier);
    f.key(Qt::Key_Left);
    CHECK(f.focused() == QStringLiteral("b"));
    // Escape goes back to the message; so does going up from the first.
    f.key(Qt::Key_Escape);
    CHECK(f.focused().isEmpty());
    CHECK(f.view->focusedIndex() == Open);
    f.key(Qt::Key_Tab);
    f.key(Qt::Key_Up);
    CHECK(f.focused().isEmpty());
    CHECK(f.view->focusedIndex() == Open);
    // Beyond the last is the next message.
    for (int i = 0; i < 4; ++i)
        f.key(Qt::Key_Tab);
    CHECK(f.focused() == QStringLiteral("vote"));
    f.key(Qt::Key_Down);
    CHECK(f.view->focusedIndex() == Meeting);
    CHECK(f.focused().isEmpty());
    // Keys of the message still work inside of it.
    f.key(Qt::Key_Tab);
    qint64 replied = 0;
    QObject::connect(f.view.get(), &TimelineView::replyRequested, f.view.get(),
                     [&](const client::MessageRecord& m) { replied = m.row; });
    f.key(Qt::Key_R);
    CHECK(replied == 3);
    // A text has nothing for Tab, and results have nothing either.
    f.view->moveFocus(Text);
    f.key(Qt::Key_Right);
    CHECK(f.view->focusedPart() < 0);
}

TEST_CASE("from right to left the left arrow goes on") {
    Fixture f;
    f.view->setLayoutDirection(Qt::RightToLeft);
    f.view->moveFocus(Meeting);
    f.key(Qt::Key_Left);
    CHECK(f.focused() == QStringLiteral("yes"));
    f.key(Qt::Key_Left);
    CHECK(f.focused() == QStringLiteral("maybe"));
    f.key(Qt::Key_Right);
    f.key(Qt::Key_Right);
    CHECK(f.focused().isEmpty());
}

TEST_CASE("Tab leaves the timeline behind the last part of a card") {
    Fixture f;
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    column->addWidget(f.view.get());
    auto* field = new QLineEdit;
    column->addWidget(field);
    window.resize(700, 900);
    window.show();
    window.activateWindow();
    REQUIRE(uitest::eventually([&] { return window.isActiveWindow(); }));
    f.view->setFocus();
    f.view->moveFocus(Open);
    int steps = 0;
    while (f.view->hasFocus() && steps < 20) {
        f.key(Qt::Key_Tab);
        ++steps;
    }
    CHECK(steps == 5);
    CHECK(f.view->focusedPart() < 0);
    f.view->setFocus();
    f.view->setParent(nullptr);
}

TEST_CASE("a part the keyboard goes to is scrolled to") {
    Fixture f;
    f.view->resize(656, 180);
    f.view->moveFocus(Meeting);
    const int last = f.view->bodyAt(Meeting)->partCount() - 1;
    for (const int part : {last, 1, last}) {
        f.view->focusPart(Meeting, part);
        const QRect rect = f.view->partRect(Meeting, part);
        CHECK(rect.top() >= 0);
        CHECK(rect.bottom() <= f.view->viewport()->height());
    }
}

TEST_CASE("the keyboard stays where it is in a card that changes") {
    Card card = invented::openPoll();
    std::map<qint64, Card> cards{{2, card}};
    Fixture f([&cards](const client::MessageRecord& message) -> std::unique_ptr<MessageBody> {
        const auto known = cards.find(message.row);
        if (known == cards.end())
            return makeBody(message);
        return std::make_unique<CardBody>(known->second);
    });
    f.view->focusPart(Open, f.partOf(Open, QStringLiteral("vote")));
    cards[2].rows.removeFirst();
    f.model.change(f.model.at(Open));
    CHECK(f.focused() == QStringLiteral("vote"));
    cards[2].buttons.clear();
    f.model.change(f.model.at(Open));
    CHECK(f.view->focusedPart() < 0);
    CHECK(f.view->focusedIndex() == Open);
}

TEST_CASE("assistive technology knows a card's parts, and can do what they do") {
    Fixture f;
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(f.view.get());
    QAccessibleInterface* poll = list->child(Open);
    // A summary first, then the parts.
    CHECK(poll->text(QAccessible::Name).contains(QStringLiteral("Ingrid Nordli")));
    CHECK(poll->text(QAccessible::Name).contains(QStringLiteral("2 of 6 have voted")));
    REQUIRE(poll->childCount() == 5);
    CHECK(poll->child(0)->role() == QAccessible::Heading);
    QAccessibleInterface* second = poll->child(2);
    CHECK(second->role() == QAccessible::RadioButton);
    CHECK(second->text(QAccessible::Name) == QStringLiteral("2028, with an interim report in 2026"));
    CHECK(second->state().checkable);
    CHECK(second->state().checked);
    CHECK_FALSE(poll->child(1)->state().checked);
    CHECK(second->parent() == poll);
    CHECK(poll->indexOfChild(second) == 2);
    CHECK(poll->child(2) == second);
    const QRect rect = second->rect();
    CHECK(rect.isValid());
    CHECK(poll->childAt(rect.center().x(), rect.center().y()) == second);
    auto* actions =
        static_cast<QAccessibleActionInterface*>(second->interface_cast(QAccessible::ActionInterface));
    REQUIRE(actions);
    CHECK(actions->actionNames().contains(QAccessibleActionInterface::toggleAction()));
    actions->doAction(QAccessibleActionInterface::toggleAction());
    CHECK(f.done == QStringList{QStringLiteral("2 b")});
    REQUIRE(uitest::eventually([&] { return f.view->isActiveWindow(); }));
    actions->doAction(QAccessibleActionInterface::setFocusAction());
    CHECK(f.focused() == QStringLiteral("b"));
    CHECK(second->state().focused);
    CHECK(list->focusChild() == second);
    QAccessibleInterface* vote = poll->child(4);
    CHECK(vote->role() == QAccessible::Button);
    CHECK(vote->text(QAccessible::Name) == QStringLiteral("Vote"));
    // Results are read, and what one chose oneself is said in words.
    QAccessibleInterface* result = list->child(Counted)->child(1);
    CHECK(result->role() == QAccessible::StaticText);
    CHECK(result->text(QAccessible::Name) ==
          QStringLiteral("Room 6, level 2, 4, you, Amina, Ingrid, Jean, your choice"));
    auto* none =
        static_cast<QAccessibleActionInterface*>(result->interface_cast(QAccessible::ActionInterface));
    CHECK(none->actionNames().isEmpty());
    CHECK(list->child(Meeting)->text(QAccessible::Name).contains(QStringLiteral("before: Room 4")));
    // A message that is gone has no parts.
    const qint64 row = f.model.at(Open).row;
    f.model.remove(row);
    CHECK(f.view->bodyAt(99) == nullptr);
}

TEST_CASE("the links of a text are parts of their message for assistive technology") {
    client::MessagePage page;
    page.conversation = invented::allies();
    page.messages << invented::message(1, QStringLiteral("Jean Kagabo"),
                                       QStringLiteral("See https://example.org/a and www.example.org"),
                                       1'700'000'000);
    Fixture f(&makeBody, page);
    QString opened;
    QObject::connect(f.view.get(), &TimelineView::linkChosen, f.view.get(),
                     [&](const QString& target) { opened = target; });
    QAccessibleInterface* message = QAccessible::queryAccessibleInterface(f.view.get())->child(0);
    REQUIRE(message->childCount() == 2);
    CHECK(message->child(0)->role() == QAccessible::Link);
    CHECK(message->child(1)->text(QAccessible::Name) == QStringLiteral("www.example.org"));
    auto* actions = static_cast<QAccessibleActionInterface*>(
        message->child(0)->interface_cast(QAccessible::ActionInterface));
    actions->doAction(QAccessibleActionInterface::pressAction());
    CHECK(opened == QStringLiteral("https://example.org/a"));
}

TEST_CASE("a card is selected and copied whole") {
    client::MessagePage page = invented::cardPage();
    page.messages = {page.messages.at(Text), page.messages.at(Counted), page.messages.at(Open)};
    page.messages[1].createdAt += 7200;
    page.messages[1].order.position += 1LL << 40;
    page.messages[2].content = client::TextContent{QStringLiteral("And then we go on")};
    page.messages[2].createdAt += 7300;
    page.messages[2].order.position += 1LL << 41;
    Fixture f(invented::cardBodies({{1, invented::countedPoll()}}), page);
    REQUIRE(f.model.at(1).row == 1);
    const QRect first = f.view->bubbleRect(0);
    const QRect last = f.view->bubbleRect(2);
    QTest::mousePress(f.view->viewport(), Qt::LeftButton, {}, QPoint(first.left() + 40, first.bottom() - 17));
    QTest::mouseMove(f.view->viewport(), QPoint(last.left() + 60, last.bottom() - 17));
    QTest::mouseRelease(f.view->viewport(), Qt::LeftButton, {}, QPoint(last.left() + 60, last.bottom() - 17));
    CHECK(f.view->selectedText().contains(QStringLiteral("Where do we meet tonight?\n")));
    CHECK(f.view->selectedText().contains(QStringLiteral("Room 6, level 2, 4")));
    f.view->moveFocus(1);
    f.key(Qt::Key_Escape);
    f.key(Qt::Key_C, Qt::ControlModifier);
    CHECK(QApplication::clipboard()->text().startsWith(QStringLiteral("Poll")));
    CHECK(QApplication::clipboard()->text().contains(QStringLiteral("Online, 1, Mei")));
}

TEST_CASE("a short text of a card is cut only with an ellipsis, in every writing") {
    uitest::application();
    Theme theme;
    const QFont font = theme.atDesignSize().font(13, QFont::DemiBold);
    for (const char* words :
         {"Change my vote", "تغيير صوتي", "إعادة المحاولة", "ربما", "变更我的投票", "a"}) {
        const QString text = QString::fromUtf8(words);
        INFO(words);
        FittedText whole(text, font, 18, 1, false);
        whole.layOut(whole.naturalWidth() + 1);
        CHECK_FALSE(whole.isCut());
        CHECK(whole.lines() == 1);
        if (text.size() < 2)
            continue;
        FittedText cut(text, font, 18, 1, false);
        cut.layOut(whole.naturalWidth() - 8);
        CHECK(cut.isCut());
        CHECK(cut.lines() == 1);
        CHECK(cut.width() <= whole.naturalWidth() - 8);
        CHECK(cut.laidOut().endsWith(QChar(0x2026)));
    }
}

TEST_CASE("text that does not fit into a card is told by a tool tip") {
    Card card = invented::openPoll();
    card.rows[0].label = QStringLiteral("a very long answer ").repeated(12).trimmed();
    Fixture f(invented::cardBodies({{2, card}}));
    const auto tip = [&](int part) {
        QToolTip::hideText();
        const QPoint at = f.view->partRect(Open, part).center();
        QHelpEvent help(QEvent::ToolTip, at, f.view->viewport()->mapToGlobal(at));
        QApplication::sendEvent(f.view->viewport(), &help);
        return QToolTip::text();
    };
    CHECK(f.view->bodyAt(Open)->part(1).cut);
    CHECK(tip(1).contains(card.rows.at(0).label));
    CHECK_FALSE(tip(2).contains(QStringLiteral("2028, with an interim")));
}

TEST_CASE("name, quote and time of a card stay in its bubble") {
    client::MessagePage page = invented::cardPage();
    for (client::MessageRecord& m : page.messages) {
        m.senderName = m.own ? m.senderName : QString(60, QLatin1Char('W'));
        m.quote.eventId = QByteArray(32, '\x01');
        m.quote.sender = QStringLiteral("Ingrid Nordli");
        m.quote.text = QStringLiteral("words ").repeated(40);
        m.starred = true;
        m.expiresAt = m.createdAt + 86'400;
    }
    Fixture f(invented::cardBodies(), page);
    for (const int width : {400, 656, 1200}) {
        f.view->resize(width, 3000);
        for (const int index : {Counted, Open, Meeting, File, Sending, Refused}) {
            const QRect bubble = f.view->bubbleRect(index);
            INFO(index << " in " << width);
            CHECK(bubble.width() <= 354 + 27);
            CHECK(bubble.contains(f.view->quoteRect(index)));
            for (int i = 0; i < f.view->bodyAt(index)->partCount(); ++i)
                CHECK(bubble.contains(f.view->partRect(index, i)));
        }
    }
}

TEST_CASE("no card of a member costs more than a few screens of work") {
    const QString wide(100'000, QChar(0xFDFD));
    const QString word(1'000'000, QLatin1Char('W'));
    const QString marks = QStringLiteral("z") + QString(100'000, QChar(0x0301));
    const QString lines(100'000, QLatin1Char('\n'));
    const QString turned = QString::fromUtf8("\u202Egpj.exe\u2066\u2067").repeated(5'000);
    for (const QString& text : {wide, word, marks, lines, turned}) {
        Card card;
        card.icon = text.left(1000);
        card.kind = card.title = card.subtitle = card.detail = card.note = text;
        card.tile = CardTile{{}, text, text};
        card.notice = CardNotice{QStringLiteral("place"), text, text, text};
        for (int i = 0; i < 1'000; ++i) {
            CardRow row = option(QString::number(i), text);
            row.value = row.secondary = text;
            row.share = i % 3 == 0 ? std::numeric_limits<double>::quiet_NaN() : i % 3 == 1 ? 1e300 : -1.0;
            if (i % 2)
                row.id.clear();
            card.rows << row;
        }
        for (int i = 0; i < 1'000; ++i)
            card.buttons << CardButton{QString::number(i), text, static_cast<CardButton::Kind>(i % 4), true,
                                       i % 2 == 0};
        Fixture f(invented::cardBodies({{2, card}}));
        f.view->resize(656, 600);
        f.view->showRow(2);
        f.view->grab();
        const LayoutWork before = f.view->work();
        f.view->grab();
        CHECK(f.view->work().paintedLines - before.paintedLines <= 90);
        CHECK(f.view->work().layouts == before.layouts);
        const QRect bubble = f.view->bubbleRect(Open);
        CHECK(bubble.height() < 2'500);
        const MessageBody* body = f.view->bodyAt(Open);
        CHECK(body->partCount() <= 1 + CardBody::kMostRows + CardBody::kMostAnswers + CardBody::kMostButtons);
        CHECK(body->words().size() < 25'000);
        CHECK(f.view->describe(Open).size() < 5'000);
        for (int i = 0; i < body->partCount(); ++i)
            CHECK(body->part(i).name.size() < 1'000);
        CHECK(body->words().contains(QStringLiteral("and 988 more")));
        CHECK_FALSE(body->words().contains(QChar(0x202E)));
    }
}

TEST_CASE("a card grows with the text of the window and stays whole") {
    for (const int percent : {80, 100, 150, 200}) {
        Fixture f;
        f.theme.setAppearance({ThemeMode::Dark, Contrast::High, {}, {}, percent});
        f.view->resize(656, 5000);
        f.view->grab();
        for (const int index : {Counted, Open, Meeting, File, Sending, Refused}) {
            const QRect bubble = f.view->bubbleRect(index);
            INFO(index << " at " << percent);
            REQUIRE(bubble.isValid());
            CHECK(bubble.left() >= 0);
            CHECK(bubble.right() <= f.view->viewport()->width());
            for (int i = 0; i < f.view->bodyAt(index)->partCount(); ++i)
                CHECK(bubble.contains(f.view->partRect(index, i)));
        }
        const int vote = f.partOf(Open, QStringLiteral("vote"));
        CHECK(std::abs(f.view->partRect(Open, vote).height() - 28 * percent / 100) <= 1);
    }
}
