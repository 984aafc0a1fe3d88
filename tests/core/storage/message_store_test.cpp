// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

#include <algorithm>
#include <random>

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("a message keeps every field") {
    Profile profile(1);
    MessageStore& store = profile.stores.messages;
    MessageRow m = message(1, 1, "Zürich, 苏黎世, زيورخ");
    m.kind = 1234;
    m.tagsJson = R"([["e","x"]])";
    m.epoch = 0xFFFFFFFF01ull;
    m.direction = MessageDirection::Outgoing;
    m.state = MessageState::Queued;
    m.acceptedRelays = 2;
    m.totalRelays = 5;
    m.outerEventId = id(99);
    m.replyTo = id(98);
    m.target = id(97);
    m.systemJson = "{}";
    m.failure = "later";
    m.countsUnread = false;
    const std::int64_t row = must(store.insert(m));
    const MessageRow r = *must(store.get(m.groupId, m.eventId));
    REQUIRE(r.row == row);
    REQUIRE(r.groupId == m.groupId);
    REQUIRE(r.orderKey() == m.orderKey());
    REQUIRE(r.sender == m.sender);
    REQUIRE(r.kind == m.kind);
    REQUIRE(r.content == m.content);
    REQUIRE(r.tagsJson == m.tagsJson);
    REQUIRE(r.receivedMs == m.receivedMs);
    REQUIRE(r.direction == m.direction);
    REQUIRE(r.state == m.state);
    REQUIRE(r.acceptedRelays == 2);
    REQUIRE(r.totalRelays == 5);
    REQUIRE(r.outerEventId == m.outerEventId);
    REQUIRE(r.replyTo == m.replyTo);
    REQUIRE(r.target == m.target);
    REQUIRE_FALSE(r.original.has_value());
    REQUIRE(r.shown);
    REQUIRE_FALSE(r.countsUnread);
    REQUIRE(r.systemJson == "{}");
    REQUIRE(r.failure == "later");
    REQUIRE(must(store.byRow(row))->eventId == m.eventId);
    REQUIRE(must(store.contains(m.groupId, m.eventId)));
    REQUIRE(codeOf(store.insert(message(9, 1, "x"))) == ErrorCode::NotFound);
}

TEST_CASE("a timeline pages both ways over thousands of rows that arrived in any order") {
    Profile profile(2);
    MessageStore& store = profile.stores.messages;
    std::vector<MessageRow> all;
    std::mt19937 random(7);
    for (std::uint64_t n = 1; n <= 3000; ++n) {
        MessageRow m = message(1, n, "line " + std::to_string(n));
        m.epoch = n / 700;
        m.createdAt = 1'700'000'000 + static_cast<std::int64_t>(random() % 500); // many share a second
        m.eventId = id(static_cast<std::uint64_t>(random()) << 32 | n);
        m.shown = n % 10 != 0;
        all.push_back(m);
    }
    {
        auto step = must(Transaction::begin(*profile.db));
        std::shuffle(all.begin(), all.end(), random);
        for (const MessageRow& m : all)
            must(store.insert(m));
        must(store.insert(message(2, 1, "elsewhere")));
        must(step.commit());
    }
    std::erase_if(all, [](const MessageRow& m) { return !m.shown; });
    std::sort(all.begin(), all.end(),
              [](const MessageRow& a, const MessageRow& b) { return a.orderKey() < b.orderKey(); });
    std::vector<OrderKey> expected;
    for (const MessageRow& m : all)
        expected.push_back(m.orderKey());

    std::vector<OrderKey> down;
    for (std::optional<OrderKey> at;;) {
        const auto page = must(store.after(groupId(1), at, 137));
        if (page.empty())
            break;
        for (const auto& m : page)
            down.push_back(m.orderKey());
        at = down.back();
    }
    REQUIRE(down == expected);

    std::vector<OrderKey> up;
    for (std::optional<OrderKey> at;;) {
        const auto page = must(store.before(groupId(1), at, 211));
        if (page.empty())
            break;
        for (auto it = page.rbegin(); it != page.rend(); ++it)
            up.push_back(it->orderKey());
        at = up.back();
    }
    std::reverse(up.begin(), up.end());
    REQUIRE(up == expected);

    const auto around = must(store.around(groupId(1), expected[1000], 5));
    REQUIRE(around.size() == 11);
    REQUIRE(around[5].orderKey() == expected[1000]);
    REQUIRE(around[0].orderKey() == expected[995]);
    REQUIRE(must(profile.stores.groups.conversation(groupId(1)))->last->orderKey() == expected.back());
    REQUIRE(must(profile.stores.groups.markRead(groupId(1), expected[999])) == 1700);
    REQUIRE(must(store.firstUnread(groupId(1))) == expected[1000]);
}

