// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/scheduled_store.h"

#include "core/storage/queries.h"

namespace valise::storage {
namespace {

constexpr const char* kNone = "no such scheduled message";
constexpr const char* kColumns =
    "SELECT s.id, g.group_id, s.body, s.reply_to, s.due_ms, s.zone, s.created_ms, s.state"
    " FROM scheduled s JOIN groups g ON g.id = s.group_row ";

template <typename... Args>
Result<std::vector<ScheduledMessage>> select(Connection& db, const char* condition, const Args&... args) {
    std::vector<ScheduledMessage> out;
    VALISE_CHECK(db.query(
        std::string(kColumns) + condition,
        [&](const Statement& row) {
            ScheduledMessage m;
            m.id = row.integer(0);
            m.groupId = row.bytes(1);
            m.text = row.text(2);
            m.replyTo = row.optionalFixed<32>(3);
            m.dueMs = row.integer(4);
            m.zone = row.text(5);
            m.createdMs = row.integer(6);
            m.state = row.enumerator<ScheduledState>(7);
            out.push_back(std::move(m));
        },
        args...));
    return out;
}

} // namespace

Result<std::int64_t> ScheduledStore::add(const ScheduledMessage& m) {
    VALISE_TRY(const auto kept,
               m_db.integer("SELECT count(s.id) FROM groups g LEFT JOIN scheduled s ON s.group_row ="
                            " g.id WHERE g.group_id = ?1 GROUP BY g.id",
                            m.groupId));
    if (!kept)
        return {ErrorCode::NotFound, "no such group"};
    if (*kept >= kMostPerGroup)
        return {ErrorCode::LimitExceeded, "too many scheduled messages"};
    VALISE_CHECK(m_db.run("INSERT INTO scheduled(group_row, body, reply_to, due_ms, zone, created_ms, state)"
                          " VALUES((SELECT id FROM groups WHERE group_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
                          m.groupId, m.text, m.replyTo, m.dueMs, m.zone, m.createdMs, m.state));
    return m_db.lastRow();
}

Result<std::optional<ScheduledMessage>> ScheduledStore::get(std::int64_t id) {
    VALISE_TRY(auto found, select(m_db, "WHERE s.id = ?1", id));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Result<std::vector<ScheduledMessage>> ScheduledStore::list(const std::optional<Bytes>& groupId) {
    return select(m_db, "WHERE ?1 IS NULL OR g.group_id = ?1 ORDER BY s.due_ms, s.id", groupId);
}

Result<void> ScheduledStore::setDue(std::int64_t id, std::int64_t dueMs, std::string_view zone) {
    return demandChange(
        m_db.run("UPDATE scheduled SET due_ms = ?2, zone = ?3, state = 0 WHERE id = ?1", id, dueMs, zone),
        kNone);
}

Result<void> ScheduledStore::setState(std::int64_t id, ScheduledState state) {
    return demandChange(m_db.run("UPDATE scheduled SET state = ?2 WHERE id = ?1", id, state), kNone);
}

Result<void> ScheduledStore::remove(std::int64_t id) {
    return demandChange(m_db.run("DELETE FROM scheduled WHERE id = ?1", id), kNone);
}

Result<std::vector<ScheduledMessage>> ScheduledStore::due(std::int64_t nowMs) {
    return select(m_db, "WHERE s.state = 0 AND s.due_ms <= ?1 ORDER BY s.due_ms, s.id", nowMs);
}

Result<std::optional<std::int64_t>> ScheduledStore::next() {
    return m_db.integer("SELECT due_ms FROM scheduled WHERE state = 0 ORDER BY due_ms LIMIT 1");
}

} // namespace valise::storage
