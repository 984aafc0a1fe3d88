// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <optional>
#include <vector>

namespace valise::storage {

//! A row that has expired.
struct ExpiredRow {
    std::int64_t row = 0;
    Bytes groupId;
    Id32 eventId{};
    std::optional<Id32> target; //!< of a hidden row: the message it speaks of
    bool shown = false;
};

//! The times at which messages expire (component 0x8005), in seconds since 1970. A time is fixed when its
//! message is stored.
class ExpiryStore {
public:
    explicit ExpiryStore(Connection& connection)
        : m_db(connection) {}

    //! Error: NotFound.
    Result<void> set(std::int64_t messageRow, std::int64_t at);
    //! Forgets the time of a row. The row stays; its content is erased already.
    Result<void> forget(std::int64_t messageRow);
    //! Rows that expire at `now` or before, in the order of their times.
    Result<std::vector<ExpiredRow>> due(std::int64_t now, std::size_t limit);
    Result<std::optional<std::int64_t>> next();
    //! The time of one message; nothing if it does not expire.
    Result<std::optional<std::int64_t>> of(std::int64_t messageRow);
    //! Gives each row of a group that has no time one that follows from its date. For rows of a version that
    //! kept no times. Lines about the group do not expire.
    Result<void> adopt(ByteView groupId, std::int64_t retentionSeconds);

private:
    Connection& m_db;
};

} // namespace valise::storage
