// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/mls/group_fixture.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

constexpr auto kSuite = CipherSuite::X25519Aes128Gcm;

struct Three {
    crypto::SeededRandom random{11};
    Group a = founded(kSuite, "Kasara", random);
    std::optional<Group> b;
    std::optional<Group> c;

    Three() {
        const auto kb = bundle(kSuite, "Nordvale", random);
        const auto kc = bundle(kSuite, "Tamir", random);
        CommitOptions o;
        o.proposals = {{AddProposal{kb.keyPackage}}, {AddProposal{kc.keyPackage}}};
        const auto made = must(a.commit(o, random));
        a = made.next;
        b = must(Group::join(*made.welcome, kb));
        c = must(Group::join(*made.welcome, kc));
        requireAgreement({&a, &*b, &*c});
    }

    ErrorCode refusal(std::vector<Proposal> proposals) {
        CommitOptions o;
        o.proposals = std::move(proposals);
        return a.commit(o, random).error().code;
    }
};

} // namespace

TEST_CASE("a changed commit is refused wherever the change is", "[mls]") {
    Three t;
    CommitOptions o;
    o.proposals = {{AppDataUpdateProposal{0x8001, Bytes{1, 2, 3}}}};
    o.forcePath = true;
    for (const WireFormat format : {WireFormat::PublicMessage, WireFormat::PrivateMessage}) {
        o.framing.wireFormat = format;
        const auto made = must(t.a.commit(o, t.random));
        must(t.b->processCommit(made.message));
        for (std::size_t at = 0; at < made.message.size(); at += 3) {
            Bytes bad = made.message;
            bad[at] ^= 1;
            CHECK_FALSE(t.b->processCommit(bad).ok());
        }
        CHECK_FALSE(t.b->processCommit(ByteView(made.message).first(made.message.size() - 1)).ok());
    }
}

TEST_CASE("messages of another epoch or group are named as such", "[mls]") {
    Three t;
    CommitOptions o;
    o.forcePath = true;
    const auto made = must(t.a.commit(o, t.random));
    CHECK(t.a.processCommit(made.message).error().code == ErrorCode::InvalidArgument);
    Group next = *must(t.b->processCommit(made.message)).next;
    CHECK(next.processCommit(made.message).error().code == ErrorCode::WrongEpoch);

    // The old value can still decrypt late messages of its epoch.
    const Bytes late = must(t.a.protect(viewOf("late"), {}, t.random));
    CHECK(next.unprotect(late).error().code == ErrorCode::WrongEpoch);
    CHECK(textOf(must(t.b->unprotect(late)).plaintext) == "late");
    CHECK(t.b->unprotect(late).error().code == ErrorCode::KeyUsed);

    crypto::SeededRandom random(99);
    Group stranger = founded(kSuite, "Stranger", random);
    CHECK(stranger.unprotect(late).error().code == ErrorCode::WrongGroup);
    CHECK(stranger.processCommit(made.message).error().code == ErrorCode::WrongGroup);
}

TEST_CASE("a changed application message changes nothing", "[mls]") {
    Three t;
    const Bytes message = must(t.a.protect(viewOf("hello"), viewOf("aad"), t.random));
    for (std::size_t at = 0; at < message.size(); ++at) {
        Bytes bad = message;
        bad[at] ^= 0x80;
        CHECK_FALSE(t.b->unprotect(bad).ok());
    }
    CHECK(textOf(must(t.b->unprotect(message)).plaintext) == "hello");
}

TEST_CASE("copies of a group are independent", "[mls]") {
    Three t;
    const Bytes message = must(t.a.protect(viewOf("hello"), {}, t.random));
    Group copy = *t.b;
    must(t.b->unprotect(message));
    must(copy.unprotect(message));
    CHECK(copy.unprotect(message).error().code == ErrorCode::KeyUsed);
}

