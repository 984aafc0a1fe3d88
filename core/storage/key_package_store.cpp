// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/key_package_store.h"

#include "core/storage/queries.h"

namespace valise::storage {
namespace {

constexpr const char* kColumns =
    "SELECT slot, reference, bundle, event_id, event_json, created_ms, expires_ms, state FROM key_packages ";

KeyPackageRow read(const Statement& row) {
    KeyPackageRow r;
    r.slot = row.text(0);
    r.reference = row.fixed<32>(1);
    r.bundle = row.bytes(2);
    r.eventId = row.fixed<32>(3);
    r.eventJson = row.bytes(4);
    r.createdMs = row.integer(5);
    r.expiresMs = row.integer(6);
    r.state = row.enumerator<KeyPackageState>(7);
    return r;
}

} // namespace

Result<void> KeyPackageStore::put(const KeyPackageRow& r) {
    VALISE_CHECK(m_db.run(
        "INSERT OR REPLACE INTO key_packages(slot, reference, bundle, event_id, event_json, created_ms,"
        " expires_ms, state) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        r.slot, r.reference, r.bundle, r.eventId, r.eventJson, r.createdMs, r.expiresMs, r.state));
    return {};
}

Result<std::optional<KeyPackageRow>> KeyPackageStore::byEvent(const Id32& eventId) {
    std::optional<KeyPackageRow> out;
    VALISE_CHECK(m_db.query(
        std::string(kColumns) + "WHERE event_id = ?1 LIMIT 1", [&](const Statement& row) { out = read(row); },
        eventId));
    return out;
}

Result<std::vector<KeyPackageRow>> KeyPackageStore::list() {
    std::vector<KeyPackageRow> out;
    VALISE_CHECK(m_db.query(std::string(kColumns) + "ORDER BY created_ms DESC, reference",
                            [&](const Statement& row) { out.push_back(read(row)); }));
    return out;
}

Result<void> KeyPackageStore::setState(const Id32& reference, KeyPackageState state) {
    return demandChange(m_db.run("UPDATE key_packages SET state = ?2 WHERE reference = ?1", reference, state),
                        "no such key package");
}

Result<std::int64_t> KeyPackageStore::removeExpired(std::int64_t beforeMs) {
    return m_db.run("DELETE FROM key_packages WHERE state IN (?1, ?2) AND expires_ms < ?3",
                    KeyPackageState::Used, KeyPackageState::Retired, beforeMs);
}

} // namespace valise::storage
