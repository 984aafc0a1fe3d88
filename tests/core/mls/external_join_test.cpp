// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 sections 12.1.8 and 12.4.3.2: proposals and commits from outside the group.
#include "core/mls/external_proposal.h"
#include "tests/core/mls/group_fixture.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

constexpr auto kSuite = CipherSuite::X25519Aes128Gcm;

struct Pair {
    crypto::SeededRandom random{21};
    crypto::Ed25519KeyPair service = crypto::ed25519Generate(random);
    Group a;
    Group b;

    Pair()
        : a(found())
        , b(a) {
        const auto kb = bundle(kSuite, "Nordvale", random);
        CommitOptions o;
        o.proposals = {{AddProposal{kb.keyPackage}}};
        const auto made = must(a.commit(o, random));
        a = made.next;
        b = must(Group::join(*made.welcome, kb));
    }

    Group found() {
        Extensions extensions = groupExtensions();
        extensions.push_back(
            externalSendersExtension({{service.publicKey, Credential::basic(viewOf("Secretariat"))}}));
        return must(Group::create(random.bytes(16), bundle(kSuite, "Kasara", random), extensions, random));
    }

    ProposalPlace place() const { return {kSuite, a.groupId(), a.epoch()}; }

    Bytes info(bool withTree = true) const { return must(a.groupInfo(withTree, true)); }
};

} // namespace

TEST_CASE("a client joins by an external commit", "[mls]") {
    Pair p;
    const auto kc = bundle(kSuite, "Tamir", p.random);
    ExternalCommitOptions options;
    options.authenticatedData = toBytes(viewOf("aad"));
    const auto made = must(Group::joinByExternalCommit(p.info(), kc, options, p.random));
    CHECK_FALSE(made.welcome);
    CHECK(made.summary.external);
    CHECK(made.summary.added == std::vector<LeafIndex>{2});
    Group c = made.next;
    for (Group* g : {&p.a, &p.b}) {
        const auto seen = must(g->processCommit(made.message));
        CHECK(seen.summary.external);
        CHECK(seen.summary.committer == 2);
        CHECK(seen.summary.added == made.summary.added);
        *g = *seen.next;
    }
    requireAgreement({&p.a, &p.b, &c});
    CHECK(textOf(must(p.b.unprotect(must(c.protect(viewOf("here"), {}, p.random)))).plaintext) == "here");
    CHECK(textOf(must(c.unprotect(must(p.a.protect(viewOf("welcome"), {}, p.random)))).plaintext) ==
          "welcome");
    // The joiner is a full member: it can commit, and it can process the paths of others.
    CommitOptions path;
    path.forcePath = true;
    const auto next = must(c.commit(path, p.random));
    p.a = *must(p.a.processCommit(next.message)).next;
    p.b = *must(p.b.processCommit(next.message)).next;
    c = next.next;
    requireAgreement({&p.a, &p.b, &c});
    const auto other = must(p.b.commit(path, p.random));
    c = *must(c.processCommit(other.message)).next;
    p.b = other.next;
    requireAgreement({&p.b, &c});
}

TEST_CASE("the ratchet tree of an external join may come apart from the GroupInfo", "[mls]") {
    Pair p;
    const auto kc = bundle(kSuite, "Tamir", p.random);
    const Bytes bare = p.info(false);
    CHECK(Group::joinByExternalCommit(bare, kc, {}, p.random).error().code == ErrorCode::InvalidWelcome);
    ExternalCommitOptions options;
    options.ratchetTree = p.a.exportTree();
    const auto made = must(Group::joinByExternalCommit(bare, kc, options, p.random));
    Group a = *must(p.a.processCommit(made.message)).next;
    Group c = made.next;
    requireAgreement({&a, &c});
}

