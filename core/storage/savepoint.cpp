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
    // A full disk rolls the whole transaction back by itself; then there is no savepoint left to undo.
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
