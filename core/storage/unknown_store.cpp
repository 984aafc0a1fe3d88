// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/unknown_store.h"

#include "core/storage/queries.h"

#include <vector>

namespace valise::storage {

Result<std::int64_t> UnknownStore::add(ByteView groupId, std::int64_t messageRow, std::int64_t octets) {
    VALISE_CHECK(m_db.run("INSERT INTO unknown_messages(group_row, message_row, octets) VALUES(" VALISE_GROUP
                          ", ?2, ?3)",
                          groupId, messageRow, octets));
    std::vector<std::int64_t> old;
    std::int64_t rows = 0;
    std::int64_t held = 0;
    VALISE_CHECK(m_db.query(
        "SELECT message_row, octets FROM unknown_messages WHERE group_row = " VALISE_GROUP
        " ORDER BY message_row DESC",
        [&](const Statement& row) {
            held += row.integer(1);
            if (++rows > kMostRows || held > kMostOctets)
                old.push_back(row.integer(0));
        },
        groupId));
    for (const std::int64_t row : old)
        VALISE_CHECK(m_db.run("DELETE FROM messages WHERE id = ?1", row));
    return static_cast<std::int64_t>(old.size());
}

} // namespace valise::storage