TEST_CASE("unread counts follow arrival, reading and deletion") {
    Profile profile(1);
    Stores& s = profile.stores;
    for (std::uint64_t n = 1; n <= 5; ++n)
        must(s.messages.insert(message(1, n * 10, "x")));
    MessageRow own = message(1, 60, "own");
    own.direction = MessageDirection::Outgoing;
    must(s.messages.insert(own));
    MessageRow reaction = message(1, 61, "+");
    reaction.shown = false;
    reaction.target = id(50);
    must(s.messages.insert(reaction));
    REQUIRE(unreadIn(s, 1) == 5);
    REQUIRE(must(s.groups.markRead(groupId(1), message(1, 30, "").orderKey())) == 2);
    REQUIRE(must(s.groups.markRead(groupId(1), message(1, 10, "").orderKey())) == 2); // never back
    must(s.messages.insert(message(1, 25, "late, before what was read")));
    REQUIRE(unreadIn(s, 1) == 2);
    must(s.messages.insert(message(1, 35, "late, after it")));
    REQUIRE(unreadIn(s, 1) == 3);
    must(s.messages.markDeleted(groupId(1), id(40)));
    REQUIRE(unreadIn(s, 1) == 2);
    must(s.messages.erase(groupId(1), id(60)));
    REQUIRE(must(s.groups.conversation(groupId(1)))->last->eventId == id(50));
    REQUIRE(shownIn(s, 1) == 7);
}

TEST_CASE("states advance, edits keep the original, deletion leaves an empty place") {
    Profile profile(1);
    MessageStore& store = profile.stores.messages;
    MessageRow m = message(1, 1, "frist text");
    m.direction = MessageDirection::Outgoing;
    m.state = MessageState::Queued;
    must(store.insert(m));
    REQUIRE(must(store.outgoing(MessageState::Queued)).size() == 1);
    CHECK(must(store.countQueued()) == 1);
    REQUIRE(must(store.advanceState(m.groupId, m.eventId, MessageState::Delivered)));
    REQUIRE_FALSE(must(store.advanceState(m.groupId, m.eventId, MessageState::Sent)));
    REQUIRE(must(store.get(m.groupId, m.eventId))->state == MessageState::Delivered);
    must(store.setState(m.groupId, m.eventId, MessageState::Failed, "refused"));
    REQUIRE(must(store.get(m.groupId, m.eventId))->failure == "refused");
    REQUIRE(must(store.outgoing(MessageState::Failed, m.groupId)).size() == 1);
    REQUIRE(must(store.advanceState(m.groupId, m.eventId, MessageState::Sent)));
    must(store.setRelayCounts(m.groupId, m.eventId, 1, 3));
    must(store.setOuter(m.groupId, m.eventId, id(5)));
    must(store.edit(m.groupId, m.eventId, "first text", "[]", 17));
    must(store.edit(m.groupId, m.eventId, "the first text", "[]", 18));
    MessageRow r = *must(store.get(m.groupId, m.eventId));
    REQUIRE(r.content == "the first text");
    REQUIRE(r.original == "frist text");
    REQUIRE(r.editedAt == 18);
    REQUIRE(r.totalRelays == 3);
    must(store.markDeleted(m.groupId, m.eventId));
    r = *must(store.get(m.groupId, m.eventId));
    REQUIRE(r.deleted);
    REQUIRE(r.content.empty());
    REQUIRE_FALSE(r.original.has_value());
    REQUIRE(codeOf(store.edit(m.groupId, m.eventId, "x", "", 1)) == ErrorCode::NotFound);
    REQUIRE(codeOf(store.setState(m.groupId, id(77), MessageState::Sent)) == ErrorCode::NotFound);
    REQUIRE(codeOf(store.advanceState(m.groupId, id(77), MessageState::Sent)) == ErrorCode::NotFound);
}

