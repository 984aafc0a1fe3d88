// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

namespace valise::storage {

//! The time up to which each subscription has read on each relay, in seconds.
class CursorStore {
public:
    explicit CursorStore(Connection& connection)
        : m_db(connection) {}
    //! Seconds.
    Result<std::optional<std::int64_t>> get(std::string_view relay, std::string_view subscription);
    Result<void> set(std::string_view relay, std::string_view subscription, std::int64_t since);
    //! Sets only if later than what is there.
    Result<void> advance(std::string_view relay, std::string_view subscription, std::int64_t since);

private:
    Connection& m_db;
};

} // namespace valise::storage
