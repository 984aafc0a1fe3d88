// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

#include <optional>
#include <vector>

namespace valise::storage {

//! The number of a group's row, in a statement whose first parameter is its id; NULL for an unknown group.
#define VALISE_GROUP "(SELECT id FROM groups WHERE group_id = ?1)"

//! The number of a group's row. Error: NotFound.
Result<std::int64_t> groupRow(Connection& db, ByteView groupId);

//! NotFound, with `missing` as its detail, unless the statement changed something.
Result<void> demandChange(const Result<std::int64_t>& changed, const char* missing);

//! The first of what a query found.
template <typename T>
std::optional<T> firstOf(std::vector<T>&& found) {
    if (found.empty())
        return std::nullopt;
    return std::move(found.front());
}

} // namespace valise::storage
