// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/change_store.h"

#include "core/base/encoding.h"
#include "core/storage/message_rows.h"
#include "core/storage/queries.h"
#include "core/storage/savepoint.h"

namespace valise::storage {
namespace {

// The event does not stand on a branch that its group left (MessageStore::setStanding).
#define VALISE_STANDS(table)                                                                                 \
    " AND NOT EXISTS(SELECT 1 FROM messages m WHERE m.group_row = " table                                    \
    ".group_row AND m.event_id = " table ".event_id AND m.state = 6)"

Edit readEdit(const Statement& row) {
    return {row.fixed<32>(0), row.fixed<32>(1), row.fixed<32>(2), row.integer(3), row.text(4)};
}

Reaction readReaction(const Statement& row) {
    return {row.fixed<32>(0), row.fixed<32>(1), row.fixed<32>(2), row.integer(3), row.text(4)};
}

} // namespace

Result<void> ChangeStore::addEdit(ByteView groupId, const Edit& edit) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(m_db.run("INSERT INTO edits(group_row, target, author, created_at, event_id, body) "
                          "VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                          group, edit.target, edit.author, edit.createdAt, edit.eventId, edit.body));
    VALISE_CHECK(m_db.run(
        "DELETE FROM edits WHERE group_row = ?1 AND target = ?2 AND author = ?3 AND (created_at, event_id) <"
        " (SELECT created_at, event_id FROM edits WHERE group_row = ?1 AND target = ?2 AND author = ?3"
        " ORDER BY created_at DESC, event_id DESC LIMIT 1 OFFSET ?4)",
        group, edit.target, edit.author, kMaxEdits - 1));
    return step.release();
}

Result<std::optional<Edit>> ChangeStore::newestEdit(ByteView groupId, const Id32& target,
                                                    const Id32& author) {
    std::optional<Edit> out;
    VALISE_CHECK(m_db.query(
        "SELECT target, author, event_id, created_at, body FROM edits WHERE group_row = " VALISE_GROUP
        " AND target = ?2 AND author = ?3" VALISE_STANDS(
            "edits") " ORDER BY created_at DESC, event_id LIMIT 1",
        [&](const Statement& row) { out = readEdit(row); }, groupId, target, author));
    return out;
}

Result<std::vector<Edit>> ChangeStore::edits(ByteView groupId, const Id32& target, const Id32& author) {
    std::vector<Edit> out;
    VALISE_CHECK(m_db.query(
        "SELECT target, author, event_id, created_at, body FROM edits WHERE group_row = " VALISE_GROUP
        " AND target = ?2 AND author = ?3" VALISE_STANDS("edits") " ORDER BY created_at, event_id DESC",
        [&](const Statement& row) { out.push_back(readEdit(row)); }, groupId, target, author));
    return out;
}

Result<bool> ChangeStore::addReaction(ByteView groupId, const Reaction& reaction) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(
        const auto kept,
        m_db.integer("SELECT count(*) FROM reactions WHERE group_row = ?1 AND target = ?2 AND author = ?3",
                     group, reaction.target, reaction.author));
    if (kept.value_or(0) >= static_cast<std::int64_t>(kMaxReactions))
        return false;
    VALISE_CHECK(m_db.run(
        "INSERT INTO reactions(group_row, target, author, emoji, event_id, created_at) VALUES(?1, ?2,"
        " ?3, ?4, ?5, ?6)",
        group, reaction.target, reaction.author, reaction.emoji, reaction.eventId, reaction.createdAt));
    return true;
}

Result<std::vector<Reaction>> ChangeStore::reactions(ByteView groupId, const Id32& target) {
    std::vector<Reaction> out;
    VALISE_CHECK(m_db.query(
        "SELECT target, author, event_id, created_at, emoji FROM reactions WHERE group_row = " VALISE_GROUP
        " AND target = ?2" VALISE_STANDS("reactions") " ORDER BY created_at, event_id LIMIT ?3",
        [&](const Statement& row) { out.push_back(readReaction(row)); }, groupId, target, kMaxShown));
    return out;
}

Result<std::vector<Id32>> ChangeStore::reactionEvents(ByteView groupId, const Id32& target,
                                                      const Id32& author, std::string_view emoji) {
    std::vector<Id32> out;
    VALISE_CHECK(m_db.query(
        "SELECT event_id FROM reactions WHERE group_row = " VALISE_GROUP
        " AND target = ?2 AND author = ?3 AND emoji = ?4" VALISE_STANDS("reactions") " ORDER BY event_id",
        [&](const Statement& row) { out.push_back(row.fixed<32>(0)); }, groupId, target, author, emoji));
    return out;
}

Result<void> ChangeStore::addDeletion(ByteView groupId, const Id32& target, const Id32& author,
                                      const Id32& eventId) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    VALISE_CHECK(m_db.run(
        "INSERT OR IGNORE INTO deletions(group_row, target, author, event_id) VALUES(?1, ?2, ?3, ?4)", group,
        target, author, eventId));
    return {};
}

Result<bool> ChangeStore::isDeleted(ByteView groupId, const Id32& target, const Id32& author) {
    VALISE_TRY(const auto found, m_db.integer("SELECT 1 FROM deletions WHERE group_row = " VALISE_GROUP
                                              " AND target = ?2 AND author = ?3 LIMIT 1",
                                              groupId, target, author));
    return found.has_value();
}

