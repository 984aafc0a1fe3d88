// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/message_store.h"

#include "core/storage/message_rows.h"
#include "core/storage/queries.h"
#include "core/storage/savepoint.h"

#include <algorithm>
#include <tuple>

namespace valise::storage {
namespace {

constexpr const char* kSelect =
    "SELECT " VALISE_MESSAGE_COLUMNS " FROM messages m JOIN groups g ON g.id = m.group_row ";
constexpr const char* kNoMessage = "no such message";

template <typename... Args>
Result<std::vector<MessageRow>> select(Connection& db, std::string_view condition, const Args&... args) {
    std::vector<MessageRow> out;
    VALISE_CHECK(db.query(
        std::string(kSelect) + std::string(condition),
        [&](const Statement& row) { out.push_back(readMessage(row)); }, args...));
    return out;
}

// Reads the rows before `key` in a file with a damaged page: one by one, without the damaged rows. Their
// order comes from the index or, where that is damaged, from the rows themselves.
std::vector<MessageRow> salvageBefore(Connection& db, std::int64_t group, const std::optional<OrderKey>& key,
                                      std::size_t limit) {
    constexpr std::int64_t kMaxProbes = 20'000;
    const auto isBefore = [&](const MessageRow& row) {
        if (!key)
            return true;
        const OrderKey own = row.orderKey();
        return std::tie(own.epoch, own.position, own.eventId) <
               std::tie(key->epoch, key->position, key->eventId);
    };
    db.revive(); // the handle met the damaged page
    std::vector<std::int64_t> rows;
    const auto indexed = db.query(
        "SELECT m.id FROM messages m INDEXED BY messages_order WHERE m.group_row = ?1 AND m.shown = 1"
        " ORDER BY m.epoch DESC, m.position DESC, m.event_id DESC",
        [&](const Statement& row) { rows.push_back(row.integer(0)); }, group);
    const auto readRow = [&](std::int64_t id) {
        auto found = select(db, "WHERE m.id = ?1 AND m.group_row = ?2 AND m.shown = 1", id, group);
        if (!found && found.error().code == ErrorCode::StorageDamaged)
            db.revive();
        return found && !found->empty() && isBefore(found->front()) ? std::optional(std::move(found->front()))
                                                                    : std::nullopt;
    };
    std::vector<MessageRow> out;
    if (indexed) {
        for (std::size_t at = 0; at < rows.size() && out.size() < limit; ++at)
            if (auto row = readRow(rows[at]))
                out.push_back(std::move(*row));
        return out;
    }
    db.revive();
    const auto last = db.integer("SELECT seq FROM sqlite_sequence WHERE name = 'messages'");
    const std::int64_t newest = last ? last->value_or(0) : 0;
    for (std::int64_t id = newest; id > std::max<std::int64_t>(0, newest - kMaxProbes); --id)
        if (auto row = readRow(id))
            out.push_back(std::move(*row));
    std::sort(out.begin(), out.end(), [](const MessageRow& a, const MessageRow& b) {
        const OrderKey one = a.orderKey();
        const OrderKey other = b.orderKey();
        return std::tie(one.epoch, one.position, one.eventId) >
               std::tie(other.epoch, other.position, other.eventId);
    });
    if (out.size() > limit)
        out.resize(limit);
    return out;
}

// Finds the last message of a group anew. Enough after an own row moved, since own rows are never unread.
Result<void> recountLast(Connection& db, std::int64_t group) {
    VALISE_CHECK(
        db.run("UPDATE groups SET last_message = (SELECT id FROM messages WHERE group_row = ?1 AND shown = 1"
               " ORDER BY epoch DESC, position DESC, event_id DESC LIMIT 1) WHERE id = ?1",
               group));
    return {};
}

// Finds the last message and counts the unread ones anew, after any rows went, moved or came back.
Result<void> recount(Connection& db, std::int64_t group) {
    VALISE_CHECK(recountLast(db, group));
    VALISE_CHECK(
        // The index is named because the planner would take that of all shown rows, and read every own row.
        db.run("UPDATE groups SET unread = (SELECT count(*) FROM messages m INDEXED BY messages_unread"
               " WHERE m.group_row = ?1 AND m.direction = 0"
               " AND m.shown = 1 AND m.counts = 1 AND m.deleted = 0 AND"
               // Without a read mark all messages are unread. The form lets the index begin behind the mark.
               " (m.epoch, m.position, m.event_id) > (coalesce(groups.read_epoch, -1),"
               " coalesce(groups.read_position, 0), coalesce(groups.read_event_id, x''))) WHERE id = ?1",
               group));
    return {};
}

} // namespace

MessageRow readMessage(const Statement& row, int at) {
    MessageRow m;
    m.row = row.integer(at);
    m.groupId = row.bytes(at + 1);
    m.eventId = row.fixed<32>(at + 2);
    m.sender = row.fixed<32>(at + 3);
    m.kind = static_cast<std::uint32_t>(row.integer(at + 4));
    m.content = row.text(at + 5);
    m.tagsJson = row.text(at + 6);
    m.createdAt = row.integer(at + 7) >> 20;
    m.sequence = static_cast<std::uint32_t>(row.integer(at + 7) & 0xfffff);
    m.receivedMs = row.integer(at + 8);
    m.epoch = static_cast<std::uint64_t>(row.integer(at + 9));
    m.direction = row.enumerator<MessageDirection>(at + 10);
    m.state = row.enumerator<MessageState>(at + 11);
    m.acceptedRelays = static_cast<std::uint32_t>(row.integer(at + 12));
    m.totalRelays = static_cast<std::uint32_t>(row.integer(at + 13));
    m.outerEventId = row.optionalFixed<32>(at + 14);
    m.replyTo = row.optionalFixed<32>(at + 15);
    m.target = row.optionalFixed<32>(at + 16);
    if (!row.isNull(at + 17))
        m.original = row.text(at + 17);
    m.editedAt = row.integer(at + 18);
    m.deleted = row.integer(at + 19) != 0;
    m.shown = row.integer(at + 20) != 0;
    m.countsUnread = row.integer(at + 21) != 0;
    m.systemJson = row.text(at + 22);
    m.failure = row.text(at + 23);
    return m;
}

Result<std::int64_t> MessageStore::insert(const MessageRow& m) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, m.groupId));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(m_db.run(
        "INSERT INTO messages(group_row, event_id, sender, kind, body, tags, position, received_ms,"
        " epoch, direction, state, accepted, total, outer_id, reply_to, target, original, edited_at,"
        " deleted, shown, counts, system_json, failure) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
        " ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
        group, m.eventId, m.sender, m.kind, m.content, m.tagsJson, m.orderKey().position, m.receivedMs,
        m.epoch, m.direction, m.state, m.acceptedRelays, m.totalRelays, m.outerEventId, m.replyTo, m.target,
        m.original, m.editedAt, m.deleted, m.shown, m.countsUnread, m.systemJson, m.failure));
    const std::int64_t row = m_db.lastRow();
    if (m.shown) {
        // The time of arrival bounds the sender's, so that a clock that runs ahead does not keep a group on
        // top.
        const std::int64_t sent = m.createdAt > m.receivedMs / 1000 ? m.receivedMs : m.createdAt * 1000;
        const bool counts = m.direction == MessageDirection::Incoming && m.countsUnread && !m.deleted;
        VALISE_CHECK(m_db.run(
            "UPDATE groups SET activity_ms = max(activity_ms, ?2), unread = unread + (?3 AND (read_epoch IS "
            "NULL OR"
            " (?4, ?5, ?6) > (read_epoch, read_position, read_event_id))),"
            " last_message = CASE WHEN last_message IS NULL OR NOT EXISTS(SELECT 1 FROM messages l WHERE"
            " l.id = groups.last_message AND (l.epoch, l.position, l.event_id) > (?4, ?5, ?6)) THEN ?7"
            " ELSE last_message END WHERE id = ?1",
            group, sent, counts, m.epoch, m.orderKey().position, m.eventId, row));
    }
    VALISE_CHECK(step.release());
    return row;
}

