// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("settings") {
    Folder folder;
    auto db = newProfile(folder.path);
    SettingsStore& s = db->stores().settings;
    must(s.setText("a.text", "x"));
    must(s.setBlob("a.blob", Bytes{0, 1, 0}));
    must(s.setNumber("a.number", -5));
    must(s.setText("a.text", "y"));
    must(s.setText("b", ""));
    REQUIRE(must(s.text("a.text")) == "y");
    REQUIRE(must(s.text("b")) == "");
    REQUIRE(must(s.blob("a.blob")) == Bytes{0, 1, 0});
    REQUIRE(must(s.number("a.number")) == -5);
    REQUIRE(must(s.keys("a.")) == std::vector<std::string>{"a.blob", "a.number", "a.text"});
    must(s.remove("a.text"));
    REQUIRE_FALSE(must(s.text("a.text")).has_value());
}

TEST_CASE("the account, its relays and contacts") {
    Folder folder;
    auto db = newProfile(folder.path);
    AccountStore& store = db->stores().account;
    REQUIRE_FALSE(must(store.get()).has_value());
    Account a;
    a.name = "Tamir";
    a.secretKey = crypto::Secret(std::size_t{31});
    REQUIRE(codeOf(store.put(a)) == ErrorCode::InvalidArgument);
    a.secretKey = crypto::Secret(Bytes(32, 5));
    a.publicKey = id(8);
    a.createdMs = 77;
    must(store.put(a));
    must(store.setName("Tamira"));
    const auto r = must(store.get());
    REQUIRE(r->name == "Tamira");
    REQUIRE(sameBytes(r->secretKey.view(), a.secretKey.view()));
    REQUIRE(r->publicKey == a.publicKey);
    REQUIRE(r->createdMs == 77);
    must(store.setRelays(RelayRole::Inbox, {"wss://b", "wss://a", "wss://b"}));
    must(store.setRelays(RelayRole::Write, {"wss://c"}));
    REQUIRE(must(store.relays(RelayRole::Inbox)) == std::vector<std::string>{"wss://b", "wss://a"});
    must(store.setRelays(RelayRole::Inbox, {"wss://z"}));
    REQUIRE(must(store.relays()).size() == 2);

    ContactStore& contacts = db->stores().contacts;
    Contact c;
    c.publicKey = id(1);
    c.petname = "Zora";
    c.relays = {"wss://a", "wss://b"};
    c.verified = true;
    c.note = "n";
    c.addedMs = 3;
    must(contacts.put(c));
    REQUIRE(must(contacts.setProfile(id(1), "Z", 10, 1)));
    REQUIRE_FALSE(must(contacts.setProfile(id(1), "older", 9, 1)));
    REQUIRE(must(contacts.setProfile(id(2), "Anna", 10, 1)));
    const Contact back = *must(contacts.get(id(1)));
    REQUIRE(back.petname == "Zora");
    REQUIRE(back.profileName == "Z");
    REQUIRE(back.relays == c.relays);
    REQUIRE(back.verified);
    REQUIRE(back.shownName() == "Zora");
    REQUIRE(must(contacts.list()).size() == 2);
    REQUIRE(must(contacts.list())[0].shownName() == "Anna");
    REQUIRE(must(contacts.list(true)).size() == 1);
    must(contacts.setRelays(id(2), {"wss://q"}));
    REQUIRE(codeOf(contacts.setRelays(id(3), {})) == ErrorCode::NotFound);
    must(contacts.remove(id(1)));
    REQUIRE_FALSE(must(contacts.get(id(1))).has_value());
}

