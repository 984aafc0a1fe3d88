// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

namespace valise::storage {

//! Makes several statements of one store function one step, inside or outside a Transaction. The step is
//! undone unless it is released.
class Savepoint {
public:
    static Result<Savepoint> begin(Connection& connection);
    Savepoint(Savepoint&& other) noexcept;
    Savepoint& operator=(Savepoint&&) = delete;
    ~Savepoint();
    Result<void> release();

private:
    explicit Savepoint(Connection& connection)
        : m_connection(&connection) {}
    Connection* m_connection;
};

} // namespace valise::storage