TEST_CASE("which commits need a path", "[mls]") {
    Three t;
    const auto hasPath = [&](std::vector<Proposal> proposals) {
        CommitOptions o;
        o.proposals = std::move(proposals);
        const auto made = must(t.a.commit(o, t.random));
        const auto seen = must(t.b->processCommit(made.message));
        CHECK(seen.summary.hasPath == made.summary.hasPath);
        return made.summary.hasPath;
    };
    CHECK(hasPath({}));
    CHECK(hasPath({{RemoveProposal{2}}}));
    CHECK(hasPath({{GroupContextExtensionsProposal{t.a.extensions()}}}));
    CHECK_FALSE(hasPath({{AppDataUpdateProposal{0x8001, Bytes{1}}}}));
    CHECK_FALSE(hasPath({{AddProposal{bundle(kSuite, "Ulmar", t.random).keyPackage}}}));

    const auto leave = must(t.c->propose({SelfRemoveProposal{}}, {}, t.random));
    must(t.a.processProposal(leave.message));
    must(t.b->processProposal(leave.message));
    CommitOptions o;
    o.references = {leave.ref};
    const auto made = must(t.a.commit(o, t.random));
    CHECK(made.summary.hasPath);
    CHECK(made.summary.removed == std::vector<LeafIndex>{2});
    CHECK(must(t.c->processCommit(made.message)).summary.selfRemoved);
    CHECK(must(t.b->processCommit(made.message)).next->memberCount() == 2);
    // Without the stored proposal the reference is unknown.
    t.b->clearProposals();
    CHECK(t.b->processCommit(made.message).error().code == ErrorCode::MissingProposal);
    // A member cannot commit its own departure.
    CHECK(t.c->commit(o, t.random).error().code == ErrorCode::InvalidProposal);
}

TEST_CASE("component states change by AppDataUpdate alone", "[mls]") {
    Three t;
    CommitOptions o;
    o.proposals = {{AppDataUpdateProposal{0x8004, Bytes{4}}},
                   {AppDataUpdateProposal{0x8001, std::nullopt}},
                   {AppDataUpdateProposal{0x8003, Bytes{3}}}};
    const auto made = must(t.a.commit(o, t.random));
    Group b = *must(t.b->processCommit(made.message)).next;
    Group a = made.next;
    requireAgreement({&a, &b});
    CHECK_FALSE(a.dictionary().find(0x8001));
    CHECK(*a.dictionary().find(0x8003) == Bytes{3});
    CHECK(*a.dictionary().find(0x8004) == Bytes{4});
    CHECK(must(AppDataDictionary::of(a.extensions())) == a.dictionary());

    CHECK(t.refusal({{AppDataUpdateProposal{1, Bytes{}}}, {AppDataUpdateProposal{1, Bytes{}}}}) ==
          ErrorCode::InvalidProposal);
    CHECK(t.refusal({{AppDataUpdateProposal{0x8777, std::nullopt}}}) == ErrorCode::InvalidProposal);
    Extensions changed = t.a.extensions();
    setExtension(changed, extension_type::kAppDataDictionary, AppDataDictionary{}.encode());
    CHECK(t.refusal({{GroupContextExtensionsProposal{changed}}}) == ErrorCode::InvalidProposal);
}

TEST_CASE("lists of proposals that RFC 9420 section 12.2 forbids", "[mls]") {
    Three t;
    CHECK(t.refusal({{RemoveProposal{0}}}) == ErrorCode::InvalidProposal);
    CHECK(t.refusal({{RemoveProposal{7}}}) == ErrorCode::InvalidProposal);
    CHECK(t.refusal({{RemoveProposal{1}}, {RemoveProposal{1}}}) == ErrorCode::InvalidProposal);
    CHECK(t.refusal({{SelfRemoveProposal{}}}) == ErrorCode::InvalidArgument);
    CHECK(t.refusal({{ExternalInitProposal{}}}) == ErrorCode::InvalidArgument);
    const auto twice = bundle(kSuite, "Twice", t.random);
    CHECK(t.refusal({{AddProposal{twice.keyPackage}}, {AddProposal{twice.keyPackage}}}) ==
          ErrorCode::InvalidProposal);
    const Proposal reInit{ReInitProposal{Bytes{1}, kMls10, 1, {}}};
    CHECK(t.refusal({reInit, {RemoveProposal{1}}}) == ErrorCode::InvalidProposal);
    const Proposal gce{GroupContextExtensionsProposal{t.a.extensions()}};
    CHECK(t.refusal({gce, gce}) == ErrorCode::InvalidProposal);
    CHECK(t.refusal({{PreSharedKeyProposal{}}}) == ErrorCode::InvalidProposal);
}

