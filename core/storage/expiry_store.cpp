// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/expiry_store.h"

#include "core/storage/queries.h"

namespace valise::storage {

Result<void> ExpiryStore::set(std::int64_t messageRow, std::int64_t at) {
    return demandChange(
        m_db.run("INSERT OR REPLACE INTO expiries(message_row, expires_at) SELECT id, ?2 FROM messages"
                 " WHERE id = ?1",
                 messageRow, at),
        "no such message");
}

Result<void> ExpiryStore::forget(std::int64_t messageRow) {
    VALISE_CHECK(m_db.run("DELETE FROM expiries WHERE message_row = ?1", messageRow));
    return {};
}

Result<std::vector<ExpiredRow>> ExpiryStore::due(std::int64_t now, std::size_t limit) {
    std::vector<ExpiredRow> out;
    VALISE_CHECK(m_db.query(
        "SELECT m.id, g.group_id, m.event_id, m.target, m.shown FROM expiries e JOIN messages m ON m.id = "
        "e.message_row"
        " JOIN groups g ON g.id = m.group_row WHERE e.expires_at <= ?1 ORDER BY e.expires_at LIMIT ?2",
        [&](const Statement& row) {
            out.push_back({row.integer(0), row.bytes(1), row.fixed<32>(2), row.optionalFixed<32>(3),
                           row.integer(4) != 0});
        },
        now, limit));
    return out;
}

Result<std::optional<std::int64_t>> ExpiryStore::next() {
    return m_db.integer("SELECT expires_at FROM expiries ORDER BY expires_at LIMIT 1");
}

Result<std::optional<std::int64_t>> ExpiryStore::of(std::int64_t messageRow) {
    return m_db.integer("SELECT expires_at FROM expiries WHERE message_row = ?1", messageRow);
}

Result<void> ExpiryStore::adopt(ByteView groupId, std::int64_t retentionSeconds) {
    VALISE_CHECK(m_db.run(
        "INSERT OR IGNORE INTO expiries(message_row, expires_at) SELECT id, (position >> 20) + ?2 FROM"
        " messages WHERE group_row = (SELECT id FROM groups WHERE group_id = ?1) AND direction <> 2",
        groupId, retentionSeconds));
    return {};
}

} // namespace valise::storage
