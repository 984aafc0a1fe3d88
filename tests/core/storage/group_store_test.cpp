// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("a group keeps every field and its state") {
    Folder folder;
    auto db = newProfile(folder.path);
    GroupStore& store = db->stores().groups;
    GroupRecord g = group(1);
    g.description = "about water";
    g.status = GroupStatus::Request;
    g.inviter = id(3);
    g.peer = id(4);
    g.epoch = 12;
    g.updatedMs = 2000;
    g.welcomeEventId = id(5);
    g.welcome = {1, 2, 3};
    g.welcomeJson = "{}";
    g.extra = R"({"a":1})";
    must(store.add(g));
    REQUIRE(codeOf(store.add(g)) == ErrorCode::AlreadyExists);
    const GroupRecord r = *must(store.get(g.groupId));
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
    REQUIRE(r.extra == g.extra);
    REQUIRE_FALSE(r.lastRead.has_value());
    REQUIRE(must(store.byNostrId(g.nostrGroupId))->groupId == g.groupId);
    REQUIRE(must(store.list(GroupStatus::Request)).size() == 1);
    must(store.setStatus(g.groupId, GroupStatus::Joined, 3000));
    must(store.setDraft(g.groupId, "unfinished"));
    must(store.setPinned(g.groupId, true));
    g.name = "renamed";
    g.status = GroupStatus::Joined;
    must(store.update(g));
    REQUIRE(must(store.get(g.groupId))->draft == "unfinished");
    REQUIRE(must(store.get(g.groupId))->pinned);
    REQUIRE(must(store.get(g.groupId))->name == "renamed");
    REQUIRE_FALSE(must(store.loadState(g.groupId)).has_value());
    must(store.saveState(g.groupId, 13, Bytes(100000, 7), 4000));
    must(store.saveState(g.groupId, 14, Bytes(50, 8), 5000));
    REQUIRE(must(store.loadState(g.groupId)) == Bytes(50, 8));
    REQUIRE(must(store.get(g.groupId))->epoch == 14);
    must(store.eraseState(g.groupId));
    REQUIRE_FALSE(must(store.loadState(g.groupId)).has_value());
    REQUIRE(codeOf(store.setDraft(groupId(9), "x")) == ErrorCode::NotFound);
    REQUIRE(codeOf(store.update(group(9))) == ErrorCode::NotFound);
    REQUIRE(codeOf(store.saveState(groupId(9), 1, Bytes{1}, 1)) == ErrorCode::NotFound);
    REQUIRE(codeOf(store.markRead(groupId(9), {})) == ErrorCode::NotFound);
}

TEST_CASE("the conversation list is ordered and counts what waits") {
    Folder folder;
    auto db = newProfile(folder.path);
    Stores& s = db->stores();
    for (std::uint8_t n = 1; n <= 4; ++n) {
        must(s.groups.add(group(n)));
        must(s.messages.insert(message(n, 100u * n, "last of " + std::to_string(n))));
    }
    must(s.groups.setPinned(groupId(2), true));
    must(s.groups.setArchived(groupId(3), true));
    MessageRecord m = message(1, 1, "waits");
    m.direction = MessageDirection::Outgoing;
    m.state = MessageState::Queued;
    must(s.messages.insert(m));
    m.eventId = id(2);
    m.state = MessageState::Failed;
    must(s.messages.insert(m));
    QueuedMessage q;
    q.groupId = groupId(1);
    must(s.queued.add(q));
    // A clock that runs ahead does not stay on top.
    MessageRecord ahead = message(1, 3, "from tomorrow");
    ahead.createdAt += 86400;
    must(s.messages.insert(ahead));

    const auto list = must(s.groups.conversations());
    REQUIRE(list.size() == 4);
    REQUIRE(list[0].group.groupId == groupId(2));
    REQUIRE(list[1].group.groupId == groupId(4));
    REQUIRE(list[3].group.groupId == groupId(1));
    REQUIRE(list[3].queued == 2);
    REQUIRE(list[3].failed == 1);
    REQUIRE(list[3].last->content == "from tomorrow");
    REQUIRE(list[0].last->content == "last of 2");
    REQUIRE(list[0].last->groupId == groupId(2));
    REQUIRE(list[0].group.unread == 1);
    REQUIRE(must(s.groups.conversations(false)).size() == 3);
    REQUIRE_FALSE(must(s.groups.conversation(groupId(9))).has_value());
}