Result<bool> MessageStore::contains(ByteView groupId, const Id32& eventId) {
    VALISE_TRY(auto found,
               m_db.integer("SELECT 1 FROM messages WHERE group_row = (SELECT id FROM groups WHERE"
                            " group_id = ?1) AND event_id = ?2",
                            groupId, eventId));
    return found.has_value();
}

Result<std::optional<std::int64_t>> MessageStore::writtenAfter(ByteView groupId, const Id32& sender,
                                                               std::uint64_t epoch, std::int64_t createdAt,
                                                               std::uint32_t belowSequence) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(auto found,
               select(m_db,
                      "WHERE m.group_row = ?1 AND m.shown = 1 AND m.epoch = ?2 AND m.position >= ?3"
                      " AND m.sender = ?4 AND (m.position & ?5) < ?6 ORDER BY m.position DESC LIMIT 1",
                      group, epoch, positionOf(createdAt + 1, 0), sender, positionOf(1, 0) - 1,
                      static_cast<std::int64_t>(belowSequence)));
    if (found.empty())
        return std::optional<std::int64_t>();
    return std::optional(found.front().createdAt);
}

Result<std::optional<MessageRow>> MessageStore::get(ByteView groupId, const Id32& eventId) {
    VALISE_TRY(auto found, select(m_db, "WHERE g.group_id = ?1 AND m.event_id = ?2", groupId, eventId));
    return firstOf(std::move(found));
}

