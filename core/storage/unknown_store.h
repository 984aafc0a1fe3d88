// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

namespace valise::storage {

//! Hidden rows of kinds that this version does not know. They are kept for a later version, within bounds: a
//! member could fill the disk with them.
class UnknownStore {
public:
    explicit UnknownStore(Connection& connection)
        : m_db(connection) {}
    static constexpr std::int64_t kMostRows = 256;           //!< of a group
    static constexpr std::int64_t kMostOctets = 1024 * 1024; //!< of a group, content and tags

    //! Counts a row of the group and erases its oldest unknown rows beyond the bounds. Returns how many went.
    Result<std::int64_t> add(ByteView groupId, std::int64_t messageRow, std::int64_t octets);

private:
    Connection& m_db;
};

} // namespace valise::storage
