// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/mls/group_fixture.h"

#include <map>

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

//! A group as all its members see it, driven by random choices.
class Script {
public:
    Script(CipherSuite suite, std::uint64_t seed)
        : m_suite(suite)
        , m_random(seed) {
        m_members.push_back(founded(suite, "Founder", m_random));
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            step();
            requireAgreement(everybody());
            if (m_random.uniform(4) == 0)
                talk();
            if (m_random.uniform(3) == 0)
                storeAndRestore();
        }
        CHECK(m_epochsSeen > 3);
    }

private:
    std::vector<Group*> everybody() {
        std::vector<Group*> out;
        for (Group& g : m_members)
            out.push_back(&g);
        return out;
    }

    std::size_t anyone() { return m_random.uniform(static_cast<std::uint32_t>(m_members.size())); }

    std::size_t anyoneBut(std::size_t a) {
        std::size_t b = anyone();
        while (b == a)
            b = anyone();
        return b;
    }

    Framing framing() {
        return {m_random.uniform(3) == 0 ? WireFormat::PrivateMessage : WireFormat::PublicMessage, {}};
    }

    void deliverProposal(std::size_t from, const Bytes& message) {
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            if (i != from)
                must(m_members[i].processProposal(message));
        }
    }

    void step() {
        const std::size_t committer = anyone();
        CommitOptions options;
        options.framing = framing();
        options.allStored = true;
        std::vector<KeyPackageBundle> invited;
        std::vector<LeafIndex> leaving;
        std::vector<LeafIndex> touched;

        if (m_members.size() > 1 && m_random.uniform(3) == 0) {
            const std::size_t who = anyoneBut(committer);
            const bool leaves = m_members.size() > 3 && m_random.uniform(2) == 0;
            if (leaves) {
                const auto p = must(m_members[who].propose(Proposal{SelfRemoveProposal{}}, {}, m_random));
                deliverProposal(who, p.message);
                leaving.push_back(m_members[who].ownLeaf());
            } else {
                const auto p = must(m_members[who].proposeUpdate(framing(), m_random));
                deliverProposal(who, p.message);
            }
            touched.push_back(m_members[who].ownLeaf());
        }
        const std::uint32_t adds = m_members.size() < 12 ? m_random.uniform(4) : 0;
        for (std::uint32_t i = 0; i < adds; ++i) {
            invited.push_back(bundle(m_suite, "Delegate " + std::to_string(m_names++), m_random));
            options.proposals.push_back({AddProposal{invited.back().keyPackage}});
        }
        if (m_members.size() > 2 && m_random.uniform(3) == 0) {
            const LeafIndex victim = m_members[anyoneBut(committer)].ownLeaf();
            if (std::find(touched.begin(), touched.end(), victim) == touched.end()) {
                options.proposals.push_back({RemoveProposal{victim}});
                leaving.push_back(victim);
            }
        }
        if (m_random.uniform(3) == 0)
            options.proposals.push_back({AppDataUpdateProposal{
                static_cast<std::uint16_t>(0x8004 + m_random.uniform(3)), m_random.bytes(9)}});
        if (m_random.uniform(5) == 0)
            options.forcePath = true;

        const CommitResult made = must(m_members[committer].commit(options, m_random));
        REQUIRE(made.welcome.has_value() == !invited.empty());
        const Bytes secretOfNext = toBytes(made.next.epochAuthenticator().view());
        std::vector<Group> next;
        std::vector<Group> gone;
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            if (i == committer) {
                next.push_back(made.next);
                continue;
            }
            const ProcessedCommit seen = must(m_members[i].processCommit(made.message));
            const bool left =
                std::find(leaving.begin(), leaving.end(), m_members[i].ownLeaf()) != leaving.end();
            REQUIRE(seen.summary.selfRemoved == left);
            REQUIRE(seen.next.has_value() == !left);
            REQUIRE(seen.summary.committer == m_members[committer].ownLeaf());
            REQUIRE(seen.summary.added == made.summary.added);
            REQUIRE(seen.summary.removed == made.summary.removed);
            REQUIRE(seen.summary.hasPath == made.summary.hasPath);
            if (left)
                gone.push_back(m_members[i]);
            else
                next.push_back(*seen.next);
        }
        REQUIRE(gone.size() == leaving.size());
        for (const KeyPackageBundle& b : invited)
            next.push_back(must(Group::join(*made.welcome, b)));
        m_members = std::move(next);
        ++m_epochsSeen;

        for (Group& g : gone) {
            const Bytes message = must(m_members[0].protect(viewOf("not for you"), {}, m_random));
            CHECK(g.unprotect(message).error().code == ErrorCode::WrongEpoch);
            for (std::size_t i = 1; i < m_members.size(); ++i)
                must(m_members[i].unprotect(message));
        }
    }

    void talk() {
        const std::size_t from = anyone();
        std::vector<Bytes> messages;
        for (int i = 0; i < 4; ++i)
            messages.push_back(must(m_members[from].protect(viewOf("message " + std::to_string(i)),
                                                            viewOf("aad"), m_random, m_random.uniform(40))));
        for (std::size_t to = 0; to < m_members.size(); ++to) {
            if (to == from) {
                CHECK(m_members[to].unprotect(messages[0]).error().code == ErrorCode::KeyUsed);
                continue;
            }
            for (const int i : {2, 0, 3, 1}) {
                const auto m = must(m_members[to].unprotect(messages[static_cast<std::size_t>(i)]));
                CHECK(textOf(m.plaintext) == "message " + std::to_string(i));
                CHECK(textOf(m.authenticatedData) == "aad");
                CHECK(m.sender == m_members[from].ownLeaf());
            }
            CHECK(m_members[to].unprotect(messages[1]).error().code == ErrorCode::KeyUsed);
        }
    }

    void storeAndRestore() {
        Group& g = m_members[anyone()];
        const Bytes stored = g.serialize();
        g = must(Group::deserialize(stored));
        CHECK(g.serialize() == stored);
    }

    CipherSuite m_suite;
    crypto::SeededRandom m_random;
    std::vector<Group> m_members;
    int m_names = 0;
    int m_epochsSeen = 0;
};

} // namespace

