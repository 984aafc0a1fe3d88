// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/debt_store.h"

#include "core/storage/queries.h"

namespace valise::storage {

Result<void> DebtStore::add(ByteView groupId, const Id32& account, Debt debt) {
    VALISE_CHECK(m_db.run("INSERT OR IGNORE INTO group_debts(group_row, account, debt) VALUES(" VALISE_GROUP
                          ", ?2, ?3)",
                          groupId, account, debt));
    return {};
}

Result<void> DebtStore::remove(ByteView groupId, const Id32& account, Debt debt) {
    VALISE_CHECK(m_db.run("DELETE FROM group_debts WHERE group_row = " VALISE_GROUP
                          " AND account = ?2 AND debt = ?3",
                          groupId, account, debt));
    return {};
}

Result<void> DebtStore::clear(ByteView groupId) {
    VALISE_CHECK(m_db.run("DELETE FROM group_debts WHERE group_row = " VALISE_GROUP, groupId));
    return {};
}

Result<std::vector<DebtRow>> DebtStore::list(ByteView groupId) {
    std::vector<DebtRow> out;
    VALISE_CHECK(m_db.query(
        "SELECT account, debt FROM group_debts WHERE group_row = " VALISE_GROUP " ORDER BY account, debt",
        [&](const Statement& row) {
            out.push_back({row.fixed<32>(0), row.integer(1) == 1 ? Debt::Remove : Debt::Invite});
        },
        groupId));
    return out;
}

} // namespace valise::storage
