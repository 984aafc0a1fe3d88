// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("a group keeps every field") {
    Profile profile;
    GroupStore& store = profile.stores.groups;
    GroupRow g = group(1);
    g.description = "about water";
    g.status = GroupStatus::Request;
    g.inviter = id(3);
    g.peer = id(4);
    g.epoch = 12;
    g.updatedMs = 2000;
    g.welcomeEventId = id(5);
    g.welcome = {1, 2, 3};
    g.welcomeJson = "{}";
    g.members = 7;
    g.admin = true;
    g.retentionSeconds = 3600;
    g.relays = {"wss://one.example", "wss://two.example"};
    g.invitedAt = 1'700'000'000;
    must(store.add(g));
    REQUIRE(codeOf(store.add(g)) == ErrorCode::AlreadyExists);
    const GroupRow r = *must(store.get(g.groupId));
    REQUIRE(r.nostrGroupId == g.nostrGroupId);
    REQUIRE(r.name == g.name);
    REQUIRE(r.description == g.description);
    REQUIRE(r.status == GroupStatus::Request);
    REQUIRE(r.inviter == g.inviter);
    REQUIRE(r.peer == g.peer);
    REQUIRE(r.epoch == 12);
    REQUIRE(r.createdMs == 1000);
    REQUIRE(r.updatedMs == 2000);
    REQUIRE(r.welcomeEventId == g.welcomeEventId);
    REQUIRE(r.welcome == g.welcome);
    REQUIRE(r.welcomeJson == "{}");
    REQUIRE(r.members == g.members);
    REQUIRE(r.admin == g.admin);
    REQUIRE(r.retentionSeconds == g.retentionSeconds);
    REQUIRE(r.relays == g.relays);
    REQUIRE(r.invitedAt == g.invitedAt);
    REQUIRE_FALSE(r.lastRead.has_value());
    REQUIRE(must(store.list()).size() == 1);
    must(store.setStatus(g.groupId, GroupStatus::Joined, 3000));
    must(store.setDraft(g.groupId, "unfinished"));
    must(store.setPinned(g.groupId, true));
    g.name = "renamed";
    g.status = GroupStatus::Joined;
    must(store.update(g));
    REQUIRE(must(store.get(g.groupId))->draft == "unfinished");
    REQUIRE(must(store.get(g.groupId))->pinned);
    REQUIRE(must(store.get(g.groupId))->name == "renamed");
    REQUIRE(codeOf(store.setDraft(groupId(9), "x")) == ErrorCode::NotFound);
    REQUIRE(codeOf(store.update(group(9))) == ErrorCode::NotFound);
    REQUIRE(codeOf(store.markRead(groupId(9), {})) == ErrorCode::NotFound);
}

TEST_CASE("the conversation list is ordered and counts what waits") {
    Profile profile;
    Stores& s = profile.stores;
    for (std::uint8_t n = 1; n <= 4; ++n) {
        must(s.groups.add(group(n)));
        must(s.messages.insert(message(n, 100u * n, "last of " + std::to_string(n))));
    }
    must(s.groups.setPinned(groupId(2), true));
    must(s.groups.setArchived(groupId(3), true));
    MessageRow m = message(1, 1, "waits");
    m.direction = MessageDirection::Outgoing;
    m.state = MessageState::Queued;
    must(s.messages.insert(m));
    m.eventId = id(2);
    m.state = MessageState::Failed;
    must(s.messages.insert(m));
    // A clock that runs ahead does not stay on top.
    MessageRow ahead = message(1, 3, "from tomorrow");
    ahead.createdAt += 86400;
    must(s.messages.insert(ahead));

    const auto list = must(s.groups.conversations());
    REQUIRE(list.size() == 4);
    REQUIRE(list[0].group.groupId == groupId(2));
    REQUIRE(list[1].group.groupId == groupId(4));
    REQUIRE(list[3].group.groupId == groupId(1));
    REQUIRE(list[3].queued == 1);
    REQUIRE(list[3].failed == 1);
    REQUIRE(list[3].last->content == "from tomorrow");
    REQUIRE(list[0].last->content == "last of 2");
    REQUIRE(list[0].last->groupId == groupId(2));
    REQUIRE(list[0].group.unread == 1);
    REQUIRE(must(s.groups.conversations(false)).size() == 3);
    REQUIRE_FALSE(must(s.groups.conversation(groupId(9))).has_value());
}

