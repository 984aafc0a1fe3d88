// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/help_page.h"

#include <QPushButton>

namespace valise::ui {

HelpPage::HelpPage(const SettingsContext& context)
    : SettingsPage(context.theme)
    , m_keys(makeButton(tr("Show")))
    , m_diagnostics(makeButton(tr("Show"))) {
    addGroup({});
    addRow(tr("Keys"), tr("Everything that can be done with the keyboard."), m_keys);
    addRow(tr("Diagnostics"), tr("For your help desk. Nothing there contains messages, names or keys."),
           m_diagnostics);
    connect(m_keys, &QPushButton::clicked, this, [this, show = context.showKeys] { show(window()); });
    connect(m_diagnostics, &QPushButton::clicked, this,
            [this, show = context.showDiagnostics] { show(window()); });
}

QString HelpPage::title() const {
    return tr("Help");
}

QString HelpPage::icon() const {
    return QStringLiteral("help");
}

QString HelpPage::searchWords() const {
    //: Words that people may look for in the settings, between blanks
    return tr("shortcuts keyboard support log problem");
}

} // namespace valise::ui
