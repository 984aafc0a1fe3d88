// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/deferred_store.h"

#include "core/storage/queries.h"
#include "core/storage/savepoint.h"

namespace valise::storage {
namespace {

constexpr const char* kColumns = "SELECT id, event_json, event_id, group_hint, reason, tries, first_seen_ms, "
                                 "last_try_ms FROM deferred_events ";

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
    VALISE_TRY(
        std::int64_t known,
        m_db.run(
            "UPDATE deferred_events SET reason = ?2, tries = tries + 1, last_try_ms = max(last_try_ms, ?3)"
            " WHERE event_id = ?1",
            event.eventId, event.reason, event.lastTryMs));
    if (known == 0) {
        VALISE_CHECK(m_db.run(
            "INSERT INTO deferred_events(event_id, event_json, group_hint, reason, tries, first_seen_ms,"
            " last_try_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            event.eventId, event.eventJson, event.groupHint, event.reason, event.tries, event.firstSeenMs,
            event.lastTryMs));
        out.stored = true;
    }
    VALISE_TRY(auto waiting,
               m_db.integer("SELECT count(*) FROM deferred_events WHERE group_hint = ?1", event.groupHint));
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

Result<void> DeferredStore::remove(std::int64_t id) {
    VALISE_CHECK(m_db.run("DELETE FROM deferred_events WHERE id = ?1", id));
    return {};
}

} // namespace valise::storage
