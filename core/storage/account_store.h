// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secret.h"
#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! The owner of the profile.
struct Account {
    std::string name;
    crypto::Secret secretKey; //!< 32 octets
    Id32 publicKey{};
    std::int64_t createdMs = 0;
};

//! The purpose of a relay of the account.
enum class RelayRole {
    Inbox = 0,      //!< others leave Welcomes here (kind 10050)
    Write = 1,      //!< own events are published here (kind 10002)
    KeyPackage = 2, //!< own KeyPackages are published here
};

//! The account and its relays; one account a profile.
class AccountStore {
public:
    explicit AccountStore(Connection& connection)
        : m_db(connection) {}
    Result<std::optional<Account>> get();
    //! Sets or replaces the account. Error: InvalidArgument unless the secret key has 32 octets.
    Result<void> put(const Account& account);
    Result<void> setName(std::string_view name);

    Result<std::vector<std::string>> relays(RelayRole role);
    //! Replaces all relays of a role.
    Result<void> setRelays(RelayRole role, const std::vector<std::string>& urls);

private:
    Connection& m_db;
};

} // namespace valise::storage
