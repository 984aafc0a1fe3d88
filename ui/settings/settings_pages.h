// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/settings/settings_page.h"

namespace valise::ui {

class AccountSettings;
class NetworkSettings;
class SpellChecker;

//! The objects that the pages use. Each page takes those it needs. All of them outlive the pages.
struct SettingsContext {
    const Theme* theme = nullptr;
    Preferences* preferences = nullptr;
    AccountSettings* account = nullptr;
    NetworkSettings* network = nullptr;
    SpellChecker* spelling = nullptr;
    //! Show a sheet over the given widget.
    std::function<void(QWidget*)> showKeys;
    std::function<void(QWidget*)> showDiagnostics;
};

//! All pages, in the order in which they are listed. The caller owns them.
QVector<SettingsPage*> makeSettingsPages(const SettingsContext& context);

} // namespace valise::ui
