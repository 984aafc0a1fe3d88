// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <concepts>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace valise::storage {

class Connection;

//! A prepared statement borrowed from its connection's cache; goes back, reset, when destroyed. Parameters
//! are numbered from 1, columns from 0. Bound texts and octets are not copied: they must live until the last
//! step().
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    void bindNull(int at);
    void bindInt(int at, std::int64_t value);
    void bindText(int at, std::string_view value);
    void bindBlob(int at, ByteView value);

    void bind(int at, std::nullptr_t) { bindNull(at); }
    void bind(int at, std::string_view value) { bindText(at, value); }
    void bind(int at, const std::string& value) { bindText(at, value); }
    void bind(int at, const char* value) { bindText(at, value); }
    void bind(int at, ByteView value) { bindBlob(at, value); }
    void bind(int at, const Bytes& value) { bindBlob(at, value); }
    template <std::size_t N>
    void bind(int at, const ByteArray<N>& value) {
        bindBlob(at, value);
    }
    template <typename T>
    requires std::integral<T> || std::is_enum_v<T>
    void bind(int at, T value) { bindInt(at, static_cast<std::int64_t>(value)); }
    template <typename T>
    void bind(int at, const std::optional<T>& value) {
        if (value)
            bind(at, *value);
        else
            bindNull(at);
    }
    template <typename... Args>
    void bindAll(const Args&... args) {
        int at = 0;
        (bind(++at, args), ...);
    }

    //! True if there is a row, false at the end.
    Result<bool> step();

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    //! Borrowed until the next step().
    ByteView blob(int column) const;
    Bytes bytes(int column) const { return toBytes(blob(column)); }
    //! A column of exactly N octets; zeroes if it has another length, which the schema's CHECKs exclude.
    template <std::size_t N>
    ByteArray<N> fixed(int column) const {
        ByteArray<N> out{};
        ByteView v = blob(column);
        if (v.size() == N)
            std::copy(v.begin(), v.end(), out.begin());
        return out;
    }
    template <std::size_t N>
    std::optional<ByteArray<N>> optionalFixed(int column) const {
        if (isNull(column))
            return std::nullopt;
        return fixed<N>(column);
    }

private:
    friend class Connection;
    Statement(Connection* owner, sqlite3_stmt* handle, bool* inUse);
    Connection* m_owner;
    sqlite3_stmt* m_handle;
    bool* m_inUse; //!< the cache's flag, or nothing for a statement of its own
    int m_bindError = 0;
};

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
    //! How a connection that only reads is opened once more.
    using Reopen = std::function<Result<std::unique_ptr<Connection>>()>;
    void setReopen(Reopen reopen) { m_reopen = std::move(reopen); }
    //! Takes a new handle in place of one that met a damaged page, after which SQLCipher reads nothing more.
    //! False where that is not possible: no way is known, or a statement is in use.
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

//! Makes several statements of one store function one step, inside or outside a Transaction. Undone unless
//! released.
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
