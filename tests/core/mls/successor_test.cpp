// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 sections 11.2 and 11.3: groups that continue or branch from another.
#include "tests/core/mls/group_fixture.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

constexpr auto kSuite = CipherSuite::X25519Aes128Gcm;
constexpr auto kNewSuite = CipherSuite::X25519ChaCha20Poly1305;

struct Three {
    crypto::SeededRandom random;
    Group a;
    Group b;
    Group c;

    explicit Three(std::uint64_t seed = 31)
        : random(seed)
        , a(founded(kSuite, "Kasara", random))
        , b(a)
        , c(a) {
        const auto kb = bundle(kSuite, "Nordvale", random);
        const auto kc = bundle(kSuite, "Tamir", random);
        CommitOptions o;
        o.proposals = {{AddProposal{kb.keyPackage}}, {AddProposal{kc.keyPackage}}};
        const auto made = must(a.commit(o, random));
        a = made.next;
        b = must(Group::join(*made.welcome, kb));
        c = must(Group::join(*made.welcome, kc));
    }

    ReInitProposal plan() {
        ReInitProposal p;
        p.groupId = toBytes(viewOf("the next group"));
        p.cipherSuite = codeOf(kNewSuite);
        p.extensions = groupExtensions();
        return p;
    }

    void end(const ReInitProposal& plan) {
        CommitOptions o;
        o.proposals = {{plan}};
        const auto made = must(a.commit(o, random));
        CHECK(made.summary.reInit);
        CHECK_FALSE(made.summary.hasPath);
        a = made.next;
        b = *must(b.processCommit(made.message)).next;
        c = *must(c.processCommit(made.message)).next;
        requireAgreement({&a, &b, &c});
    }
};

} // namespace

TEST_CASE("a group ends with a ReInit and goes on in another suite", "[mls]") {
    Three t;
    const Group before = t.a;
    t.end(t.plan());
    REQUIRE(t.b.reInit());
    CHECK(t.b.reInit()->groupId == t.plan().groupId);
    // The old group is closed, also after storing and loading it.
    t.a = must(Group::deserialize(t.a.serialize()));
    CHECK(t.a.protect(viewOf("more"), {}, t.random).error().code == ErrorCode::GroupDisbanded);
    CHECK(t.a.commit({}, t.random).error().code == ErrorCode::GroupDisbanded);
    CHECK(t.a.proposeUpdate({}, t.random).error().code == ErrorCode::GroupDisbanded);
    CHECK(t.a.groupInfo(true, true).error().code == ErrorCode::GroupDisbanded);

    // Any member may create the new group, not only the one that committed the ReInit.
    const auto na = bundle(kNewSuite, "Kasara", t.random);
    const auto nb = bundle(kNewSuite, "Nordvale", t.random);
    const auto nc = bundle(kNewSuite, "Tamir", t.random);
    SuccessorOptions options;
    options.members = {na.keyPackage, nc.keyPackage};
    const auto made = must(t.b.reinitialize(nb, options, t.random));
    Group b = made.next;
    CHECK(b.suite() == kNewSuite);
    CHECK(b.epoch() == 1);
    CHECK(b.groupId() == t.plan().groupId);
    JoinOptions join;
    join.parent = &t.a;
    Group a = must(Group::join(*made.welcome, na, join));
    join.parent = &t.c;
    Group c = must(Group::join(*made.welcome, nc, join));
    requireAgreement({&a, &b, &c});

    // Joining fails without the old group, with another group, and with an earlier epoch.
    CHECK(Group::join(*made.welcome, na).error().code == ErrorCode::InvalidWelcome);
    Three other(32);
    other.end(other.plan());
    REQUIRE(other.a.epoch() == t.a.epoch());
    join.parent = &other.a;
    CHECK(Group::join(*made.welcome, na, join).error().code == ErrorCode::InvalidWelcome);
    join.parent = &before;
    CHECK(Group::join(*made.welcome, na, join).error().code == ErrorCode::InvalidWelcome);
}