Result<std::optional<Id32>> ChangeStore::withdraw(ByteView groupId, const Id32& eventId, const Id32& author) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    std::optional<Id32> target;
    const auto keep = [&](const Statement& row) { target = row.fixed<32>(0); };
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(m_db.query("SELECT target FROM edits WHERE group_row = ?1 AND event_id = ?2 AND author = ?3",
                            keep, group, eventId, author));
    VALISE_CHECK(
        m_db.query("SELECT target FROM reactions WHERE group_row = ?1 AND event_id = ?2 AND author = ?3",
                   keep, group, eventId, author));
    VALISE_CHECK(m_db.run("DELETE FROM edits WHERE group_row = ?1 AND event_id = ?2 AND author = ?3", group,
                          eventId, author));
    VALISE_CHECK(m_db.run("DELETE FROM reactions WHERE group_row = ?1 AND event_id = ?2 AND author = ?3",
                          group, eventId, author));
    VALISE_CHECK(m_db.run("DELETE FROM deletions WHERE group_row = ?1 AND event_id = ?2 AND author = ?3",
                          group, eventId, author));
    VALISE_CHECK(step.release());
    return target;
}

Result<void> ChangeStore::forget(ByteView groupId, const Id32& target) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    VALISE_CHECK(m_db.run("DELETE FROM edits WHERE group_row = ?1 AND target = ?2", group, target));
    VALISE_CHECK(m_db.run("DELETE FROM reactions WHERE group_row = ?1 AND target = ?2", group, target));
    return {};
}

Result<void> ChangeStore::rename(ByteView groupId, const Id32& from, const Id32& to, std::int64_t createdAt) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    for (const char* own :
         {"UPDATE edits SET event_id = ?3, created_at = ?4 WHERE group_row = ?1 AND event_id = ?2",
          "UPDATE reactions SET event_id = ?3, created_at = ?4 WHERE group_row = ?1 AND event_id = ?2"})
        VALISE_CHECK(m_db.run(own, group, from, to, createdAt));
    for (const char* others : {"UPDATE deletions SET event_id = ?3 WHERE group_row = ?1 AND event_id = ?2",
                               "UPDATE edits SET target = ?3 WHERE group_row = ?1 AND target = ?2",
                               "UPDATE reactions SET target = ?3 WHERE group_row = ?1 AND target = ?2",
                               "UPDATE deletions SET target = ?3 WHERE group_row = ?1 AND target = ?2",
                               "UPDATE messages SET target = ?3 WHERE group_row = ?1 AND target = ?2",
                               "UPDATE messages SET reply_to = ?3 WHERE group_row = ?1 AND reply_to = ?2"})
        VALISE_CHECK(m_db.run(others, group, from, to));
    // Held messages name their targets in hexadecimal.
    VALISE_CHECK(m_db.run("UPDATE held_messages SET tags = replace(tags, ?2, ?3) WHERE group_row = ?1", group,
                          toHex(from), toHex(to)));
    return step.release();
}

Result<void> ChangeStore::setStarred(std::int64_t messageRow, bool on, std::int64_t nowMs) {
    if (!on) {
        VALISE_CHECK(m_db.run("DELETE FROM stars WHERE message_row = ?1", messageRow));
        return {};
    }
    VALISE_TRY(const auto known, m_db.integer("SELECT 1 FROM messages WHERE id = ?1", messageRow));
    if (!known)
        return {ErrorCode::NotFound, "no such message"};
    VALISE_CHECK(
        m_db.run("INSERT OR IGNORE INTO stars(message_row, starred_ms) VALUES(?1, ?2)", messageRow, nowMs));
    return {};
}

Result<bool> ChangeStore::isStarred(std::int64_t messageRow) {
    VALISE_TRY(const auto found, m_db.integer("SELECT 1 FROM stars WHERE message_row = ?1", messageRow));
    return found.has_value();
}

Result<std::vector<MessageRow>> ChangeStore::starred(const std::optional<Bytes>& groupId, std::size_t limit) {
    std::vector<MessageRow> out;
    VALISE_CHECK(m_db.query(
        "SELECT " VALISE_MESSAGE_COLUMNS " FROM stars s JOIN messages m ON m.id = s.message_row"
        " JOIN groups g ON g.id = m.group_row WHERE (?1 IS NULL OR g.group_id = ?1) AND m.shown = 1"
        " AND m.deleted = 0 ORDER BY s.starred_ms DESC, s.message_row DESC LIMIT ?2",
        [&](const Statement& row) { out.push_back(readMessage(row)); }, groupId, limit));
    return out;
}

Result<void> ChangeStore::addAcceptance(std::int64_t messageRow, std::string_view url,
                                        std::int64_t acceptedMs) {
    VALISE_CHECK(
        m_db.run("INSERT OR IGNORE INTO message_servers(message_row, url, accepted_ms) VALUES(?1, ?2, ?3)",
                 messageRow, url, acceptedMs));
    return {};
}

Result<std::vector<ServerAcceptance>> ChangeStore::acceptances(std::int64_t messageRow) {
    std::vector<ServerAcceptance> out;
    VALISE_CHECK(m_db.query(
        "SELECT url, accepted_ms FROM message_servers WHERE message_row = ?1 ORDER BY accepted_ms, url",
        [&](const Statement& row) {
            out.push_back({row.text(0), row.integer(1)});
        },
        messageRow));
    return out;
}

} // namespace valise::storage
