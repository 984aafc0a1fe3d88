// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/workspace_fixture.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QStyle>
#include <QStyleHints>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

#include <cmath>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

namespace {

Appearance withText(int percent) {
    Appearance a;
    a.mode = ThemeMode::Light;
    a.contrast = Contrast::Normal;
    a.textPercent = percent;
    return a;
}

//! Later tests find the program as it is by default.
struct Restore {
    ~Restore() { theme.setAppearance(withText(100)); }
    Theme& theme;
};

} // namespace

TEST_CASE("every text of every palette can be read") {
    for (const bool dark : {false, true}) {
        for (const bool high : {false, true}) {
            const Palette p = Palette::of(dark, high);
            CHECK(p.dark == dark);
            CHECK(p.highContrast == high);
            const double least = high ? 7.0 : 4.5;
            const std::pair<QColor, QColor> pairs[] = {
                {p.ink, p.bg},     {p.ink, p.pane},    {p.ink, p.own},   {p.ink, p.their}, {p.ink, p.sel},
                {p.dim, p.bg},     {p.dim, p.pane},    {p.dim, p.their}, {p.acc, p.pane},  {p.acc, p.acc2},
                {p.accInk, p.acc}, {p.warn, p.warnBg}, {p.rest, p.pane}, {p.ok, p.pane},   {p.rest, p.bg},
            };
            for (const auto& [text, ground] : pairs) {
                INFO(dark << high << " " << text.name().toStdString() << " on "
                          << ground.name().toStdString());
                CHECK(contrastRatio(text, ground) >= least);
            }
            if (high)
                CHECK(contrastRatio(p.line, p.pane) >= 4.5);
            for (int i = 0; i < 40; ++i) {
                const QColor name = identityTextColour(QByteArray::number(i), p);
                INFO(name.name().toStdString());
                CHECK(contrastRatio(name, p.their) >= (high ? 7.0 : 4.2));
            }
        }
    }
    CHECK(contrastRatio(Qt::black, Qt::white) == Approx(21.0));
}

TEST_CASE("the words of an empty field can be read too") {
    Fixture f;
    const Restore restore{f.theme};
    for (const Contrast contrast : {Contrast::Normal, Contrast::High}) {
        Appearance a = withText(100);
        a.contrast = contrast;
        f.theme.setAppearance(a);
        const QLineEdit* search = f.space->listPane()->searchField();
        const QColor ground = f.theme.palette().bg;
        QColor words = search->palette().color(QPalette::PlaceholderText);
        // The colour that half-transparent ink gives on the ground.
        const float alpha = words.alphaF();
        words = QColor::fromRgbF(words.redF() * alpha + ground.redF() * (1 - alpha),
                                 words.greenF() * alpha + ground.greenF() * (1 - alpha),
                                 words.blueF() * alpha + ground.blueF() * (1 - alpha));
        CHECK(contrastRatio(words, ground) >= (contrast == Contrast::High ? 7.0 : 4.5));
    }
}

TEST_CASE("the arrow of a choice has the colour of the palette") {
    uitest::application();
    const Theme theme; // knows the pictures
    for (const bool dark : {false, true}) {
        for (const bool high : {false, true}) {
            const Palette p = Palette::of(dark, high);
            const QString sheet = styleSheet(p, 1);
            const qsizetype at = sheet.indexOf(QStringLiteral(":/icons/chevron-down"));
            REQUIRE(at > 0);
            QFile file(sheet.mid(at, sheet.indexOf(QLatin1Char(')'), at) - at));
            INFO(file.fileName().toStdString());
            REQUIRE(file.open(QIODevice::ReadOnly));
            CHECK(file.readAll().toUpper().contains(p.dim.name().toUpper().toLatin1()));
        }
    }
}

TEST_CASE("text, icons and rows grow together, and what is clicked stays where it is seen") {
    Fixture f;
    const Restore restore{f.theme};
    f.window->resize(1320, 840);
    f.space->page()->timelineModel()->setPage(invented::discussedPage());
    auto* list = f.space->listPane()->list();
    struct Sizes {
        int row;
        int bubble;
        int button;
        int icon;
        int header;
    };
    const auto measure = [&](int percent) {
        f.theme.setAppearance(withText(percent));
        f.view()->showRow(5);
        QCoreApplication::sendPostedEvents();
        const int index = f.space->page()->timelineModel()->indexOfRow(5);
        return Sizes{list->visualRect(f.space->listModel()->index(0)).height(),
                     f.view()->bubbleRect(index).height(), f.space->page()->composer()->sendButton()->width(),
                     f.space->page()->composer()->sendButton()->iconSize().width(),
                     f.space->page()->header()->height()};
    };
    const Sizes plain = measure(100);
    CHECK(plain.row == 62);
    for (const int percent : {80, 150, 200}) {
        const Sizes now = measure(percent);
        INFO(percent);
        CHECK(now.row == std::lround(62 * percent / 100.0));
        CHECK(std::abs(now.button - 38 * percent / 100) <= 1);
        CHECK(std::abs(now.icon - 19 * percent / 100) <= 1);
        CHECK(now.header == std::lround(58 * percent / 100.0));
        // A bubble grows at least as much: its text breaks into more lines.
        if (percent > 100)
            CHECK(now.bubble >= plain.bubble * percent / 100 - 2);
        else
            CHECK(now.bubble < plain.bubble);
    }
    f.theme.setAppearance(withText(150));
    QSignalSpy reacted(f.space->page(), &ConversationPage::reactionRequested);
    int index = -1;
    for (int i = 0; i < f.space->page()->timelineModel()->count(); ++i)
        if (!f.space->page()->timelineModel()->at(i).reactions.isEmpty())
            index = i;
    REQUIRE(index >= 0);
    f.view()->showRow(f.space->page()->timelineModel()->at(index).row);
    const QRect chip = f.view()->reactionRect(index, 0);
    REQUIRE(chip.isValid());
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {}, chip.center());
    REQUIRE(reacted.size() == 1);
    CHECK(reacted.at(0).at(2).toString() ==
          f.space->page()->timelineModel()->at(index).reactions.at(0).emoji);
    // Text is selected where it is pointed at.
    const QRect bubble = f.view()->bubbleRect(index);
    QTest::mouseDClick(f.view()->viewport(), Qt::LeftButton, {},
                       bubble.topLeft() + QPoint(60, bubble.height() / 3));
    CHECK_FALSE(f.view()->selectedText().isEmpty());
}

