// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/client.h"
#include "ui/language/language.h"
#include "ui/settings/account_page.h"
#include "ui/settings/servers_page.h"
#include "ui/spelling/spell_checker.h"

#include <QPointer>

namespace valise::ui {

class SettingsSheet;

//! Joins the preferences, the parts that they change (look, language, spelling, signals to others, account,
//! way to the servers), and the pages on which the person chooses them.
class SettingsController : public QObject, private AccountSettings, private NetworkSettings {
    Q_OBJECT

public:
    //! Client, theme and language outlive the controller. `home` is the profile's folder.
    SettingsController(client::Client* client, const QString& home, Theme* theme, Language* language,
                       QObject* parent = nullptr);
    ~SettingsController() override;

    Preferences* preferences() { return &m_preferences; }
    SpellChecker* spelling() { return &m_spelling; }

    //! The profile is open: reads its settings and uses them.
    void open(const client::AccountRecord& account);
    //! The profile is about to be closed: forgets its settings.
    void close();
    //! Opens the settings over a window. One that is open already comes to the front.
    SettingsSheet* show(QWidget* window);
    //! Makes text larger (1), smaller (-1) or normal (0). The size in per cent, or 0 if it is as it was.
    int stepText(int steps);

signals:
    //! The language changed: the window has to be made anew.
    void languageChanged();
    //! A choice failed after its page was closed.
    void failed(const valise::Error& error);
    //! Over this widget.
    void keysWanted(QWidget* parent);
    void diagnosticsWanted(QWidget* parent);

private:
    QString name() const override { return m_account.name; }
    void setName(const QString& name, QObject* context, std::function<void(Result<void>)> reply) override;
    QStringList servers() const override { return m_account.relays; }
    void setServers(const QStringList& urls, QObject* context,
                    std::function<void(Result<void>)> reply) override;
    void proxy(QObject* context, std::function<void(Result<client::ProxyRecord>)> reply) override;
    void setProxy(const client::ProxyRecord& proxy, const std::optional<QString>& password, QObject* context,
                  std::function<void(Result<void>)> reply) override;
    //! Answers while `context` lives. After that, failed() reports a failure.
    client::Client::Reply<void> orFailed(QObject* context, std::function<void(Result<void>)> reply);
    void followAppearance();
    void followProfile();
    void useSignals();
    void useLanguage();
    void useLanguagesForSpelling();

    client::Client* m_client;
    Theme* m_theme;
    Language* m_language;
    SpellChecker m_spelling; //!< outlives the windows that ask it
    Preferences m_preferences;
    client::AccountRecord m_account;
    QPointer<SettingsSheet> m_sheet;
    bool m_languageWaits = false; //!< for the sheet to close, because the window is made anew then
};

} // namespace valise::ui
