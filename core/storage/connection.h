// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/statement.h"

#include <functional>
#include <memory>
#include <unordered_map>

struct sqlite3;

namespace valise::storage {

//! One SQLCipher connection with its cache of prepared statements. Used by one thread at a time.
class Connection {
public:
    explicit Connection(sqlite3* handle);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    sqlite3* handle() const { return m_handle; }
    //! A statement from the cache. `sql` holds no values, only parameters.
    Result<Statement> prepare(std::string_view sql);
    //! Runs one statement to its end. Returns the number of rows changed.
    template <typename... Args>
    Result<std::int64_t> run(std::string_view sql, const Args&... args) {
        VALISE_TRY(Statement statement, prepare(sql));
        statement.bindAll(args...);
        for (;;) {
            VALISE_TRY(bool row, statement.step());
            if (!row)
                return changes();
        }
    }
    //! Calls `each(const Statement&)` for every row.
    template <typename F, typename... Args>
    Result<void> query(std::string_view sql, F&& each, const Args&... args) {
        VALISE_TRY(Statement statement, prepare(sql));
        statement.bindAll(args...);
        for (;;) {
            VALISE_TRY(bool row, statement.step());
            if (!row)
                return {};
            each(statement);
        }
    }
    //! The integer in the first column of the first row, or nothing.
    template <typename... Args>
    Result<std::optional<std::int64_t>> integer(std::string_view sql, const Args&... args) {
        VALISE_TRY(Statement statement, prepare(sql));
        statement.bindAll(args...);
        VALISE_TRY(bool row, statement.step());
        if (!row || statement.isNull(0))
            return std::optional<std::int64_t>();
        return std::optional<std::int64_t>(statement.integer(0));
    }
    //! Runs statements separated by semicolons, uncached.
    Result<void> execute(const std::string& script);
    std::int64_t lastRow() const;
    std::int64_t changes() const;
    bool inTransaction() const;
    //! Opens a new handle for a connection that only reads.
    using Reopen = std::function<Result<std::unique_ptr<Connection>>()>;
    void setReopen(Reopen reopen) { m_reopen = std::move(reopen); }
    //! Takes a new handle in place of one that met a damaged page; SQLCipher reads nothing more after that.
    //! False where that is not possible: no Reopen was set, or a statement is in use.
    bool revive();
    //! The Error for an SQLite result code. Its detail never holds a value from a statement.
    Error failure(int code, std::string_view during) const;

private:
    friend class Statement;
    struct Cached {
        sqlite3_stmt* handle = nullptr;
        bool inUse = false;
    };
    sqlite3* m_handle;
    Reopen m_reopen;
    std::unordered_map<std::string, std::unique_ptr<Cached>> m_cache;
};

} // namespace valise::storage
