// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/cursor_store.h"

namespace valise::storage {

Result<std::optional<std::int64_t>> CursorStore::get(std::string_view relay, std::string_view subscription) {
    return m_db.integer("SELECT since FROM cursors WHERE relay = ?1 AND subscription = ?2", relay,
                        subscription);
}

Result<void> CursorStore::set(std::string_view relay, std::string_view subscription, std::int64_t since) {
    VALISE_CHECK(m_db.run("INSERT OR REPLACE INTO cursors(relay, subscription, since) VALUES(?1, ?2, ?3)",
                          relay, subscription, since));
    return {};
}

Result<void> CursorStore::advance(std::string_view relay, std::string_view subscription, std::int64_t since) {
    VALISE_CHECK(
        m_db.run("INSERT INTO cursors(relay, subscription, since) VALUES(?1, ?2, ?3)"
                 " ON CONFLICT(relay, subscription) DO UPDATE SET since = max(since, excluded.since)",
                 relay, subscription, since));
    return {};
}

} // namespace valise::storage