Result<std::optional<MessageRow>> MessageStore::byRow(std::int64_t row) {
    VALISE_TRY(auto found, select(m_db, "WHERE m.id = ?1", row));
    return firstOf(std::move(found));
}

Result<std::vector<MessageRow>> MessageStore::before(ByteView groupId, const std::optional<OrderKey>& key,
                                                     std::size_t limit) {
    constexpr const char* kOrder = " ORDER BY m.epoch DESC, m.position DESC, m.event_id DESC LIMIT ";
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    auto found = key ? select(m_db,
                              std::string("WHERE m.group_row = ?1 AND m.shown = 1 AND"
                                          " (m.epoch, m.position, m.event_id) < (?2, ?3, ?4)") +
                                  kOrder + "?5",
                              group, key->epoch, key->position, key->eventId, limit)
                     : select(m_db, std::string("WHERE m.group_row = ?1 AND m.shown = 1") + kOrder + "?2",
                              group, limit);
    if (!found && found.error().code != ErrorCode::StorageDamaged)
        return found.error();
    std::vector<MessageRow> out = found ? std::move(*found) : salvageBefore(m_db, group, key, limit);
    std::reverse(out.begin(), out.end());
    return out;
}

Result<std::vector<MessageRow>> MessageStore::after(ByteView groupId, const std::optional<OrderKey>& key,
                                                    std::size_t limit) {
    constexpr const char* kOrder = " ORDER BY m.epoch, m.position, m.event_id LIMIT ";
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    if (!key)
        return select(m_db, std::string("WHERE m.group_row = ?1 AND m.shown = 1") + kOrder + "?2", group,
                      limit);
    return select(m_db,
                  std::string("WHERE m.group_row = ?1 AND m.shown = 1 AND"
                              " (m.epoch, m.position, m.event_id) > (?2, ?3, ?4)") +
                      kOrder + "?5",
                  group, key->epoch, key->position, key->eventId, limit);
}

