// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secret.h"
#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! The person whose profile this is.
struct Account {
    std::string name;
    crypto::Secret secretKey; //!< 32 octets
    Id32 publicKey{};
    std::int64_t createdMs = 0;
};

//! What a relay of the account is for.
enum class RelayRole {
    Inbox = 0,      //!< others leave Welcomes here (kind 10050)
    Write = 1,      //!< own events are published here (kind 10002)
    KeyPackage = 2, //!< own KeyPackages are published here
};

struct AccountRelay {
    std::string url;
    RelayRole role = RelayRole::Inbox;
    bool enabled = true;
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

    //! In the order they were set.
    Result<std::vector<AccountRelay>> relays();
    Result<std::vector<std::string>> relays(RelayRole role);
    //! Replaces all relays of a role.
    Result<void> setRelays(RelayRole role, const std::vector<std::string>& urls);

private:
    Connection& m_db;
};

//! A person this account knows.
struct Contact {
    Id32 publicKey{};
    std::string petname;               //!< given by the owner of this profile; empty if none
    std::string profileName;           //!< from the person's kind 0 event; empty if unknown
    std::int64_t profileCreatedAt = 0; //!< created_at of that event, seconds
    std::vector<std::string> relays;   //!< where the person is reached
    std::int64_t addedMs = 0;
    bool verified = false; //!< the address was compared in person
    bool blocked = false;
    bool known = true; //!< added by the owner, not merely seen in a group
    std::string note;

    //! The petname, or else the profile name.
    const std::string& shownName() const { return petname.empty() ? profileName : petname; }
};

class ContactStore {
public:
    explicit ContactStore(Connection& connection)
        : m_db(connection) {}
    Result<std::optional<Contact>> get(const Id32& publicKey);
    //! Adds or replaces.
    Result<void> put(const Contact& contact);
    //! Sets the published name if `createdAt` is newer; adds an unknown (known = false) contact if absent.
    Result<bool> setProfile(const Id32& publicKey, std::string_view profileName, std::int64_t createdAt,
                            std::int64_t nowMs);
    Result<void> setRelays(const Id32& publicKey, const std::vector<std::string>& relays);
    Result<void> remove(const Id32& publicKey);
    //! By shown name.
    Result<std::vector<Contact>> list(bool onlyKnown = false);

private:
    Connection& m_db;
};

} // namespace valise::storage
