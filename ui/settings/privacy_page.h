// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/settings_pages.h"

namespace valise::ui {

//! The settings about what others learn from this account.
class PrivacyPage : public SettingsPage {
    Q_OBJECT

public:
    explicit PrivacyPage(const SettingsContext& context);

    QString title() const override;
    QString icon() const override;
    QString searchWords() const override;

    Switch* receiptsBox() const { return m_receipts; }
    Switch* typingBox() const { return m_typing; }

private:
    Switch* m_receipts;
    Switch* m_typing;
};

} // namespace valise::ui