TEST_CASE("KeyPackages that cannot be added", "[mls]") {
    Three t;
    const auto refused = [&](const KeyPackageInputs& in) {
        return t.refusal({{AddProposal{KeyPackageBundle::generate(in, t.random).keyPackage}}});
    };
    KeyPackageInputs in = inputs(CipherSuite::X25519ChaCha20Poly1305, "Other suite", t.random);
    CHECK(refused(in) == ErrorCode::InvalidKeyPackage);
    in = inputs(kSuite, "No SelfRemove", t.random);
    in.capabilities.proposals = {0x0008};
    CHECK(refused(in) == ErrorCode::InvalidProposal);
    in = inputs(kSuite, "Unlisted extension", t.random);
    in.leafExtensions.push_back({0xf2d1, {}});
    CHECK(refused(in) == ErrorCode::InvalidKeyPackage);
    in = inputs(kSuite, "Same signer", t.random);
    in.signer = t.a.signer();
    CHECK(refused(in) == ErrorCode::InvalidProposal);

    const KeyPackage good = bundle(kSuite, "Timed", t.random).keyPackage;
    CommitOptions o;
    o.proposals = {{AddProposal{good}}};
    o.now = 1500;
    CHECK(t.a.commit(o, t.random).ok());
    o.now = 2001;
    CHECK(t.a.commit(o, t.random).error().code == ErrorCode::InvalidKeyPackage);
    o.now = 999;
    CHECK(t.a.commit(o, t.random).error().code == ErrorCode::InvalidKeyPackage);

    for (std::size_t at = 0; at < good.raw.size(); at += 5) {
        Bytes bad = good.toMessage();
        bad[4 + at] ^= 1;
        const auto decoded = KeyPackage::fromMessage(bad);
        CHECK((!decoded.ok() || !decoded->validate(std::nullopt).ok()));
    }
}

TEST_CASE("a Welcome opens only for whom it is meant, and only unchanged", "[mls]") {
    Three t;
    const auto invited = bundle(kSuite, "Ulmar", t.random);
    CommitOptions o;
    o.proposals = {{AddProposal{invited.keyPackage}}};
    const auto made = must(t.a.commit(o, t.random));
    CHECK(Group::join(*made.welcome, bundle(kSuite, "Another", t.random)).error().code ==
          ErrorCode::NotFound);
    for (std::size_t at = 0; at < made.welcome->size(); at += 7) {
        Bytes bad = *made.welcome;
        bad[at] ^= 2;
        CHECK_FALSE(Group::join(bad, invited).ok());
    }
    o.ratchetTreeInWelcome = false;
    const auto bare = must(t.a.commit(o, t.random));
    CHECK(Group::join(*bare.welcome, invited).error().code == ErrorCode::InvalidWelcome);
    JoinOptions join;
    join.ratchetTree = bare.next.exportTree();
    Group joined = must(Group::join(*bare.welcome, invited, join));
    Group next = bare.next;
    requireAgreement({&joined, &next});
    join.ratchetTree = t.a.exportTree();
    CHECK(Group::join(*bare.welcome, invited, join).error().code == ErrorCode::InvalidTree);
}

