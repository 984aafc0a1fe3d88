// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/storage/stored_enum.h"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace valise::storage {

class Connection;

//! A prepared statement borrowed from its connection's cache. It goes back, reset, when destroyed. Parameters
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
    //! The enumerator whose number stands in the column (StoredEnum).
    template <typename E>
    E enumerator(int column) const {
        return storedEnum<E>(integer(column));
    }
    std::string text(int column) const;
    //! Borrowed until the next step().
    ByteView blob(int column) const;
    Bytes bytes(int column) const { return toBytes(blob(column)); }
    //! A column of exactly N octets; zeroes if it has another length, which the schema's CHECKs exclude.
    template <std::size_t N>
    ByteArray<N> fixed(int column) const {
        return fixedBytes<N>(blob(column)).value_or(ByteArray<N>{});
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

} // namespace valise::storage