Result<std::vector<MessageRow>> MessageStore::around(ByteView groupId, const OrderKey& key,
                                                     std::size_t each) {
    VALISE_TRY(auto out, before(groupId, key, each));
    VALISE_TRY(auto middle, get(groupId, key.eventId));
    if (middle && middle->shown && middle->orderKey() == key)
        out.push_back(std::move(*middle));
    VALISE_TRY(auto later, after(groupId, key, each));
    std::move(later.begin(), later.end(), std::back_inserter(out));
    return out;
}

Result<std::vector<MessageRow>> MessageStore::quoting(ByteView groupId, const Id32& replyTo,
                                                      std::size_t limit) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    return select(m_db,
                  "WHERE m.group_row = ?1 AND m.reply_to = ?2 AND m.shown = 1 ORDER BY m.id DESC LIMIT ?3",
                  group, replyTo, limit);
}

Result<std::vector<Id32>> MessageStore::incomingBetween(ByteView groupId,
                                                        const std::optional<OrderKey>& after,
                                                        const OrderKey& upTo, std::size_t limit) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    const OrderKey from = after.value_or(OrderKey{0, -1, {}});
    std::vector<Id32> out;
    VALISE_CHECK(m_db.query(
        "SELECT event_id FROM messages WHERE group_row = ?1 AND direction = 0 AND shown = 1 AND counts = 1"
        " AND (epoch, position, event_id) > (?2, ?3, ?4) AND (epoch, position, event_id) <= (?5, ?6, ?7)"
        " ORDER BY epoch DESC, position DESC, event_id DESC LIMIT ?8",
        [&](const Statement& row) { out.push_back(row.fixed<32>(0)); }, group, from.epoch, from.position,
        from.eventId, upTo.epoch, upTo.position, upTo.eventId, limit));
    return out;
}

Result<std::optional<MessageRow>> MessageStore::firstSince(ByteView groupId, std::int64_t createdAt) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(auto found, select(m_db,
                                  "WHERE m.group_row = ?1 AND m.shown = 1 AND m.position >= ?2"
                                  " ORDER BY m.epoch, m.position, m.event_id LIMIT 1",
                                  group, positionOf(createdAt, 0)));
    return firstOf(std::move(found));
}

Result<std::vector<MessageRow>> MessageStore::kept(std::uint32_t kind) {
    return select(m_db, "WHERE m.shown = 0 AND m.target IS NULL AND m.kind = ?1 ORDER BY m.id", kind);
}

Result<std::vector<MessageRow>> MessageStore::outgoing(MessageState state,
                                                       const std::optional<Bytes>& groupId) {
    // The two states of the partial index are written out, since SQLite does not use it for a parameter.
    constexpr const char* kRest = " AND m.direction = 1 AND (?2 IS NULL OR g.group_id = ?2) ORDER BY "
                                  "m.group_row, m.epoch, m.position, m.id";
    const char* waiting =
        state == MessageState::Queued || state == MessageState::Failed ? " AND m.state IN (0, 4)" : "";
    return select(m_db, std::string("WHERE m.state = ?1") + waiting + kRest, state, groupId);
}

Result<std::int64_t> MessageStore::countQueued() {
    VALISE_TRY(auto n, m_db.integer("SELECT count(*) FROM messages WHERE state IN (0, 4) AND state = 0"));
    return n.value_or(0);
}

