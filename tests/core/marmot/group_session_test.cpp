// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"

#include "core/marmot/group_session.h"

#include <set>

using namespace valise;
using namespace valise::marmot;

namespace {

constexpr std::int64_t kNow = 1'760'000'000;
using Became = Inbound::Disposition;

//! One client: its account, its KeyPackage and what it has seen.
struct Peer {
    explicit Peer(crypto::Random& random)
        : account(crypto::schnorrGenerate(random))
        , package(makeKeyPackage(account, {}, kNow, random)) {}
    InvitePackage invite() const { return must(readKeyPackageEvent(package.event, kNow)); }
    void join(const std::vector<WelcomeDuty>& welcomes) {
        for (const WelcomeDuty& welcome : welcomes)
            if (welcome.recipient == account.publicKey)
                session =
                    must(GroupSession::join(must(readWelcomeRumor(welcome.rumor)), package.bundle, kNow));
    }
    Inbound receive(const nostr::Event& event) {
        const Inbound result =
            session->receive(event, kNow, [&](const mls::Digest& digest) { return seen.count(digest) > 0; });
        if (result.digest && result.disposition == Became::Accepted)
            seen.insert(*result.digest);
        return result;
    }
    Outgoing say(std::string_view text, crypto::Random& random) {
        Outgoing out = must(session->seal(makeText(account.publicKey, text, kNow), random));
        seen.insert(out.digest);
        return out;
    }

    crypto::SchnorrKeyPair account;
    OwnKeyPackage package;
    std::optional<GroupSession> session;
    std::set<mls::Digest> seen;
};

struct Fixture {
    crypto::SeededRandom random{42};
    Peer kasara{random};
    Peer nordvale{random};
    Peer tamir{random};
    std::vector<std::string> relays{"wss://one.example.org", "wss://two.example.org"};

    void found(const std::vector<Peer*>& invited) {
        Founding founding;
        founding.profile.name = "Coolants Amendment";
        founding.relays = relays;
        for (Peer* peer : invited)
            founding.invitees.push_back(peer->invite());
        auto founded = must(GroupSession::found(kasara.account, founding, kNow, random));
        kasara.session = std::move(founded.session);
        for (Peer* peer : invited)
            peer->join(founded.welcomes);
    }
    //! Publishes a change of `by`: applied by it and received by the others.
    void apply(Peer& by, PreparedCommit commit, const std::vector<Peer*>& others) {
        by.seen.insert(commit.outgoing.digest);
        must(by.session->adopt(commit.next));
        for (Peer* peer : others) {
            const Inbound result = peer->receive(commit.outgoing.event);
            INFO(result.reason);
            REQUIRE(result.disposition == Became::Accepted);
        }
    }
    static void requireEqual(const std::vector<Peer*>& peers) {
        for (const Peer* peer : peers) {
            REQUIRE(peer->session->epoch() == peers[0]->session->epoch());
            REQUIRE(peer->session->tip().treeHash() == peers[0]->session->tip().treeHash());
            REQUIRE(
                sameBytes(must(peer->session->tip().exportSecret("marmot", viewOf("group-event"), 32)),
                          must(peers[0]->session->tip().exportSecret("marmot", viewOf("group-event"), 32))));
        }
    }
};

} // namespace

TEST_CASE_METHOD(Fixture, "a founded group carries messages between all its members") {
    found({&nordvale, &tamir});
    requireEqual({&kasara, &nordvale, &tamir});
    CHECK(kasara.session->epoch() == 1);
    CHECK(kasara.session->isAdmin());
    CHECK_FALSE(tamir.session->isAdmin());
    CHECK(tamir.session->state().profile.name == "Coolants Amendment");
    CHECK(tamir.session->members().size() == 3);

    const Outgoing out = nordvale.say("Can everyone live with paragraph 7?", random);
    CHECK(out.event.createdAt == static_cast<std::uint64_t>(kNow));
    for (Peer* peer : {&kasara, &tamir}) {
        const Inbound result = peer->receive(out.event);
        REQUIRE(result.disposition == Became::Accepted);
        REQUIRE(result.message.has_value());
        CHECK(result.message->inner.content == "Can everyone live with paragraph 7?");
        CHECK(result.message->sender == nordvale.account.publicKey);
        CHECK(result.message->generation == out.generation);
        CHECK(peer->receive(out.event).disposition == Became::Duplicate);
    }
    CHECK(nordvale.receive(out.event).disposition == Became::Duplicate);
}

