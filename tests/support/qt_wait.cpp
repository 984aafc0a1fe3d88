// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/qt_wait.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace valise::test {

QCoreApplication& qtApp() {
    static int argc = 1;
    static char name[] = "valise-test";
    static char* argv[] = {name, nullptr};
    static QCoreApplication app(argc, argv);
    return app;
}

bool waitFor(const std::function<bool()>& predicate, int limitMs) {
    qtApp();
    const QDeadlineTimer deadline(limitMs);
    // Wakes the loop when nothing else does, so that a predicate over time is seen as well.
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
