// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/transaction.h"

#include "core/storage/database.h"

#include <utility>

namespace valise::storage {

Result<Transaction> Transaction::begin(Database& database) {
    return begin(database.connection());
}

Result<Transaction> Transaction::begin(Connection& connection) {
    if (connection.inTransaction())
        return {ErrorCode::InvalidArgument, "transactions do not nest"};
    VALISE_CHECK(connection.run("BEGIN IMMEDIATE"));
    return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)) {}

Transaction::~Transaction() {
    rollback();
}

Result<void> Transaction::commit() {
    if (!m_connection)
        return {ErrorCode::InvalidArgument, "the transaction has ended already"};
    // SQLite may have rolled everything back already because the disk is full. That must not look like
    // success.
    if (!m_connection->inTransaction()) {
        m_connection = nullptr;
        return {ErrorCode::StorageFailed, "the transaction was rolled back by an earlier failure"};
    }
    auto done = m_connection->run("COMMIT");
    if (!done.ok()) {
        rollback();
        return done.error();
    }
    m_connection = nullptr;
    return {};
}

void Transaction::rollback() {
    if (m_connection && m_connection->inTransaction())
        (void)m_connection->run("ROLLBACK").ok();
    m_connection = nullptr;
}

} // namespace valise::storage