TEST_CASE("parts, places and routes of a group") {
    Profile profile(1);
    Stores& s = profile.stores;
    GroupStateStore& store = s.groupStates;
    must(store.putParts(groupId(1), {{"main", Bytes(100'000, 1)}, {"state/a", Bytes{2}}}));
    must(store.putParts(groupId(1), {{"main", Bytes{3}}, {"state/a", std::nullopt}, {"state/b", Bytes{4}}}));
    REQUIRE(must(store.parts(groupId(1))) ==
            std::map<std::string, Bytes>{{"main", Bytes{3}}, {"state/b", Bytes{4}}});
    REQUIRE(codeOf(store.putParts(groupId(9), {{"main", Bytes{1}}})) == ErrorCode::NotFound);

    must(store.putRoute({id(1), groupId(1), 1, {"wss://a", "wss://b"}, true}));
    must(store.putRoute({id(2), groupId(1), 4, {"wss://c"}, true}));
    const auto routes = must(store.routes(groupId(1)));
    REQUIRE(routes.size() == 2);
    REQUIRE(routes[0].nostrGroupId == id(2));
    REQUIRE(routes[0].active);
    REQUIRE(routes[1].nostrGroupId == id(1));
    REQUIRE(routes[1].relays == std::vector<std::string>{"wss://a", "wss://b"});
    REQUIRE_FALSE(routes[1].active);
    REQUIRE(must(store.routes())[0].nostrGroupId == id(2));
    REQUIRE(codeOf(store.putRoute({id(3), groupId(1), 4, {"a\nb"}, true})) == ErrorCode::InvalidArgument);

    must(store.eraseParts(groupId(1)));
    REQUIRE(must(store.parts(groupId(1))).empty());
}

TEST_CASE("what stands on a state of a branch is withdrawn and restored with it") {
    Profile profile(1);
    Stores& s = profile.stores;
    MessageRow incoming = message(1, 1, "theirs");
    MessageRow outgoing = message(1, 2, "ours");
    outgoing.direction = MessageDirection::Outgoing;
    outgoing.state = MessageState::Sent;
    outgoing.acceptedRelays = 1;
    MessageRow line = message(1, 3, "");
    line.direction = MessageDirection::System;
    std::vector<std::int64_t> rows;
    for (const MessageRow& m : {incoming, outgoing, line}) {
        rows.push_back(must(s.messages.insert(m)));
        must(s.groupStates.placeMessage(groupId(1), rows.back(), id(60)));
    }
    const auto elsewhere = must(s.messages.insert(message(1, 4, "elsewhere")));
    must(s.groupStates.placeMessage(groupId(1), elsewhere, id(61)));

    REQUIRE(must(s.messages.setStanding(groupId(1), id(60), false)) == rows);
    REQUIRE(must(s.messages.byRow(rows[0]))->state == MessageState::Withdrawn);
    REQUIRE(must(s.messages.byRow(rows[1]))->state == MessageState::Withdrawn);
    REQUIRE_FALSE(must(s.messages.byRow(rows[2]))->shown);
    REQUIRE(must(s.messages.byRow(elsewhere))->state == MessageState::Received);
    must(s.messages.setStanding(groupId(1), id(60), true));
    REQUIRE(must(s.messages.byRow(rows[0]))->state == MessageState::Received);
    REQUIRE(must(s.messages.byRow(rows[1]))->state == MessageState::Sent);
    REQUIRE(must(s.messages.byRow(rows[2]))->shown);

    must(s.groupStates.keepPlaces(groupId(1), {id(61)}));
    REQUIRE(must(s.messages.setStanding(groupId(1), id(60), false)).empty());
    REQUIRE(must(s.messages.setStanding(groupId(1), id(61), false)).size() == 1);
}

TEST_CASE("what earlier versions kept of a group is read once") {
    Profile profile(1);
    Stores& s = profile.stores;
    REQUIRE_FALSE(must(s.groupStates.earlierState(groupId(1))).has_value());
    must(profile.connection().run("INSERT INTO group_states(group_row, state) SELECT id, ?1 FROM groups",
                                  Bytes{1, 2}));
    REQUIRE_FALSE(must(s.groupStates.earlierState(groupId(1)))->pendingEvent.has_value());
    must(profile.connection().run("INSERT INTO pending_commits(group_row, event_json, event_id, prior_epoch,"
                                  " next_state, created_ms, attempts, state, extra)"
                                  " SELECT id, x'', ?1, 1, ?2, 1, 0, 0, '' FROM groups",
                                  id(50), Bytes{3}));
    const EarlierState earlier = *must(s.groupStates.earlierState(groupId(1)));
    REQUIRE(earlier.tip == Bytes{1, 2});
    REQUIRE(earlier.pendingEvent == id(50));
    REQUIRE(earlier.pendingNext == Bytes{3});
    must(s.groupStates.eraseEarlierState(groupId(1)));
    REQUIRE_FALSE(must(s.groupStates.earlierState(groupId(1))).has_value());
    REQUIRE(must(profile.connection().integer("SELECT count(*) FROM pending_commits")) == 0);
}
