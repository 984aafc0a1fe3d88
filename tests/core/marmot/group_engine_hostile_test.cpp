// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages from members whose programs break the rules, and the engine's reactions.
#include "tests/core/marmot/engine_fixture.h"

#include "core/marmot/envelope.h"

using namespace valise;
using namespace valise::marmot;
using namespace valise::marmot::test;

namespace {

// Makes messages that a rule-breaking program of a member could send.
struct HostileFixture : EngineFixture {
    nostr::Event wrap(EnginePeer& by, ByteView message) {
        const GroupEngine& engine = by.engine();
        return sealEnvelope(engine.state().routing.nostrGroupId, must(envelopeKey(engine.group())), message,
                            static_cast<std::uint64_t>(now / 1000), {}, random);
    }
    nostr::Event forged(EnginePeer& by, mls::CommitOptions options) {
        return wrap(by, must(by.engine().group().commit(options, random)).message);
    }
    static mls::Proposal update(ComponentId id, Bytes state) {
        return {mls::AppDataUpdateProposal{idOf(id), std::move(state)}};
    }
    //! Requires that every peer refuses the event for that reason and loses nothing.
    void requireRefused(const nostr::Event& event, Category category, const std::vector<EnginePeer*>& by) {
        for (EnginePeer* peer : by) {
            const std::string before = fingerprint(peer->engine());
            const Outcome outcome = peer->receive(event, now);
            INFO(outcome.reason);
            CHECK(outcome.disposition == Disposition::Invalidated);
            CHECK(outcome.category == category);
            settle({peer});
            CHECK(fingerprint(peer->engine()) == before);
            CHECK(peer->receive(event, now).category == Category::Duplicate);
        }
    }
};

} // namespace

TEST_CASE_METHOD(HostileFixture, "a valid commit by somebody who may not is refused") {
    found({&nordvale, &tamir});
    mls::CommitOptions removal;
    removal.proposals.push_back({mls::RemoveProposal{tamir.engine().group().ownLeaf()}});
    requireRefused(forged(nordvale, removal), Category::AuthorizationFailed, {&kasara, &tamir});
    mls::CommitOptions rename;
    rename.proposals.push_back(update(ComponentId::GroupProfile, GroupProfile{"Mine", ""}.encode()));
    requireRefused(forged(tamir, rename), Category::AuthorizationFailed, {&kasara, &nordvale});
    CHECK(kasara.receive(tamir.say("still here", now), now).disposition == Disposition::Accepted);
    // A member may renew its own keys without an admin.
    change(tamir, SelfUpdate{});
    requireEqual(members);
    // An account outside the group cannot become its admin.
    Id32 stranger = kasara.account();
    stranger[0] ^= 1;
    CHECK_FALSE(kasara.engine().submit(SetAdmins{{kasara.account(), stranger}}, now, random).ok());
}

TEST_CASE_METHOD(HostileFixture, "a group is ended in one way only") {
    found({&nordvale, &tamir});
    const Bytes ended = encodeLifecycle(Lifecycle::Disbanded);
    const Bytes alone = AdminPolicy{{kasara.account()}}.encode();
    const auto remove = [](EnginePeer& peer) {
        return mls::Proposal{mls::RemoveProposal{peer.engine().group().ownLeaf()}};
    };
    const std::vector<std::vector<mls::Proposal>> wrong{
        {update(ComponentId::GroupLifecycle, ended)},
        {update(ComponentId::GroupLifecycle, ended), update(ComponentId::AdminPolicy, alone), remove(tamir)},
        {update(ComponentId::GroupLifecycle, ended), remove(tamir), remove(nordvale)},
        {update(ComponentId::GroupLifecycle, encodeLifecycle(Lifecycle::Active))},
    };
    for (const auto& proposals : wrong) {
        mls::CommitOptions options;
        options.proposals = proposals;
        requireRefused(forged(kasara, options), Category::InvalidEncoding, {&nordvale});
    }
    mls::CommitOptions right;
    right.proposals = {update(ComponentId::GroupLifecycle, ended), update(ComponentId::AdminPolicy, alone),
                       remove(tamir), remove(nordvale)};
    CHECK(nordvale.receive(forged(kasara, right), now).disposition == Disposition::Deferred);
    settle({&nordvale});
    CHECK(nordvale.engine().standing() == GroupStanding::Disbanded);
}

TEST_CASE_METHOD(HostileFixture, "bent bytes and bad payloads are refused and lose nothing") {
    found({&nordvale});
    mls::Group twin = nordvale.engine().group();
    const Bytes good = must(twin.protect(viewOf("x"), {}, random));
    for (std::size_t i = 0; i < 400; ++i) {
        Bytes bad = i % 4 == 0 ? random.bytes(random.uniform(300)) : good;
        if (i % 4 == 1)
            bad.resize(random.uniform(static_cast<std::uint32_t>(bad.size())));
        else if (i % 4 >= 2)
            bad[random.uniform(static_cast<std::uint32_t>(bad.size()))] ^=
                static_cast<std::uint8_t>(1 + random.uniform(255));
        const Outcome outcome = kasara.receive(wrap(nordvale, bad), now);
        REQUIRE(outcome.disposition != Disposition::Accepted);
        REQUIRE_FALSE(outcome.reason.empty());
    }
    for (const std::string& payload : std::initializer_list<std::string>{
             "{}", "hello", "", makeInner(kasara.account(), Text{"in your name"}, 1).toJson()}) {
        const Bytes message = must(twin.protect(viewOf(payload), {}, random));
        CHECK(kasara.receive(wrap(nordvale, message), now).disposition == Disposition::Invalidated);
    }
    // Such a member does not count as a witness for its branch.
    CHECK(kasara.engine().history().tip().witnesses.empty());
    const Bytes last =
        must(twin.protect(viewOf(makeInner(nordvale.account(), Text{"at last"}, 1).toJson()), {}, random));
    CHECK(kasara.receive(wrap(nordvale, last), now).disposition == Disposition::Accepted);
    CHECK(kasara.texts() == Texts{"at last"});
}
