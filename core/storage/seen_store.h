// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

namespace valise::storage {

//! Digests (event ids) that were processed already, by scope: a group id, or empty for invitations. The
//! oldest are forgotten beyond the bound.
class SeenStore {
public:
    explicit SeenStore(Connection& connection)
        : m_db(connection) {}
    static constexpr std::int64_t kPerScope = 16384;

    Result<bool> contains(ByteView scope, const Id32& digest);
    //! True if it is new.
    Result<bool> add(ByteView scope, const Id32& digest, std::int64_t nowMs,
                     std::int64_t perScope = kPerScope);

private:
    Connection& m_db;
};

} // namespace valise::storage
