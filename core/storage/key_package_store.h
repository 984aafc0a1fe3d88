// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

enum class KeyPackageState {
    Draft = 0,     //!< made, not yet accepted by a relay
    Published = 1, //!< at least one relay has it
    Used = 2,      //!< a Welcome consumed it
    Retired = 3,   //!< replaced; kept a while for Welcomes on their way
};

//! A KeyPackage of unknown state is kept for Welcomes and not offered.
template <>
struct StoredEnum<KeyPackageState> {
    static constexpr auto kLast = KeyPackageState::Retired;
    static constexpr auto kUnknown = KeyPackageState::Retired;
};

struct KeyPackageRow {
    std::string slot; //!< the d tag, hexadecimal
    Id32 reference{}; //!< KeyPackageRef (RFC 9420 section 5.2)
    Bytes bundle;     //!< public and private parts; secret, wipe after use
    Id32 eventId{};
    Bytes eventJson; //!< exact bytes of the published event
    std::int64_t createdMs = 0;
    std::int64_t expiresMs = 0;
    KeyPackageState state = KeyPackageState::Draft;
};

class KeyPackageStore {
public:
    explicit KeyPackageStore(Connection& connection)
        : m_db(connection) {}
    //! Adds or replaces by reference.
    Result<void> put(const KeyPackageRow& record);
    Result<std::optional<KeyPackageRow>> byEvent(const Id32& eventId);
    //! Newest first.
    Result<std::vector<KeyPackageRow>> list();
    Result<void> setState(const Id32& reference, KeyPackageState state);
    //! Removes those used or retired whose expiry is before `beforeMs`. Returns how many.
    Result<std::int64_t> removeExpired(std::int64_t beforeMs);

private:
    Connection& m_db;
};

} // namespace valise::storage
