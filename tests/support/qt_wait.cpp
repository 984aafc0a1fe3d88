// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/qt_wait.h"

#include "tests/support/at_end.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace valise::test {

namespace {

//! Ends what the last test left to the event loop: threads behind it must not outlive the program's own
//! statics.
class Application final : public QCoreApplication {
public:
    using QCoreApplication::QCoreApplication;
    ~Application() override { sendPostedEvents(nullptr, QEvent::DeferredDelete); }
};

} // namespace

QCoreApplication& qtApp() {
    static int argc = 1;
    static char name[] = "valise-test";
    static char* argv[] = {name, nullptr};
    // Qt's own statics depend on it, in ways that differ between versions, so it ends before them.
    static auto* app = [] {
        auto* made = new Application(argc, argv);
        atEnd([made] { delete made; });
        return made;
    }();
    return *app;
}

bool waitFor(const std::function<bool()>& predicate, int limitMs) {
    qtApp();
    const QDeadlineTimer deadline(limitMs);
    // A timer wakes the loop when nothing else does, so that predicates about time are asked too.
    QTimer wake;
    wake.start(20);
    while (!predicate()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace valise::test
