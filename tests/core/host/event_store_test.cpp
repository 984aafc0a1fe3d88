// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/host/event_store.h"
#include "tests/support/catch.h"
#include "tests/support/nostr_events.h"

using namespace valise;
using namespace valise::host;
using namespace valise::test;

namespace {

constexpr std::int64_t kNow = 1'800'000'000;

struct Fixture {
    EventStore store;
    crypto::SchnorrKeyPair key = newKey();
    Fixture() { must(store.open(":memory:")); }

    StoreOutcome put(const nostr::Event& e) { return must(store.put(e, e.toJson(), kNow)); }
    nostr::Event event(nostr::Kind kind, const std::string& content, nostr::Tags tags = {},
                       std::uint64_t at = 1000) {
        return makeEvent(key, kind, content, std::move(tags), at);
    }
    std::vector<std::string> contents(const nostr::Filter& f, std::int64_t limit = 100,
                                      const EventStore::Readers& readers = {}, std::int64_t now = kNow) {
        std::vector<std::string> out;
        must(store.query(f, readers, now, limit, [&](const nostr::EventId& id, std::string_view json) {
            auto e = must(nostr::parseEvent(json));
            CHECK(e.id == id);
            out.push_back(e.content);
        }));
        return out;
    }
};

using List = std::vector<std::string>;

} // namespace

TEST_CASE("the store answers every member of a filter, newest first") {
    Fixture f;
    const auto other = newKey();
    const auto a = f.event(1, "a", {{"h", "g1"}}, 100);
    const auto b = f.event(1, "b", {{"h", "g2"}}, 200);
    const auto c = f.event(7, "c", {{"h", "g1"}, {"x", "1"}}, 300);
    const auto d = makeEvent(other, 1, "d", {}, 400);
    for (const auto& e : {a, b, c, d})
        CHECK(f.put(e) == StoreOutcome::Stored);
    CHECK(f.put(a) == StoreOutcome::Duplicate);
    CHECK(f.store.size() == 4);

    nostr::Filter all;
    CHECK(f.contents(all) == List{"d", "c", "b", "a"});
    CHECK(f.contents(all, 2) == List{"d", "c"});
    CHECK(f.contents(all, 0).empty());
    nostr::Filter q;
    q.ids = {{a.id, d.id}};
    CHECK(f.contents(q) == List{"d", "a"});
    q = {};
    q.authors = {{other.publicKey}};
    CHECK(f.contents(q) == List{"d"});
    q = {};
    q.kinds = {{7}};
    CHECK(f.contents(q) == List{"c"});
    q = {};
    q.tags['h'] = {"g1", "g9"};
    CHECK(f.contents(q) == List{"c", "a"});
    q.tags['x'] = {"1"};
    CHECK(f.contents(q) == List{"c"});
    q = {};
    q.since = 200;
    q.until = 300;
    CHECK(f.contents(q) == List{"c", "b"});
    q = {};
    q.authors.emplace();
    CHECK(f.contents(q).empty());

    nostr::Filter kindOne;
    kindOne.kinds = {{1}};
    nostr::Filter groupOne;
    groupOne.tags['h'] = {"g1"};
    CHECK(must(f.store.count({kindOne, groupOne}, {}, kNow)) == 4);
    CHECK(must(f.store.count({groupOne}, {}, kNow)) == 2);
}

TEST_CASE("replaceable and addressable events keep the newest, and the lower id of two as old") {
    Fixture f;
    const auto old = f.event(0, "old", {}, 100);
    const auto fresh = f.event(0, "new", {}, 200);
    CHECK(f.put(fresh) == StoreOutcome::Stored);
    CHECK(f.put(old) == StoreOutcome::Outdated);
    nostr::Filter q;
    q.kinds = {{0}};
    CHECK(f.contents(q) == List{"new"});
    const auto newest = f.event(0, "newest", {}, 300);
    CHECK(f.put(newest) == StoreOutcome::Stored);
    CHECK(f.contents(q) == List{"newest"});
    CHECK(f.store.size() == 1);

    auto one = f.event(30443, "one", {{"d", "s"}}, 500);
    auto two = f.event(30443, "two", {{"d", "s"}}, 500);
    auto elsewhere = f.event(30443, "elsewhere", {{"d", "t"}}, 400);
    CHECK(f.put(one) == StoreOutcome::Stored);
    CHECK(f.put(elsewhere) == StoreOutcome::Stored);
    CHECK(f.put(two) == (two.id < one.id ? StoreOutcome::Stored : StoreOutcome::Outdated));
    q.kinds = {{30443}};
    CHECK(f.contents(q) == List{two.id < one.id ? "two" : "one", "elsewhere"});
    // The tags of the replaced event were removed as well.
    q.tags['d'] = {"s"};
    CHECK(f.contents(q).size() == 1);
}

