// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/deferred_store.h"

#include "core/storage/list_text.h"

namespace valise::storage {
namespace {

constexpr const char* kColumns =
    "SELECT id, event_json, event_id, group_hint, reason, tries, first_seen_ms, last_try_ms FROM inbox ";

DeferredEvent read(const Statement& row) {
    DeferredEvent e;
    e.id = row.integer(0);
    e.eventJson = row.bytes(1);
    e.eventId = row.fixed<32>(2);
    e.groupHint = row.bytes(3);
    e.reason = row.text(4);
    e.tries = static_cast<std::uint32_t>(row.integer(5));
    e.firstSeenMs = row.integer(6);
    e.lastTryMs = row.integer(7);
    return e;
}

} // namespace

Result<DeferOutcome> DeferredStore::defer(const DeferredEvent& event, std::int64_t perGroup) {
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    DeferOutcome out;
    VALISE_TRY(std::int64_t known,
               m_db.run("UPDATE inbox SET reason = ?2, tries = tries + 1, last_try_ms = max(last_try_ms, ?3)"
                        " WHERE event_id = ?1",
                        event.eventId, event.reason, event.lastTryMs));
    if (known == 0) {
        VALISE_CHECK(
            m_db.run("INSERT INTO inbox(event_id, event_json, group_hint, reason, tries, first_seen_ms,"
                     " last_try_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                     event.eventId, event.eventJson, event.groupHint, event.reason, event.tries,
                     event.firstSeenMs, event.lastTryMs));
        out.stored = true;
    }
    VALISE_TRY(auto waiting,
               m_db.integer("SELECT count(*) FROM inbox WHERE group_hint = ?1", event.groupHint));
    out.waiting = waiting.value_or(0);
    if (out.waiting > perGroup) {
        VALISE_CHECK(m_db.query(
            std::string(kColumns) + "WHERE group_hint = ?1 ORDER BY id LIMIT ?2",
            [&](const Statement& row) { out.evicted.push_back(read(row)); }, event.groupHint,
            out.waiting - perGroup));
        for (const DeferredEvent& old : out.evicted)
            VALISE_CHECK(remove(old.id));
        out.waiting -= static_cast<std::int64_t>(out.evicted.size());
    }
    VALISE_CHECK(step.release());
    return out;
}

Result<std::vector<DeferredEvent>> DeferredStore::list(ByteView groupHint) {
    std::vector<DeferredEvent> out;
    VALISE_CHECK(m_db.query(
        std::string(kColumns) + "WHERE group_hint = ?1 ORDER BY id",
        [&](const Statement& row) { out.push_back(read(row)); }, groupHint));
    return out;
}

Result<std::vector<DeferredEvent>> DeferredStore::listAll(std::size_t limit) {
    std::vector<DeferredEvent> out;
    VALISE_CHECK(m_db.query(
        std::string(kColumns) + "ORDER BY id LIMIT ?1",
        [&](const Statement& row) { out.push_back(read(row)); }, limit));
    return out;
}

Result<std::optional<DeferredEvent>> DeferredStore::get(const Id32& eventId) {
    std::optional<DeferredEvent> out;
    VALISE_CHECK(m_db.query(
        std::string(kColumns) + "WHERE event_id = ?1", [&](const Statement& row) { out = read(row); },
        eventId));
    return out;
}

Result<void> DeferredStore::countTry(std::int64_t id, std::string_view reason, std::int64_t nowMs) {
    return demandChange(
        m_db.run("UPDATE inbox SET tries = tries + 1, reason = ?2, last_try_ms = ?3 WHERE id = ?1", id,
                 reason, nowMs),
        "no such deferred event");
}

Result<void> DeferredStore::remove(std::int64_t id) {
    VALISE_CHECK(m_db.run("DELETE FROM inbox WHERE id = ?1", id));
    return {};
}

Result<std::vector<DeferredEvent>> DeferredStore::expire(std::int64_t beforeMs) {
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    std::vector<DeferredEvent> out;
    VALISE_CHECK(m_db.query(
        std::string(kColumns) + "WHERE first_seen_ms < ?1 ORDER BY id",
        [&](const Statement& row) { out.push_back(read(row)); }, beforeMs));
    VALISE_CHECK(m_db.run("DELETE FROM inbox WHERE first_seen_ms < ?1", beforeMs));
    VALISE_CHECK(step.release());
    return out;
}

Result<std::int64_t> DeferredStore::count() {
    VALISE_TRY(auto n, m_db.integer("SELECT count(*) FROM inbox"));
    return n.value_or(0);
}

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
        VALISE_TRY(auto held, m_db.integer("SELECT held FROM seen_scopes WHERE id = ?1", row));
        if (held.value_or(0) > perScope) {
            // Some more than needed go at once, so that the walk over the index is rare.
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

Result<void> SeenStore::forget(ByteView scope, const Id32& digest) {
    VALISE_TRY(Savepoint step, Savepoint::begin(m_db));
    VALISE_TRY(std::int64_t gone, m_db.run("DELETE FROM seen WHERE digest = ?2 AND scope_row ="
                                           " (SELECT id FROM seen_scopes WHERE scope = ?1)",
                                           scope, digest));
    VALISE_CHECK(m_db.run("UPDATE seen_scopes SET held = held - ?2 WHERE scope = ?1", scope, gone));
    return step.release();
}

Result<void> SeenStore::forgetScope(ByteView scope) {
    VALISE_CHECK(m_db.run("DELETE FROM seen_scopes WHERE scope = ?1", scope));
    return {};
}

Result<std::int64_t> SeenStore::count(ByteView scope) {
    VALISE_TRY(auto held, m_db.integer("SELECT held FROM seen_scopes WHERE scope = ?1", scope));
    return held.value_or(0);
}

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

Result<void> CursorStore::remove(std::string_view relay, std::string_view subscription) {
    VALISE_CHECK(m_db.run("DELETE FROM cursors WHERE relay = ?1 AND subscription = ?2", relay, subscription));
    return {};
}

Result<void> CursorStore::removeRelay(std::string_view relay) {
    VALISE_CHECK(m_db.run("DELETE FROM cursors WHERE relay = ?1", relay));
    return {};
}

} // namespace valise::storage
