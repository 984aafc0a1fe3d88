// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/savepoint.h"

#include <utility>

namespace valise::storage {

Result<Savepoint> Savepoint::begin(Connection& connection) {
    VALISE_CHECK(connection.run("SAVEPOINT step"));
    return Savepoint(connection);
}

Savepoint::Savepoint(Savepoint&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)) {}

Savepoint::~Savepoint() {
    // SQLite rolls the whole transaction back when the disk is full. No savepoint is left to undo then.
    if (!m_connection || !m_connection->inTransaction())
        return;
    (void)m_connection->run("ROLLBACK TO step").ok();
    (void)m_connection->run("RELEASE step").ok();
}

Result<void> Savepoint::release() {
    VALISE_CHECK(m_connection->run("RELEASE step"));
    m_connection = nullptr;
    return {};
}

} // namespace valise::storage