TEST_CASE("key packages") {
    Folder folder;
    auto db = newProfile(folder.path);
    KeyPackageStore& store = db->stores().keyPackages;
    KeyPackageRow k;
    k.slot = "0a";
    k.reference = id(1);
    k.bundle = Bytes(300, 1);
    k.eventId = id(2);
    k.eventJson = toBytes(viewOf("{}"));
    k.createdMs = 10;
    k.expiresMs = 20;
    must(store.put(k));
    must(store.setState(id(1), KeyPackageState::Published));
    const auto r = must(store.byReference(id(1)));
    REQUIRE(r->slot == "0a");
    REQUIRE(r->bundle == k.bundle);
    REQUIRE(r->eventJson == k.eventJson);
    REQUIRE(r->expiresMs == 20);
    REQUIRE(r->state == KeyPackageState::Published);
    REQUIRE(must(store.byEvent(id(2)))->reference == id(1));
    REQUIRE(must(store.bySlot("0a")).size() == 1);
    REQUIRE(must(store.removeExpired(100)) == 0);
    must(store.setState(id(1), KeyPackageState::Used));
    REQUIRE(must(store.removeExpired(100)) == 1);
    REQUIRE(must(store.list()).empty());
    REQUIRE(codeOf(store.setState(id(1), KeyPackageState::Used)) == ErrorCode::NotFound);
}

TEST_CASE("deferred events are bounded by group and the evicted are handed back") {
    Folder folder;
    auto db = newProfile(folder.path);
    DeferredStore& store = db->stores().deferred;
    DeferredEvent e;
    e.groupHint = groupId(1);
    e.reason = "future epoch";
    for (std::uint64_t n = 1; n <= 300; ++n) {
        e.eventId = id(n);
        e.eventJson = toBytes(viewOf(std::to_string(n)));
        e.firstSeenMs = static_cast<std::int64_t>(n);
        const auto outcome = must(store.defer(e));
        REQUIRE(outcome.stored);
        REQUIRE(outcome.waiting == static_cast<std::int64_t>(std::min<std::uint64_t>(n, 256)));
        REQUIRE(outcome.evicted.size() == (n > 256 ? 1u : 0u));
        if (n > 256)
            REQUIRE(outcome.evicted[0].eventId == id(n - 256));
    }
    REQUIRE_FALSE(must(store.defer(e)).stored);
    REQUIRE(must(store.get(e.eventId))->tries == 1);
    e.groupHint = groupId(2);
    e.eventId = id(999);
    REQUIRE(must(store.defer(e)).waiting == 1);
    REQUIRE(must(store.count()) == 257);
    REQUIRE(must(store.listAll(10)).size() == 10);
    const auto list = must(store.list(groupId(1)));
    REQUIRE(list.front().eventId == id(45));
    must(store.countTry(list.front().id, "still", 5));
    REQUIRE(must(store.get(id(45)))->reason == "still");
    REQUIRE(must(store.expire(100)).size() == 55);
    must(store.remove(must(store.get(id(999)))->id));
    REQUIRE(must(store.count()) == 201);
}

TEST_CASE("seen digests are bounded by scope") {
    Folder folder;
    auto db = newProfile(folder.path);
    SeenStore& store = db->stores().seen;
    auto step = must(Transaction::begin(*db));
    for (std::uint64_t n = 1; n <= 1000; ++n) {
        REQUIRE(must(store.add(groupId(1), id(n), 1, 100)));
        REQUIRE(must(store.count(groupId(1))) <= 100);
    }
    must(step.commit());
    REQUIRE_FALSE(must(store.add(groupId(1), id(1000), 1, 100)));
    REQUIRE(must(store.contains(groupId(1), id(1000))));
    REQUIRE(must(store.contains(groupId(1), id(910))));
    REQUIRE_FALSE(must(store.contains(groupId(1), id(800))));
    REQUIRE_FALSE(must(store.contains({}, id(1000))));
    REQUIRE(must(store.add({}, id(1000), 1)));
    must(store.forget(groupId(1), id(1000)));
    REQUIRE_FALSE(must(store.contains(groupId(1), id(1000))));
    const auto real = must(db->connection().integer("SELECT count(*) FROM seen")).value();
    REQUIRE(real == must(store.count(groupId(1))) + 1);
    must(store.forgetScope(groupId(1)));
    REQUIRE(must(db->connection().integer("SELECT count(*) FROM seen")) == 1);
}