TEST_CASE_METHOD(Fixture, "members are added, renamed, removed and leave by linear commits") {
    found({&nordvale});
    PreparedCommit add = must(kasara.session->prepare(AddMembers{{tamir.invite()}, {}}, kNow, random));
    CHECK(add.change.added == std::vector<Id32>{tamir.account.publicKey});
    const auto welcomes = add.welcomes;
    REQUIRE(welcomes.size() == 1);
    apply(kasara, std::move(add), {&nordvale});
    tamir.join(welcomes);
    requireEqual({&kasara, &nordvale, &tamir});

    PreparedCommit rename = must(kasara.session->prepare(SetProfile{{"Room 4", ""}}, kNow, random));
    CHECK(rename.change.renamedTo == std::string("Room 4"));
    apply(kasara, std::move(rename), {&nordvale, &tamir});
    CHECK(tamir.session->state().profile.name == "Room 4");

    // Departure: a proposal by the one who leaves, a commit by another.
    const Outgoing leave = must(tamir.session->proposeLeave(kNow, random));
    for (Peer* peer : {&kasara, &nordvale}) {
        const Inbound result = peer->receive(leave.event);
        REQUIRE(result.disposition == Became::Accepted);
        CHECK(result.departureProposed);
        CHECK(peer->session->departing() == std::vector<Id32>{tamir.account.publicKey});
    }
    PreparedCommit departure = must(nordvale.session->prepare(CommitDepartures{}, kNow, random));
    nordvale.seen.insert(departure.outgoing.digest);
    must(nordvale.session->adopt(departure.next));
    const Inbound byAdmin = kasara.receive(departure.outgoing.event);
    REQUIRE(byAdmin.change.has_value());
    CHECK(byAdmin.change->left == std::vector<Id32>{tamir.account.publicKey});
    CHECK(byAdmin.change->removed.empty());
    const Inbound byLeaver = tamir.receive(departure.outgoing.event);
    REQUIRE(byLeaver.change.has_value());
    CHECK(byLeaver.change->selfRemoved);
    requireEqual({&kasara, &nordvale});

    PreparedCommit removal =
        must(kasara.session->prepare(RemoveMembers{{nordvale.account.publicKey}}, kNow, random));
    must(kasara.session->adopt(removal.next));
    CHECK(nordvale.receive(removal.outgoing.event).change->selfRemoved);
    const Outgoing after = kasara.say("alone", random);
    CHECK(nordvale.receive(after.event).disposition == Became::Deferred);
}

TEST_CASE_METHOD(Fixture, "only admins change the group, and everybody checks it") {
    found({&nordvale, &tamir});
    CHECK(nordvale.session->prepare(SetProfile{{"Mine", ""}}, kNow, random).error().code ==
          ErrorCode::NotAuthorized);
    CHECK(nordvale.session->prepare(RemoveMembers{{tamir.account.publicKey}}, kNow, random).error().code ==
          ErrorCode::NotAuthorized);
    CHECK(kasara.session->proposeLeave(kNow, random).error().code == ErrorCode::NotAuthorized);

    // A member whose program does not ask: the MLS commit is valid, the authority is not.
    mls::CommitOptions options;
    options.proposals.push_back({mls::RemoveProposal{tamir.session->tip().ownLeaf()}});
    const auto forged = must(nordvale.session->tip().commit(options, random));
    const auto key =
        must(nordvale.session->tip().exportSecret(kExporterLabel, viewOf(kGroupEventContext), 32));
    const nostr::Event event = sealEnvelope(nordvale.session->state().routing.nostrGroupId, key,
                                            forged.message, static_cast<std::uint64_t>(kNow), {}, random);
    const auto epoch = kasara.session->epoch();
    for (Peer* peer : {&kasara, &tamir}) {
        const Inbound result = peer->receive(event);
        CHECK(result.disposition == Became::Invalid);
        CHECK(result.category == "authorization_failed");
        CHECK(peer->session->epoch() == epoch);
    }
    // Nothing was lost by it.
    const Outgoing out = tamir.say("still here", random);
    CHECK(kasara.receive(out.event).disposition == Became::Accepted);

    // Renewing one's own keys needs nobody's leave.
    apply(tamir, must(tamir.session->prepare(SelfUpdate{}, kNow, random)), {&kasara, &nordvale});
    requireEqual({&kasara, &nordvale, &tamir});
    // A member takes over and the founder becomes an ordinary one.
    apply(kasara, must(kasara.session->prepare(SetAdmins{{nordvale.account.publicKey}}, kNow, random)),
          {&nordvale, &tamir});
    CHECK(nordvale.session->isAdmin());
    CHECK_FALSE(kasara.session->isAdmin());
    // Nobody who is not in the group can be its admin.
    Id32 stranger = kasara.account.publicKey;
    stranger[0] ^= 1;
    CHECK_FALSE(nordvale.session->prepare(SetAdmins{{stranger}}, kNow, random).ok());
}

