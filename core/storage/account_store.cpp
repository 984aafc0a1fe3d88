// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/account_store.h"

#include "core/storage/queries.h"
#include "core/storage/savepoint.h"

namespace valise::storage {

Result<std::optional<Account>> AccountStore::get() {
    std::optional<Account> out;
    VALISE_CHECK(m_db.query("SELECT name, secret_key, public_key, created_ms FROM account WHERE id = 1",
                            [&](const Statement& row) {
                                out.emplace();
                                out->name = row.text(0);
                                out->secretKey = crypto::Secret(row.blob(1));
                                out->publicKey = row.fixed<32>(2);
                                out->createdMs = row.integer(3);
                            }));
    return out;
}

Result<void> AccountStore::put(const Account& account) {
    if (account.secretKey.size() != 32)
        return {ErrorCode::InvalidArgument, "an account key has 32 octets"};
    VALISE_CHECK(m_db.run("INSERT OR REPLACE INTO account(id, name, secret_key, public_key, created_ms)"
                          " VALUES(1, ?1, ?2, ?3, ?4)",
                          account.name, account.secretKey.view(), account.publicKey, account.createdMs));
    return {};
}

Result<void> AccountStore::setName(std::string_view name) {
    return demandChange(m_db.run("UPDATE account SET name = ?1 WHERE id = 1", name), "no account");
}

Result<std::vector<std::string>> AccountStore::relays(RelayRole role) {
    std::vector<std::string> out;
    VALISE_CHECK(m_db.query(
        "SELECT url FROM account_relays WHERE role = ?1 AND enabled = 1 ORDER BY position",
        [&](const Statement& row) { out.push_back(row.text(0)); }, role));
    return out;
}

Result<void> AccountStore::setRelays(RelayRole role, const std::vector<std::string>& urls) {
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(m_db.run("DELETE FROM account_relays WHERE role = ?1", role));
    std::int64_t position = 0;
    for (const std::string& url : urls) {
        VALISE_CHECK(m_db.run("INSERT OR IGNORE INTO account_relays(role, position, url, enabled)"
                              " VALUES(?1, ?2, ?3, 1)",
                              role, position++, url));
    }
    return step.release();
}

} // namespace valise::storage
