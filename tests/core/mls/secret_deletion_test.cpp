// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 section 9.2: consumed secrets are deleted from the process's memory, in every representation. Each
// test first shows that the search finds the secrets that must exist.
#include "core/mls/group_state.h"
#include "core/mls/past_epochs.h"
#include "tests/core/mls/group_fixture.h"
#include "tests/support/memory_scan.h"

#include <iostream>

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

constexpr auto kSuite = CipherSuite::X25519Aes128Gcm;
using Names = std::vector<std::string>;

bool isSkipped() {
    if (MemoryScan::isPossible())
        return false;
    std::cout << "skipped: this build's memory cannot be searched\n";
    return true;
}

//! Returns random octets and watches each draw of 32 octets: private keys, path secrets, seeds.
class WatchedRandom final : public crypto::Random {
public:
    void fill(std::span<std::uint8_t> out) override {
        m_random.fill(out);
        if (m_scan && out.size() == 32)
            m_scan->watch("random " + std::to_string(m_count++), out);
    }
    void watchWith(MemoryScan* scan) {
        m_scan = scan;
        m_count = 0;
    }

private:
    crypto::SystemRandom m_random;
    MemoryScan* m_scan = nullptr;
    int m_count = 0;
};

//! Three members of one group. Each is on the heap, so that dropping it frees its secrets.
struct Members {
    WatchedRandom random;
    std::unique_ptr<Group> a;
    std::unique_ptr<Group> b;
    std::unique_ptr<Group> c;

    Members() {
        const auto kb = bundle(kSuite, "Nordvale", random);
        const auto kc = bundle(kSuite, "Tamir", random);
        const Group founder = founded(kSuite, "Kasara", random);
        CommitOptions o;
        o.proposals = {{AddProposal{kb.keyPackage}}, {AddProposal{kc.keyPackage}}};
        o.forcePath = true;
        auto made = must(founder.commit(o, random));
        a = std::make_unique<Group>(std::move(made.next));
        b = std::make_unique<Group>(must(Group::join(*made.welcome, kb)));
        c = std::make_unique<Group>(must(Group::join(*made.welcome, kc)));
    }
};

//! Watches every node secret in a stored secret tree, by node index.
void watchNodeSecrets(MemoryScan& scan, const SecretTree& tree) {
    Writer w;
    tree.write(w);
    Reader r(w.bytes());
    must(r.u16());
    must(r.u32());
    Reader nodes = must(r.vector());
    while (!nodes.atEnd()) {
        const auto node = must(nodes.u32());
        scan.watch("node secret " + std::to_string(node), must(nodes.opaque()));
    }
}

//! Watches secret, key and nonce of a leaf's application ratchet for the generations 0 to `last`, derived
//! from the tree.
void watchRatchet(MemoryScan& scan, SecretTree tree, LeafIndex leaf, std::uint32_t last) {
    for (std::uint32_t g = 0; g <= last; ++g) {
        const auto step = must(tree.next(leaf, RatchetType::Application));
        scan.watch("key " + std::to_string(g), step.second.key);
        scan.watch("nonce " + std::to_string(g), step.second.nonce);
        Writer w;
        tree.write(w);
        Reader r(w.bytes());
        must(r.u16());
        must(r.u32());
        must(r.vector());
        Reader ratchets = must(r.vector());
        while (!ratchets.atEnd()) {
            const bool wanted = must(ratchets.u32()) == leaf;
            for (const RatchetType type : {RatchetType::Handshake, RatchetType::Application}) {
                const ByteView secret = must(ratchets.opaque());
                if (wanted && type == RatchetType::Application)
                    scan.watch("ratchet " + std::to_string(g + 1), secret);
                must(ratchets.u32());
                must(ratchets.vector());
            }
        }
    }
}

} // namespace

