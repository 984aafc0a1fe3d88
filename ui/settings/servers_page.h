// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/client/records.h"
#include "ui/settings/settings_pages.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace valise::ui {

class ProxyFields;

//! The network as the settings need it. Replies come while `context` lives.
class NetworkSettings {
public:
    virtual ~NetworkSettings() = default;
    virtual QStringList servers() const = 0;
    virtual void setServers(const QStringList& urls, QObject* context,
                            std::function<void(Result<void>)> reply) = 0;
    virtual void proxy(QObject* context, std::function<void(Result<client::ProxyRecord>)> reply) = 0;
    //! Without a password the one that is kept stays.
    virtual void setProxy(const client::ProxyRecord& proxy, const std::optional<QString>& password,
                          QObject* context, std::function<void(Result<void>)> reply) = 0;
};

//! The servers of the account, and the way to them. The values depend on one another, so they are applied
//! together: when they are saved, or when the settings are closed.
class ServersPage : public SettingsPage {
    Q_OBJECT

public:
    explicit ServersPage(const SettingsContext& context);

    QString title() const override;
    QString icon() const override;
    QString searchWords() const override;
    Problem problem() const override;
    void apply() override;

    QPlainTextEdit* serversField() const { return m_servers; }
    ProxyFields* proxyFields() const { return m_proxy; }
    //! Both are shown while something waits.
    QPushButton* saveButton() const { return m_save; }
    QPushButton* undoButton() const { return m_undo; }

private:
    QStringList written() const;
    bool isChanged() const;
    void askProxy();
    void onEdited();
    void undo();

    NetworkSettings* m_network;
    QStringList m_kept; //!< as they were handed over last
    QPlainTextEdit* m_servers;
    ProxyFields* m_proxy;
    QPushButton* m_save;
    QPushButton* m_undo;
    QLabel* m_saved;
    QWidget* m_bar = nullptr; //!< the line of these three
    SettingsRow* m_serversRow;
    SettingsRow* m_proxyRow;
};

} // namespace valise::ui
