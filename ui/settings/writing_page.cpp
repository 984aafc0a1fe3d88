// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/writing_page.h"

#include "ui/format.h"

#include <QKeySequence>

namespace valise::ui {

WritingPage::WritingPage(const SettingsContext& context)
    : SettingsPage(context.theme) {
    const auto keys = [](const char* name) { return keysText(QKeySequence(QLatin1String(name))); };
    addGroup({});
    m_sendKey =
        addChoice(tr("Send with"), tr("%1 always makes a new line.").arg(keys("Shift+Return")),
                  &context.preferences->enterSends, {{keys("Return"), true}, {keys("Ctrl+Return"), false}});
}

QString WritingPage::title() const {
    return tr("Writing");
}

QString WritingPage::icon() const {
    return QStringLiteral("edit");
}

QString WritingPage::searchWords() const {
    //: Words that people may look for in the settings, between blanks
    return tr("keyboard shortcut key line break");
}

} // namespace valise::ui
