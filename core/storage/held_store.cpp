// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/held_store.h"

#include "core/storage/queries.h"

namespace valise::storage {
namespace {

constexpr const char* kColumns =
    "SELECT q.id, g.group_id, q.kind, q.content, q.tags, q.created_ms, q.position,"
    " q.message_id FROM held_messages q JOIN groups g ON g.id = q.group_row ";

HeldMessage read(const Statement& row) {
    HeldMessage m;
    m.id = row.integer(0);
    m.groupId = row.bytes(1);
    m.kind = static_cast<std::uint32_t>(row.integer(2));
    m.content = row.text(3);
    m.tagsJson = row.text(4);
    m.createdMs = row.integer(5);
    m.order = row.integer(6);
    m.messageId = row.optionalFixed<32>(7);
    return m;
}

} // namespace

Result<std::int64_t> HeldStore::add(const HeldMessage& m) {
    VALISE_CHECK(
        m_db.run("INSERT INTO held_messages(group_row, kind, content, tags, created_ms, position, message_id)"
                 " VALUES((SELECT id FROM groups WHERE group_id = ?1), ?2, ?3, ?4, ?5,"
                 " (SELECT coalesce(max(position), 0) + 1 FROM held_messages), ?6)",
                 m.groupId, m.kind, m.content, m.tagsJson, m.createdMs, m.messageId));
    return m_db.lastRow();
}

Result<std::optional<HeldMessage>> HeldStore::get(std::int64_t id) {
    std::optional<HeldMessage> out;
    VALISE_CHECK(m_db.query(
        std::string(kColumns) + "WHERE q.id = ?1", [&](const Statement& row) { out = read(row); }, id));
    return out;
}

Result<std::vector<HeldMessage>> HeldStore::list(const std::optional<Bytes>& groupId) {
    std::vector<HeldMessage> out;
    VALISE_CHECK(m_db.query(
        std::string(kColumns) + "WHERE ?1 IS NULL OR g.group_id = ?1 ORDER BY q.position",
        [&](const Statement& row) { out.push_back(read(row)); }, groupId));
    return out;
}

Result<std::vector<Bytes>> HeldStore::groups() {
    std::vector<Bytes> out;
    VALISE_CHECK(
        m_db.query("SELECT DISTINCT g.group_id FROM held_messages q JOIN groups g ON g.id = q.group_row",
                   [&](const Statement& row) { out.push_back(row.bytes(0)); }));
    return out;
}

Result<void> HeldStore::edit(std::int64_t id, std::string_view content, std::string_view tagsJson) {
    return demandChange(
        m_db.run("UPDATE held_messages SET content = ?2, tags = ?3 WHERE id = ?1", id, content, tagsJson),
        "no such held message");
}

Result<void> HeldStore::remove(std::int64_t id) {
    return demandChange(m_db.run("DELETE FROM held_messages WHERE id = ?1", id), "no such held message");
}

Result<std::int64_t> HeldStore::count(const std::optional<Bytes>& groupId) {
    VALISE_TRY(auto n, m_db.integer("SELECT count(*) FROM held_messages WHERE ?1 IS NULL OR group_row ="
                                    " (SELECT id FROM groups WHERE group_id = ?1)",
                                    groupId));
    return n.value_or(0);
}

} // namespace valise::storage