TEST_CASE("pre-shared keys take part in the epoch", "[mls]") {
    Three t;
    PreSharedKeyId id;
    id.pskId = Bytes{1, 2, 3};
    id.pskNonce = t.random.bytes(32);
    PreSharedKeyId resumption;
    resumption.type = PreSharedKeyId::Type::Resumption;
    resumption.usage = 1;
    resumption.pskGroupId = t.a.groupId();
    resumption.pskEpoch = t.a.epoch();
    resumption.pskNonce = t.random.bytes(32);
    const auto lookup = [&](const Group& g, std::uint8_t secret) -> PskLookup {
        return [&g, secret](const PreSharedKeyId& wanted) -> std::optional<crypto::KeyBytes> {
            if (wanted.type == PreSharedKeyId::Type::Resumption)
                return g.resumptionPsk();
            return crypto::KeyBytes(Bytes(20, secret));
        };
    };
    const auto invited = bundle(kSuite, "Ulmar", t.random);
    CommitOptions o;
    o.proposals = {
        {PreSharedKeyProposal{id}}, {PreSharedKeyProposal{resumption}}, {AddProposal{invited.keyPackage}}};
    CHECK(t.a.commit(o, t.random).error().code == ErrorCode::NotFound);
    o.psk = lookup(t.a, 5);
    const auto made = must(t.a.commit(o, t.random));
    ProcessOptions process;
    CHECK(t.b->processCommit(made.message, process).error().code == ErrorCode::NotFound);
    process.psk = lookup(*t.b, 6);
    CHECK(t.b->processCommit(made.message, process).error().code == ErrorCode::InvalidCommit);
    process.psk = lookup(*t.b, 5);
    Group b = *must(t.b->processCommit(made.message, process)).next;
    JoinOptions join;
    join.psk = lookup(t.a, 5);
    Group d = must(Group::join(*made.welcome, invited, join));
    Group a = made.next;
    requireAgreement({&a, &b, &d});
}

TEST_CASE("a committer can change its leaf", "[mls]") {
    Three t;
    CommitOptions o;
    o.leafSigner = crypto::ed25519Generate(t.random);
    o.leafCapabilities = t.a.member(0)->capabilities;
    o.leafCapabilities->extensions.push_back(0xf2d1);
    const auto made = must(t.a.commit(o, t.random));
    Group b = *must(t.b->processCommit(made.message)).next;
    Group a = made.next;
    requireAgreement({&a, &b});
    CHECK(b.member(0)->signatureKey == o.leafSigner->publicKey);
    CHECK(b.member(0)->capabilities.hasExtension(0xf2d1));
    const Bytes message = must(a.protect(viewOf("new key"), {}, t.random));
    CHECK(textOf(must(b.unprotect(message)).plaintext) == "new key");
}

TEST_CASE("a proposal counts only from a member, in its epoch, unchanged", "[mls]") {
    Three t;
    const auto leave = must(t.c->propose({SelfRemoveProposal{}}, {}, t.random));
    const VerifiedProposal v = must(t.a.verifyProposal(leave.message));
    CHECK(v.sender == 2);
    CHECK(v.ref == leave.ref);
    CHECK(v.messageDigest == crypto::sha256(leave.message));
    CHECK(t.a.storedProposals().empty());
    for (std::size_t at = 0; at < leave.message.size(); ++at) {
        Bytes bad = leave.message;
        bad[at] ^= 4;
        CHECK_FALSE(t.a.verifyProposal(bad).ok());
    }
    CommitOptions o;
    const auto made = must(t.b->commit(o, t.random));
    Group next = *must(t.a.processCommit(made.message)).next;
    CHECK(next.verifyProposal(leave.message).error().code == ErrorCode::WrongEpoch);
    CHECK(t.c->propose({SelfRemoveProposal{}}, {WireFormat::PrivateMessage, {}}, t.random).error().code ==
          ErrorCode::InvalidArgument);
}

TEST_CASE("of what was proposed, the committer takes what goes together", "[mls]") {
    Three t;
    const auto first = must(t.b->proposeUpdate({}, t.random));
    const auto last = must(t.b->proposeUpdate({}, t.random));
    const auto leave = must(t.c->propose({SelfRemoveProposal{}}, {}, t.random));
    const auto update = must(t.c->proposeUpdate({}, t.random));
    const auto unknownKey = must(t.c->propose(
        {PreSharedKeyProposal{PreSharedKeyId::external(viewOf("unknown"), t.random)}}, {}, t.random));
    for (const auto* p : {&first, &last, &update, &leave, &unknownKey}) {
        must(t.a.processProposal(p->message));
        must(t.b->processProposal(p->message));
    }
    CommitOptions o;
    o.allStored = true;
    const auto made = must(t.a.commit(o, t.random));
    CHECK(made.summary.removed == std::vector<LeafIndex>{2});
    REQUIRE(made.summary.proposals.size() == 2);
    CHECK(made.summary.proposals[0].ref == leave.ref);
    CHECK(made.summary.proposals[1].ref == last.ref);
    Group a = made.next;
    Group b = *must(t.b->processCommit(made.message)).next;
    requireAgreement({&a, &b});
}

