// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/settings_pages.h"

namespace valise::ui {

//! How messages are written.
class WritingPage : public SettingsPage {
    Q_OBJECT

public:
    explicit WritingPage(const SettingsContext& context);

    QString title() const override;
    QString icon() const override;
    QString searchWords() const override;

    ChoiceBox* sendKeyBox() const { return m_sendKey; }

private:
    ChoiceBox* m_sendKey;
};

} // namespace valise::ui
