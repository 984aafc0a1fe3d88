// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

#include "core/base/encoding.h"
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

// A group as versions before the eighth stored it, with its facts in a JSON text.
void addEarlierGroup(Connection& db, std::uint8_t number, const std::string& extra) {
    must(db.run(
        "INSERT INTO groups(group_id, nostr_group_id, name, description, status, epoch, created_ms,"
        " updated_ms, welcome, welcome_json, draft, muted, pinned, archived, unread, activity_ms, extra)"
        " VALUES(?1, ?2, 'Coolants', '', 1, 1, 1000, 1000, x'', '', '', 0, 0, 0, 0, 1000, ?3)",
        groupId(number), id(number), extra));
}

// A database of version 7.
std::unique_ptr<Connection> versionSeven() {
    auto db = memory();
    for (const char* part : {kSchemaV1, kCountersV2, kSearchV2, kBranchesV3, kChangesV4, kTalkV5,
                             kScheduledV6, kFormerV7, "PRAGMA user_version = 7"})
        must(db->execute(part));
    return db;
}

} // namespace

TEST_CASE("a migrated database has the schema of a fresh one") {
    auto fresh = memory();
    must(createSchema(*fresh));
    auto old = memory();
    must(old->execute(kSchemaV1));
    must(old->execute("PRAGMA user_version = 1"));
    Stores stores(*old);
    addEarlierGroup(*old, 1, "");
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
        addEarlierGroup(*db, 1, "{}");
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

TEST_CASE("version 8 takes the facts of a group out of their JSON text") {
    auto db = versionSeven();
    const std::string who = toHex(id(70));
    const std::string other = toHex(id(71));
    addEarlierGroup(*db, 1,
                    R"({"members":7,"admin":true,"retention":"18446744073","relays":["wss://a.example/",)"
                    R"("wss://b.example/x"],"inviteAgain":[")" +
                        who + R"("],"removeAgain":[")" + other + R"(","no id"],"missed":"1700000000",)" +
                        R"("invited":"1700000001","renew":"1700000002000","notify":0})");
    addEarlierGroup(*db, 2, R"({"members":2,"notify":-1})");
    addEarlierGroup(*db, 3, "");
    addEarlierGroup(*db, 4, "{no JSON");
    must(migrate(*db));
    Stores stores(*db);
    const GroupRow first = *must(stores.groups.get(groupId(1)));
    CHECK(first.members == 7);
    CHECK(first.admin);
    CHECK(first.retentionSeconds == 18'446'744'073);
    CHECK(first.relays == std::vector<std::string>{"wss://a.example/", "wss://b.example/x"});
    CHECK(first.missedSince == 1'700'000'000);
    CHECK(first.invitedAt == 1'700'000'001);
    CHECK(first.renewMs == 1'700'000'002'000);
    CHECK(first.notification == 0);
    const auto debts = must(stores.debts.list(groupId(1)));
    REQUIRE(debts.size() == 2);
    CHECK(debts[0].account == id(70));
    CHECK(debts[0].debt == Debt::Invite);
    CHECK(debts[1].account == id(71));
    CHECK(debts[1].debt == Debt::Remove);
    const GroupRow second = *must(stores.groups.get(groupId(2)));
    CHECK(second.members == 2);
    CHECK_FALSE(second.notification.has_value());
    CHECK(second.relays.empty());
    for (const std::uint8_t empty : {std::uint8_t{3}, std::uint8_t{4}}) {
        const GroupRow row = *must(stores.groups.get(groupId(empty)));
        CHECK(row.members == 0);
        CHECK(row.relays.empty());
        CHECK_FALSE(row.notification.has_value());
    }
}

TEST_CASE("version 8 writes the targets of held messages as tags") {
    auto db = versionSeven();
    addEarlierGroup(*db, 1, "{}");
    const std::string one = toHex(id(1));
    const std::string two = toHex(id(2));
    const auto hold = [&](int kind, const std::string& targets) {
        must(db->run(
            "INSERT INTO queued_messages(group_row, kind, content, tags, created_ms, position, message_id)"
            " VALUES(1, ?1, 'x', ?2, 5000, 1, NULL)",
            kind, targets));
    };
    hold(9, "");
    hold(9, one);
    hold(7, one);
    hold(5, one + two);
    hold(5, one + "half an id");
    must(migrate(*db));
    Stores stores(*db);
    const auto held = must(stores.held.list());
    REQUIRE(held.size() == 5);
    CHECK(held[0].tagsJson == "[]");
    CHECK(held[1].tagsJson == R"([["e",")" + one + R"("],["q",")" + one + R"("]])");
    CHECK(held[2].tagsJson == R"([["e",")" + one + R"("]])");
    CHECK(held[3].tagsJson == R"([["e",")" + one + R"("],["e",")" + two + R"("]])");
    CHECK(held[4].tagsJson == R"([["e",")" + one + R"("]])");
    CHECK(held[4].createdMs == 5000);
}

TEST_CASE("version 8 counts the hidden rows of unknown kinds") {
    auto db = versionSeven();
    addEarlierGroup(*db, 1, "{}");
    Stores stores(*db);
    for (const std::uint32_t kind : {9u, 7u, 1068u, 30'000u}) {
        MessageRow row = message(1, kind, "abc");
        row.kind = kind;
        row.shown = kind == 9;
        must(stores.messages.insert(row));
    }
    must(migrate(*db));
    CHECK(must(db->integer("SELECT count(*) FROM unknown_messages")) == 2);
    CHECK(must(db->integer("SELECT min(octets) FROM unknown_messages")) >= 3);
}
