// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/privacy_page.h"

namespace valise::ui {

PrivacyPage::PrivacyPage(const SettingsContext& context)
    : SettingsPage(context.theme) {
    addGroup(tr("What the others learn"));
    m_receipts = addSwitch(
        tr("Tell that I received and read messages"),
        tr("Read is what stood in this window while it was in front. In large groups nothing is told."),
        &context.preferences->receipts);
    m_typing = addSwitch(tr("Tell that I am writing, and show who is"),
                         tr("Others see it only if they tell it too."), &context.preferences->typing);
}

QString PrivacyPage::title() const {
    return tr("Privacy");
}

QString PrivacyPage::icon() const {
    return QStringLiteral("lock");
}

QString PrivacyPage::searchWords() const {
    //: Words that people may look for in the settings, between blanks
    return tr("read receipts confirmation delivered seen typing indicator");
}

} // namespace valise::ui
