// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/queries.h"

namespace valise::storage {

Result<std::int64_t> groupRow(Connection& db, ByteView groupId) {
    VALISE_TRY(const auto row, db.integer("SELECT id FROM groups WHERE group_id = ?1", groupId));
    if (!row)
        return {ErrorCode::NotFound, "no such group"};
    return *row;
}

Result<void> demandChange(const Result<std::int64_t>& changed, const char* missing) {
    if (!changed.ok())
        return changed.error();
    if (*changed == 0)
        return {ErrorCode::NotFound, missing};
    return {};
}

} // namespace valise::storage
