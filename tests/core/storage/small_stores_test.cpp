// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("settings") {
    Profile profile;
    SettingsStore& s = profile.stores.settings;
    must(s.setText("a.text", "x"));
    must(s.setBlob("a.blob", Bytes{0, 1, 0}));
    must(s.setNumber("a.number", -5));
    must(s.setText("a.text", "y"));
    must(s.setText("b", ""));
    REQUIRE(must(s.text("a.text")) == "y");
    REQUIRE(must(s.text("b")) == "");
    REQUIRE(must(s.blob("a.blob")) == Bytes{0, 1, 0});
    REQUIRE(must(s.number("a.number")) == -5);
    must(s.remove("a.text"));
    REQUIRE_FALSE(must(s.text("a.text")).has_value());
}

TEST_CASE("the account, its relays and contacts") {
    Profile profile;
    AccountStore& store = profile.stores.account;
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
    REQUIRE(must(store.relays(RelayRole::Inbox)) == std::vector<std::string>{"wss://z"});
    REQUIRE(must(store.relays(RelayRole::Write)) == std::vector<std::string>{"wss://c"});
    REQUIRE(must(store.relays(RelayRole::KeyPackage)).empty());

    ContactStore& contacts = profile.stores.contacts;
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
    REQUIRE_FALSE(must(contacts.get(id(3))).has_value());
}

TEST_CASE("key packages") {
    Profile profile;
    KeyPackageStore& store = profile.stores.keyPackages;
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
    const auto r = must(store.byEvent(id(2)));
    REQUIRE(r->slot == "0a");
    REQUIRE(r->bundle == k.bundle);
    REQUIRE(r->eventJson == k.eventJson);
    REQUIRE(r->expiresMs == 20);
    REQUIRE(r->state == KeyPackageState::Published);
    REQUIRE(r->reference == id(1));
    REQUIRE(must(store.list()).size() == 1);
    REQUIRE(must(store.removeExpired(100)) == 0);
    must(store.setState(id(1), KeyPackageState::Used));
    REQUIRE(must(store.removeExpired(100)) == 1);
    REQUIRE(must(store.list()).empty());
    REQUIRE(codeOf(store.setState(id(1), KeyPackageState::Used)) == ErrorCode::NotFound);
}

TEST_CASE("deferred events are bounded by group and the evicted are handed back") {
    Profile profile;
    DeferredStore& store = profile.stores.deferred;
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
    REQUIRE(must(store.listAll()).size() == 257);
    REQUIRE(must(store.listAll(10)).size() == 10);
    const auto list = must(store.list(groupId(1)));
    REQUIRE(list.front().eventId == id(45));
    REQUIRE(list.size() == 256);
    must(store.remove(must(store.get(id(999)))->id));
    REQUIRE(must(store.list(groupId(2))).empty());
}

TEST_CASE("seen digests are bounded by scope") {
    Profile profile;
    SeenStore& store = profile.stores.seen;
    const auto count = [&](const char* sql) { return profile.connection().integer(sql); };
    auto step = must(Transaction::begin(*profile.db));
    for (std::uint64_t n = 1; n <= 1000; ++n) {
        REQUIRE(must(store.add(groupId(1), id(n), 1, 100)));
        REQUIRE(must(count("SELECT count(*) FROM seen")) <= 100);
    }
    must(step.commit());
    REQUIRE_FALSE(must(store.add(groupId(1), id(1000), 1, 100)));
    REQUIRE(must(store.contains(groupId(1), id(1000))));
    REQUIRE(must(store.contains(groupId(1), id(910))));
    REQUIRE_FALSE(must(store.contains(groupId(1), id(800))));
    REQUIRE_FALSE(must(store.contains({}, id(1000))));
    REQUIRE(must(store.add({}, id(1000), 1)));
    REQUIRE(must(count("SELECT sum(held) FROM seen_scopes")) == must(count("SELECT count(*) FROM seen")));
}