Result<std::optional<OrderKey>> MessageStore::firstUnread(ByteView groupId) {
    // The read mark is looked up first and given as values. With an alternative in the query ("no mark, or
    // ...") SQLite walks all messages of the group and does not begin behind the mark in the index.
    std::optional<std::int64_t> group;
    std::int64_t unread = 0;
    std::optional<OrderKey> read;
    VALISE_CHECK(m_db.query(
        "SELECT id, unread, read_epoch, read_position, read_event_id FROM groups WHERE group_id = ?1",
        [&](const Statement& row) {
            group = row.integer(0);
            unread = row.integer(1);
            if (!row.isNull(2))
                read = OrderKey{static_cast<std::uint64_t>(row.integer(2)), row.integer(3), row.fixed<32>(4)};
        },
        groupId));
    std::optional<OrderKey> out;
    if (!group || unread == 0)
        return out;
    const auto take = [&](const Statement& row) {
        out = OrderKey{static_cast<std::uint64_t>(row.integer(0)), row.integer(1), row.fixed<32>(2)};
    };
    const std::string rows =
        "SELECT epoch, position, event_id FROM messages WHERE group_row = ?1 AND direction = 0"
        " AND shown = 1 AND counts = 1 AND deleted = 0";
    const std::string first = " ORDER BY epoch, position, event_id LIMIT 1";
    if (!read) {
        VALISE_CHECK(m_db.query(rows + first, take, *group));
        return out;
    }
    VALISE_CHECK(m_db.query(rows + " AND (epoch, position, event_id) > (?2, ?3, ?4)" + first, take, *group,
                            read->epoch, read->position, read->eventId));
    return out;
}

#define VALISE_WHERE_MESSAGE                                                                                 \
    " WHERE group_row = (SELECT id FROM groups WHERE group_id = ?1) AND event_id = ?2"

Result<void> MessageStore::setState(ByteView groupId, const Id32& eventId, MessageState state,
                                    std::string_view failure) {
    return demandChange(m_db.run("UPDATE messages SET state = ?3, failure = ?4" VALISE_WHERE_MESSAGE, groupId,
                                 eventId, state, failure),
                        kNoMessage);
}

Result<bool> MessageStore::advanceState(ByteView groupId, const Id32& eventId, MessageState state) {
    // A failed message may still become sent, since a relay may answer late.
    VALISE_TRY(std::int64_t changed,
               m_db.run("UPDATE messages SET state = ?3, failure = ''" VALISE_WHERE_MESSAGE
                        " AND (state < ?3 OR state = 4) AND state NOT IN (5, 6)",
                        groupId, eventId, state));
    if (changed > 0)
        return true;
    VALISE_TRY(bool known, contains(groupId, eventId));
    if (!known)
        return {ErrorCode::NotFound, kNoMessage};
    return false;
}

Result<std::vector<std::int64_t>> MessageStore::setStanding(ByteView groupId, const Id32& state,
                                                            bool stands) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    std::vector<std::int64_t> rows;
    VALISE_CHECK(m_db.query(
        "SELECT message_row FROM branch_messages WHERE group_row = ?1 AND state = ?2 ORDER BY message_row",
        [&](const Statement& row) { rows.push_back(row.integer(0)); }, group, state));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    for (const std::int64_t row : rows) {
        // A message that no relay has accepted is queued again; the outbox goes on with it. Refused messages,
        // and those that this person removed, do not come back.
        VALISE_CHECK(m_db.run(
            "UPDATE messages SET shown = CASE WHEN direction = 2 AND deleted = 0 THEN ?2 ELSE shown END,"
            " state = CASE WHEN direction = 2 OR state = 4 OR (shown = 0 AND failure <> '') THEN state WHEN "
            "NOT ?2 THEN 6"
            " WHEN direction = 0 THEN 5 WHEN accepted > 0 THEN 1 ELSE 0 END WHERE id = ?1",
            row, stands));
    }
    VALISE_CHECK(recount(m_db, group));
    VALISE_CHECK(step.release());
    return rows;
}

Result<void> MessageStore::setRelayCounts(ByteView groupId, const Id32& eventId, std::uint32_t accepted,
                                          std::uint32_t total) {
    return demandChange(m_db.run("UPDATE messages SET accepted = ?3, total = ?4" VALISE_WHERE_MESSAGE,
                                 groupId, eventId, accepted, total),
                        kNoMessage);
}

