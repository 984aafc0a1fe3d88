// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/receipt_store.h"

#include "core/storage/queries.h"

namespace valise::storage {

Result<bool> ReceiptStore::add(ByteView groupId, const Id32& target, const Id32& reader, std::int64_t at,
                               bool read) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    // A stored time of 0 means that nothing was said.
    const std::int64_t when = at > 0 ? at : 1;
    VALISE_TRY(const std::int64_t fresh,
               m_db.run("INSERT OR IGNORE INTO receipts(group_row, target, reader, delivered_at, read_at)"
                        " VALUES(?1, ?2, ?3, ?4, ?5)",
                        group, target, reader, when, read ? when : 0));
    if (fresh > 0 || !read)
        return fresh > 0;
    VALISE_TRY(const std::int64_t changed,
               m_db.run("UPDATE receipts SET read_at = ?4 WHERE group_row = ?1 AND target ="
                        " ?2 AND reader = ?3 AND read_at = 0",
                        group, target, reader, when));
    return changed > 0;
}

Result<ReceiptCount> ReceiptStore::count(ByteView groupId, const Id32& target) {
    ReceiptCount out;
    VALISE_CHECK(m_db.query(
        "SELECT count(*), coalesce(sum(read_at > 0), 0) FROM receipts WHERE group_row = " VALISE_GROUP
        " AND target = ?2",
        [&](const Statement& row) {
            out.delivered = static_cast<int>(row.integer(0));
            out.read = static_cast<int>(row.integer(1));
        },
        groupId, target));
    return out;
}

Result<std::vector<Receipt>> ReceiptStore::list(ByteView groupId, const Id32& target) {
    std::vector<Receipt> out;
    VALISE_CHECK(m_db.query(
        "SELECT reader, delivered_at, read_at FROM receipts WHERE group_row = " VALISE_GROUP
        " AND target = ?2 ORDER BY read_at = 0, CASE read_at WHEN 0 THEN delivered_at ELSE read_at END, "
        "reader",
        [&](const Statement& row) {
            out.push_back({row.fixed<32>(0), row.integer(1), row.integer(2)});
        },
        groupId, target));
    return out;
}

Result<void> ReceiptStore::forget(ByteView groupId, const Id32& target) {
    VALISE_CHECK(
        m_db.run("DELETE FROM receipts WHERE group_row = " VALISE_GROUP " AND target = ?2", groupId, target));
    return removeDue(groupId, target);
}

Result<void> ReceiptStore::owe(ByteView groupId, const Id32& target, bool read) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    VALISE_CHECK(m_db.run("INSERT INTO receipts_due(group_row, target, is_read) VALUES(?1, ?2, ?3)"
                          " ON CONFLICT(group_row, target) DO UPDATE SET is_read = max(is_read, ?3)",
                          group, target, read));
    return {};
}

Result<void> ReceiptStore::boundDue(ByteView groupId) {
    VALISE_TRY(const std::int64_t group, groupRow(m_db, groupId));
    VALISE_TRY(const auto kept,
               m_db.integer("SELECT count(*) FROM receipts_due WHERE group_row = ?1", group));
    const std::int64_t surplus = kept.value_or(0) - static_cast<std::int64_t>(kMaxDue);
    if (surplus <= 0)
        return {};
    VALISE_CHECK(m_db.run("DELETE FROM receipts_due WHERE group_row = ?1 AND target IN (SELECT d.target FROM "
                          "receipts_due d LEFT JOIN messages m ON m.group_row = d.group_row AND"
                          " m.event_id = d.target WHERE d.group_row = ?1 ORDER BY m.id LIMIT ?2)",
                          group, surplus));
    return {};
}

Result<std::vector<DueReceipt>> ReceiptStore::due(ByteView groupId, std::size_t limit) {
    std::vector<DueReceipt> out;
    VALISE_CHECK(m_db.query(
        "SELECT target, is_read FROM receipts_due WHERE group_row = " VALISE_GROUP
        " AND is_read = (SELECT max(is_read) FROM receipts_due WHERE group_row = " VALISE_GROUP ") LIMIT ?2",
        [&](const Statement& row) {
            out.push_back({row.fixed<32>(0), row.integer(1) != 0});
        },
        groupId, limit));
    return out;
}

Result<std::vector<Bytes>> ReceiptStore::groupsDue() {
    std::vector<Bytes> out;
    VALISE_CHECK(
        m_db.query("SELECT DISTINCT g.group_id FROM receipts_due d JOIN groups g ON g.id = d.group_row",
                   [&](const Statement& row) { out.push_back(row.bytes(0)); }));
    return out;
}

Result<void> ReceiptStore::removeDue(ByteView groupId, const Id32& target) {
    VALISE_CHECK(m_db.run("DELETE FROM receipts_due WHERE group_row = " VALISE_GROUP " AND target = ?2",
                          groupId, target));
    return {};
}

Result<void> ReceiptStore::forgetDue(bool read) {
    VALISE_CHECK(m_db.run("DELETE FROM receipts_due WHERE is_read = ?1", read));
    return {};
}

} // namespace valise::storage