TEST_CASE("members of a changing group always agree", "[mls]") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        INFO("seed " << seed);
        Script(CipherSuite::X25519Aes128Gcm, seed).run(18);
    }
    Script(CipherSuite::X25519ChaCha20Poly1305, 77).run(18);
}

TEST_CASE("a large group is founded in one commit", "[mls]") {
    crypto::SeededRandom random(5);
    const auto suite = CipherSuite::X25519Aes128Gcm;
    Group founder = founded(suite, "Founder", random);
    CommitOptions options;
    std::vector<KeyPackageBundle> invited;
    for (int i = 0; i < 60; ++i) {
        invited.push_back(bundle(suite, "Delegate", random));
        options.proposals.push_back({AddProposal{invited.back().keyPackage}});
    }
    const CommitResult made = must(founder.commit(options, random));
    Group a = made.next;
    Group b = must(Group::join(*made.welcome, invited.back()));
    requireAgreement({&a, &b});
    CHECK(a.memberCount() == 61);
    // Emptying it again shrinks the tree.
    CommitOptions removal;
    for (LeafIndex l = 1; l < 60; ++l)
        removal.proposals.push_back({RemoveProposal{l}});
    const CommitResult removed = must(b.commit(removal, random));
    Group c = *must(a.processCommit(removed.message)).next;
    Group d = removed.next;
    requireAgreement({&c, &d});
    CHECK(c.memberCount() == 2);
    CommitOptions last;
    last.proposals.push_back({RemoveProposal{60}});
    const CommitResult alone = must(c.commit(last, random));
    CHECK(alone.next.leafCount() == 1);
    CHECK(must(d.processCommit(alone.message)).summary.selfRemoved);
}