TEST_CASE("no part of the window is pushed out of it by large text") {
    Fixture f;
    const Restore restore{f.theme};
    f.theme.setAppearance(withText(200));
    for (const QSize size : {QSize(760, 520), QSize(1024, 700), QSize(1320, 840), QSize(1920, 1080)}) {
        f.window->resize(size);
        QCoreApplication::sendPostedEvents();
        INFO(size.width());
        CHECK(f.window->size() == size);
        CHECK(f.view()->width() >= 240);
        CHECK(f.space->page()->composer()->geometry().right() <= f.space->width());
        CHECK(f.space->listPane()->width() >= 240);
    }
}

TEST_CASE("the keys make text larger, smaller and normal") {
    Fixture f;
    QSignalSpy steps(f.window.get(), &MainWindow::textStepRequested);
    f.window->activateWindow();
    REQUIRE(uitest::eventually([&] { return f.window->isActiveWindow(); }));
    QTest::keyClick(f.window.get(), Qt::Key_Plus, Qt::ControlModifier);
    QTest::keyClick(f.window.get(), Qt::Key_Equal, Qt::ControlModifier);
    QTest::keyClick(f.window.get(), Qt::Key_Minus, Qt::ControlModifier);
    QTest::keyClick(f.window.get(), Qt::Key_0, Qt::ControlModifier);
    REQUIRE(steps.size() == 4);
    CHECK(steps.at(0).at(0).toInt() == 1);
    CHECK(steps.at(1).at(0).toInt() == 1);
    CHECK(steps.at(2).at(0).toInt() == -1);
    CHECK(steps.at(3).at(0).toInt() == 0);
}

TEST_CASE("compact rows hold more on the screen") {
    Fixture f;
    const Restore restore{f.theme};
    const auto measure = [&](Density density) {
        Appearance a = withText(100);
        a.density = density;
        f.theme.setAppearance(a);
        return std::pair(f.space->listPane()->list()->visualRect(f.space->listModel()->index(0)).height(),
                         f.view()->rowRect(f.space->page()->timelineModel()->count() - 1).height());
    };
    const auto comfortable = measure(Density::Comfortable);
    const auto compact = measure(Density::Compact);
    CHECK(compact.first == 48);
    CHECK(compact.first < comfortable.first);
    CHECK(compact.second < comfortable.second);
}

TEST_CASE("nothing moves or blinks where the person wants stillness") {
    Fixture f;
    const Restore restore{f.theme};
    const auto hint = [&] {
        return f.window->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, f.window.get());
    };
    Appearance a = withText(100);
    a.motion = Motion::Full;
    f.theme.setAppearance(a);
    CHECK(hint() > 0);
    CHECK(QGuiApplication::styleHints()->cursorFlashTime() > 0);
    a.motion = Motion::Reduced;
    f.theme.setAppearance(a);
    CHECK(hint() == 0);
    CHECK(QGuiApplication::styleHints()->cursorFlashTime() == 0);
    QTest::keyClicks(f.field(), QStringLiteral("still"));
    CHECK(QGuiApplication::styleHints()->cursorFlashTime() == 0);
}

TEST_CASE("an idle window keeps no timer that wakes it more than once a second") {
    Fixture f;
    QTest::keyClicks(f.field(), QStringLiteral("typed"));
    // The text cursor blinks while a person types, and rests later.
    QTimer* rest = nullptr;
    for (QTimer* timer : f.theme.findChildren<QTimer*>())
        if (timer->isActive() && timer->isSingleShot())
            rest = timer;
    REQUIRE(rest);
    CHECK(QGuiApplication::styleHints()->cursorFlashTime() > 0);
    CHECK(rest->interval() <= 10'000);
    rest->start(0);
    CHECK(uitest::eventually([] { return QGuiApplication::styleHints()->cursorFlashTime() == 0; }));
    // The test's own timer makes the turns of the event loop. Any other source that wakes it more than once
    // in ten turns of 100 ms is restless. The effects of typing end first.
    struct Counter : QObject {
        bool eventFilter(QObject* watched, QEvent* event) override {
            others += event->type() == QEvent::Timer && watched != driver ? 1 : 0;
            return false;
        }
        const QObject* driver = nullptr;
        int others = 0;
    };
    QTimer driver;
    int turns = 0;
    QObject::connect(&driver, &QTimer::timeout, &driver, [&] { ++turns; });
    driver.start(100);
    REQUIRE(uitest::eventually([&] { return turns >= 20; }));
    Counter counter;
    counter.driver = &driver;
    qApp->installEventFilter(&counter);
    turns = 0;
    while (turns < 30)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    CHECK(counter.others <= 3);
    driver.stop();
    // The next key wakes it again.
    QTest::keyClick(f.field(), Qt::Key_A);
    CHECK(QGuiApplication::styleHints()->cursorFlashTime() > 0);
}