TEST_CASE("cursors and counters") {
    Folder folder;
    auto db = newProfile(folder.path);
    CursorStore& cursors = db->stores().cursors;
    REQUIRE_FALSE(must(cursors.get("wss://a", "groups")).has_value());
    must(cursors.advance("wss://a", "groups", 10));
    must(cursors.advance("wss://a", "groups", 5));
    REQUIRE(must(cursors.get("wss://a", "groups")) == 10);
    must(cursors.set("wss://a", "groups", 5));
    must(cursors.set("wss://a", "inbox", 6));
    REQUIRE(must(cursors.get("wss://a", "groups")) == 5);
    must(cursors.remove("wss://a", "groups"));
    must(cursors.removeRelay("wss://a"));
    REQUIRE_FALSE(must(cursors.get("wss://a", "inbox")).has_value());

    CounterStore& counters = db->stores().counters;
    must(counters.add("wss://a", "rejected", "bad_signature", 10, "first"));
    must(counters.add("wss://a", "rejected", "bad_signature", 20, std::string(254, 'a') + "ж" + "ж"));
    must(counters.add("", "rejected", "too_large", 15, "", 5));
    const auto list = must(counters.list());
    REQUIRE(list.size() == 2);
    REQUIRE(list[0].reason == "bad_signature");
    REQUIRE(list[0].count == 2);
    REQUIRE(list[0].firstMs == 10);
    REQUIRE(list[0].lastMs == 20);
    REQUIRE(list[0].lastDetail == std::string(254, 'a') + "ж");
    REQUIRE(must(counters.list("wss://a")).size() == 1);
    REQUIRE(must(counters.total("rejected")) == 7);
    must(counters.clear());
    REQUIRE(must(counters.list()).empty());
}

TEST_CASE("messages to be sent later come by time, and go with their group") {
    Folder folder;
    auto db = newProfile(folder.path);
    ScheduledStore& store = db->stores().scheduled;
    ScheduledMessage m;
    m.groupId = groupId(1);
    m.text = "later";
    CHECK(codeOf(store.add(m)) == ErrorCode::NotFound);
    must(db->stores().groups.add(group(1)));
    must(db->stores().groups.add(group(2)));
    CHECK_FALSE(must(store.next()).has_value());
    m.dueMs = 5'000;
    m.zone = "Asia/Tokyo";
    m.replyTo = id(3);
    const std::int64_t later = must(store.add(m));
    m.dueMs = 2'000;
    m.replyTo.reset();
    const std::int64_t sooner = must(store.add(m));
    m.groupId = groupId(2);
    m.dueMs = 3'000;
    const std::int64_t other = must(store.add(m));
    CHECK(must(store.next()) == 2'000);
    CHECK(must(store.list()).size() == 3);
    const auto mine = must(store.list(groupId(1)));
    REQUIRE(mine.size() == 2);
    CHECK(mine[0].id == sooner);
    CHECK(mine[1].id == later);
    CHECK(mine[1].replyTo == id(3));
    CHECK(mine[1].zone == "Asia/Tokyo");
    CHECK(must(store.due(3'000)).size() == 2);
    must(store.setState(sooner, ScheduledState::Missed));
    CHECK(must(store.due(3'000)).size() == 1);
    auto row = must(db->stores().groups.conversation(groupId(1)));
    CHECK(row->scheduled == 2);
    CHECK(row->scheduledMissed);
    must(store.setDue(sooner, 9'000, "Europe/Paris"));
    CHECK(must(store.get(sooner))->state == ScheduledState::Waiting);
    must(store.remove(sooner));
    CHECK(codeOf(store.remove(sooner)) == ErrorCode::NotFound);
    CHECK_FALSE(must(db->stores().groups.conversation(groupId(1)))->scheduledMissed);
    must(db->stores().groups.remove(groupId(2)));
    CHECK_FALSE(must(store.get(other)).has_value());
    for (std::int64_t n = 1; n < ScheduledStore::kMostPerGroup; ++n) {
        m.groupId = groupId(1);
        must(store.add(m));
    }
    CHECK(codeOf(store.add(m)) == ErrorCode::LimitExceeded);
}
