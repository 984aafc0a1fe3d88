// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/mark_store.h"

#include "core/storage/message_rows.h"
#include "core/storage/queries.h"

namespace valise::storage {
namespace {

constexpr const char* kNoMessage = "no such message";

} // namespace

Result<void> MarkStore::addMention(std::int64_t messageRow) {
    return demandChange(
        m_db.run("INSERT OR REPLACE INTO mentions(message_row, group_row) SELECT id, group_row FROM"
                 " messages WHERE id = ?1",
                 messageRow),
        kNoMessage);
}

Result<void> MarkStore::setPinned(std::int64_t messageRow, bool on, std::int64_t nowMs) {
    if (!on) {
        VALISE_CHECK(m_db.run("DELETE FROM pins WHERE message_row = ?1", messageRow));
        return {};
    }
    VALISE_TRY(const auto kept,
               m_db.integer("SELECT count(*) FROM pins WHERE group_row = (SELECT group_row FROM"
                            " messages WHERE id = ?1) AND message_row <> ?1",
                            messageRow));
    if (kept.value_or(0) >= static_cast<std::int64_t>(kMaxPins))
        return {ErrorCode::LimitExceeded, "too many pinned messages"};
    return demandChange(
        m_db.run("INSERT OR REPLACE INTO pins(message_row, group_row, pinned_ms) SELECT id, group_row,"
                 " ?2 FROM messages WHERE id = ?1",
                 messageRow, nowMs),
        kNoMessage);
}

Result<bool> MarkStore::isPinned(std::int64_t messageRow) {
    VALISE_TRY(const auto found, m_db.integer("SELECT 1 FROM pins WHERE message_row = ?1", messageRow));
    return found.has_value();
}

Result<std::vector<MessageRow>> MarkStore::pinned(ByteView groupId) {
    std::vector<MessageRow> out;
    VALISE_CHECK(m_db.query(
        "SELECT " VALISE_MESSAGE_COLUMNS
        " FROM pins p JOIN messages m ON m.id = p.message_row JOIN groups g ON"
        " g.id = m.group_row WHERE g.group_id = ?1 AND m.shown = 1 AND m.deleted = 0"
        " ORDER BY p.pinned_ms DESC, m.id DESC",
        [&](const Statement& row) { out.push_back(readMessage(row)); }, groupId));
    return out;
}

} // namespace valise::storage