TEST_CASE_METHOD(Fixture, "late messages of the last five epochs are still read, early ones wait") {
    found({&nordvale, &tamir});
    std::vector<Outgoing> old;
    for (int i = 0; i < 6; ++i) {
        old.push_back(nordvale.say("epoch " + std::to_string(i), random));
        PreparedCommit next =
            must(kasara.session->prepare(SetProfile{{"Name " + std::to_string(i), ""}}, kNow, random));
        if (i == 5) {
            // The one who has not seen the commit yet cannot read what follows it.
            must(kasara.session->adopt(next.next));
            const Outgoing early = kasara.say("early", random);
            CHECK(tamir.receive(early.event).disposition == Became::Deferred);
            CHECK(tamir.receive(next.outgoing.event).disposition == Became::Accepted);
            CHECK(tamir.receive(early.event).disposition == Became::Accepted);
            CHECK(nordvale.receive(next.outgoing.event).disposition == Became::Accepted);
        } else {
            apply(kasara, std::move(next), {&nordvale, &tamir});
        }
    }
    CHECK(tamir.receive(old[0].event).disposition == Became::Deferred);
    for (std::size_t i = 1; i < old.size(); ++i)
        CHECK(tamir.receive(old[i].event).disposition == Became::Accepted);
    // A commit of a past epoch changes nothing.
    const PreparedCommit rival = must(kasara.session->prepare(SetProfile{{"Rival", ""}}, kNow, random));
    apply(kasara, must(kasara.session->prepare(SetProfile{{"Winner", ""}}, kNow, random)),
          {&nordvale, &tamir});
    CHECK(tamir.receive(rival.outgoing.event).disposition == Became::Stale);
    CHECK(tamir.session->state().profile.name == "Winner");
}

TEST_CASE_METHOD(Fixture, "a session comes back from what it stored") {
    found({&nordvale, &tamir});
    apply(kasara, must(kasara.session->prepare(SelfUpdate{}, kNow, random)), {&nordvale, &tamir});
    const Outgoing late = tamir.say("before", random);
    const auto store = [](const GroupSession& session) {
        std::vector<mls::Group> past;
        for (const mls::Group& group : session.past())
            past.push_back(must(mls::Group::deserialize(group.serialize())));
        return must(
            GroupSession::restore(must(mls::Group::deserialize(session.tip().serialize())), std::move(past)));
    };
    nordvale.session = store(*nordvale.session);
    CHECK(nordvale.receive(late.event).disposition == Became::Accepted);
    nordvale.session = store(*nordvale.session);
    nordvale.seen.clear();
    CHECK(nordvale.receive(late.event).disposition == Became::Duplicate); // its key is gone
    const Outgoing out = nordvale.say("after", random);
    CHECK(kasara.receive(out.event).disposition == Became::Accepted);
}

TEST_CASE_METHOD(Fixture, "a hostile member's or relay's bytes are refused and lose nothing") {
    found({&nordvale});
    const auto key =
        must(nordvale.session->tip().exportSecret(kExporterLabel, viewOf(kGroupEventContext), 32));
    const Id32 route = nordvale.session->state().routing.nostrGroupId;
    const auto wrap = [&](ByteView message) {
        return sealEnvelope(route, key, message, static_cast<std::uint64_t>(kNow), {}, random);
    };
    // Noise, cut and bent messages inside a valid envelope.
    mls::Group twin = nordvale.session->tip();
    const Bytes good = must(twin.protect(viewOf("x"), {}, random));
    std::size_t refused = 0;
    for (std::size_t i = 0; i < 400; ++i) {
        Bytes bad = i % 4 == 0 ? random.bytes(random.uniform(300)) : good;
        if (i % 4 == 1)
            bad.resize(random.uniform(static_cast<std::uint32_t>(bad.size())));
        else if (i % 4 >= 2)
            bad[random.uniform(static_cast<std::uint32_t>(bad.size()))] ^=
                static_cast<std::uint8_t>(1 + random.uniform(255));
        const Inbound result = kasara.receive(wrap(bad));
        REQUIRE(result.disposition != Became::Accepted);
        CHECK_FALSE(result.category.empty());
        ++refused;
    }
    CHECK(refused == 400);
    // Valid MLS, bad payloads.
    for (const std::string& payload : std::initializer_list<std::string>{
             "{}", "hello", "", makeText(kasara.account.publicKey, "in your name", kNow).toJson()}) {
        const Bytes message = must(nordvale.session.value().tip().epoch() == kasara.session->epoch()
                                       ? twin.protect(viewOf(payload), {}, random)
                                       : Result<Bytes>(ErrorCode::Internal, "epochs differ"));
        CHECK(kasara.receive(wrap(message)).disposition == Became::Invalid);
    }
    nordvale.session = must(GroupSession::restore(twin, {}));
    CHECK(kasara.receive(nordvale.say("honest", random).event).disposition == Became::Accepted);
}