TEST_CASE("a flood of proposals hinders nobody else", "[mls]") {
    Three t;
    VerifiedProposal p;
    p.sender = 2;
    p.proposal = {AppDataUpdateProposal{0x8001, Bytes{1}}};
    const auto number = [&](std::size_t i) {
        Writer w;
        w.u64(i);
        p.ref = w.take();
        return p;
    };
    for (std::size_t i = 0; i < kMaxStoredOfSender; ++i)
        must(t.a.storeProposal(number(i)));
    must(t.a.storeProposal(number(0))); // a repeated proposal has no effect
    CHECK(t.a.storeProposal(number(9999)).error().code == ErrorCode::LimitExceeded);
    p.sender = 1;
    must(t.a.storeProposal(number(10000)));
    p.proposal = {AppDataUpdateProposal{0x8001, Bytes(kMaxStoredOctets)}};
    CHECK(t.a.storeProposal(number(10001)).error().code == ErrorCode::LimitExceeded);

    // Proposals that a commit refers to are reported, and are stored above the bounds.
    const auto leave = must(t.c->propose({SelfRemoveProposal{}}, {}, t.random));
    CHECK(t.c->propose({SelfRemoveProposal{}}, {}, t.random).error().code == ErrorCode::InvalidProposal);
    must(t.b->processProposal(leave.message));
    CommitOptions o;
    o.references = {leave.ref};
    const auto made = must(t.b->commit(o, t.random));
    CHECK(t.a.processProposal(leave.message).error().code == ErrorCode::LimitExceeded);
    CHECK(t.a.processCommit(made.message).error().code == ErrorCode::MissingProposal);
    const auto missing = must(t.a.missingProposals(made.message));
    REQUIRE(missing == std::vector<Bytes>{leave.ref});
    t.a.expectProposals(missing);
    must(t.a.processProposal(leave.message));
    CHECK(must(t.a.missingProposals(made.message)).empty());
    Group a = *must(t.a.processCommit(made.message)).next;
    Group b = made.next;
    requireAgreement({&a, &b});
}

TEST_CASE("a commit names each proposal once, and the application may refuse it first", "[mls]") {
    Three t;
    const auto update = must(t.c->proposeUpdate({}, t.random));
    must(t.a.processProposal(update.message));
    must(t.b->processProposal(update.message));
    CommitOptions o;
    o.references = {update.ref, update.ref};
    CHECK(t.a.commit(o, t.random).error().code == ErrorCode::InvalidProposal);
    const PreSharedKeyId id = PreSharedKeyId::external(viewOf("k"), t.random);
    CommitOptions twice;
    twice.proposals = {{PreSharedKeyProposal{id}}, {PreSharedKeyProposal{id}}};
    twice.psk = [](const PreSharedKeyId&) { return std::optional(crypto::KeyBytes(Bytes(32, 1))); };
    CHECK(t.a.commit(twice, t.random).error().code == ErrorCode::InvalidProposal);

    o.references = {update.ref};
    o.framing.authenticatedData = toBytes(viewOf("why"));
    const auto made = must(t.a.commit(o, t.random));
    ProcessOptions process;
    std::size_t asked = 0;
    process.policy = [&](const CommitSummary& summary) -> Result<void> {
        ++asked;
        CHECK(summary.proposals.size() == 1);
        CHECK(summary.committer == 0);
        CHECK(textOf(summary.authenticatedData) == "why");
        return {ErrorCode::NotAuthorized, "not today"};
    };
    CHECK(t.b->processCommit(made.message, process).error().code == ErrorCode::NotAuthorized);
    CHECK(asked == 1);
    CHECK(textOf(must(t.b->processCommit(made.message)).summary.authenticatedData) == "why");
}

