// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/settings_pages.h"

class QPushButton;

namespace valise::ui {

//! Ways to learn more: the list of the keys, and the diagnostics.
class HelpPage : public SettingsPage {
    Q_OBJECT

public:
    explicit HelpPage(const SettingsContext& context);

    QString title() const override;
    QString icon() const override;
    QString searchWords() const override;

    QPushButton* keysButton() const { return m_keys; }
    QPushButton* diagnosticsButton() const { return m_diagnostics; }

private:
    QPushButton* m_keys;
    QPushButton* m_diagnostics;
};

} // namespace valise::ui
