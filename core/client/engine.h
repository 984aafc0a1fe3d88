// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/environment.h"
#include "core/client/invitations.h"

namespace valise::client {

class HistoryReader;

//! The one owner of the open profile, on the core thread: it opens and closes it, wires its parts together
//! and tells the window how the connection stands. Replies are given on the core thread; Client carries them
//! home.
class Engine : public QObject {
    Q_OBJECT

public:
    template <typename T>
    using Reply = std::function<void(Result<T>)>;

    //! `reader` lives on another thread and is given its own connection.
    explicit Engine(HistoryReader* reader, Environment environment = {});
    ~Engine() override;

    Result<AccountRecord> createProfile(const ProfileOptions& options, const QString& name,
                                        const crypto::Secret& passphrase, const QStringList& relays);
    Result<AccountRecord> openProfile(const ProfileOptions& options, const crypto::Secret& passphrase);
    void closeProfile();

    Result<AccountRecord> account();
    Result<void> checkIntegrity();
    Result<QVector<ContactRecord>> contacts();
    Result<QVector<DiagnosticRecord>> diagnostics();
    Result<ContactRecord> addContact(const QString& address, const QString& name);
    Result<QString> preference(const QString& name);
    Result<void> setPreference(const QString& name, const QString& value);
    Result<void> setName(const QString& name);
    Result<void> setRelays(const QStringList& urls);
    Result<ProxyRecord> proxy();
    Result<void> setProxy(const ProxyRecord& proxy, const std::optional<QString>& password);
    void connectNow();

    //! The groups of the open profile. Error: NotFound without a profile.
    Result<Conversations*> conversations();
    //! Says once more how everything stands.
    void announce();
    //! Answers once everything the relays hold was fetched and what can be sent was sent, or no relay can be
    //! reached.
    void whenIdle(Reply<void> reply);

signals:
    void conversationChanged(const valise::client::ConversationRecord& conversation);
    void messagesAdded(const QByteArray& conversation,
                       const QVector<valise::client::MessageRecord>& messages);
    void messageChanged(const valise::client::MessageRecord& message);
    void messageRemoved(const QByteArray& conversation, qint64 row);
    void typingChanged(const QByteArray& conversation, const QByteArray& member, const QString& name,
                       bool on);
    void connectionChanged(const valise::client::ConnectionRecord& connection);
    void accountChanged(const valise::client::AccountRecord& account);
    void idleChanged(bool idle);

private:
    struct Parts;
    std::unique_ptr<Profile> newProfile(const ProfileOptions& options) const;
    Result<void> start();
    Result<std::vector<std::string>> checkRelays(const QStringList& urls, bool allowInsecure) const;
    void updateStatus();
    void tidy();
    bool computeIdle();

    HistoryReader* m_reader;
    SystemClock m_systemClock;
    crypto::SystemRandom m_systemRandom;
    Environment m_environment;
    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<Parts> m_parts;
    QTimer m_status;
    QTimer m_tidy; // slices of housekeeping while nothing else happens
    bool m_idle = false;
    std::vector<Reply<void>> m_idleWaiters;
};

} // namespace valise::client