TEST_CASE("cursors and counters") {
    Profile profile;
    CursorStore& cursors = profile.stores.cursors;
    REQUIRE_FALSE(must(cursors.get("wss://a", "groups")).has_value());
    must(cursors.advance("wss://a", "groups", 10));
    must(cursors.advance("wss://a", "groups", 5));
    REQUIRE(must(cursors.get("wss://a", "groups")) == 10);
    must(cursors.set("wss://a", "groups", 5));
    must(cursors.set("wss://a", "inbox", 6));
    REQUIRE(must(cursors.get("wss://a", "groups")) == 5);
    REQUIRE(must(cursors.get("wss://a", "inbox")) == 6);
    REQUIRE_FALSE(must(cursors.get("wss://b", "inbox")).has_value());

    CounterStore& counters = profile.stores.counters;
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
    REQUIRE(list[1].count == 5);
}

TEST_CASE("scheduled messages come by time, and a group has a bounded number of them") {
    Profile profile;
    ScheduledStore& store = profile.stores.scheduled;
    ScheduledMessage m;
    m.groupId = groupId(1);
    m.text = "later";
    CHECK(codeOf(store.add(m)) == ErrorCode::NotFound);
    must(profile.stores.groups.add(group(1)));
    must(profile.stores.groups.add(group(2)));
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
    auto row = must(profile.stores.groups.conversation(groupId(1)));
    CHECK(row->scheduled == 2);
    CHECK(row->scheduledMissed);
    must(store.setDue(sooner, 9'000, "Europe/Paris"));
    CHECK(must(store.get(sooner))->state == ScheduledState::Waiting);
    must(store.remove(sooner));
    CHECK(codeOf(store.remove(sooner)) == ErrorCode::NotFound);
    CHECK_FALSE(must(profile.stores.groups.conversation(groupId(1)))->scheduledMissed);
    CHECK(must(store.get(other))->groupId == groupId(2));
    for (std::int64_t n = 1; n < ScheduledStore::kMostPerGroup; ++n) {
        m.groupId = groupId(1);
        must(store.add(m));
    }
    CHECK(codeOf(store.add(m)) == ErrorCode::LimitExceeded);
}

TEST_CASE("debts to members stand once each and go with their group's invitation") {
    Profile profile(1);
    DebtStore& debts = profile.stores.debts;
    must(debts.add(groupId(1), id(5), Debt::Invite));
    must(debts.add(groupId(1), id(5), Debt::Invite));
    must(debts.add(groupId(1), id(4), Debt::Remove));
    REQUIRE(must(debts.list(groupId(1))).size() == 2);
    CHECK(must(debts.list(groupId(1))).front().account == id(4));
    must(debts.remove(groupId(1), id(4), Debt::Invite)); // it owes something else
    CHECK(must(debts.list(groupId(1))).size() == 2);
    must(debts.remove(groupId(1), id(4), Debt::Remove));
    CHECK(must(debts.list(groupId(1))).size() == 1);
    must(debts.clear(groupId(1)));
    CHECK(must(debts.list(groupId(1))).empty());
    CHECK(static_cast<int>(Debt::Invite) == 0);
    CHECK(static_cast<int>(Debt::Remove) == 1);
}

TEST_CASE("rows of unknown kinds are bounded by number and by octets, the oldest first") {
    Profile profile(1);
    const auto add = [&](std::uint64_t event, std::int64_t octets) {
        MessageRow row = message(1, event, "?");
        row.kind = 31'337;
        row.shown = false;
        const std::int64_t number = must(profile.stores.messages.insert(row));
        return must(profile.stores.unknown.add(groupId(1), number, octets));
    };
    for (std::int64_t n = 0; n < UnknownStore::kMostRows; ++n)
        CHECK(add(static_cast<std::uint64_t>(n) + 1, 1) == 0);
    CHECK(add(1'000, 1) == 1);
    CHECK_FALSE(must(profile.stores.messages.contains(groupId(1), id(1))));
    CHECK(must(profile.stores.messages.contains(groupId(1), id(2))));
    CHECK(add(1'001, UnknownStore::kMostOctets) == UnknownStore::kMostRows);
    CHECK(must(profile.stores.messages.contains(groupId(1), id(1'001))));
    CHECK_FALSE(must(profile.stores.messages.contains(groupId(1), id(1'000))));
}