TEST_CASE("a deletion removes the author's own events and keeps them away") {
    Fixture f;
    const auto stranger = newKey();
    const auto mine = f.event(1, "mine");
    const auto theirs = makeEvent(stranger, 1, "theirs", {}, 1000);
    f.put(mine);
    f.put(theirs);
    const auto removal = f.event(5, "", {{"e", idOf(mine)}, {"e", idOf(theirs)}}, 2000);
    CHECK(f.put(removal) == StoreOutcome::Stored);
    nostr::Filter q;
    q.kinds = {{1}};
    CHECK(f.contents(q) == List{"theirs"});
    CHECK(f.put(mine) == StoreOutcome::Deleted);
    // A deletion cannot be deleted.
    f.put(f.event(5, "", {{"e", idOf(removal)}}, 3000));
    nostr::Filter removals;
    removals.kinds = {{5}};
    CHECK(f.contents(removals).size() == 2);

    const auto package = f.event(30443, "package", {{"d", "s"}}, 1000);
    f.put(package);
    const std::string address = "30443:" + toHex(f.key.publicKey) + ":s";
    const auto foreign = makeEvent(stranger, 5, "", {{"a", address}}, 5000);
    f.put(foreign);
    q.kinds = {{30443}};
    CHECK(f.contents(q).size() == 1);
    f.put(f.event(5, "", {{"a", address}}, 5000));
    CHECK(f.contents(q).empty());
    CHECK(f.put(f.event(30443, "package again", {{"d", "s"}}, 4000)) == StoreOutcome::Deleted);
    CHECK(f.put(f.event(30443, "later", {{"d", "s"}}, 6000)) == StoreOutcome::Stored);
}

TEST_CASE("expired events are refused, not served and purged") {
    Fixture f;
    CHECK(f.put(f.event(1, "past", {{"expiration", std::to_string(kNow)}})) == StoreOutcome::Expired);
    CHECK(f.put(f.event(1, "soon", {{"expiration", std::to_string(kNow + 10)}})) == StoreOutcome::Stored);
    CHECK(f.put(f.event(1, "forever", {{"expiration", "not a number"}}, 900)) == StoreOutcome::Stored);
    CHECK(f.contents({}) == List{"soon", "forever"});
    CHECK(f.contents({}, 100, {}, kNow + 10) == List{"forever"});
    CHECK(f.store.size() == 2);
    must(f.store.purgeExpired(kNow + 10));
    CHECK(f.store.size() == 1);
}

TEST_CASE("gift wraps are found only by their recipient") {
    Fixture f;
    const std::string me = toHex(newKey().publicKey);
    const std::string other = toHex(newKey().publicKey);
    f.put(f.event(1059, "for me", {{"p", me}}, 100));
    f.put(f.event(1059, "for another", {{"p", other}}, 200));
    f.put(f.event(1, "open", {}, 300));
    CHECK(f.contents({}) == List{"open"});
    CHECK(f.contents({}, 100, {me}) == List{"open", "for me"});
    nostr::Filter q;
    q.tags['p'] = {other};
    CHECK(f.contents(q, 100, {me}).empty());
    CHECK(must(f.store.count({q}, {me}, kNow)) == 0);
    CHECK(must(f.store.count({q}, {other}, kNow)) == 1);
}

TEST_CASE("the oldest events give way when the store is full") {
    Fixture f;
    for (std::uint64_t i = 0; i < 20; ++i)
        f.put(f.event(1, std::to_string(i), {{"h", "g"}}, 100 + i));
    must(f.store.trim(5));
    CHECK(f.store.size() == 5);
    CHECK(f.contents({}) == List{"19", "18", "17", "16", "15"});
    nostr::Filter q;
    q.tags['h'] = {"g"};
    CHECK(f.contents(q).size() == 5);
}
