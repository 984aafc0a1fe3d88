// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

namespace {

OutboxRow record(std::uint64_t n, std::vector<std::string> relays) {
    OutboxRow r;
    r.eventId = id(n);
    r.eventJson = toBytes(viewOf("{\"n\":" + std::to_string(n) + "}"));
    for (std::string& relay : relays) {
        r.targets.emplace_back();
        r.targets.back().relay = std::move(relay);
        r.targets.back().nextTryMs = 100;
    }
    return r;
}

} // namespace

TEST_CASE("an event goes to every relay, the same bytes, until each has answered") {
    Profile profile;
    OutboxStore& out = profile.stores.outbox;
    REQUIRE(codeOf(out.add(record(1, {}))) == ErrorCode::InvalidArgument);
    OutboxRow r = record(1, {"wss://a", "wss://b", "wss://c"});
    r.groupId = groupId(1);
    r.purpose = OutboxPurpose::Commit;
    r.messageId = id(70);
    r.note = "n";
    r.createdMs = 5;
    const auto row = must(out.add(r));
    REQUIRE(codeOf(out.add(r)) == ErrorCode::AlreadyExists);
    REQUIRE(must(out.nextDueMs()) == 100);
    REQUIRE(must(out.due(99)).empty());
    const OutboxRow due = must(out.due(100)).at(0);
    REQUIRE(due.eventJson == r.eventJson);
    REQUIRE(due.groupId == r.groupId);
    REQUIRE(due.purpose == OutboxPurpose::Commit);
    REQUIRE(due.messageId == id(70));
    REQUIRE(due.note == "n");
    REQUIRE(due.createdMs == 5);
    REQUIRE(due.targets.size() == 3);
    REQUIRE(due.targets[2].relay == "wss://c");
    must(out.markAttempt(row, "wss://a", 100, 500));
    must(out.markAttempt(row, "wss://b", 100, 400));
    REQUIRE(must(out.waitsFor("wss://b"))); // though it is not due
    REQUIRE_FALSE(must(out.waitsFor("wss://d")));
    OutboxProgress p = must(out.markAccepted(row, "wss://b"));
    REQUIRE_FALSE(must(out.waitsFor("wss://b")));
    REQUIRE(p.firstAcceptance);
    REQUIRE(p.accepted == 1);
    REQUIRE(p.total() == 3);
    p = must(out.markRefused(row, "wss://c", "blocked: no", {}));
    REQUIRE(p.refused == 1);
    REQUIRE(p.pending == 1);
    must(out.markRefused(row, "wss://b", "duplicate", {})); // accepted stays accepted
    p = must(out.markRefused(row, "wss://a", "rate-limited: slow down", 900));
    REQUIRE(p.pending == 1);
    REQUIRE(p.accepted == 1);
    REQUIRE(must(out.nextDueMs()) == 900);
    REQUIRE(must(out.due(899)).empty());
    must(out.retryNow(300, "wss://other"));
    REQUIRE(must(out.due(899)).empty());
    must(out.retryNow(300));
    REQUIRE(must(out.due(300)).at(0).targets[0].attempts == 1);
    REQUIRE(must(out.get(row))->targets[0].reason == "rate-limited: slow down");
    REQUIRE_FALSE(must(out.markAccepted(row, "wss://a")).firstAcceptance);
    REQUIRE(must(out.due(10000)).empty());
    REQUIRE(codeOf(out.markAccepted(row, "wss://zzz")) == ErrorCode::NotFound);
    REQUIRE(codeOf(out.progress(999)) == ErrorCode::NotFound);
    REQUIRE(must(out.list(groupId(1))).size() == 1);
    REQUIRE(must(out.list(groupId(2))).empty());
    REQUIRE(must(out.byEvent(id(1)))->id == row);
    must(out.remove(row));
    REQUIRE(must(out.list()).empty());
    REQUIRE(must(profile.connection().integer("SELECT count(*) FROM outbox_targets")) == 0);
}

TEST_CASE("a Welcome waits until its commit is accepted and goes with it if it is given up") {
    Profile profile;
    OutboxStore& out = profile.stores.outbox;
    const auto commit = must(out.add(record(1, {"wss://a"})));
    OutboxRow welcome = record(2, {"wss://b"});
    welcome.blockedBy = commit;
    const auto blocked = must(out.add(welcome));
    REQUIRE(must(out.due(1000)).size() == 1);
    REQUIRE(must(out.due(1000))[0].id == commit);
    REQUIRE(must(out.waitsFor("wss://a")));
    REQUIRE_FALSE(must(out.waitsFor("wss://b")));
    SECTION("accepted") {
        must(out.markAccepted(commit, "wss://a"));
        REQUIRE(must(out.due(1000)).at(0).id == blocked);
    }
    SECTION("accepted and removed") {
        must(out.remove(commit));
        REQUIRE(must(out.due(1000)).at(0).id == blocked);
        REQUIRE_FALSE(must(out.get(blocked))->blockedBy.has_value());
    }
    SECTION("given up") {
        OutboxRow third = record(3, {"wss://b"});
        third.blockedBy = blocked;
        must(out.add(third));
        must(out.add(record(4, {"wss://b"})));
        REQUIRE(must(out.cancel(commit)).size() == 3);
        REQUIRE(must(out.list()).size() == 1);
        REQUIRE(must(out.list())[0].eventId == id(4));
    }
}

TEST_CASE("messages are held, in order, until they can be sealed") {
    Profile profile(2);
    HeldStore& store = profile.stores.held;
    HeldMessage m;
    m.groupId = groupId(1);
    m.kind = 9;
    m.content = "one";
    m.tagsJson = "[]";
    m.createdMs = 4;
    m.messageId = id(6);
    const auto one = must(store.add(m));
    m.content = "two";
    const auto two = must(store.add(m));
    m.groupId = groupId(2);
    must(store.add(m));
    m.groupId = groupId(9);
    REQUIRE(codeOf(store.add(m)) == ErrorCode::NotFound);
    REQUIRE(must(store.count()) == 3);
    REQUIRE(must(store.count(groupId(1))) == 2);
    must(store.edit(one, "one, better", "[]"));
    const auto list = must(store.list(groupId(1)));
    REQUIRE(list.size() == 2);
    REQUIRE(list[0].content == "one, better");
    REQUIRE(list[0].messageId == id(6));
    REQUIRE(list[1].id == two);
    REQUIRE(list[0].order < list[1].order);
    must(store.remove(one));
    REQUIRE(codeOf(store.edit(one, "x", "")) == ErrorCode::NotFound);
    REQUIRE(codeOf(store.remove(one)) == ErrorCode::NotFound);
    REQUIRE_FALSE(must(store.get(one)).has_value());
}
