// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace valise::storage {
namespace {

ErrorCode codeFor(sqlite3* db, int code) {
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::StorageFull;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ErrorCode::StorageReadOnly;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::StorageBusy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::StorageDamaged;
    case SQLITE_INTERRUPT:
        return ErrorCode::Cancelled;
    case SQLITE_TOOBIG:
        return ErrorCode::LimitExceeded;
    case SQLITE_NOMEM:
        return ErrorCode::Internal;
    case SQLITE_CONSTRAINT:
        if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
            return ErrorCode::AlreadyExists;
        // A missing NOT NULL value or foreign key means that the caller named an unknown group.
        if (code == SQLITE_CONSTRAINT_NOTNULL || code == SQLITE_CONSTRAINT_FOREIGNKEY)
            return ErrorCode::NotFound;
        return ErrorCode::InvalidArgument;
    case SQLITE_IOERR: {
        const int os = db ? sqlite3_system_errno(db) : 0;
        if (os == ENOSPC)
            return ErrorCode::StorageFull;
        if (os == EROFS)
            return ErrorCode::StorageReadOnly;
        return ErrorCode::StorageFailed;
    }
    case SQLITE_CANTOPEN: {
        const int os = db ? sqlite3_system_errno(db) : 0;
        if (os == EACCES || os == EROFS || os == EPERM)
            return ErrorCode::StorageReadOnly;
        if (os == ENOSPC)
            return ErrorCode::StorageFull;
        return ErrorCode::StorageFailed;
    }
    default:
        return ErrorCode::StorageFailed;
    }
}

} // namespace

Connection::Connection(sqlite3* handle)
    : m_handle(handle) {
    sqlite3_extended_result_codes(m_handle, 1);
}

bool Connection::revive() {
    const bool busy =
        std::any_of(m_cache.begin(), m_cache.end(), [](const auto& entry) { return entry.second->inUse; });
    if (!m_reopen || busy || inTransaction())
        return false;
    auto fresh = m_reopen();
    if (!fresh)
        return false;
    for (auto& [sql, cached] : m_cache)
        sqlite3_finalize(cached->handle);
    m_cache.clear();
    std::swap(m_handle, (*fresh)->m_handle);
    return true;
}

Connection::~Connection() {
    for (auto& [sql, cached] : m_cache)
        sqlite3_finalize(cached->handle);
    sqlite3_close_v2(m_handle);
}

Result<Statement> Connection::prepare(std::string_view sql) {
    auto found = m_cache.find(std::string(sql));
    if (found != m_cache.end() && !found->second->inUse) {
        found->second->inUse = true;
        return Statement(this, found->second->handle, &found->second->inUse);
    }
    sqlite3_stmt* handle = nullptr;
    const bool cache = found == m_cache.end();
    const int rc = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()),
                                      cache ? SQLITE_PREPARE_PERSISTENT : 0, &handle, nullptr);
    if (rc != SQLITE_OK)
        return failure(rc, std::string("prepare: ") + sqlite3_errmsg(m_handle));
    if (!handle)
        return {ErrorCode::InvalidArgument, "an empty statement"};
    if (!cache)
        return Statement(this, handle, nullptr);
    auto entry = std::make_unique<Cached>();
    entry->handle = handle;
    entry->inUse = true;
    bool* flag = &entry->inUse;
    m_cache.emplace(std::string(sql), std::move(entry));
    return Statement(this, handle, flag);
}

Result<void> Connection::execute(const std::string& script) {
    const int rc = sqlite3_exec(m_handle, script.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK)
        return failure(rc, "execute");
    return {};
}

std::int64_t Connection::lastRow() const {
    return sqlite3_last_insert_rowid(m_handle);
}

std::int64_t Connection::changes() const {
    return sqlite3_changes64(m_handle);
}

bool Connection::inTransaction() const {
    return sqlite3_get_autocommit(m_handle) == 0;
}

Error Connection::failure(int code, std::string_view during) const {
    std::string detail = sqlite3_errstr(code);
    detail += " (" + std::to_string(code) + ", " + std::string(during) + ")";
    return {codeFor(m_handle, code), std::move(detail)};
}

} // namespace valise::storage
