// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/settings_pages.h"

namespace valise::ui {

//! How the window looks.
class AppearancePage : public SettingsPage {
    Q_OBJECT

public:
    explicit AppearancePage(const SettingsContext& context);

    QString title() const override;
    QString icon() const override;
    QString searchWords() const override;

    ChoiceBox* themeBox() const { return m_mode; }
    ChoiceBox* contrastBox() const { return m_contrast; }
    ChoiceBox* textBox() const { return m_text; }
    ChoiceBox* densityBox() const { return m_density; }
    ChoiceBox* motionBox() const { return m_motion; }

private:
    ChoiceBox* m_mode;
    ChoiceBox* m_contrast;
    ChoiceBox* m_text;
    ChoiceBox* m_density;
    ChoiceBox* m_motion;
};

} // namespace valise::ui