TEST_CASE("a member that lost its state replaces its former leaf, and nobody else's", "[mls]") {
    Pair p;
    const auto again = bundle(kSuite, "Nordvale", p.random);
    ExternalCommitOptions options;
    options.removes = 1;
    const auto made = must(Group::joinByExternalCommit(p.info(), again, options, p.random));
    CHECK(made.summary.removed == std::vector<LeafIndex>{1});
    CHECK(must(p.b.processCommit(made.message)).summary.selfRemoved);
    Group a = *must(p.a.processCommit(made.message)).next;
    Group b = made.next;
    requireAgreement({&a, &b});
    CHECK(a.memberCount() == 2);

    // Both the joiner and the members refuse it.
    const auto stranger = bundle(kSuite, "Tamir", p.random);
    CHECK(Group::joinByExternalCommit(p.info(), stranger, options, p.random).error().code ==
          ErrorCode::InvalidArgument);
    options.sameClient = [](const Credential&, const Credential&) { return true; };
    const auto forced = must(Group::joinByExternalCommit(p.info(), stranger, options, p.random));
    CHECK(p.a.processCommit(forced.message).error().code == ErrorCode::InvalidCommit);
    ProcessOptions process;
    process.sameClient = options.sameClient;
    CHECK(p.a.processCommit(forced.message, process).ok());
    // If the former leaf stays, the same client would be in the group twice with one signature key.
    KeyPackageInputs twice = inputs(kSuite, "Kasara", p.random);
    twice.signer = p.a.signer();
    CHECK_FALSE(
        Group::joinByExternalCommit(p.info(), KeyPackageBundle::generate(twice, p.random), {}, p.random)
            .ok());
}

TEST_CASE("pre-shared keys take part in an external commit", "[mls]") {
    Pair p;
    const PreSharedKeyId id = PreSharedKeyId::external(viewOf("agreed"), p.random);
    ExternalCommitOptions options;
    options.psks = {{PreSharedKeyProposal{id}}};
    const auto kc = bundle(kSuite, "Tamir", p.random);
    CHECK(Group::joinByExternalCommit(p.info(), kc, options, p.random).error().code == ErrorCode::NotFound);
    const auto lookup = [](std::uint8_t value) -> PskLookup {
        return [value](const PreSharedKeyId&) { return std::optional(crypto::KeyBytes(Bytes(32, value))); };
    };
    options.psk = lookup(1);
    const auto made = must(Group::joinByExternalCommit(p.info(), kc, options, p.random));
    ProcessOptions process;
    process.psk = lookup(2);
    CHECK(p.a.processCommit(made.message, process).error().code == ErrorCode::InvalidCommit);
    process.psk = lookup(1);
    Group a = *must(p.a.processCommit(made.message, process)).next;
    Group c = made.next;
    requireAgreement({&a, &c});
    // Other proposals are not allowed in it.
    options.psks.push_back({AddProposal{bundle(kSuite, "Ulmar", p.random).keyPackage}});
    CHECK(Group::joinByExternalCommit(p.info(), kc, options, p.random).error().code ==
          ErrorCode::InvalidArgument);
    options.psks.back() = {AppDataUpdateProposal{0x8001, Bytes{1}}};
    CHECK(Group::joinByExternalCommit(p.info(), kc, options, p.random).error().code ==
          ErrorCode::InvalidArgument);
}

TEST_CASE("an external join needs a sound GroupInfo and a fitting KeyPackage", "[mls]") {
    Pair p;
    const auto kc = bundle(kSuite, "Tamir", p.random);
    CHECK(Group::joinByExternalCommit(must(p.a.groupInfo(true, false)), kc, {}, p.random).error().code ==
          ErrorCode::InvalidArgument);
    CHECK(Group::joinByExternalCommit(
              p.info(), bundle(CipherSuite::X25519ChaCha20Poly1305, "Tamir", p.random), {}, p.random)
              .error()
              .code == ErrorCode::InvalidArgument);
    ExternalCommitOptions late;
    late.now = 5000;
    CHECK(Group::joinByExternalCommit(p.info(), kc, late, p.random).error().code ==
          ErrorCode::InvalidKeyPackage);
    KeyPackageInputs poor = inputs(kSuite, "Tamir", p.random);
    poor.capabilities.proposals = {0x0008};
    CHECK_FALSE(
        Group::joinByExternalCommit(p.info(), KeyPackageBundle::generate(poor, p.random), {}, p.random).ok());
    const Bytes good = p.info();
    for (std::size_t at = 0; at < good.size(); at += 3) {
        Bytes bad = good;
        bad[at] ^= 1;
        CHECK_FALSE(Group::joinByExternalCommit(bad, kc, {}, p.random).ok());
    }
    // An external commit that was tampered with changes nothing.
    const auto made = must(Group::joinByExternalCommit(good, kc, {}, p.random));
    for (std::size_t at = 0; at < made.message.size(); at += 3) {
        Bytes bad = made.message;
        bad[at] ^= 1;
        CHECK_FALSE(p.a.processCommit(bad).ok());
    }
}

