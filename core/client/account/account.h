// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/account/invitations.h"
#include "core/client/history/record_mapping.h"

namespace valise::client {

//! Server addresses in the pool's form, each once. Errors: InvalidUrl, InsecureUrl; LimitExceeded beyond 16.
Result<std::vector<std::string>> checkedRelays(const QStringList& urls, bool allowInsecure);

//! The account of the open profile: its name and its servers.
class Account : public QObject {
    Q_OBJECT

public:
    Account(Profile& profile, net::RelayPool& pool, OutboxPump& outbox, Invitations& invitations,
            RecordMapper& mapper, QObject* parent);

    Result<AccountRecord> record();
    //! Error: InvalidArgument.
    Result<void> setName(const QString& name);
    //! Replaces the account's servers and publishes the new lists. Errors: InvalidArgument, InvalidUrl,
    //! InsecureUrl, LimitExceeded.
    Result<void> setRelays(const QStringList& urls);

signals:
    void accountChanged(const valise::client::AccountRecord& account);
    void nameChanged(const QString& name);

private:
    void tell();

    Profile& m_profile;
    net::RelayPool& m_pool;
    OutboxPump& m_outbox;
    Invitations& m_invitations;
    RecordMapper& m_mapper;
};

} // namespace valise::client
