// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/statement.h"

#include "core/storage/connection.h"

#include <sqlite3.h>

#include <utility>

namespace valise::storage {

Statement::Statement(Connection* owner, sqlite3_stmt* handle, bool* inUse)
    : m_owner(owner)
    , m_handle(handle)
    , m_inUse(inUse) {}

Statement::Statement(Statement&& other) noexcept
    : m_owner(other.m_owner)
    , m_handle(std::exchange(other.m_handle, nullptr))
    , m_inUse(other.m_inUse)
    , m_bindError(other.m_bindError) {}

Statement::~Statement() {
    if (!m_handle)
        return;
    if (m_inUse) {
        sqlite3_reset(m_handle);
        sqlite3_clear_bindings(m_handle);
        *m_inUse = false;
    } else {
        sqlite3_finalize(m_handle);
    }
}

void Statement::bindNull(int at) {
    if (int rc = sqlite3_bind_null(m_handle, at); rc != SQLITE_OK)
        m_bindError = rc;
}

void Statement::bindInt(int at, std::int64_t value) {
    if (int rc = sqlite3_bind_int64(m_handle, at, value); rc != SQLITE_OK)
        m_bindError = rc;
}

void Statement::bindText(int at, std::string_view value) {
    const char* data = value.data() ? value.data() : "";
    if (int rc = sqlite3_bind_text64(m_handle, at, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
        rc != SQLITE_OK)
        m_bindError = rc;
}

void Statement::bindBlob(int at, ByteView value) {
    const void* data = value.data() ? static_cast<const void*>(value.data()) : "";
    if (int rc = sqlite3_bind_blob64(m_handle, at, data, value.size(), SQLITE_STATIC); rc != SQLITE_OK)
        m_bindError = rc;
}

Result<bool> Statement::step() {
    if (m_bindError)
        return m_owner->failure(m_bindError, "bind");
    const int rc = sqlite3_step(m_handle);
    if (rc == SQLITE_ROW)
        return true;
    if (rc == SQLITE_DONE)
        return false;
    return m_owner->failure(rc, "step");
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_handle, column);
}

std::string Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_handle, column));
    if (!data)
        return {};
    return std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column)));
}

ByteView Statement::blob(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_handle, column));
    if (!data)
        return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column))};
}

} // namespace valise::storage
