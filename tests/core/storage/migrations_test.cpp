// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

#include "core/storage/schema.h"

#include <sqlite3.h>

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

namespace {

std::unique_ptr<Connection> memory() {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(":memory:", &handle) == SQLITE_OK);
    return std::make_unique<Connection>(handle);
}

std::string schemaOf(Connection& db) {
    std::string out;
    must(db.query(
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name",
        [&](const Statement& row) { out += row.text(0) + "\n"; }));
    must(db.query("SELECT k || '=' || v FROM message_search_config ORDER BY k",
                  [&](const Statement& row) { out += row.text(0) + "\n"; }));
    return out;
}

} // namespace

TEST_CASE("a migrated database has the schema of a fresh one") {
    auto fresh = memory();
    must(createSchema(*fresh));
    auto old = memory();
    must(old->execute(kSchemaV1));
    must(old->execute("PRAGMA user_version = 1"));
    Stores stores(*old);
    must(stores.groups.add(group(1)));
    must(stores.messages.insert(message(1, 1, "the ferry leaves at noon")));
    must(migrate(*old));
    REQUIRE(must(old->integer("PRAGMA user_version")) == kSchemaVersion);
    REQUIRE(schemaOf(*old) == schemaOf(*fresh));
    REQUIRE(must(stores.search.find("ferry", {}, 10)).size() == 1);
    must(migrate(*old));
}

TEST_CASE("version 4 says whether earlier versions kept reactions, edits or deletions") {
    for (const bool kept : {false, true}) {
        auto db = memory();
        must(db->execute(kSchemaV1));
        must(db->execute(kCountersV2));
        must(db->execute(kSearchV2));
        must(db->execute("PRAGMA user_version = 2"));
        Stores stores(*db);
        must(stores.groups.add(group(1)));
        must(stores.messages.insert(message(1, 1, "the ferry leaves at noon")));
        MessageRow hidden = message(1, 2, "👍");
        hidden.kind = kept ? 7 : 30'000;
        hidden.shown = false;
        must(stores.messages.insert(hidden));
        must(migrate(*db));
        CHECK(must(stores.settings.number("changes.kept")).has_value() == kept);
        CHECK(must(stores.messages.kept(7)).size() == (kept ? 1u : 0u));
        CHECK(must(stores.search.find("ferry", {}, 10)).size() == 1);
    }
}

TEST_CASE("migrations refuse what they do not know and undo what fails") {
    auto db = memory();
    REQUIRE(codeOf(migrate(*db)) == ErrorCode::StorageDamaged);
    must(db->execute("PRAGMA user_version = 77"));
    REQUIRE(codeOf(migrate(*db)) == ErrorCode::StorageVersion);
    auto broken = memory();
    must(broken->execute(kSchemaV1));
    // This table is in the way of the search index. The counters, made before it, must not stay.
    must(broken->execute("CREATE TABLE message_search(x); PRAGMA user_version = 1"));
    REQUIRE_FALSE(migrate(*broken).ok());
    REQUIRE(must(broken->integer("PRAGMA user_version")) == 1);
    REQUIRE(must(broken->integer("SELECT count(*) FROM sqlite_master WHERE name = 'counters'")) == 0);
}
