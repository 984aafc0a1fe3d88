// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/settings/settings_pages.h"

class QLineEdit;

namespace valise::ui {

//! The account as the settings need it.
class AccountSettings {
public:
    virtual ~AccountSettings() = default;
    virtual QString name() const = 0;
    //! The reply comes while `context` lives.
    virtual void setName(const QString& name, QObject* context, std::function<void(Result<void>)> reply) = 0;
};

//! The person's name, and the language of the program.
class AccountPage : public SettingsPage {
    Q_OBJECT

public:
    explicit AccountPage(const SettingsContext& context);

    QString title() const override;
    QString icon() const override;
    QString searchWords() const override;
    Problem problem() const override;
    void apply() override;

    QLineEdit* nameField() const { return m_name; }
    ChoiceBox* languageBox() const { return m_language; }

private:
    AccountSettings* m_account;
    QLineEdit* m_name;
    SettingsRow* m_nameRow;
    ChoiceBox* m_language;
    QString m_kept; //!< the name that was handed over last
};

} // namespace valise::ui
