// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

namespace valise::storage {

class Database;

//! One step of the writer: everything between begin() and commit() happens, or nothing does. It rolls back
//! when it is destroyed without commit(). Transactions do not nest.
class Transaction {
public:
    //! Errors: InvalidArgument inside another transaction; StorageBusy; StorageFailed.
    static Result<Transaction> begin(Database& database);
    static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    //! On failure (StorageFull, StorageFailed) everything is rolled back.
    Result<void> commit();

private:
    explicit Transaction(Connection& connection)
        : m_connection(&connection) {}
    void rollback();
    Connection* m_connection;
};

} // namespace valise::storage
