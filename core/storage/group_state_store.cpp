// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/group_state_store.h"

#include "core/storage/list_text.h"

#include <algorithm>

namespace valise::storage {
namespace {

constexpr const char* kPending =
    "SELECT p.id, g.group_id, p.event_json, p.event_id, p.prior_epoch, p.next_state,"
    " p.created_ms, p.attempts, p.state, p.outbox_id, p.extra FROM pending_commits p"
    " JOIN groups g ON g.id = p.group_row ";
constexpr const char* kRoute =
    "SELECT r.nostr_group_id, g.group_id, r.from_epoch, r.relays, r.active FROM group_routes r"
    " JOIN groups g ON g.id = r.group_row ";

RouteRecord readRoute(const Statement& row) {
    return {row.fixed<32>(0), row.bytes(1), static_cast<std::uint64_t>(row.integer(2)),
            splitLines(row.text(3)), row.integer(4) != 0};
}

template <typename... Args>
Result<std::vector<RouteRecord>> selectRoutes(Connection& db, const char* condition, const Args&... args) {
    std::vector<RouteRecord> out;
    VALISE_CHECK(db.query(
        std::string(kRoute) + condition, [&](const Statement& row) { out.push_back(readRoute(row)); },
        args...));
    return out;
}

template <typename... Args>
Result<std::vector<PendingCommit>> selectPending(Connection& db, const char* condition, const Args&... args) {
    std::vector<PendingCommit> out;
    VALISE_CHECK(db.query(
        std::string(kPending) + condition,
        [&](const Statement& row) {
            PendingCommit p;
            p.id = row.integer(0);
            p.groupId = row.bytes(1);
            p.eventJson = row.bytes(2);
            p.eventId = row.fixed<32>(3);
            p.priorEpoch = static_cast<std::uint64_t>(row.integer(4));
            p.nextState = row.bytes(5);
            p.createdMs = row.integer(6);
            p.attempts = static_cast<std::uint32_t>(row.integer(7));
            p.state = static_cast<PendingCommitState>(row.integer(8));
            if (!row.isNull(9))
                p.outboxId = row.integer(9);
            p.extra = row.text(10);
            out.push_back(std::move(p));
        },
        args...));
    for (PendingCommit& p : out) {
        VALISE_CHECK(db.query(
            "SELECT welcome FROM pending_welcomes WHERE commit_id = ?1 ORDER BY position",
            [&](const Statement& row) { p.welcomes.push_back(row.bytes(0)); }, p.id));
    }
    return out;
}

template <typename T>
std::optional<T> firstOf(std::vector<T>&& all) {
    if (all.empty())
        return std::nullopt;
    return std::move(all.front());
}

template <typename... Args>
Result<std::vector<EpochRecord>> selectEpochs(Connection& db, const char* stateColumn, const char* condition,
                                              const Args&... args) {
    std::vector<EpochRecord> out;
    VALISE_CHECK(db.query(
        std::string("SELECT g.group_id, e.epoch, e.tag, e.commit_digest, e.created_ms, ") + stateColumn +
            " FROM group_epochs e JOIN groups g ON g.id = e.group_row WHERE g.group_id = ?1 " + condition,
        [&](const Statement& row) {
            EpochRecord e;
            e.groupId = row.bytes(0);
            e.epoch = static_cast<std::uint64_t>(row.integer(1));
            e.tag = row.text(2);
            e.commitDigest = row.optionalFixed<32>(3);
            e.createdMs = row.integer(4);
            e.state = row.bytes(5);
            out.push_back(std::move(e));
        },
        args...));
    return out;
}

} // namespace

Result<void> GroupStateStore::putParts(ByteView groupId,
                                       const std::map<std::string, std::optional<Bytes>>& parts) {
    VALISE_TRY(auto group, m_db.integer("SELECT id FROM groups WHERE group_id = ?1", groupId));
    if (!group)
        return {ErrorCode::NotFound, "no such group"};
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    for (const auto& [name, value] : parts) {
        if (value) {
            VALISE_CHECK(m_db.run("INSERT INTO group_parts(group_row, name, value) VALUES(?1, ?2, ?3)"
                                  " ON CONFLICT(group_row, name) DO UPDATE SET value = excluded.value",
                                  *group, name, *value));
        } else {
            VALISE_CHECK(
                m_db.run("DELETE FROM group_parts WHERE group_row = ?1 AND name = ?2", *group, name));
        }
    }
    return step.release();
}

Result<std::map<std::string, Bytes>> GroupStateStore::parts(ByteView groupId) {
    std::map<std::string, Bytes> out;
    VALISE_CHECK(m_db.query(
        "SELECT p.name, p.value FROM group_parts p JOIN groups g ON g.id = p.group_row WHERE g.group_id = ?1",
        [&](const Statement& row) { out.emplace(row.text(0), row.bytes(1)); }, groupId));
    return out;
}

Result<void> GroupStateStore::eraseParts(ByteView groupId) {
    VALISE_CHECK(m_db.run(
        "DELETE FROM group_parts WHERE group_row = (SELECT id FROM groups WHERE group_id = ?1)", groupId));
    return {};
}

Result<void> GroupStateStore::placeMessage(ByteView groupId, std::int64_t messageRow, const Id32& state) {
    VALISE_CHECK(m_db.run("INSERT INTO branch_messages(message_row, group_row, state)"
                          " VALUES(?1, (SELECT id FROM groups WHERE group_id = ?2), ?3)"
                          " ON CONFLICT(message_row) DO UPDATE SET state = excluded.state",
                          messageRow, groupId, state));
    return {};
}

Result<void> GroupStateStore::keepPlaces(ByteView groupId, const std::vector<Id32>& states) {
    std::vector<Id32> gone;
    VALISE_CHECK(m_db.query(
        "SELECT DISTINCT b.state FROM branch_messages b JOIN groups g ON g.id = b.group_row"
        " WHERE g.group_id = ?1",
        [&](const Statement& row) {
            const Id32 state = row.fixed<32>(0);
            if (std::find(states.begin(), states.end(), state) == states.end())
                gone.push_back(state);
        },
        groupId));
    for (const Id32& state : gone)
        VALISE_CHECK(m_db.run("DELETE FROM branch_messages WHERE state = ?2 AND group_row ="
                              " (SELECT id FROM groups WHERE group_id = ?1)",
                              groupId, state));
    return {};
}

Result<void> GroupStateStore::putEpoch(const EpochRecord& e) {
    VALISE_CHECK(
        m_db.run("INSERT INTO group_epochs(group_row, epoch, tag, commit_digest, created_ms, state)"
                 " VALUES((SELECT id FROM groups WHERE group_id = ?1), ?2, ?3, ?4, ?5, ?6)"
                 " ON CONFLICT(group_row, epoch, tag) DO UPDATE SET commit_digest = excluded.commit_digest,"
                 " created_ms = excluded.created_ms, state = excluded.state",
                 e.groupId, e.epoch, e.tag, e.commitDigest, e.createdMs, e.state));
    return {};
}

Result<std::optional<EpochRecord>> GroupStateStore::epoch(ByteView groupId, std::uint64_t epoch,
                                                          std::string_view tag) {
    VALISE_TRY(auto found,
               selectEpochs(m_db, "e.state", "AND e.epoch = ?2 AND e.tag = ?3", groupId, epoch, tag));
    return firstOf(std::move(found));
}

Result<std::vector<EpochRecord>> GroupStateStore::epochs(ByteView groupId) {
    return selectEpochs(m_db, "x''", "ORDER BY e.epoch DESC, e.tag", groupId);
}

Result<std::vector<EpochRecord>> GroupStateStore::epochsWithState(ByteView groupId) {
    return selectEpochs(m_db, "e.state", "ORDER BY e.epoch DESC, e.tag", groupId);
}

Result<std::int64_t> GroupStateStore::eraseEpochsBefore(ByteView groupId, std::uint64_t epoch) {
    return m_db.run("DELETE FROM group_epochs WHERE group_row = (SELECT id FROM groups WHERE group_id = ?1)"
                    " AND epoch < ?2",
                    groupId, epoch);
}

Result<void> GroupStateStore::eraseEpoch(ByteView groupId, std::uint64_t epoch, std::string_view tag) {
    VALISE_CHECK(
        m_db.run("DELETE FROM group_epochs WHERE group_row = (SELECT id FROM groups WHERE group_id = ?1)"
                 " AND epoch = ?2 AND tag = ?3",
                 groupId, epoch, tag));
    return {};
}

Result<void> GroupStateStore::eraseEpochs(ByteView groupId) {
    VALISE_CHECK(m_db.run(
        "DELETE FROM group_epochs WHERE group_row = (SELECT id FROM groups WHERE group_id = ?1)", groupId));
    return {};
}

Result<void> GroupStateStore::putRoute(const RouteRecord& r) {
    VALISE_TRY(std::string relays, joinLines(r.relays));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    if (r.active) {
        VALISE_CHECK(m_db.run("UPDATE group_routes SET active = 0 WHERE group_row ="
                              " (SELECT id FROM groups WHERE group_id = ?1)",
                              r.groupId));
    }
    VALISE_CHECK(
        m_db.run("INSERT INTO group_routes(nostr_group_id, group_row, from_epoch, relays, active)"
                 " VALUES(?1, (SELECT id FROM groups WHERE group_id = ?2), ?3, ?4, ?5)"
                 " ON CONFLICT(nostr_group_id) DO UPDATE SET group_row = excluded.group_row,"
                 " from_epoch = excluded.from_epoch, relays = excluded.relays, active = excluded.active",
                 r.nostrGroupId, r.groupId, r.fromEpoch, relays, r.active));
    return step.release();
}

Result<std::optional<RouteRecord>> GroupStateStore::route(const Id32& nostrGroupId) {
    VALISE_TRY(auto found, selectRoutes(m_db, "WHERE r.nostr_group_id = ?1", nostrGroupId));
    return firstOf(std::move(found));
}

Result<std::vector<RouteRecord>> GroupStateStore::routes(ByteView groupId) {
    return selectRoutes(m_db, "WHERE g.group_id = ?1 ORDER BY r.from_epoch DESC, r.nostr_group_id", groupId);
}

Result<std::vector<RouteRecord>> GroupStateStore::routes() {
    return selectRoutes(m_db, "ORDER BY r.group_row, r.from_epoch DESC, r.nostr_group_id");
}

Result<void> GroupStateStore::removeRoute(const Id32& nostrGroupId) {
    VALISE_CHECK(m_db.run("DELETE FROM group_routes WHERE nostr_group_id = ?1", nostrGroupId));
    return {};
}

Result<std::int64_t> GroupStateStore::addPending(const PendingCommit& p) {
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(
        m_db.run("INSERT INTO pending_commits(group_row, event_json, event_id, prior_epoch, next_state,"
                 " created_ms, attempts, state, outbox_id, extra)"
                 " VALUES((SELECT id FROM groups WHERE group_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                 p.groupId, p.eventJson, p.eventId, p.priorEpoch, p.nextState, p.createdMs, p.attempts,
                 p.state, p.outboxId, p.extra));
    const std::int64_t id = m_db.lastRow();
    std::int64_t position = 0;
    for (const Bytes& welcome : p.welcomes) {
        VALISE_CHECK(m_db.run("INSERT INTO pending_welcomes(commit_id, position, welcome) VALUES(?1, ?2, ?3)",
                              id, position++, welcome));
    }
    VALISE_CHECK(step.release());
    return id;
}

Result<std::optional<PendingCommit>> GroupStateStore::pending(std::int64_t id) {
    VALISE_TRY(auto found, selectPending(m_db, "WHERE p.id = ?1", id));
    return firstOf(std::move(found));
}

Result<std::optional<PendingCommit>> GroupStateStore::pendingByEvent(const Id32& eventId) {
    VALISE_TRY(auto found, selectPending(m_db, "WHERE p.event_id = ?1", eventId));
    return firstOf(std::move(found));
}

Result<std::vector<PendingCommit>> GroupStateStore::pendingOf(ByteView groupId) {
    return selectPending(m_db, "WHERE g.group_id = ?1 ORDER BY p.id", groupId);
}

Result<std::vector<PendingCommit>> GroupStateStore::pendingAll() {
    return selectPending(m_db, "ORDER BY p.id");
}

Result<void> GroupStateStore::setPendingState(std::int64_t id, PendingCommitState state) {
    return demandChange(m_db.run("UPDATE pending_commits SET state = ?2 WHERE id = ?1", id, state),
                        "no such pending commit");
}

Result<void> GroupStateStore::setPendingOutbox(std::int64_t id, std::int64_t outboxId) {
    return demandChange(m_db.run("UPDATE pending_commits SET outbox_id = ?2 WHERE id = ?1", id, outboxId),
                        "no such pending commit");
}

Result<void> GroupStateStore::countPendingAttempt(std::int64_t id) {
    return demandChange(m_db.run("UPDATE pending_commits SET attempts = attempts + 1 WHERE id = ?1", id),
                        "no such pending commit");
}

Result<void> GroupStateStore::removePending(std::int64_t id) {
    VALISE_CHECK(m_db.run("DELETE FROM pending_commits WHERE id = ?1", id));
    return {};
}

} // namespace valise::storage
