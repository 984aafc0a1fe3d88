// SPDX-License-Identifier: AGPL-3.0-or-later
// Measures the speed of the window with a long history, and its memory. Makes the history once, starts itself
// like the program, and prints the measurements with their goals. `bench_ui FOLDER [MESSAGES CONVERSATIONS
// LONGEST]`.
#include "core/client/client.h"
#include "core/crypto/secret.h"
#include "tests/bench/ui/long_history.h"
#include "translations/embedded.h"
#include "ui/accessibility/announcer.h"
#include "ui/conversation/composer.h"
#include "ui/conversation/timeline_accessible.h"
#include "ui/conversation/timeline_view.h"
#include "ui/language/language.h"
#include "ui/shell/session_controller.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QWheelEvent>
#include <QtTest/QTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace valise;
using namespace valise::ui;

namespace {

constexpr int kLimitMs = 30'000;

double nowMs() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<double>(t.tv_sec) * 1000 + static_cast<double>(t.tv_nsec) / 1e6;
}

double processorMs() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1000 + static_cast<double>(t.tv_nsec) / 1e6;
}

//! Processor time of this thread, which does not depend on other programs on the machine.
double threadMs() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1000 + static_cast<double>(t.tv_nsec) / 1e6;
}

//! Proportional set size of this process, megabytes.
double pssMb() {
    QFile file(QStringLiteral("/proc/self/smaps_rollup"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines)
        if (line.startsWith("Pss:"))
            return line.mid(4).simplified().split(' ').first().toDouble() / 1024;
    return 0;
}

void line(const char* what, double value, const char* unit, double goal, const char* note = "") {
    std::printf("%-46s %9.1f %-3s goal %6.1f %s %s\n", what, value, unit, goal,
                value <= goal ? "met   " : "MISSED", note);
}

//! Several measurements of the same quantity.
class Samples {
public:
    void add(double ms) { m_all.push_back(ms); }
    double at(double share) {
        if (m_all.empty())
            return 0;
        std::sort(m_all.begin(), m_all.end());
        return m_all[std::min(m_all.size() - 1,
                              static_cast<std::size_t>(share * static_cast<double>(m_all.size())))];
    }
    double median() { return at(0.5); }
    double most() { return at(1); }
    std::size_t size() const { return m_all.size(); }
    std::size_t above(double ms) const {
        return static_cast<std::size_t>(
            std::count_if(m_all.begin(), m_all.end(), [ms](double v) { return v > ms; }));
    }

private:
    std::vector<double> m_all;
};

//! Records when a widget was last painted, and counts what wakes the window's thread.
class Watcher : public QObject {
public:
    explicit Watcher(QObject* parent)
        : QObject(parent) {
        QCoreApplication::instance()->installEventFilter(this);
    }
    QHash<const QObject*, double> painted;
    int timers = 0;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            // The event is delivered first, so that the recorded time is that of the finished picture.
            QCoreApplication::instance()->removeEventFilter(this);
            QCoreApplication::sendEvent(watched, event);
            QCoreApplication::instance()->installEventFilter(this);
            painted[watched] = nowMs();
            return true;
        }
        if (event->type() == QEvent::Timer)
            ++timers;
        return false;
    }
};