TEST_CASE("those whom the group knows propose from outside", "[mls]") {
    Pair p;
    CHECK(must(externalSenders(p.a.extensions())).size() == 1);
    const auto kc = bundle(kSuite, "Tamir", p.random);
    const Bytes add = must(proposeFromOutside(p.place(), 0, p.service, {AddProposal{kc.keyPackage}}));
    const Bytes remove = must(proposeFromOutside(p.place(), 0, p.service, {RemoveProposal{1}}));
    for (Group* g : {&p.a, &p.b}) {
        CHECK(must(g->processProposal(add)).senderType == SenderType::External);
        must(g->processProposal(remove));
    }
    CommitOptions o;
    o.allStored = true;
    const auto made = must(p.a.commit(o, p.random));
    CHECK(made.summary.added.size() == 1);
    CHECK(made.summary.removed == std::vector<LeafIndex>{1});
    CHECK(must(p.b.processCommit(made.message)).summary.selfRemoved);
    Group c = must(Group::join(*made.welcome, kc));
    Group a = made.next;
    requireAgreement({&a, &c});

    const auto code = [&](const Result<Bytes>& message) {
        return p.a.processProposal(must(Result<Bytes>(message))).error().code;
    };
    CHECK(code(proposeFromOutside(p.place(), 1, p.service, {RemoveProposal{1}})) == ErrorCode::NotMember);
    CHECK(code(proposeFromOutside(p.place(), 0, crypto::ed25519Generate(p.random), {RemoveProposal{1}})) ==
          ErrorCode::InvalidSignature);
    CHECK(code(proposeFromOutside({kSuite, p.a.groupId(), 0}, 0, p.service, {RemoveProposal{1}})) ==
          ErrorCode::WrongEpoch);
    CHECK(code(proposeFromOutside(p.place(), 0, p.service, {RemoveProposal{7}})) ==
          ErrorCode::InvalidProposal);
    CHECK(proposeFromOutside(p.place(), 0, p.service, {SelfRemoveProposal{}}).error().code ==
          ErrorCode::InvalidProposal);
    CHECK(proposeFromOutside(p.place(), 0, p.service, {UpdateProposal{*p.a.member(0)}}).error().code ==
          ErrorCode::InvalidProposal);
}

TEST_CASE("a client proposes its own Add, and nothing else", "[mls]") {
    Pair p;
    const auto kc = bundle(kSuite, "Tamir", p.random);
    const Bytes message = must(proposeToJoin(p.place(), kc));
    CHECK(must(p.a.processProposal(message)).senderType == SenderType::NewMemberProposal);
    must(p.b.processProposal(message));
    CommitOptions o;
    o.allStored = true;
    const auto made = must(p.a.commit(o, p.random));
    Group b = *must(p.b.processCommit(made.message)).next;
    Group c = must(Group::join(*made.welcome, kc));
    requireAgreement({&b, &c});
    CHECK_FALSE(proposeToJoin({CipherSuite::X25519ChaCha20Poly1305, p.a.groupId(), 1}, kc).ok());
    for (std::size_t at = 0; at < message.size(); at += 2) {
        Bytes bad = message;
        bad[at] ^= 1;
        CHECK_FALSE(p.a.processProposal(bad).ok());
    }
}