TEST_CASE("snapshots, routes and pending commits") {
    Folder folder;
    auto db = newProfile(folder.path);
    Stores& s = db->stores();
    must(s.groups.add(group(1)));
    GroupStateStore& store = s.groupStates;
    for (std::uint64_t e = 1; e <= 5; ++e)
        must(store.putEpoch({groupId(1), e, "", Bytes(10, static_cast<std::uint8_t>(e)), id(e), 1}));
    must(store.putEpoch({groupId(1), 5, "branch", Bytes{9}, {}, 1}));
    must(store.putEpoch({groupId(1), 5, "branch", Bytes{8}, {}, 1}));
    REQUIRE(codeOf(store.putEpoch({groupId(9), 1, "", {}, {}, 1})) == ErrorCode::NotFound);
    REQUIRE(must(store.epoch(groupId(1), 5, "branch"))->state == Bytes{8});
    REQUIRE(must(store.epoch(groupId(1), 3))->commitDigest == id(3));
    REQUIRE(must(store.epochs(groupId(1))).size() == 6);
    REQUIRE(must(store.epochs(groupId(1)))[0].state.empty());
    REQUIRE(must(store.epochsWithState(groupId(1))).back().state == Bytes(10, 1));
    REQUIRE(must(store.eraseEpochsBefore(groupId(1), 4)) == 3);
    must(store.eraseEpoch(groupId(1), 5, "branch"));
    REQUIRE(must(store.epochs(groupId(1))).size() == 2);

    must(store.putRoute({id(1), groupId(1), 1, {"wss://a", "wss://b"}, true}));
    must(store.putRoute({id(2), groupId(1), 4, {"wss://c"}, true}));
    REQUIRE_FALSE(must(store.route(id(1)))->active);
    REQUIRE(must(store.route(id(1)))->relays == std::vector<std::string>{"wss://a", "wss://b"});
    REQUIRE(must(store.routes(groupId(1))).size() == 2);
    REQUIRE(must(store.routes())[0].nostrGroupId == id(2));
    REQUIRE(codeOf(store.putRoute({id(3), groupId(1), 4, {"a\nb"}, true})) == ErrorCode::InvalidArgument);
    must(store.removeRoute(id(1)));
    REQUIRE_FALSE(must(store.route(id(1))).has_value());

    PendingCommit p;
    p.groupId = groupId(1);
    p.eventJson = toBytes(viewOf("{}"));
    p.eventId = id(50);
    p.priorEpoch = 5;
    p.nextState = Bytes(2000, 1);
    p.welcomes = {Bytes{1}, Bytes{2, 3}};
    p.extra = "x";
    const auto pending = must(store.addPending(p));
    must(store.setPendingState(pending, PendingCommitState::Accepted));
    must(store.setPendingOutbox(pending, 7));
    must(store.countPendingAttempt(pending));
    const PendingCommit r = must(store.pendingOf(groupId(1))).at(0);
    REQUIRE(r.id == pending);
    REQUIRE(r.eventJson == p.eventJson);
    REQUIRE(r.priorEpoch == 5);
    REQUIRE(r.nextState == p.nextState);
    REQUIRE(r.welcomes == p.welcomes);
    REQUIRE(r.state == PendingCommitState::Accepted);
    REQUIRE(r.attempts == 1);
    REQUIRE(r.outboxId == 7);
    REQUIRE(must(store.pendingByEvent(id(50)))->id == pending);
    REQUIRE(must(store.pendingAll()).size() == 1);
    must(store.removePending(pending));
    REQUIRE_FALSE(must(store.pending(pending)).has_value());
    REQUIRE(must(db->connection().integer("SELECT count(*) FROM pending_welcomes")) == 0);

    must(store.addPending(p));
    must(s.groups.remove(groupId(1)));
    REQUIRE(must(store.pendingAll()).empty());
    REQUIRE(must(store.routes()).empty());
    REQUIRE(must(db->connection().integer("SELECT count(*) FROM group_epochs")) == 0);
    REQUIRE(codeOf(s.groups.remove(groupId(1))) == ErrorCode::NotFound);
}
