// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/group_state_store.h"

#include "core/storage/list_text.h"
#include "core/storage/queries.h"
#include "core/storage/savepoint.h"

#include <algorithm>

namespace valise::storage {
namespace {

constexpr const char* kRoute =
    "SELECT r.nostr_group_id, g.group_id, r.from_epoch, r.relays, r.active FROM group_routes r"
    " JOIN groups g ON g.id = r.group_row ";

RouteRow readRoute(const Statement& row) {
    return {row.fixed<32>(0), row.bytes(1), static_cast<std::uint64_t>(row.integer(2)),
            splitLines(row.text(3)), row.integer(4) != 0};
}

template <typename... Args>
Result<std::vector<RouteRow>> selectRoutes(Connection& db, const char* condition, const Args&... args) {
    std::vector<RouteRow> out;
    VALISE_CHECK(db.query(
        std::string(kRoute) + condition, [&](const Statement& row) { out.push_back(readRoute(row)); },
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
        if (value)
            VALISE_CHECK(m_db.run("INSERT INTO group_parts(group_row, name, value) VALUES(?1, ?2, ?3)"
                                  " ON CONFLICT(group_row, name) DO UPDATE SET value = excluded.value",
                                  *group, name, *value));
        else
            VALISE_CHECK(
                m_db.run("DELETE FROM group_parts WHERE group_row = ?1 AND name = ?2", *group, name));
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

Result<void> GroupStateStore::putFormer(ByteView groupId, const Id32& state, std::int64_t untilMs,
                                        const std::map<std::string, std::optional<Bytes>>& parts) {
    VALISE_TRY(const auto group, m_db.integer("SELECT id FROM groups WHERE group_id = ?1", groupId));
    if (!group)
        return {ErrorCode::NotFound, "no such group"};
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    for (const auto& [name, value] : parts) {
        if (value)
            VALISE_CHECK(m_db.run("INSERT INTO former_parts(group_row, state, until_ms, name, value)"
                                  " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(group_row, state, name)"
                                  " DO UPDATE SET until_ms = excluded.until_ms, value = excluded.value",
                                  *group, state, untilMs, name, *value));
        else
            VALISE_CHECK(
                m_db.run("DELETE FROM former_parts WHERE group_row = ?1 AND state = ?2 AND name = ?3", *group,
                         state, name));
    }
    return step.release();
}

Result<std::vector<FormerEngine>> GroupStateStore::formers(ByteView groupId) {
    std::map<Id32, FormerEngine> byState;
    VALISE_CHECK(m_db.query(
        "SELECT p.state, p.until_ms, p.name, p.value FROM former_parts p JOIN groups g ON g.id = p.group_row"
        " WHERE g.group_id = ?1",
        [&](const Statement& row) {
            FormerEngine& former = byState[row.fixed<32>(0)];
            former.state = row.fixed<32>(0);
            former.untilMs = std::max(former.untilMs, row.integer(1));
            former.parts.emplace(row.text(2), row.bytes(3));
        },
        groupId));
    std::vector<FormerEngine> out;
    for (auto& [state, former] : byState)
        out.push_back(std::move(former));
    std::stable_sort(out.begin(), out.end(),
                     [](const FormerEngine& a, const FormerEngine& b) { return a.untilMs < b.untilMs; });
    return out;
}

Result<void> GroupStateStore::eraseFormer(ByteView groupId, const Id32& state) {
    VALISE_CHECK(m_db.run("DELETE FROM former_parts WHERE state = ?2 AND"
                          " group_row = (SELECT id FROM groups WHERE group_id = ?1)",
                          groupId, state));
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

Result<std::optional<EarlierState>> GroupStateStore::earlierState(ByteView groupId) {
    std::optional<EarlierState> out;
    VALISE_CHECK(m_db.query(
        "SELECT s.state, p.event_id, p.next_state FROM groups g JOIN group_states s ON s.group_row = g.id"
        " LEFT JOIN pending_commits p ON p.group_row = g.id WHERE g.group_id = ?1 ORDER BY p.id LIMIT 1",
        [&](const Statement& row) {
            out.emplace();
            out->tip = row.bytes(0);
            out->pendingEvent = row.optionalFixed<32>(1);
            out->pendingNext = row.bytes(2);
        },
        groupId));
    return out;
}

Result<void> GroupStateStore::eraseEarlierState(ByteView groupId) {
    for (const char* table : {"group_states", "group_epochs", "pending_commits"})
        VALISE_CHECK(m_db.run(std::string("DELETE FROM ") + table +
                                  " WHERE group_row = (SELECT id FROM groups WHERE group_id = ?1)",
                              groupId));
    return {};
}

Result<void> GroupStateStore::putRoute(const RouteRow& r) {
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

Result<std::optional<RouteRow>> GroupStateStore::route(const Id32& nostrGroupId) {
    VALISE_TRY(auto found, selectRoutes(m_db, "WHERE r.nostr_group_id = ?1", nostrGroupId));
    return firstOf(std::move(found));
}

Result<std::vector<RouteRow>> GroupStateStore::routes(ByteView groupId) {
    return selectRoutes(m_db, "WHERE g.group_id = ?1 ORDER BY r.from_epoch DESC, r.nostr_group_id", groupId);
}

Result<std::vector<RouteRow>> GroupStateStore::routes() {
    return selectRoutes(m_db, "ORDER BY r.group_row, r.from_epoch DESC, r.nostr_group_id");
}

} // namespace valise::storage