TEST_CASE("what an application message consumes is gone, at the sender and at the receiver", "[mls]") {
    if (isSkipped())
        return;
    Members m;
    m.c.reset();
    // A separate tree shows the values that the group's trees will derive.
    MemoryScan tree;
    watchNodeSecrets(tree, GroupOperations::secretsOf(*m.a));
    REQUIRE(tree.found() == Names{"node secret 3"});
    MemoryScan ratchet;
    watchRatchet(ratchet, GroupOperations::secretsOf(*m.a), 0, 2);
    REQUIRE(ratchet.found().empty());

    const Bytes first = must(m.a->protect(viewOf("first"), {}, m.random));
    const Bytes second = must(m.a->protect(viewOf("second"), {}, m.random));
    CHECK(ratchet.found() == Names{"ratchet 2"});
    CHECK(tree.found() == Names{"node secret 3"}); // in the receiver's tree
    must(m.b->unprotect(second));
    CHECK(tree.found() == Names{});
    // The first message's key is kept until that message arrives.
    CHECK(ratchet.found() == Names{"key 0", "nonce 0", "ratchet 2"});
    must(m.b->unprotect(first));
    CHECK(ratchet.found() == Names{"ratchet 2"});
    m.a.reset();
    m.b.reset();
    CHECK(ratchet.found() == Names{});
}

TEST_CASE("the secrets from which an epoch was made are gone", "[mls]") {
    if (isSkipped())
        return;
    Members m;
    MemoryScan old;
    const auto& secrets = GroupOperations::epochOf(*m.a).secrets;
    old.watch("init_secret", secrets.init);
    old.watch("membership_key", secrets.membership);
    old.watch("leaf key", GroupOperations::epochOf(*m.a).keys.find(0)->privateKey);
    REQUIRE(old.found().size() == 3);

    MemoryScan made;
    m.random.watchWith(&made);
    CommitOptions o;
    o.forcePath = true;
    auto result = std::make_unique<CommitResult>(must(m.a->commit(o, m.random)));
    m.random.watchWith(nullptr);
    // Of all drawn secrets (path secrets, ephemeral keys) only the new leaf's private key remains.
    const Names left = made.found();
    REQUIRE(left.size() == 1);
    MemoryScan leaf;
    leaf.watch("new leaf key", GroupOperations::epochOf(result->next).keys.find(0)->privateKey);
    CHECK(leaf.found().size() == 1);

    const Bytes message = result->message;
    *m.a = result->next;
    result.reset();
    for (std::unique_ptr<Group>* g : {&m.b, &m.c}) {
        auto processed = must((*g)->processCommit(message));
        **g = std::move(*processed.next);
    }
    requireAgreement({m.a.get(), m.b.get(), m.c.get()});
    CHECK(old.found() == Names{});
    CHECK(made.found() == left);
    m.a.reset();
    CHECK(made.found() == Names{});
}

TEST_CASE("the intermediate secrets of an epoch leave no trace", "[mls]") {
    if (isSkipped())
        return;
    Members m;
    // Without a path the commit_secret is zeros, so the test can compute all derived secrets.
    const crypto::KeyBytes init = GroupOperations::epochOf(*m.a).secrets.init;
    CommitOptions o;
    o.proposals = {{AppDataUpdateProposal{0x8001, Bytes{1}}}};
    MemoryScan scan;
    {
        auto result = must(m.a->commit(o, m.random));
        auto processed = must(m.b->processCommit(result.message));
        const Bytes context = processed.next->contextBytes();
        const auto joiner = joinerSecret(init, crypto::KeyBytes(kHashSize), context);
        const auto psk = pskSecret({});
        const auto epoch = epochSecret(joiner, psk, context);
        scan.watch("joiner_secret", joiner);
        scan.watch("welcome_secret", welcomeSecret(joiner, psk));
        scan.watch("epoch_secret", epoch);
        scan.watch("encryption_secret", EpochSecrets::fromEpochSecret(epoch).encryption);
        REQUIRE(scan.found() == Names{"joiner_secret", "epoch_secret", "encryption_secret"});
        *m.a = std::move(result.next);
        *m.b = std::move(*processed.next);
    }
    // The encryption secret is the root of a secret tree that has not been used yet.
    CHECK(scan.found() == Names{"encryption_secret"});
    must(m.b->unprotect(must(m.a->protect(viewOf("hello"), {}, m.random))));
    CHECK(scan.found() == Names{});
}

