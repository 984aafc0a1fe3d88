// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <optional>
#include <vector>

namespace valise::storage {

//! A row whose time has come.
struct ExpiredRow {
    std::int64_t row = 0;
    Bytes groupId;
    Id32 eventId{};
    std::optional<Id32> target; //!< of a hidden row: what it speaks of
    bool shown = false;
};

//! When messages expire (component 0x8005), in seconds since 1970. Fixed when a message is stored.
class ExpiryStore {
public:
    explicit ExpiryStore(Connection& connection)
        : m_db(connection) {}

    //! Error: NotFound.
    Result<void> set(std::int64_t messageRow, std::int64_t at);
    //! The row itself stays; what it says is gone already.
    Result<void> forget(std::int64_t messageRow);
    //! Rows that expire at `now` or before, the first ones first.
    Result<std::vector<ExpiredRow>> due(std::int64_t now, std::size_t limit);
    Result<std::optional<std::int64_t>> next();
    //! Of one message; nothing if it stays.
    Result<std::optional<std::int64_t>> of(std::int64_t messageRow);
    //! Gives every row of a group that has no time yet the one that follows from its date: for rows of a
    //! version that did not keep it. Lines about the group stay.
    Result<void> adopt(ByteView groupId, std::int64_t retentionSeconds);

private:
    Connection& m_db;
};

} // namespace valise::storage
