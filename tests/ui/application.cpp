// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/application.h"

#include "translations/embedded.h"
#include "ui/accessibility/announcer.h"
#include "ui/conversation/composer.h"
#include "ui/conversation/timeline_accessible.h"

#include <QApplication>

namespace valise::uitest {

QApplication& application() {
    static int argc = 1;
    static char name[] = "test_ui";
    static char* argv[] = {name, nullptr};
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    static auto* app = [] {
        auto* made = new QApplication(argc, argv);
        translations::initialize();
        ui::installTimelineAccessibility();
        ui::installComposerAccessibility();
        ui::installAnnouncerAccessibility();
        return made;
    }();
    return *app;
}

bool eventually(const std::function<bool()>& condition) {
    return QTest::qWaitFor(condition, 30'000);
}

} // namespace valise::uitest