TEST_CASE("the new group is what the ReInit announced, with everybody in it", "[mls]") {
    Three t;
    const auto nb = bundle(kNewSuite, "Nordvale", t.random);
    const auto nc = bundle(kNewSuite, "Tamir", t.random);
    const auto na = bundle(kNewSuite, "Kasara", t.random);
    SuccessorOptions options;
    options.members = {nb.keyPackage, nc.keyPackage};
    CHECK(t.a.reinitialize(na, options, t.random).error().code == ErrorCode::InvalidArgument);
    t.end(t.plan());
    options.members = {nb.keyPackage};
    CHECK(t.a.reinitialize(na, options, t.random).error().code == ErrorCode::InvalidArgument);
    options.members = {nb.keyPackage, bundle(kNewSuite, "Stranger", t.random).keyPackage};
    CHECK(t.a.reinitialize(na, options, t.random).error().code == ErrorCode::InvalidArgument);
    options.members = {nb.keyPackage, nc.keyPackage};
    CHECK(t.a.reinitialize(bundle(kSuite, "Kasara", t.random), options, t.random).error().code ==
          ErrorCode::InvalidArgument);

    // A creator that omits a member is refused.
    SuccessorOptions lenient;
    lenient.members = {nb.keyPackage};
    lenient.sameClient = [](const Credential&, const Credential&) { return true; };
    const auto partial = must(t.a.reinitialize(na, lenient, t.random));
    JoinOptions join;
    join.parent = &t.b;
    CHECK(Group::join(*partial.welcome, nb, join).error().code == ErrorCode::InvalidWelcome);
    join.sameClient = lenient.sameClient;
    CHECK(Group::join(*partial.welcome, nb, join).ok());
}

TEST_CASE("a ReInit stands alone and never goes back in version", "[mls]") {
    Three t;
    CommitOptions o;
    o.proposals = {{t.plan()}, {AppDataUpdateProposal{0x8001, Bytes{1}}}};
    CHECK(t.a.commit(o, t.random).error().code == ErrorCode::InvalidProposal);
    ReInitProposal old = t.plan();
    old.version = 0;
    o.proposals = {{old}};
    CHECK(t.a.commit(o, t.random).error().code == ErrorCode::InvalidProposal);
    // Other stored proposals are preferred to a ReInit.
    must(t.a.propose({t.plan()}, {}, t.random));
    must(t.a.propose({AppDataUpdateProposal{0x8001, Bytes{1}}}, {}, t.random));
    CommitOptions all;
    all.allStored = true;
    const auto made = must(t.a.commit(all, t.random));
    CHECK(made.summary.proposals.size() == 1);
    CHECK_FALSE(made.summary.reInit);
}

TEST_CASE("some members branch off", "[mls]") {
    Three t;
    const auto ba = bundle(kSuite, "Kasara", t.random);
    const auto bb = bundle(kSuite, "Nordvale", t.random);
    SuccessorOptions options;
    options.members = {bb.keyPackage};
    const auto made = must(t.a.branch(viewOf("aside"), ba, groupExtensions(), options, t.random));
    JoinOptions join;
    join.parent = &t.b;
    Group b = must(Group::join(*made.welcome, bb, join));
    Group a = made.next;
    requireAgreement({&a, &b});
    CHECK(a.memberCount() == 2);
    // The parent group continues.
    CHECK(t.a.protect(viewOf("still here"), {}, t.random).ok());
    CHECK(t.a.reInit() == nullptr);
    CHECK(Group::join(*made.welcome, bb).error().code == ErrorCode::InvalidWelcome);

    const auto stranger = bundle(kSuite, "Stranger", t.random);
    options.members.push_back(stranger.keyPackage);
    CHECK(t.a.branch(viewOf("aside"), ba, groupExtensions(), options, t.random).error().code ==
          ErrorCode::InvalidArgument);
    options.sameClient = [](const Credential&, const Credential&) { return true; };
    const auto forced = must(t.a.branch(viewOf("aside"), ba, groupExtensions(), options, t.random));
    CHECK(Group::join(*forced.welcome, bb, join).error().code == ErrorCode::InvalidWelcome);
    CHECK(t.a.branch(viewOf("aside"), bundle(kNewSuite, "Kasara", t.random), {}, {}, t.random).error().code ==
          ErrorCode::InvalidArgument);
}

TEST_CASE("a link to an older group is no ordinary proposal, and a plain group has none", "[mls]") {
    Three t;
    for (const std::uint8_t usage : {PreSharedKeyId::kReInit, PreSharedKeyId::kBranch}) {
        const auto id = PreSharedKeyId::resumption(usage, t.a.groupId(), t.a.epoch(), t.random);
        CommitOptions o;
        o.proposals = {{PreSharedKeyProposal{id}}};
        o.psk = [&](const PreSharedKeyId&) { return std::optional(t.a.resumptionPsk()); };
        CHECK(t.a.commit(o, t.random).error().code == ErrorCode::InvalidProposal);
        CHECK(t.a.propose({PreSharedKeyProposal{id}}, {}, t.random).error().code ==
              ErrorCode::InvalidProposal);
    }
    const auto kd = bundle(kSuite, "Ulmar", t.random);
    CommitOptions add;
    add.proposals = {{AddProposal{kd.keyPackage}}};
    const auto made = must(t.a.commit(add, t.random));
    JoinOptions join;
    join.parent = &t.b;
    CHECK(Group::join(*made.welcome, kd, join).error().code == ErrorCode::InvalidWelcome);
}