TEST_CASE("the key of a PrivateMessage is used once on either side", "[mls]") {
    Three t;
    CommitOptions o;
    o.forcePath = true;
    o.framing.wireFormat = WireFormat::PrivateMessage;
    const Group& fixed = t.a;
    CHECK(fixed.commit(o, t.random).error().code == ErrorCode::InvalidArgument);
    const auto first = must(t.a.commit(o, t.random));
    const auto second = must(t.a.commit(o, t.random));
    // A const group can process the commit again. A non-const group has deleted the key.
    const Group& kept = *t.b;
    CHECK(kept.processCommit(first.message).ok());
    CHECK(t.b->processCommit(first.message).ok());
    CHECK(t.b->processCommit(first.message).error().code == ErrorCode::KeyUsed);
    CHECK(t.b->processCommit(second.message).ok());
    // A refused commit uses up no key.
    Bytes bad = must(t.a.commit(o, t.random)).message;
    const Bytes good = bad;
    bad.back() ^= 1;
    CHECK_FALSE(t.b->processCommit(bad).ok());
    CHECK(t.b->processCommit(good).ok());
}

TEST_CASE("a member's unusable key keeps nobody else from committing", "[mls]") {
    // Adds a leaf with a key of small order, as an honest client would not.
    crypto::SeededRandom random(41);
    Group a = founded(kSuite, "Kasara", random);
    auto broken = bundle(kSuite, "Broken", random);
    broken.keyPackage.leafNode.encryptionKey = Bytes(32, 0);
    broken.keyPackage.leafNode.sign(broken.signer, {}, 0);
    broken.keyPackage.sign(broken.signer);
    const auto kb = bundle(kSuite, "Nordvale", random);
    CommitOptions add;
    add.proposals = {{AddProposal{broken.keyPackage}}, {AddProposal{kb.keyPackage}}};
    const auto made = must(a.commit(add, random));
    a = made.next;
    Group b = must(Group::join(*made.welcome, kb));
    CommitOptions path;
    path.forcePath = true;
    const auto next = must(a.commit(path, random));
    b = *must(b.processCommit(next.message)).next;
    a = next.next;
    requireAgreement({&a, &b});
}

TEST_CASE("a committer may begin to support what its commit requires", "[mls]") {
    Three t;
    Capabilities more = t.a.member(0)->capabilities;
    more.extensions.push_back(0xf2d1);
    for (Group* g : {&*t.b, &*t.c}) {
        CommitOptions o;
        o.leafCapabilities = more;
        const auto made = must(g->commit(o, t.random));
        for (Group* other : {&t.a, &*t.b, &*t.c}) {
            if (other != g)
                *other = *must(other->processCommit(made.message)).next;
        }
        *g = made.next;
    }
    Extensions extensions = t.a.extensions();
    setExtension(extensions, extension_type::kRequiredCapabilities,
                 RequiredCapabilities{{0x0006, 0xf2d1}, {0x0008, 0x000a}, {}}.encode());
    CommitOptions o;
    o.proposals = {{GroupContextExtensionsProposal{extensions}}};
    CHECK_FALSE(t.a.commit(o, t.random).ok());
    o.leafCapabilities = more;
    const auto made = must(t.a.commit(o, t.random));
    Group b = *must(t.b->processCommit(made.message)).next;
    Group a = made.next;
    requireAgreement({&a, &b});
}

TEST_CASE("a proposal type that only those who go do not know may be committed", "[mls]") {
    crypto::SeededRandom random(23);
    Group a = must(Group::create(random.bytes(16), bundle(kSuite, "Kasara", random), {}, random));
    auto plain = inputs(kSuite, "Old client", random);
    plain.capabilities.proposals.clear();
    const auto kb = KeyPackageBundle::generate(plain, random);
    const auto kc = bundle(kSuite, "Nordvale", random);
    CommitOptions add;
    add.proposals = {{AddProposal{kb.keyPackage}}, {AddProposal{kc.keyPackage}}};
    const auto made = must(a.commit(add, random));
    a = made.next;
    Group c = must(Group::join(*made.welcome, kc));
    CommitOptions o;
    o.proposals = {{AppDataUpdateProposal{0x8001, Bytes{1}}}};
    CHECK(a.commit(o, random).error().code == ErrorCode::InvalidProposal);
    o.proposals.push_back({RemoveProposal{1}});
    const auto removal = must(a.commit(o, random));
    Group next = *must(c.processCommit(removal.message)).next;
    a = removal.next;
    requireAgreement({&a, &next});
}
