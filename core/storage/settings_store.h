// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! Key and value pairs of the profile. Keys are dotted words ("lock.minutes").
class SettingsStore {
public:
    explicit SettingsStore(Connection& connection)
        : m_db(connection) {}
    Result<std::optional<std::string>> text(std::string_view key);
    Result<std::optional<Bytes>> blob(std::string_view key);
    Result<std::optional<std::int64_t>> number(std::string_view key);
    Result<void> setText(std::string_view key, std::string_view value);
    Result<void> setBlob(std::string_view key, ByteView value);
    Result<void> setNumber(std::string_view key, std::int64_t value);
    Result<void> remove(std::string_view key);

private:
    Connection& m_db;
};

} // namespace valise::storage
