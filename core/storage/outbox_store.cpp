// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/outbox_store.h"

#include "core/storage/queries.h"
#include "core/storage/savepoint.h"

namespace valise::storage {
namespace {

constexpr const char* kColumns = "SELECT o.id, o.group_id, o.purpose, o.event_json, o.event_id, "
                                 "o.created_ms, o.blocked_by, o.message_id, o.note"
                                 " FROM outbox o ";

// A finished blocker is removed and the references to it are cleared, so only an existing blocker counts.
constexpr const char* kUnblocked = "(o.blocked_by IS NULL OR EXISTS(SELECT 1 FROM outbox_targets b WHERE"
                                   " b.outbox_id = o.blocked_by AND b.state = 1))";

OutboxRow read(const Statement& row) {
    OutboxRow r;
    r.id = row.integer(0);
    if (!row.isNull(1))
        r.groupId = row.bytes(1);
    r.purpose = row.enumerator<OutboxPurpose>(2);
    r.eventJson = row.bytes(3);
    r.eventId = row.fixed<32>(4);
    r.createdMs = row.integer(5);
    if (!row.isNull(6))
        r.blockedBy = row.integer(6);
    r.messageId = row.optionalFixed<32>(7);
    r.note = row.text(8);
    return r;
}

Result<void> readTargets(Connection& db, OutboxRow& record) {
    return db.query(
        "SELECT relay, state, reason, attempts, last_try_ms, next_try_ms FROM outbox_targets"
        " WHERE outbox_id = ?1 ORDER BY position, relay",
        [&](const Statement& row) {
            record.targets.push_back({row.text(0), row.enumerator<TargetState>(1), row.text(2),
                                      static_cast<std::uint32_t>(row.integer(3)), row.integer(4),
                                      row.integer(5)});
        },
        record.id);
}

template <typename... Args>
Result<std::vector<OutboxRow>> select(Connection& db, const std::string& condition, const Args&... args) {
    std::vector<OutboxRow> out;
    VALISE_CHECK(db.query(
        kColumns + condition, [&](const Statement& row) { out.push_back(read(row)); }, args...));
    for (OutboxRow& record : out)
        VALISE_CHECK(readTargets(db, record));
    return out;
}

Result<void> addTarget(Connection& db, std::int64_t id, const OutboxTarget& target, std::int64_t position) {
    VALISE_CHECK(
        db.run("INSERT OR IGNORE INTO outbox_targets(outbox_id, relay, position, state, reason, attempts,"
               " last_try_ms, next_try_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
               id, target.relay, position, target.state, target.reason, target.attempts, target.lastTryMs,
               target.nextTryMs));
    return {};
}

} // namespace

Result<std::int64_t> OutboxStore::add(const OutboxRow& r) {
    if (r.targets.empty())
        return {ErrorCode::InvalidArgument, "an event to publish needs a relay"};
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(m_db.run(
        "INSERT INTO outbox(group_id, purpose, event_json, event_id, created_ms, blocked_by,"
        " message_id, note) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        r.groupId, r.purpose, r.eventJson, r.eventId, r.createdMs, r.blockedBy, r.messageId, r.note));
    const std::int64_t id = m_db.lastRow();
    std::int64_t position = 0;
    for (const OutboxTarget& target : r.targets)
        VALISE_CHECK(addTarget(m_db, id, target, position++));
    VALISE_CHECK(step.release());
    return id;
}

Result<std::optional<OutboxRow>> OutboxStore::get(std::int64_t id) {
    VALISE_TRY(auto found, select(m_db, "WHERE o.id = ?1", id));
    return firstOf(std::move(found));
}

Result<std::optional<OutboxRow>> OutboxStore::byEvent(const Id32& eventId) {
    VALISE_TRY(auto found, select(m_db, "WHERE o.event_id = ?1", eventId));
    return firstOf(std::move(found));
}

Result<std::vector<OutboxRow>> OutboxStore::list(const std::optional<Bytes>& groupId) {
    if (!groupId)
        return select(m_db, "ORDER BY o.id");
    return select(m_db, "WHERE o.group_id = ?1 ORDER BY o.id", *groupId);
}

Result<std::vector<OutboxRow>> OutboxStore::due(std::int64_t nowMs, std::size_t limit) {
    return select(
        m_db,
        std::string(
            "WHERE o.id IN (SELECT outbox_id FROM outbox_targets WHERE state = 0 AND next_try_ms <= ?1)"
            " AND ") +
            kUnblocked + " ORDER BY o.id LIMIT ?2",
        nowMs, limit);
}

Result<bool> OutboxStore::waitsFor(std::string_view relay) {
    VALISE_TRY(const auto one,
               m_db.integer(std::string("SELECT 1 FROM outbox_targets t JOIN outbox o ON o.id = t.outbox_id"
                                        " WHERE t.state = 0 AND t.relay = ?1 AND ") +
                                kUnblocked + " LIMIT 1",
                            relay));
    return one.has_value();
}

Result<std::optional<std::int64_t>> OutboxStore::nextDueMs() {
    return m_db.integer(
        std::string("SELECT t.next_try_ms FROM outbox_targets t JOIN outbox o ON o.id = t.outbox_id"
                    " WHERE t.state = 0 AND ") +
        kUnblocked + " ORDER BY t.next_try_ms LIMIT 1");
}

Result<void> OutboxStore::markAttempt(std::int64_t id, std::string_view relay, std::int64_t nowMs,
                                      std::int64_t nextTryMs) {
    return demandChange(
        m_db.run("UPDATE outbox_targets SET attempts = attempts + 1, last_try_ms = ?3, next_try_ms = ?4"
                 " WHERE outbox_id = ?1 AND relay = ?2",
                 id, relay, nowMs, nextTryMs),
        "no such target");
}

Result<OutboxProgress> OutboxStore::markAccepted(std::int64_t id, std::string_view relay) {
    VALISE_TRY(OutboxProgress earlier, progress(id));
    VALISE_CHECK(demandChange(m_db.run("UPDATE outbox_targets SET state = 1, reason = '' WHERE outbox_id = ?1"
                                       " AND relay = ?2",
                                       id, relay),
                              "no such target"));
    VALISE_TRY(OutboxProgress out, progress(id));
    out.firstAcceptance = earlier.accepted == 0;
    return out;
}

Result<OutboxProgress> OutboxStore::markRefused(std::int64_t id, std::string_view relay,
                                                std::string_view reason,
                                                std::optional<std::int64_t> nextTryMs) {
    // A relay that accepted the event has it, whatever it answers to a repetition.
    VALISE_CHECK(demandChange(
        m_db.run("UPDATE outbox_targets SET state = CASE WHEN state = 1 THEN 1 ELSE ?3 END,"
                 " reason = CASE WHEN state = 1 THEN reason ELSE ?4 END,"
                 " next_try_ms = coalesce(?5, next_try_ms) WHERE outbox_id = ?1 AND relay = ?2",
                 id, relay, nextTryMs ? TargetState::Pending : TargetState::Refused, reason, nextTryMs),
        "no such target"));
    return progress(id);
}

Result<OutboxProgress> OutboxStore::progress(std::int64_t id) {
    OutboxProgress out;
    VALISE_CHECK(m_db.query(
        "SELECT state, count(*) FROM outbox_targets WHERE outbox_id = ?1 GROUP BY state",
        [&](const Statement& row) {
            const auto n = static_cast<std::uint32_t>(row.integer(1));
            switch (row.enumerator<TargetState>(0)) {
            case TargetState::Pending:
                out.pending += n;
                break;
            case TargetState::Accepted:
                out.accepted += n;
                break;
            case TargetState::Refused:
                out.refused += n;
                break;
            }
        },
        id));
    if (out.total() == 0)
        return {ErrorCode::NotFound, "no such outbox row"};
    return out;
}

Result<void> OutboxStore::retryNow(std::int64_t nowMs, std::string_view relay) {
    VALISE_CHECK(m_db.run("UPDATE outbox_targets SET next_try_ms = ?1 WHERE state = 0 AND next_try_ms > ?1"
                          " AND (?2 = '' OR relay = ?2)",
                          nowMs, relay));
    return {};
}

Result<void> OutboxStore::remove(std::int64_t id) {
    VALISE_CHECK(m_db.run("DELETE FROM outbox WHERE id = ?1", id));
    return {};
}

Result<std::vector<OutboxRow>> OutboxStore::cancel(std::int64_t id) {
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_TRY(auto out,
               select(m_db,
                      "WHERE o.id IN (WITH RECURSIVE chain(id) AS (SELECT ?1 UNION SELECT n.id FROM outbox n"
                      " JOIN chain c ON n.blocked_by = c.id) SELECT id FROM chain) ORDER BY o.id",
                      id));
    for (const OutboxRow& record : out)
        VALISE_CHECK(remove(record.id));
    VALISE_CHECK(step.release());
    return out;
}

} // namespace valise::storage
