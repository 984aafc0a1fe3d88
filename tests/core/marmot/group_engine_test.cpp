// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/marmot/engine_fixture.h"

using namespace valise;
using namespace valise::marmot;
using namespace valise::marmot::test;

TEST_CASE_METHOD(EngineFixture, "even a commit without a rival is applied only at the end of its pass") {
    found({&nordvale});
    const auto event = kasara.submit(named("Room 4"), now);
    REQUIRE(event.has_value());
    CHECK(kasara.engine().epoch() == 1);
    CHECK_FALSE(kasara.engine().settled());
    kasara.confirm(now);
    CHECK(kasara.engine().epoch() == 2);

    const Outcome outcome = nordvale.receive(*event, now);
    CHECK(outcome.disposition == Disposition::Deferred);
    CHECK_FALSE(outcome.again);
    CHECK(nordvale.engine().epoch() == 1);
    CHECK(nordvale.engine().deadlineMs() == now + 1'000);
    CHECK(must(nordvale.engine().submit(SelfUpdate{}, now, random)).queued);
    CHECK(nordvale.engine().seal(makeInner(nordvale.account(), Text{"too early"}, 1), random).error().code ==
          ErrorCode::PendingChange);
    // A message of the new epoch can be decrypted already, but it waits until its branch is chosen.
    const nostr::Event hello = kasara.say("hello", now);
    CHECK(nordvale.receive(hello, now + 10).disposition == Disposition::Deferred);
    CHECK(nordvale.texts().empty());

    CHECK_FALSE(nordvale.advance(now + 999).decision.has_value());
    const Step step = nordvale.advance(now + 1'000);
    REQUIRE(step.decision.has_value());
    CHECK(step.decision->decisive == BranchRule::OnlyCandidate);
    CHECK(step.decision->tipEpoch == 2);
    CHECK(nordvale.engine().epoch() == 2);
    CHECK(nordvale.texts() == Texts{"hello"});
    CHECK(nordvale.engine().state().profile.name == "Room 4");
    CHECK(nordvale.receive(*event, now + 1'001).category == Category::Duplicate);
    CHECK(kasara.receive(*event, now + 1'001).category == Category::OwnEcho);
}

TEST_CASE_METHOD(EngineFixture, "between equal commits the lower committer wins on every side") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto mine = kasara.submit(named("Kasara's"), now);
    const auto theirs = nordvale.submit(named("Nordvale's"), now);
    kasara.confirm(now);
    nordvale.confirm(now);
    CHECK(nordvale.names() == Texts{"Nordvale's"});
    kasara.receive(*theirs, now);
    nordvale.receive(*mine, now);
    tamir.receive(*theirs, now);
    tamir.receive(*mine, now + 900);
    settle(members);
    requireEqual(members);
    for (EnginePeer* peer : members) {
        CHECK(peer->engine().state().profile.name == "Kasara's");
        CHECK(peer->names() == Texts{"Kasara's"});
        CHECK(peer->engine().epoch() == 2);
        REQUIRE(peer->engine().lastDecision().has_value());
        CHECK(peer->engine().lastDecision()->decisive == BranchRule::TipCommitter);
        CHECK(peer->engine().lastDecision()->candidates == 2);
    }
    CHECK(nordvale.engine().lastDecision()->switched);
    CHECK_FALSE(kasara.engine().lastDecision()->switched);
    // The group works on.
    change(nordvale, named("Together"));
    requireEqual(members);
}

TEST_CASE_METHOD(EngineFixture,
                 "a branch that lost comes back when it grows deeper, one's own commit with it") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto winner = kasara.submit(named("Kasara's"), now);
    const auto loser = nordvale.submit(named("Nordvale's"), now);
    kasara.confirm(now);
    nordvale.confirm(now);
    // Tamir has seen only Nordvale's commit. Tamir renews its keys on that branch and sends a message.
    tamir.receive(*loser, now);
    settle({&tamir});
    const nostr::Event said = tamir.say("on the losing side", now);
    nordvale.receive(said, now);
    CHECK(nordvale.texts() == Texts{"on the losing side"});
    const auto deeper = tamir.submit(SelfUpdate{}, now);
    tamir.confirm(now);

    // Each branch has messages of one account, so that the committers decide.
    const nostr::Event answer = kasara.say("on the winning side", now);
    nordvale.receive(*winner, now);
    nordvale.receive(answer, now);
    settle({&nordvale});
    CHECK(nordvale.engine().state().profile.name == "Kasara's");
    CHECK(nordvale.texts() == Texts{"on the winning side"});
    nordvale.restart();

    nordvale.receive(*deeper, now);
    settle({&nordvale});
    CHECK(nordvale.engine().state().profile.name == "Nordvale's");
    CHECK(nordvale.engine().epoch() == 3);
    CHECK(nordvale.texts() == Texts{"on the losing side"});
    CHECK(nordvale.names() == Texts{"Nordvale's"});
    CHECK(nordvale.engine().lastDecision()->decisive == BranchRule::EffectiveDepth);

    kasara.receive(*deeper, now); // before its parent: no key opens it yet
    CHECK(kasara.waiting() == 1);
    kasara.receive(said, now);
    kasara.receive(*loser, now);
    tamir.receive(*winner, now);
    tamir.receive(answer, now);
    settle(members);
    requireEqual(members);
    CHECK(kasara.texts() == Texts{"on the losing side"});
    CHECK(kasara.waiting() == 0);
}

TEST_CASE_METHOD(EngineFixture, "a branch that two accounts used wins against a lower committer") {
    found({&nordvale, &tamir, &oslan}, {&nordvale});
    const auto quiet = kasara.submit(named("Quiet"), now);
    const auto used = nordvale.submit(named("Used"), now);
    kasara.confirm(now);
    nordvale.confirm(now);
    give(*used, {&tamir, &oslan}, now);
    settle({&tamir, &oslan});
    const nostr::Event one = tamir.say("one", now);
    const nostr::Event two = nordvale.say("two", now);
    give(one, {&nordvale, &oslan}, now);
    give(two, {&tamir, &oslan}, now);
    const nostr::Event lonely = kasara.say("lonely", now);

    give(*quiet, {&nordvale, &tamir, &oslan}, now);
    give(lonely, {&nordvale, &tamir, &oslan}, now);
    kasara.receive(*used, now);
    kasara.receive(one, now);
    kasara.receive(two, now);
    settle(members);
    requireEqual(members);
    CHECK(kasara.engine().state().profile.name == "Used");
    CHECK(kasara.texts() == Texts{"one", "two"});
    for (EnginePeer* peer : members) {
        REQUIRE(peer->engine().lastDecision().has_value());
        CHECK(peer->engine().lastDecision()->score.quorum);
    }
    CHECK(oslan.texts() == Texts{"one", "two"});
}

TEST_CASE_METHOD(EngineFixture, "who hears of everything at once chooses as those who left a branch behind") {
    found({&nordvale, &tamir, &oslan}, {&nordvale});
    std::vector<nostr::Event> all;
    const auto note = [&](std::optional<nostr::Event> event) {
        REQUIRE(event.has_value());
        all.push_back(*event);
        return *event;
    };
    // A third branch begins before the other two. Clients that have it compare from that earlier fork.
    note(tamir.submit(SelfUpdate{}, now));
    tamir.confirm(now);
    for (int i = 0; i < 5; ++i) {
        const auto event = note(kasara.submit(named(std::to_string(i)), now));
        kasara.confirm(now);
        nordvale.receive(event, now);
        settle({&kasara, &nordvale});
        if (i > 0)
            continue;
        // These witnesses are in the window of a branch that ends in epoch 7, but not of one that ends in
        // epoch 8.
        nordvale.receive(note(kasara.say("one", now)), now);
        kasara.receive(note(nordvale.say("two", now)), now);
    }
    REQUIRE(kasara.engine().epoch() == 6);
    const auto shorter = note(nordvale.submit(named("Shorter"), now));
    nordvale.confirm(now);
    for (const char* name : {"Longer", "Longest"}) {
        nordvale.receive(note(kasara.submit(named(name), now)), now);
        kasara.confirm(now);
    }
    kasara.receive(shorter, now);
    settle({&kasara, &nordvale});
    REQUIRE(nordvale.engine().state().profile.name == "Longest");

    for (const nostr::Event& event : all)
        oslan.receive(event, now);
    now += kQuiescence;
    oslan.advance(now);
    // All three branches are compared from epoch 1.
    CHECK(oslan.engine().state().profile.name == "Shorter");
    settle({&oslan});
    requireEqual({&kasara, &nordvale, &oslan});
    CHECK(oslan.texts() == Texts{"one", "two"});
}

TEST_CASE_METHOD(EngineFixture,
                 "a pending change keeps its bytes through a restart and lets nothing pass it") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto pending = nordvale.submit(AddMembers{{oslan.invite(now)}, {}}, now);
    const auto other = kasara.submit(named("Kasara's"), now);
    kasara.confirm(now);
    const Outcome blocked = nordvale.receive(*other, now);
    CHECK(blocked.disposition == Disposition::Deferred);
    CHECK(blocked.category == Category::TransportDeferred);
    CHECK(blocked.again);
    nordvale.restart();
    REQUIRE(nordvale.engine().pendingPublish().has_value());
    CHECK(nordvale.engine().pendingPublish()->outgoing.event == *pending);
    CHECK(nordvale.engine().epoch() == 1);
    CHECK(nordvale.receive(*pending, now).category == Category::OwnEcho);
    const Step step = nordvale.confirm(now);
    REQUIRE(step.welcomes.size() == 1);
    CHECK(step.welcomes[0].recipient == oslan.account());
    CHECK(nordvale.engine().epoch() == 2);
    give(*pending, {&kasara, &tamir}, now);
    tamir.receive(*other, now);
    settle(members);
    requireEqual(members);
    CHECK(nordvale.engine().members().size() == 3); // Kasara's commit won, so Oslan must be invited again
    CHECK(must(nordvale.engine().submit(AddMembers{{oslan.invite(now)}, {}}, now, random)).queued == false);
}

TEST_CASE_METHOD(EngineFixture, "a change given up for lost is followed when it turns up all the same") {
    found({&nordvale}, {&nordvale});
    const auto event = nordvale.submit(named("Thought lost"), now);
    nordvale.fail();
    CHECK(nordvale.engine().settled());
    nordvale.restart();
    kasara.receive(*event, now);
    settle({&kasara});
    CHECK(nordvale.receive(*event, now).disposition == Disposition::Deferred);
    settle({&nordvale});
    requireEqual(members);
    CHECK(nordvale.names() == Texts{"Thought lost"});
}

TEST_CASE_METHOD(EngineFixture, "changes wait in a queue and are made anew on the settled state") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto first = kasara.submit(named("First"), now);
    kasara.confirm(now);
    nordvale.receive(*first, now);
    CHECK_FALSE(nordvale.submit(named("Second"), now).has_value());
    CHECK_FALSE(nordvale.submit(RemoveMembers{{tamir.account()}}, now).has_value());
    const auto taken = must(nordvale.engine().submit(named("Taken back"), now, random));
    CHECK(nordvale.engine().withdraw(taken.id));
    CHECK_FALSE(nordvale.engine().withdraw(taken.id));
    nordvale.restart();
    const Step step = nordvale.advance(now + kQuiescence);
    CHECK(step.decision.has_value());
    REQUIRE(step.prepared.has_value());
    REQUIRE(nordvale.engine().pendingPublish().has_value());
    const nostr::Event second = nordvale.engine().pendingPublish()->outgoing.event;
    CHECK(nordvale.engine().pendingPublish()->outgoing.epoch == 2);
    nordvale.confirm(now);
    const Step next = nordvale.advance(now);
    CHECK(next.prepared.has_value());
    const nostr::Event third = nordvale.engine().pendingPublish()->outgoing.event;
    nordvale.confirm(now);
    CHECK(nordvale.engine().queue().empty());
    give(*first, {&tamir}, now);
    give(second, {&kasara, &tamir}, now);
    settle(members);
    give(third, {&kasara, &tamir}, now);
    settle(members);
    requireEqual({&kasara, &nordvale});
    CHECK(kasara.engine().state().profile.name == "Second");
    CHECK(tamir.engine().standing() == GroupStanding::Removed);
    CHECK(tamir.engine().seal(makeInner(tamir.account(), Text{"gone"}, 1), random).error().code ==
          ErrorCode::NotMember);
    CHECK(tamir.changes().back().change.selfRemoved);
}

TEST_CASE_METHOD(EngineFixture, "a queued change that the settled state forbids fails with its reason") {
    found({&nordvale}, {&nordvale});
    const auto demotion = kasara.submit(SetAdmins{{kasara.account()}}, now);
    kasara.confirm(now);
    nordvale.receive(*demotion, now);
    nordvale.submit(named("Too late"), now);
    const Step step = nordvale.advance(now + kQuiescence);
    REQUIRE(step.failed.size() == 1);
    CHECK(step.failed[0].error.code == ErrorCode::NotAuthorized);
    CHECK_FALSE(step.prepared.has_value());
    CHECK(nordvale.engine().settled());
}

TEST_CASE_METHOD(EngineFixture, "who leaves asks again in every epoch until somebody commits it") {
    found({&nordvale, &tamir}, {&nordvale});
    CHECK(kasara.engine().leave(now, random).error().code == ErrorCode::NotAuthorized);
    tamir.leave(now);
    REQUIRE(tamir.published().size() == 1);
    CHECK(tamir.engine().standing() == GroupStanding::Leaving);
    CHECK(tamir.engine().seal(makeInner(tamir.account(), Text{"bye"}, 1), random).error().code ==
          ErrorCode::PendingChange);
    // A change ends the epoch of the proposal.
    change(kasara, named("Meanwhile"));
    REQUIRE(tamir.published().size() == 2);
    tamir.restart();
    settle({&tamir});
    CHECK(tamir.published().size() == 2);
    give(tamir.published()[1], {&kasara, &nordvale}, now);
    CHECK(nordvale.engine().departing() == std::vector<Id32>{tamir.account()});
    const auto departure = nordvale.submit(CommitDepartures{}, now);
    nordvale.confirm(now);
    give(*departure, {&kasara, &tamir}, now);
    settle(members);
    requireEqual({&kasara, &nordvale});
    CHECK(kasara.engine().members().size() == 2);
    CHECK(kasara.changes().back().change.left == std::vector<Id32>{tamir.account()});
    CHECK(tamir.engine().standing() == GroupStanding::Removed);
    const auto& told = kasara.outcomes();
    CHECK(std::any_of(told.begin(), told.end(), [](const Outcome& o) {
        return o.kind == InputKind::Proposal && o.disposition == Disposition::Accepted;
    }));
}

TEST_CASE_METHOD(EngineFixture, "a commit waits for a proposal that has not arrived") {
    found({&nordvale, &tamir}, {&nordvale});
    tamir.leave(now);
    nordvale.receive(tamir.published()[0], now);
    const auto departure = nordvale.submit(CommitDepartures{}, now);
    nordvale.confirm(now);
    const Outcome early = kasara.receive(*departure, now);
    CHECK(early.disposition == Disposition::Deferred);
    CHECK(early.category == Category::MissingHistory);
    CHECK_FALSE(early.again);
    kasara.restart();
    kasara.receive(tamir.published()[0], now);
    settle({&kasara});
    requireEqual({&kasara, &nordvale});
}

TEST_CASE_METHOD(EngineFixture, "a group ends through a pass, for everybody") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto end = kasara.submit(Disband{}, now);
    kasara.confirm(now);
    CHECK(kasara.engine().standing() == GroupStanding::Active);
    CHECK(kasara.engine().pass().has_value());
    give(*end, {&nordvale, &tamir}, now);
    settle(members);
    for (EnginePeer* peer : members) {
        CHECK(peer->engine().standing() == GroupStanding::Disbanded);
        CHECK(peer->changes().back().change.disbanded);
        CHECK(peer->engine().submit(SelfUpdate{}, now, random).error().code == ErrorCode::GroupDisbanded);
        peer->restart();
        CHECK(peer->engine().standing() == GroupStanding::Disbanded);
    }
}

TEST_CASE_METHOD(EngineFixture, "the end of a group has no priority over another change") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto lower = kasara.submit(named("Goes on"), now);
    const auto end = nordvale.submit(Disband{}, now);
    kasara.confirm(now);
    nordvale.confirm(now);
    give(*lower, {&nordvale, &tamir}, now);
    give(*end, {&kasara, &tamir}, now);
    settle(members);
    requireEqual(members);
    CHECK(tamir.engine().standing() == GroupStanding::Active);
    CHECK(tamir.engine().state().profile.name == "Goes on");
}

