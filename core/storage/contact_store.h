// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! A person this account knows.
struct Contact {
    Id32 publicKey{};
    std::string petname;               //!< given by the owner of this profile; empty if none
    std::string profileName;           //!< from the person's kind 0 event; empty if unknown
    std::int64_t profileCreatedAt = 0; //!< created_at of that event, seconds
    std::vector<std::string> relays;   //!< the relays at which the person is reached
    std::int64_t addedMs = 0;
    bool verified = false; //!< the address was compared in person
    bool blocked = false;
    bool known = true; //!< true: added by the owner; false: only seen in a group
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
    //! By shown name.
    Result<std::vector<Contact>> list(bool onlyKnown = false);

private:
    Connection& m_db;
};

} // namespace valise::storage
