// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/stores.h"

#include <memory>

namespace valise::storage {

//! A read-only connection for another thread (WAL): sees what is committed, never waits for the writer. Open
//! it with Database::openReader(), then move it to its thread. It must be destroyed before the Database.
class Reader {
public:
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    Connection& connection() { return *m_connection; }
    //! Reading functions only; a writing one gives StorageReadOnly.
    Stores& stores() { return *m_stores; }

private:
    friend class Database;
    explicit Reader(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Stores> m_stores;
};

} // namespace valise::storage