TEST_CASE_METHOD(EngineFixture,
                 "relays, timer and admins change, and late events of the old route are still read") {
    found({&nordvale, &tamir}, {&nordvale});
    const nostr::Event late = tamir.say("late", now);
    NostrRouting routing = kasara.engine().state().routing;
    const Id32 before = routing.nostrGroupId;
    routing.nostrGroupId.fill(0x5a);
    routing.relays = {"wss://three.example.org", "wss://two.example.org"};
    change(kasara, SetRouting{routing});
    change(kasara, SetRetention{3'600});
    change(kasara, SetAdmins{{nordvale.account()}});
    requireEqual(members);
    CHECK(tamir.engine().state().routing == routing);
    CHECK(tamir.engine().state().retentionSeconds == 3'600);
    const auto routes = nordvale.engine().routes();
    REQUIRE(routes.size() == 2);
    CHECK(routes[0].nostrGroupId == routing.nostrGroupId);
    CHECK(routes[1].nostrGroupId == before);
    CHECK(nordvale.receive(late, now).disposition == Disposition::Accepted);
    CHECK(kasara.engine().submit(named("No more"), now, random).error().code == ErrorCode::NotAuthorized);
    const nostr::Event fleeting = tamir.say("fleeting", now);
    CHECK(fleeting.tags.size() == 2);
    nordvale.receive(fleeting, now);
    CHECK(nordvale.texts() == Texts{"late", "fleeting"});
}

TEST_CASE_METHOD(EngineFixture, "five epochs are kept, and a rival from before them is stale") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto old = nordvale.submit(named("Old rival"), now);
    nordvale.fail();
    const nostr::Event ancient = tamir.say("ancient", now);
    for (int i = 0; i < 5; ++i)
        change(kasara, named("Name " + std::to_string(i)));
    CHECK(kasara.engine().epoch() == 6);
    // A fork exactly five epochs back is still eligible: it becomes a branch and loses.
    kasara.receive(*old, now);
    settle({&kasara});
    CHECK(kasara.engine().lastDecision()->candidates == 2);
    CHECK(kasara.engine().state().profile.name == "Name 4");
    CHECK(tamir.receive(*old, now).disposition == Disposition::Deferred);
    settle({&tamir});
    change(kasara, named("Name 5"));
    CHECK(kasara.engine().history().states().size() == 6);
    CHECK(kasara.receive(ancient, now).disposition == Disposition::Deferred);
    CHECK(kasara.texts().empty());
    const auto& told = kasara.outcomes();
    CHECK(std::any_of(told.begin(), told.end(), [](const Outcome& o) {
        return o.kind == InputKind::Commit && o.disposition == Disposition::Stale &&
               o.category == Category::StaleEpoch;
    }));
    requireEqual(members);
}

TEST_CASE_METHOD(EngineFixture, "a member removed by a branch that loses is a member again") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto keeps = kasara.submit(named("Stays"), now);
    const auto removes = nordvale.submit(RemoveMembers{{tamir.account()}}, now);
    kasara.confirm(now);
    nordvale.confirm(now);
    tamir.receive(*removes, now);
    settle({&tamir});
    CHECK(tamir.engine().standing() == GroupStanding::Removed);
    tamir.restart();
    CHECK(tamir.engine().standing() == GroupStanding::Removed);
    tamir.receive(*keeps, now);
    kasara.receive(*removes, now);
    nordvale.receive(*keeps, now);
    settle(members);
    CHECK(tamir.engine().standing() == GroupStanding::Active);
    requireEqual(members);
}

TEST_CASE_METHOD(EngineFixture, "what is stored step by step is the whole engine") {
    found({&nordvale, &tamir}, {&nordvale});
    const auto a = kasara.submit(named("A"), now);
    kasara.confirm(now);
    const auto b = nordvale.submit(named("B"), now);
    nordvale.confirm(now);
    give(*a, {&tamir}, now);
    settle({&tamir});
    give(*b, {&tamir}, now);
    give(nordvale.say("parked", now), {&tamir}, now);
    for (EnginePeer* peer : members) {
        CHECK(peer->stored() == peer->engine().parts());
        const std::string before = fingerprint(peer->engine());
        peer->restart();
        CHECK(peer->stored() == peer->engine().parts());
        CHECK(fingerprint(peer->engine()) == before);
    }
    CHECK(tamir.engine().pass().has_value());
    settle({&tamir});
    // A message on a branch is evidence for it.
    CHECK(tamir.engine().state().profile.name == "B");
    CHECK(tamir.engine().lastDecision()->decisive == BranchRule::WitnessScore);
    CHECK(tamir.texts() == Texts{"parked"});
}

TEST_CASE_METHOD(EngineFixture, "lost states make a copy unrecoverable, and a fresh Welcome repairs it") {
    found({&nordvale, &tamir}, {&nordvale});
    change(kasara, named("One"));
    change(kasara, named("Two"));
    EngineParts parts = tamir.stored();
    const auto isOld = [&](const auto& part) {
        return part.first.find("/ratchets") != std::string::npos &&
               part.first.find(toHex(tamir.engine().history().tip().id)) == std::string::npos;
    };
    parts.erase(std::find_if(parts.begin(), parts.end(), isOld));
    GroupEngine damaged = must(GroupEngine::load(parts));
    CHECK(damaged.standing() == GroupStanding::Unrecoverable);
    CHECK(damaged.state().profile.name == "Two");
    const nostr::Event hello = kasara.say("hello", now);
    const Step step = damaged.receive(
        hello, now, [](const mls::Digest&) { return false; }, random);
    CHECK(step.outcome().disposition == Disposition::Deferred);
    CHECK(step.outcome().category == Category::MissingHistory);
    CHECK(step.outcome().again);
    CHECK_FALSE(damaged.submit(SelfUpdate{}, now, random).ok());
    CHECK_FALSE(damaged.seal(makeInner(tamir.account(), Text{"x"}, 1), random).ok());
    CHECK(damaged.epoch() == tamir.engine().epoch());

    parts.erase("main");
    CHECK(GroupEngine::load(parts).error().code == ErrorCode::StorageDamaged);
}

TEST_CASE_METHOD(EngineFixture, "somebody who was removed is added again") {
    found({&nordvale, &tamir}, {&nordvale});
    change(kasara, RemoveMembers{{tamir.account()}});
    CHECK(tamir.engine().standing() == GroupStanding::Removed);
    const auto event = nordvale.submit(AddMembers{{tamir.invite(now)}, {}}, now);
    const Step step = nordvale.confirm(now);
    kasara.receive(*event, now);
    settle({&kasara});
    REQUIRE(step.welcomes.size() == 1);
    CHECK(tamir.join(step.welcomes[0], now));
    requireEqual(members);
}

TEST_CASE_METHOD(EngineFixture, "a group of which only the tip was kept goes on") {
    found({&nordvale, &tamir}, {&nordvale});
    GroupEngine engine =
        must(GroupEngine::fromTip(must(mls::Group::deserialize(tamir.engine().group().serialize()))));
    const auto event = kasara.submit(named("Goes on"), now);
    kasara.confirm(now);
    const auto seen = [](const mls::Digest&) { return false; };
    CHECK(engine.receive(*event, now, seen, random).outcome().disposition == Disposition::Deferred);
    CHECK(engine.advance(now + kQuiescence, random).tipMoved);
    CHECK(fingerprint(engine) == fingerprint(kasara.engine()));
}

TEST_CASE_METHOD(EngineFixture, "who was away for a hundred changes follows them pass by pass") {
    found({&nordvale});
    std::vector<nostr::Event> missed;
    Texts said;
    for (int i = 0; i < 100; ++i) {
        missed.push_back(*kasara.submit(SelfUpdate{}, now));
        kasara.confirm(now);
        if (i % 10 == 0) {
            said.push_back("text " + std::to_string(i));
            missed.push_back(kasara.say(said.back(), now));
        }
    }
    bool refused = false;
    for (const nostr::Event& event : missed)
        refused = nordvale.receive(event, now).category == Category::ResourceRefused || refused;
    CHECK(refused);
    CHECK(nordvale.engine().saturated());
    CHECK(nordvale.engine().history().states().size() == RetainedHistory::kMaxStates);
    CHECK(nordvale.engine().epoch() == 1);
    nordvale.restart();
    settle({&nordvale});
    requireEqual({&kasara, &nordvale});
    CHECK(nordvale.texts() == said);
    CHECK(nordvale.waiting() == 0);
    CHECK(nordvale.engine().history().states().size() == 6);
}
