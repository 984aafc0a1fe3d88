// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/seen_store.h"

#include "core/storage/savepoint.h"

namespace valise::storage {

Result<bool> SeenStore::contains(ByteView scope, const Id32& digest) {
    VALISE_TRY(auto found, m_db.integer("SELECT 1 FROM seen WHERE digest = ?2 AND scope_row ="
                                        " (SELECT id FROM seen_scopes WHERE scope = ?1)",
                                        scope, digest));
    return found.has_value();
}

Result<bool> SeenStore::add(ByteView scope, const Id32& digest, std::int64_t nowMs, std::int64_t perScope) {
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_CHECK(m_db.run("INSERT OR IGNORE INTO seen_scopes(scope, held) VALUES(?1, 0)", scope));
    VALISE_TRY(auto row, m_db.integer("SELECT id FROM seen_scopes WHERE scope = ?1", scope));
    VALISE_TRY(std::int64_t added,
               m_db.run("INSERT OR IGNORE INTO seen(scope_row, digest, seen_ms) VALUES(?1, ?2, ?3)", row,
                        digest, nowMs));
    if (added > 0) {
        VALISE_CHECK(m_db.run("UPDATE seen_scopes SET held = held + 1 WHERE id = ?1", row));
        VALISE_TRY(auto kept, m_db.integer("SELECT held FROM seen_scopes WHERE id = ?1", row));
        if (kept.value_or(0) > perScope) {
            // Some more rows than needed are deleted at once, so that the walk over the index is rare.
            const std::int64_t keep = perScope - perScope / 32;
            VALISE_TRY(std::int64_t gone,
                       m_db.run("DELETE FROM seen WHERE scope_row = ?1 AND id <= (SELECT id FROM seen WHERE"
                                " scope_row = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
                                row, keep));
            VALISE_CHECK(m_db.run("UPDATE seen_scopes SET held = held - ?2 WHERE id = ?1", row, gone));
        }
    }
    VALISE_CHECK(step.release());
    return added > 0;
}

} // namespace valise::storage
