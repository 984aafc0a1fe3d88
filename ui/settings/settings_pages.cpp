// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/settings_pages.h"

#include "ui/settings/account_page.h"
#include "ui/settings/appearance_page.h"
#include "ui/settings/help_page.h"
#include "ui/settings/notifications_page.h"
#include "ui/settings/privacy_page.h"
#include "ui/settings/servers_page.h"
#include "ui/settings/spelling_page.h"
#include "ui/settings/writing_page.h"

namespace valise::ui {

QVector<SettingsPage*> makeSettingsPages(const SettingsContext& context) {
    return {
        new AccountPage(context),    new PrivacyPage(context), new NotificationsPage(context),
        new AppearancePage(context), new WritingPage(context), new SpellingPage(context),
        new ServersPage(context),    new HelpPage(context),
    };
}

} // namespace valise::ui
