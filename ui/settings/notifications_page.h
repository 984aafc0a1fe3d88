// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/settings_pages.h"

namespace valise::ui {

//! The settings of notifications.
class NotificationsPage : public SettingsPage {
    Q_OBJECT

public:
    explicit NotificationsPage(const SettingsContext& context);

    QString title() const override;
    QString icon() const override;
    QString searchWords() const override;

    ChoiceBox* contentBox() const { return m_content; }
    ChoiceBox* stayBox() const { return m_stay; }
    ChoiceBox* quietBox() const { return m_quiet; }

private:
    void fillQuiet();
    void chooseQuiet();

    Preference<qint64>* m_until;
    ChoiceBox* m_content;
    ChoiceBox* m_stay;
    ChoiceBox* m_quiet;
    bool m_choosing = false;
};

} // namespace valise::ui