bool until(const std::function<bool()>& condition) {
    const QDeadlineTimer deadline(kLimitMs);
    while (!condition()) {
        if (deadline.hasExpired()) {
            std::fprintf(stderr, "what was waited for did not come\n");
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    return true;
}

class Run {
public:
    Run(const QString& home, double startedMs)
        : m_home(home)
        , m_started(startedMs) {}

    int go(bool empty) {
        Theme look;
        Language language;
        language.use(QStringLiteral("en"));
        installTimelineAccessibility();
        installComposerAccessibility();
        installAnnouncerAccessibility();
        Appearance appearance;
        appearance.mode = ThemeMode::Light;
        look.setAppearance(appearance);
        client::Client client;
        client::ProfileOptions options;
        options.home = m_home;
        options.fastKeyDerivation = true;
        SessionController session(&client, options, &look, &language);
        Watcher watcher(nullptr);
        session.start();
        const QWidget* lock = session.window()->unlock();
        if (!until([&] { return watcher.painted.contains(lock); }))
            return 1;
        const double locked = watcher.painted.value(lock) - m_started;
        session.window()->unlock()->field()->setText(QString::fromLatin1(bench::kPassphrase));
        bool opened = false;
        double openedAt = 0;
        QObject::connect(&session, &SessionController::opened, &session, [&] {
            opened = true;
            openedAt = nowMs();
        });
        const double clicked = nowMs();
        QTest::keyClick(session.window()->unlock()->field(), Qt::Key_Return);
        if (!until([&] { return opened; }))
            return 1;
        Workspace* space = session.window()->workspace();
        TimelineView* view = space->page()->timelineView();
        TimelineModel* model = space->page()->timelineModel();
        double shownAt = 0;
        QObject::connect(model, &TimelineModel::reset, model, [&] { shownAt = nowMs(); });
        const QObject* sheet = empty ? static_cast<const QObject*>(space) : view->viewport();
        if (!until([&] { return watcher.painted.value(sheet) > openedAt && (empty || model->count() > 0); }))
            return 1;
        until([&] { return watcher.painted.value(sheet) >= shownAt; });
        const double usable = watcher.painted.value(sheet) - openedAt;
        const char* kind = empty ? "empty profile: " : "";
        std::printf("%sstart to the lock %.0f ms; opening the profile %.0f ms (least key derivation); "
                    "opened to usable %.0f ms\n",
                    kind, locked, openedAt - clicked, usable);
        line(empty ? "start, empty profile (unlock excluded)" : "start (unlock excluded)", locked + usable,
             "ms", empty ? 200 : 300);
        settle();
        line(empty ? "memory after start, empty profile" : "memory after start", pssMb(), "MB",
             empty ? 50 : 80, "PSS");
        if (!empty) {
            switches(space, watcher);
            pages(space, watcher);
            search(space);
            frames(space);
            traffic(space);
        }
        idle(space, watcher, empty);
        std::fflush(stdout);
        bool closed = false;
        QObject::connect(&session, &SessionController::closed, &session, [&] { closed = true; });
        session.close();
        return until([&] { return closed; }) ? 0 : 1;
    }

private:
    static void settle() {
        for (int i = 0; i < 50; ++i)
            QTest::qWait(10);
    }

    void switches(Workspace* space, Watcher& watcher) {
        Samples all;
        const QObject* viewport = space->page()->timelineView()->viewport();
        TimelineModel* model = space->page()->timelineModel();
        const auto conversations = space->listModel()->conversations();
        for (int i = 1; i <= 60; ++i) {
            const QByteArray id = conversations.at((i * 37) % conversations.size()).id;
            if (id == space->current())
                continue;
            double loaded = 0;
            const auto connection = QObject::connect(model, &TimelineModel::reset, model, [&] {
                if (model->loaded())
                    loaded = nowMs();
            });
            const double began = nowMs();
            space->openConversation(id);
            until([&] { return loaded > 0 && watcher.painted.value(viewport) >= loaded; });
            QObject::disconnect(connection);
            all.add(watcher.painted.value(viewport) - began);
        }
        line("switch of conversation, median", all.median(), "ms", 30);
        line("switch of conversation, slowest of 60", all.most(), "ms", 60);
    }

    void openLongest(Workspace* space) {
        // The longest conversation was written first, so it has the latest message.
        const auto conversations = space->listModel()->conversations();
        const auto longest =
            std::max_element(conversations.begin(), conversations.end(),
                             [](const auto& a, const auto& b) { return a.lastAt < b.lastAt; });
        space->openConversation(longest->id);
        until([&] {
            return space->page()->timelineModel()->loaded() &&
                   space->page()->timelineModel()->conversation() == longest->id;
        });
    }

    void pages(Workspace* space, Watcher&) {
        openLongest(space);
        TimelineModel* model = space->page()->timelineModel();
        Samples all;
        int arrived = 0;
        const auto connection = QObject::connect(model, &TimelineModel::inserted, model, [&] { ++arrived; });
        for (int i = 0; i < 100 && model->hasOlder(); ++i) {
            const int before = arrived;
            const double began = nowMs();
            model->wantOlder();
            until([&] { return arrived > before; });
            all.add(nowMs() - began);
        }
        QObject::disconnect(connection);
        line("page of history, median", all.median(), "ms", 10);
        line("page of history, slowest of 100", all.most(), "ms", 30);
    }

    void search(Workspace* space) {
        ConversationPane* pane = space->listPane();
        Samples all;
        for (const QString& words : {QStringLiteral("secretariat"), QStringLiteral("الفقرة"),
                                     QStringLiteral("делегация"), QStringLiteral("brackets text")}) {
            pane->clearSearch();
            for (const QChar letter : words) {
                const int before = m_hits;
                const auto connection = QObject::connect(
                    pane, &ConversationPane::searchAnswered, space,
                    [&](const QString& text) { m_hits += text == space->listModel()->search() ? 1 : 0; });
                const double began = nowMs();
                // Text is inserted as by an input method, because key events can enter only Latin letters.
                pane->searchField()->insert(QString(letter));
                if (!pane->searchField()->text().trimmed().isEmpty())
                    until([&] { return m_hits > before; });
                all.add(nowMs() - began);
                QObject::disconnect(connection);
            }
        }
        pane->clearSearch();
        line("search keystroke, median", all.median(), "ms", 50);
        line("search keystroke, slowest", all.most(), "ms", 100);
    }

    void frames(Workspace* space) {
        openLongest(space);
        settle();
        TimelineView* view = space->page()->timelineView();
        Samples all;
        Samples own;
        for (int i = 0; i < 1500; ++i) {
            const double began = nowMs();
            const double used = threadMs();
            const QPointF at(view->viewport()->rect().center());
            QWheelEvent wheel(at, view->viewport()->mapToGlobal(at), {}, QPoint(0, i < 1100 ? 480 : -960),
                              Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(view->viewport(), &wheel);
            view->viewport()->repaint();
            // Pages that arrive belong to the work of a frame.
            QCoreApplication::processEvents();
            all.add(nowMs() - began);
            own.add(threadMs() - used);
        }
        line("frame while scrolling fast, median", all.median(), "ms", 16);
        line("frame while scrolling fast, 99 of 100", all.at(0.99), "ms", 16);
        std::printf("%-46s %9.1f ms  (%zu of %zu over 16 ms)\n", "frame while scrolling fast, slowest",
                    all.most(), all.above(16), all.size());
    }

    void traffic(Workspace* space) {
        const double before = pssMb();
        TimelineModel* model = space->page()->timelineModel();
        client::MessageRecord message = model->at(model->count() - 1);
        const auto conversations = space->listModel()->conversations();
        for (int i = 0; i < 10'000; ++i) {
            auto conversation = conversations.at((i * 7) % conversations.size());
            message.conversation = conversation.id;
            message.row += 1'000'000;
            message.order.position += 1;
            message.eventId = QByteArray::number(i).rightJustified(32, '0');
            message.order.id = message.eventId;
            message.content = client::TextContent{
                QStringLiteral("Something that came while the window was open, number %1").arg(i)};
            conversation.lastText = message.text();
            conversation.lastAt += i;
            space->page()->addMessages({message});
            space->updateConversation(conversation);
            if (i % 100 == 0)
                QCoreApplication::processEvents();
        }
        settle();
        const double after = pssMb();
        std::printf("memory before 10,000 arriving messages %.1f MB, after %.1f MB\n", before, after);
        line("memory after traffic", after, "MB", 80, "PSS");
    }

    void idle(Workspace* space, Watcher& watcher, bool empty) {
        Q_UNUSED(space);
        // The text cursor stops blinking ten seconds after the last key.
        QTest::qWait(11'000);
        const int timers = watcher.timers;
        const double began = nowMs();
        const double used = processorMs();
        QEventLoop loop;
        QTimer::singleShot(20'000, &loop, &QEventLoop::quit);
        loop.exec();
        const double seconds = (nowMs() - began) / 1000;
        line(empty ? "timers of the window a second, idle, empty" : "timers of the window a second, idle",
             static_cast<double>(watcher.timers - timers) / seconds, "", 1.0);
        line(empty ? "processor time, idle, empty" : "processor time, idle",
             (processorMs() - used) / seconds / 10, "%", 0.1);
    }

    QString m_home;
    double m_started;
    int m_hits = 0;
};

} // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (argc >= 5 && qstrcmp(argv[1], "--inside") == 0) {
        QApplication application(argc, argv);
        QApplication::setQuitOnLastWindowClosed(false);
        crypto::initialize();
        translations::initialize();
        return Run(QString::fromLocal8Bit(argv[2]), QByteArray(argv[3]).toDouble())
            .go(qstrcmp(argv[4], "empty") == 0);
    }
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QCoreApplication application(argc, argv);
    crypto::initialize();
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("bench-history");
    const auto number = [&](int at, int otherwise) {
        return argc > at ? QByteArray(argv[at]).toInt() : otherwise;
    };
    bench::HistoryShape shape;
    shape.messages = number(2, 1'000'000);
    shape.conversations = number(3, 200);
    shape.longest = number(4, 100'000);
    const QString full = folder + QStringLiteral("/full-%1").arg(shape.messages);
    const QString empty = folder + QStringLiteral("/empty");
    if (!bench::makeHistory(full, shape) || !bench::makeHistory(empty, {}))
        return 1;
    std::printf("%d messages in %d conversations, the longest %d; platform %s\n", shape.messages,
                shape.conversations, shape.longest,
                qEnvironmentVariable("QT_QPA_PLATFORM", QStringLiteral("of the desktop")).toUtf8().data());
    std::fflush(stdout);
    for (const auto& [home, kind] : {std::pair(empty, "empty"), std::pair(full, "full")}) {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(
            QCoreApplication::applicationFilePath(),
            {QStringLiteral("--inside"), home, QString::number(nowMs(), 'f', 3), QLatin1String(kind)});
        if (!process.waitForFinished(1'800'000) || process.exitCode() != 0)
            return 1;
    }
    return 0;
}