TEST_CASE(
    "one person's messages of one second keep the order of the ratchet, and a held one settles in place") {
    Profile profile(1);
    Stores& s = profile.stores;
    // The ids run against the ratchet, so that they cannot be what orders the rows.
    for (std::uint32_t n = 0; n < 5; ++n) {
        MessageRow m = message(1, 50 - n, std::to_string(n));
        m.createdAt = 1'700'000'000;
        m.sequence = n;
        must(s.messages.insert(m));
    }
    const auto page = must(s.messages.after(groupId(1), {}, 10));
    REQUIRE(page.size() == 5);
    for (std::uint32_t n = 0; n < 5; ++n) {
        REQUIRE(page[n].content == std::to_string(n));
        REQUIRE(page[n].sequence == n);
        REQUIRE(page[n].createdAt == 1'700'000'000);
    }
    REQUIRE(must(s.groups.markRead(groupId(1), page[2].orderKey())) == 2);

    MessageRow held = message(1, 60, "held");
    held.direction = MessageDirection::Outgoing;
    held.state = MessageState::Queued;
    const std::int64_t row = must(s.messages.insert(held));
    must(s.messages.setSealed(groupId(1), id(60), 4, 1'700'000'900, 3, id(61)));
    REQUIRE_FALSE(must(s.messages.contains(groupId(1), id(60))));
    const MessageRow settled = *must(s.messages.get(groupId(1), id(61)));
    REQUIRE(settled.row == row);
    REQUIRE(settled.orderKey() == OrderKey{4, positionOf(1'700'000'900, 3), id(61)});
    REQUIRE(must(s.groups.conversation(groupId(1)))->last->row == row);
    REQUIRE(codeOf(s.messages.setSealed(groupId(1), id(60), 4, 1, 1, id(62))) == ErrorCode::NotFound);
    REQUIRE(codeOf(s.messages.setSealed(groupId(1), id(61), 4, 1, 1, id(50))) == ErrorCode::AlreadyExists);

    REQUIRE(positionOf(-1, 0) == 0);
    REQUIRE(positionOf(INT64_MAX, UINT32_MAX) == positionOf(std::int64_t{1} << 40, (1u << 20) - 1));
    REQUIRE(positionOf(5, UINT32_MAX) < positionOf(6, 0));
}

TEST_CASE("what was read between two places is listed, own messages and lines of the group are not") {
    Profile profile(1);
    MessageStore& store = profile.stores.messages;
    for (std::uint64_t n = 1; n <= 6; ++n) {
        MessageRow m = message(1, n, "line");
        if (n == 3)
            m.direction = MessageDirection::Outgoing;
        if (n == 4)
            m.shown = false;
        must(store.insert(m));
    }
    const auto key = [&](std::uint64_t n) { return must(store.get(groupId(1), id(n)))->orderKey(); };
    CHECK(must(store.incomingBetween(groupId(1), {}, key(6), 10)) ==
          std::vector<Id32>{id(6), id(5), id(2), id(1)});
    CHECK(must(store.incomingBetween(groupId(1), key(1), key(5), 10)) == std::vector<Id32>{id(5), id(2)});
    CHECK(must(store.incomingBetween(groupId(1), {}, key(6), 2)) == std::vector<Id32>{id(6), id(5)});
    CHECK(must(store.incomingBetween(groupId(1), key(6), key(6), 10)).empty());
}

TEST_CASE("a date leads to the first message since") {
    Profile profile(1);
    Stores& s = profile.stores;
    for (std::uint64_t n = 1; n <= 5; ++n)
        must(s.messages.insert(message(1, n * 100, std::to_string(n))));
    CHECK(must(s.messages.firstSince(groupId(1), 1'700'000'250))->content == "3");
    CHECK(must(s.messages.firstSince(groupId(1), 0))->content == "1");
    CHECK_FALSE(must(s.messages.firstSince(groupId(1), 1'800'000'000)).has_value());
}