Result<void> MessageStore::setOuter(ByteView groupId, const Id32& eventId, const Id32& outerEventId) {
    return demandChange(
        m_db.run("UPDATE messages SET outer_id = ?3" VALISE_WHERE_MESSAGE, groupId, eventId, outerEventId),
        kNoMessage);
}

Result<void> MessageStore::setSealed(ByteView groupId, const Id32& eventId, std::uint64_t epoch,
                                     std::int64_t createdAt, std::uint32_t sequence, const Id32& finalId) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(demandChange(
        m_db.run("UPDATE messages SET epoch = ?3, position = ?4, event_id = ?5" VALISE_WHERE_MESSAGE, groupId,
                 eventId, epoch, positionOf(createdAt, sequence), finalId),
        kNoMessage));
    VALISE_CHECK(recountLast(m_db, group));
    return step.release();
}

Result<void> MessageStore::edit(ByteView groupId, const Id32& eventId, std::string_view content,
                                std::string_view tagsJson, std::int64_t editedAt) {
    return demandChange(
        m_db.run("UPDATE messages SET original = coalesce(original, body), body = ?3, tags = ?4,"
                 " edited_at = ?5" VALISE_WHERE_MESSAGE " AND deleted = 0",
                 groupId, eventId, content, tagsJson, editedAt),
        kNoMessage);
}

Result<void> MessageStore::markDeleted(ByteView groupId, const Id32& eventId) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(
        demandChange(m_db.run("UPDATE messages SET body = '', tags = '', original = NULL, system_json = '',"
                              " deleted = 1" VALISE_WHERE_MESSAGE,
                              groupId, eventId),
                     kNoMessage));
    VALISE_CHECK(m_db.run(
        "UPDATE messages SET body = '', tags = '', original = NULL WHERE group_row = ?1 AND target = ?2"
        " AND shown = 0",
        group, eventId));
    VALISE_CHECK(recount(m_db, group));
    return step.release();
}

Result<void> MessageStore::hide(ByteView groupId, const Id32& eventId) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(m_db.run("UPDATE messages SET shown = 0" VALISE_WHERE_MESSAGE, groupId, eventId));
    VALISE_CHECK(markDeleted(groupId, eventId));
    VALISE_CHECK(
        m_db.run("DELETE FROM stars WHERE message_row = (SELECT id FROM messages WHERE group_row = ?1"
                 " AND event_id = ?2)",
                 group, eventId));
    return step.release();
}

Result<void> MessageStore::revert(ByteView groupId, const Id32& eventId) {
    VALISE_CHECK(
        m_db.run("UPDATE messages SET body = original, original = NULL, edited_at = 0" VALISE_WHERE_MESSAGE
                 " AND original IS NOT NULL AND deleted = 0",
                 groupId, eventId));
    return {};
}

Result<void> MessageStore::forgetOriginal(ByteView groupId, const Id32& eventId) {
    return demandChange(
        m_db.run("UPDATE messages SET original = NULL, edited_at = 0" VALISE_WHERE_MESSAGE, groupId, eventId),
        kNoMessage);
}

Result<void> MessageStore::setTarget(ByteView groupId, const Id32& eventId, const Id32& target) {
    return demandChange(
        m_db.run("UPDATE messages SET target = ?3, body = ''" VALISE_WHERE_MESSAGE, groupId, eventId, target),
        kNoMessage);
}

Result<void> MessageStore::erase(ByteView groupId, const Id32& eventId) {
    VALISE_TRY(std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(
        demandChange(m_db.run("DELETE FROM messages" VALISE_WHERE_MESSAGE, groupId, eventId), kNoMessage));
    VALISE_CHECK(m_db.run("DELETE FROM edits WHERE group_row = ?1 AND target = ?2", group, eventId));
    VALISE_CHECK(m_db.run("DELETE FROM reactions WHERE group_row = ?1 AND target = ?2", group, eventId));
    VALISE_CHECK(recount(m_db, group));
    return step.release();
}

} // namespace valise::storage
