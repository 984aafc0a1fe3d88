// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/settings_store.h"

namespace valise::storage {
namespace {
constexpr const char* kGet = "SELECT value FROM settings WHERE key = ?1";
constexpr const char* kSet =
    "INSERT INTO settings(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
} // namespace

Result<std::optional<std::string>> SettingsStore::text(std::string_view key) {
    std::optional<std::string> out;
    VALISE_CHECK(m_db.query(
        kGet, [&](const Statement& row) { out = row.text(0); }, key));
    return out;
}

Result<std::optional<Bytes>> SettingsStore::blob(std::string_view key) {
    std::optional<Bytes> out;
    VALISE_CHECK(m_db.query(
        kGet, [&](const Statement& row) { out = row.bytes(0); }, key));
    return out;
}

Result<std::optional<std::int64_t>> SettingsStore::number(std::string_view key) {
    return m_db.integer(kGet, key);
}

Result<void> SettingsStore::setText(std::string_view key, std::string_view value) {
    VALISE_CHECK(m_db.run(kSet, key, value));
    return {};
}

Result<void> SettingsStore::setBlob(std::string_view key, ByteView value) {
    VALISE_CHECK(m_db.run(kSet, key, value));
    return {};
}

Result<void> SettingsStore::setNumber(std::string_view key, std::int64_t value) {
    VALISE_CHECK(m_db.run(kSet, key, value));
    return {};
}

Result<void> SettingsStore::remove(std::string_view key) {
    VALISE_CHECK(m_db.run("DELETE FROM settings WHERE key = ?1", key));
    return {};
}

} // namespace valise::storage
