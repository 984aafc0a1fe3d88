// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/contact_store.h"

#include "core/storage/list_text.h"
#include "core/storage/queries.h"

namespace valise::storage {
namespace {

constexpr const char* kContactColumns =
    "SELECT public_key, petname, profile_name, profile_created_at, relays, added_ms,"
    " verified, blocked, known, note FROM contacts ";

Contact readContact(const Statement& row) {
    Contact c;
    c.publicKey = row.fixed<32>(0);
    c.petname = row.text(1);
    c.profileName = row.text(2);
    c.profileCreatedAt = row.integer(3);
    c.relays = splitLines(row.text(4));
    c.addedMs = row.integer(5);
    c.verified = row.integer(6) != 0;
    c.blocked = row.integer(7) != 0;
    c.known = row.integer(8) != 0;
    c.note = row.text(9);
    return c;
}

} // namespace

Result<std::optional<Contact>> ContactStore::get(const Id32& publicKey) {
    std::optional<Contact> out;
    VALISE_CHECK(m_db.query(
        std::string(kContactColumns) + "WHERE public_key = ?1",
        [&](const Statement& row) { out = readContact(row); }, publicKey));
    return out;
}

Result<void> ContactStore::put(const Contact& c) {
    VALISE_TRY(std::string relays, joinLines(c.relays));
    VALISE_CHECK(m_db.run(
        "INSERT OR REPLACE INTO contacts(public_key, petname, profile_name, profile_created_at, relays,"
        " added_ms, verified, blocked, known, note) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        c.publicKey, c.petname, c.profileName, c.profileCreatedAt, relays, c.addedMs, c.verified, c.blocked,
        c.known, c.note));
    return {};
}

Result<bool> ContactStore::setProfile(const Id32& publicKey, std::string_view profileName,
                                      std::int64_t createdAt, std::int64_t nowMs) {
    VALISE_TRY(
        std::int64_t changed,
        m_db.run(
            "INSERT INTO contacts(public_key, petname, profile_name, profile_created_at, relays, added_ms,"
            " verified, blocked, known, note) VALUES(?1, '', ?2, ?3, '', ?4, 0, 0, 0, '')"
            " ON CONFLICT(public_key) DO UPDATE SET profile_name = excluded.profile_name,"
            " profile_created_at = excluded.profile_created_at"
            " WHERE excluded.profile_created_at > profile_created_at",
            publicKey, profileName, createdAt, nowMs));
    return changed > 0;
}

Result<std::vector<Contact>> ContactStore::list(bool onlyKnown) {
    std::vector<Contact> out;
    VALISE_CHECK(m_db.query(
        std::string(kContactColumns) +
            "WHERE known >= ?1 ORDER BY CASE petname WHEN '' THEN profile_name ELSE petname END,"
            " public_key",
        [&](const Statement& row) { out.push_back(readContact(row)); }, onlyKnown));
    return out;
}

} // namespace valise::storage