TEST_CASE("joining leaves neither the Welcome's secrets nor the init key behind", "[mls]") {
    if (isSkipped())
        return;
    Members m;
    MemoryScan keys;
    auto invited = std::make_unique<KeyPackageBundle>(bundle(kSuite, "Ulmar", m.random));
    keys.watch("init key", invited->initPrivateKey);
    keys.watch("leaf key", invited->encryptionPrivateKey);
    REQUIRE(keys.found().size() == 2);
    const crypto::KeyBytes pskValue = m.random.key(32);
    const PreSharedKeyId id = PreSharedKeyId::external(viewOf("agreed in person"), m.random);
    MemoryScan transient;
    CommitOptions o;
    o.forcePath = true;
    o.proposals = {{PreSharedKeyProposal{id}}, {AddProposal{invited->keyPackage}}};
    o.psk = [&](const PreSharedKeyId&) { return std::optional(pskValue); };
    m.random.watchWith(&transient);
    auto result = std::make_unique<CommitResult>(must(m.a->commit(o, m.random)));
    m.random.watchWith(nullptr);
    JoinOptions join;
    join.psk = o.psk;
    auto joined = std::make_unique<Group>(must(Group::join(*result->welcome, *invited, join)));
    invited.reset();
    CHECK(keys.found() == Names{"leaf key"});
    const Names left = transient.found();
    CHECK(left.size() == 1); // the committer's new leaf key
    result.reset();
    joined.reset();
    CHECK(keys.found() == Names{});
    CHECK(transient.found() == Names{});
}

TEST_CASE("a private key is gone once its node changed", "[mls]") {
    if (isSkipped())
        return;
    Members m;
    MemoryScan keys;
    for (const auto& [node, key] : GroupOperations::epochOf(*m.b).keys.keys())
        keys.watch("key of node " + std::to_string(node), key.privateKey);
    REQUIRE(keys.found().size() >= 2);
    // An own Update that another member commits, and that member's path.
    const auto update = must(m.b->proposeUpdate({}, m.random));
    must(m.a->processProposal(update.message));
    must(m.c->processProposal(update.message));
    CommitOptions o;
    o.references = {update.ref};
    auto result = must(m.a->commit(o, m.random));
    *m.b = std::move(*must(m.b->processCommit(result.message)).next);
    *m.c = std::move(*must(m.c->processCommit(result.message)).next);
    *m.a = std::move(result.next);
    CHECK(keys.found() == Names{});
}

TEST_CASE("a past epoch kept for reading keeps nothing that leads to a later one", "[mls]") {
    if (isSkipped())
        return;
    Members m;
    PastEpochs past(2);
    MemoryScan gone;
    MemoryScan kept;
    {
        const auto& e = GroupOperations::epochOf(*m.b);
        gone.watch("init_secret", e.secrets.init);
        gone.watch("membership_key", e.secrets.membership);
        gone.watch("confirmation_key", e.secrets.confirmation);
        gone.watch("external_secret", e.secrets.external);
        // The key of its own leaf is used in the next epochs as well.
        for (const auto& [node, key] : e.keys.keys()) {
            if (node != tree_math::leafNode(e.own))
                gone.watch("key of node " + std::to_string(node), key.privateKey);
        }
        kept.watch("sender_data_secret", e.secrets.senderData);
    }
    m.c.reset();
    const Bytes late = must(m.a->protect(viewOf("late"), {}, m.random));
    CommitOptions o;
    o.forcePath = true;
    for (int i = 0; i < 2; ++i) {
        auto result = must(m.a->commit(o, m.random));
        auto processed = must(m.b->processCommit(result.message));
        past.add(*m.b);
        *m.a = std::move(result.next);
        *m.b = std::move(*processed.next);
    }
    CHECK(gone.found() == Names{});
    CHECK(kept.found().size() == 1);
    CHECK(textOf(must(past.unprotect(late)).plaintext) == "late");
    past.add(*m.b);
    CHECK(past.epochs().size() == 2);
    CHECK(past.unprotect(late).error().code == ErrorCode::WrongEpoch);
    CHECK(kept.found() == Names{});
}

TEST_CASE("storing a group leaves nothing behind but what the caller holds", "[mls]") {
    if (isSkipped())
        return;
    Members m;
    MemoryScan scan;
    scan.watch("init_secret", GroupOperations::epochOf(*m.a).secrets.init);
    scan.watch("leaf key", GroupOperations::epochOf(*m.a).keys.find(0)->privateKey);
    m.b.reset();
    m.c.reset();
    for (int i = 0; i < 3; ++i) {
        Bytes stored = m.a->serialize();
        crypto::WipeGuard guard(stored);
        *m.a = must(Group::deserialize(stored));
    }
    CHECK(scan.found().size() == 2);
    m.a.reset();
    CHECK(scan.found() == Names{});
}
