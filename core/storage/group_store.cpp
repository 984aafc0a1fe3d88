// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/group_store.h"

#include "core/storage/list_text.h"
#include "core/storage/message_rows.h"
#include "core/storage/queries.h"
#include "core/storage/savepoint.h"

#include <algorithm>

namespace valise::storage {
namespace {

#define VALISE_GROUP_COLUMNS                                                                                 \
    "g.group_id, g.nostr_group_id, g.name, g.description, g.status, g.inviter, g.peer, g.epoch, "            \
    "g.created_ms, "                                                                                         \
    "g.updated_ms, g.welcome_event_id, g.welcome, g.welcome_json, g.draft, g.muted, g.pinned, g.archived, "  \
    "g.read_epoch, g.read_position, g.read_event_id, g.unread, g.activity_ms, "                              \
    "g.members, g.admin, g.retention, g.relays, g.invited_at, g.notification, g.renew_ms, g.missed_since"
constexpr int kGroupColumns = 30;
constexpr const char* kSelect = "SELECT " VALISE_GROUP_COLUMNS " FROM groups g ";
constexpr const char* kConversation =
    "SELECT " VALISE_GROUP_COLUMNS
    // Only own messages are queued or failed, so the partial index alone answers.
    ", (SELECT count(*) FROM messages w WHERE w.group_row = g.id AND w.state IN (0, 4) AND w.state = 0)"
    ", (SELECT count(*) FROM messages w WHERE w.group_row = g.id AND w.state IN (0, 4) AND w.state = 4)"
    ", (SELECT count(*) FROM scheduled s WHERE s.group_row = g.id)"
    ", (SELECT max(s.state > 0) FROM scheduled s WHERE s.group_row = g.id)"
    ", (SELECT count(*) FROM mentions n JOIN messages x ON x.id ="
    " n.message_row WHERE n.group_row = g.id AND x.shown = 1 AND x.deleted = 0 AND (g.read_epoch IS NULL OR"
    " (x.epoch, x.position, x.event_id) > (g.read_epoch, g.read_position, "
    "g.read_event_id))), " VALISE_MESSAGE_COLUMNS
    " FROM groups g LEFT JOIN messages m ON m.id = g.last_message ";
constexpr const char* kNoGroup = "no such group";

GroupRow readGroup(const Statement& row) {
    GroupRow g;
    g.groupId = row.bytes(0);
    g.nostrGroupId = row.fixed<32>(1);
    g.name = row.text(2);
    g.description = row.text(3);
    g.status = row.enumerator<GroupStatus>(4);
    g.inviter = row.optionalFixed<32>(5);
    g.peer = row.optionalFixed<32>(6);
    g.epoch = static_cast<std::uint64_t>(row.integer(7));
    g.createdMs = row.integer(8);
    g.updatedMs = row.integer(9);
    g.welcomeEventId = row.optionalFixed<32>(10);
    g.welcome = row.bytes(11);
    g.welcomeJson = row.text(12);
    g.draft = row.text(13);
    g.muted = row.integer(14) != 0;
    g.pinned = row.integer(15) != 0;
    g.archived = row.integer(16) != 0;
    if (!row.isNull(17))
        g.lastRead =
            OrderKey{static_cast<std::uint64_t>(row.integer(17)), row.integer(18), row.fixed<32>(19)};
    g.unread = row.integer(20);
    g.lastActivityMs = row.integer(21);
    g.members = static_cast<std::uint32_t>(row.integer(22));
    g.admin = row.integer(23) != 0;
    g.retentionSeconds = static_cast<std::uint64_t>(row.integer(24));
    g.relays = splitLines(row.text(25));
    g.invitedAt = row.integer(26);
    if (!row.isNull(27))
        g.notification = static_cast<int>(row.integer(27));
    g.renewMs = row.integer(28);
    g.missedSince = row.integer(29);
    return g;
}

ConversationRow readConversation(const Statement& row) {
    ConversationRow out;
    out.group = readGroup(row);
    out.queued = row.integer(kGroupColumns);
    out.failed = row.integer(kGroupColumns + 1);
    out.scheduled = row.integer(kGroupColumns + 2);
    out.scheduledMissed = row.integer(kGroupColumns + 3) != 0;
    out.mentions = row.integer(kGroupColumns + 4);
    if (!row.isNull(kGroupColumns + 5))
        out.last = readMessage(row, kGroupColumns + 5);
    return out;
}

template <typename... Args>
Result<std::vector<GroupRow>> select(Connection& db, const char* condition, const Args&... args) {
    std::vector<GroupRow> out;
    VALISE_CHECK(db.query(
        std::string(kSelect) + condition, [&](const Statement& row) { out.push_back(readGroup(row)); },
        args...));
    return out;
}

} // namespace

Result<void> GroupStore::add(const GroupRow& g) {
    const std::optional<OrderKey>& r = g.lastRead;
    const auto readEpoch = r ? std::optional(r->epoch) : std::nullopt;
    const auto readAt = r ? std::optional(r->position) : std::nullopt;
    const auto readId = r ? std::optional(r->eventId) : std::nullopt;
    VALISE_TRY(const std::string relays, joinLines(g.relays));
    VALISE_CHECK(m_db.run(
        "INSERT INTO groups(group_id, nostr_group_id, name, description, status, inviter, peer, epoch,"
        " created_ms, updated_ms, welcome_event_id, welcome, welcome_json, draft, muted, pinned,"
        " archived, read_epoch, read_position, read_event_id, unread, activity_ms, members, admin, retention,"
        " relays, invited_at, notification, renew_ms, missed_since) VALUES(?1,"
        " ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,"
        " ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
        g.groupId, g.nostrGroupId, g.name, g.description, g.status, g.inviter, g.peer, g.epoch, g.createdMs,
        g.updatedMs, g.welcomeEventId, g.welcome, g.welcomeJson, g.draft, g.muted, g.pinned, g.archived,
        readEpoch, readAt, readId, g.unread, std::max(g.lastActivityMs, g.createdMs), g.members, g.admin,
        g.retentionSeconds, relays, g.invitedAt, g.notification, g.renewMs, g.missedSince));
    return {};
}

Result<void> GroupStore::update(const GroupRow& g) {
    VALISE_TRY(const std::string relays, joinLines(g.relays));
    return demandChange(
        m_db.run("UPDATE groups SET nostr_group_id = ?2, name = ?3, description = ?4, status = ?5, inviter = "
                 "?6, peer = ?7,"
                 " epoch = ?8, created_ms = ?9, updated_ms = ?10, welcome_event_id = ?11, welcome = ?12,"
                 " welcome_json = ?13, members = ?14, admin = ?15, retention = ?16, relays = ?17,"
                 " invited_at = ?18 WHERE group_id = ?1",
                 g.groupId, g.nostrGroupId, g.name, g.description, g.status, g.inviter, g.peer, g.epoch,
                 g.createdMs, g.updatedMs, g.welcomeEventId, g.welcome, g.welcomeJson, g.members, g.admin,
                 g.retentionSeconds, relays, g.invitedAt),
        kNoGroup);
}

Result<std::optional<GroupRow>> GroupStore::get(ByteView groupId) {
    VALISE_TRY(auto found, select(m_db, "WHERE g.group_id = ?1", groupId));
    return firstOf(std::move(found));
}

Result<std::vector<GroupRow>> GroupStore::list() {
    return select(m_db, "ORDER BY g.id");
}

Result<void> GroupStore::setStatus(ByteView groupId, GroupStatus status, std::int64_t nowMs) {
    return demandChange(m_db.run("UPDATE groups SET status = ?2, updated_ms = ?3 WHERE group_id = ?1",
                                 groupId, status, nowMs),
                        kNoGroup);
}

Result<void> GroupStore::setDraft(ByteView groupId, std::string_view draft) {
    return demandChange(m_db.run("UPDATE groups SET draft = ?2 WHERE group_id = ?1", groupId, draft),
                        kNoGroup);
}

Result<void> GroupStore::setMuted(ByteView groupId, bool on) {
    return demandChange(m_db.run("UPDATE groups SET muted = ?2 WHERE group_id = ?1", groupId, on), kNoGroup);
}

Result<void> GroupStore::setPinned(ByteView groupId, bool on) {
    return demandChange(m_db.run("UPDATE groups SET pinned = ?2 WHERE group_id = ?1", groupId, on), kNoGroup);
}

Result<void> GroupStore::setArchived(ByteView groupId, bool on) {
    return demandChange(m_db.run("UPDATE groups SET archived = ?2 WHERE group_id = ?1", groupId, on),
                        kNoGroup);
}

Result<void> GroupStore::setNotification(ByteView groupId, const std::optional<int>& detail) {
    return demandChange(m_db.run("UPDATE groups SET notification = ?2 WHERE group_id = ?1", groupId, detail),
                        kNoGroup);
}

Result<void> GroupStore::setRenewal(ByteView groupId, std::int64_t renewMs) {
    return demandChange(m_db.run("UPDATE groups SET renew_ms = ?2 WHERE group_id = ?1", groupId, renewMs),
                        kNoGroup);
}

Result<void> GroupStore::setMissedSince(ByteView groupId, std::int64_t seconds) {
    return demandChange(m_db.run("UPDATE groups SET missed_since = ?2 WHERE group_id = ?1", groupId, seconds),
                        kNoGroup);
}

Result<std::int64_t> GroupStore::markRead(ByteView groupId, const OrderKey& upTo) {
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(m_db.run(
        "UPDATE groups SET read_epoch = ?2, read_position = ?3, read_event_id = ?4 WHERE group_id = ?1"
        " AND (read_epoch IS NULL OR (read_epoch, read_position, read_event_id) < (?2, ?3, ?4))",
        groupId, upTo.epoch, upTo.position, upTo.eventId));
    VALISE_CHECK(demandChange(
        m_db.run("UPDATE groups SET unread = (SELECT count(*) FROM messages m INDEXED BY messages_unread"
                 " WHERE m.group_row = groups.id AND m.direction = 0 AND m.shown = 1 AND m.counts = 1 AND "
                 "m.deleted = 0 AND (m.epoch, "
                 "m.position,"
                 " m.event_id) > (groups.read_epoch, groups.read_position, groups.read_event_id)) WHERE "
                 "group_id = ?1",
                 groupId),
        kNoGroup));
    VALISE_TRY(auto unread, m_db.integer("SELECT unread FROM groups WHERE group_id = ?1", groupId));
    VALISE_CHECK(step.release());
    return unread.value_or(0);
}

Result<std::vector<ConversationRow>> GroupStore::conversations(bool withArchived) {
    std::vector<ConversationRow> out;
    VALISE_CHECK(m_db.query(
        std::string(kConversation) +
            "WHERE g.archived <= ?1 ORDER BY g.pinned DESC, g.activity_ms DESC, g.id",
        [&](const Statement& row) { out.push_back(readConversation(row)); }, withArchived));
    return out;
}

Result<std::optional<ConversationRow>> GroupStore::conversation(ByteView groupId) {
    std::optional<ConversationRow> out;
    VALISE_CHECK(m_db.query(
        std::string(kConversation) + "WHERE g.group_id = ?1",
        [&](const Statement& row) { out = readConversation(row); }, groupId));
    return out;
}

} // namespace valise::storage
