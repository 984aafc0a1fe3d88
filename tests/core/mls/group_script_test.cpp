// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/external_proposal.h"
#include "core/mls/grease.h"
#include "core/mls/group_state.h"
#include "tests/core/mls/group_fixture.h"
#include "tests/support/seeded_random.h"

#include <cstdlib>
#include <map>

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

//! A group with all its members, driven by random choices.
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

    //! Pre-shared keys that all members have: external ones by their id, and resumption secrets of past
    //! epochs.
    PskLookup psks() const {
        return [this](const PreSharedKeyId& id) -> std::optional<crypto::KeyBytes> {
            if (id.type == PreSharedKeyId::Type::External)
                return crypto::KeyBytes(crypto::sha256(id.pskId));
            const auto it = m_resumption.find(id.pskEpoch);
            return it == m_resumption.end() ? std::nullopt : std::optional(it->second);
        };
    }

    Proposal pskProposal() {
        if (m_random.uniform(2) == 0 || m_resumption.empty())
            return {PreSharedKeyProposal{PreSharedKeyId::external(m_random.bytes(5), m_random)}};
        auto it = m_resumption.begin();
        std::advance(it, m_random.uniform(static_cast<std::uint32_t>(m_resumption.size())));
        return {PreSharedKeyProposal{PreSharedKeyId::resumption(
            PreSharedKeyId::kApplication, m_members[0].groupId(), it->first, m_random)}};
    }

    //! The same extensions with other external senders.
    Proposal extensionsProposal() {
        Extensions extensions = m_members[0].extensions();
        setExtension(extensions, extension_type::kExternalSenders,
                     externalSendersExtension({{crypto::ed25519Generate(m_random).publicKey,
                                                Credential::basic(m_random.bytes(4))}})
                         .data);
        return {GroupContextExtensionsProposal{std::move(extensions)}};
    }

    KeyPackageBundle newcomer() {
        auto in = inputs(m_suite, "Delegate " + std::to_string(m_names++), m_random);
        if (m_random.uniform(2) == 0)
            grease::addTo(in, m_random);
        return KeyPackageBundle::generate(in, m_random);
    }

    void step() {
        m_resumption[m_members[0].epoch()] = m_members[0].resumptionPsk();
        const bool room = m_members.size() < 12;
        if (m_members.size() > 1 && m_random.uniform(4) == 0)
            externalCommit(!room || m_random.uniform(3) == 0);
        else
            memberCommit(room);
        ++m_epochsSeen;
    }

    //! An external commit by a new member, or by a member that lost its state and rejoins.
    void externalCommit(bool resync) {
        const Bytes info = must(m_members[anyone()].groupInfo(true, true));
        ExternalCommitOptions options;
        options.psk = psks();
        if (m_random.uniform(3) == 0)
            options.psks.push_back(pskProposal());
        KeyPackageBundle bundle = newcomer();
        std::vector<LeafIndex> leaving;
        if (resync) {
            const Group& lost = m_members[anyone()];
            auto in = inputs(m_suite, {}, m_random);
            in.credential = lost.member(lost.ownLeaf())->credential;
            bundle = KeyPackageBundle::generate(in, m_random);
            options.removes = lost.ownLeaf();
            leaving.push_back(lost.ownLeaf());
        }
        CommitResult made = must(Group::joinByExternalCommit(info, bundle, options, m_random));
        const Bytes earlier = must(m_members[anyone()].protect(viewOf("before"), {}, m_random));
        CHECK(made.next.unprotect(earlier).error().code == ErrorCode::WrongEpoch);
        follow(made, std::nullopt, leaving);
        m_members.push_back(std::move(made.next));
    }

    //! All except the committer process the commit. Members that leave are dropped here.
    void follow(const CommitResult& made, std::optional<std::size_t> committer,
                const std::vector<LeafIndex>& leaving) {
        ProcessOptions options;
        options.psk = psks();
        std::vector<Group> next;
        std::vector<Group> gone;
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            if (i == committer) {
                next.push_back(made.next);
                continue;
            }
            const ProcessedCommit seen = must(m_members[i].processCommit(made.message, options));
            const bool left =
                std::find(leaving.begin(), leaving.end(), m_members[i].ownLeaf()) != leaving.end();
            REQUIRE(seen.summary.selfRemoved == left);
            REQUIRE(seen.next.has_value() == !left);
            REQUIRE(seen.summary.committer == made.summary.committer);
            REQUIRE(seen.summary.added == made.summary.added);
            REQUIRE(seen.summary.removed == made.summary.removed);
            REQUIRE(seen.summary.hasPath == made.summary.hasPath);
            (left ? gone : next).push_back(left ? m_members[i] : *seen.next);
        }
        REQUIRE(gone.size() == leaving.size());
        m_members = std::move(next);
        // A former member has no key of a node that still exists, so it can read nothing later.
        for (Group& g : gone) {
            for (const auto& [node, key] : GroupOperations::epochOf(g).keys.keys()) {
                const Bytes* now = GroupOperations::epochOf(made.next).tree.encryptionKey(node);
                REQUIRE((!now || *now != key.publicKey));
            }
            const Bytes message = must(Group(made.next).protect(viewOf("not for you"), {}, m_random));
            REQUIRE(g.unprotect(message).error().code == ErrorCode::WrongEpoch);
        }
    }

    void memberCommit(bool room) {
        const std::size_t committer = anyone();
        CommitOptions options;
        options.framing = framing();
        options.framing.padding = m_random.uniform(50);
        options.allStored = true;
        options.psk = psks();
        options.now = 1500;
        std::vector<KeyPackageBundle> invited;
        std::vector<LeafIndex> leaving;
        std::vector<LeafIndex> touched;
        bool extensionsChange = false;
        // Nothing may be sent between a proposal and its commit (section 12.4).
        const Bytes earlier = must(m_members[committer].protect(viewOf("before"), {}, m_random));

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
        const std::uint32_t adds = room ? m_random.uniform(4) : 0;
        for (std::uint32_t i = 0; i < adds; ++i) {
            invited.push_back(newcomer());
            const Proposal add{AddProposal{invited.back().keyPackage}};
            if (m_random.uniform(3) == 0) {
                // A proposal by reference, from a member or from the new member itself. In the commit these
                // come before the proposals by value, so the script adds them first.
                const std::size_t who = anyone();
                const Bytes message =
                    m_random.uniform(2) == 0
                        ? must(m_members[who].propose(add, framing(), m_random)).message
                        : must(proposeToJoin({m_suite, m_members[0].groupId(), m_members[0].epoch()},
                                             invited.back()));
                for (Group& g : m_members) {
                    if (std::none_of(
                            g.storedProposals().begin(), g.storedProposals().end(),
                            [&](const auto& p) { return p.messageDigest == crypto::sha256(message); }))
                        must(g.processProposal(message));
                }
            } else {
                options.proposals.push_back(add);
            }
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
        if (m_random.uniform(4) == 0)
            options.proposals.push_back(pskProposal());
        if (m_random.uniform(6) == 0) {
            options.proposals.push_back(extensionsProposal());
            extensionsChange = true;
        }
        if (m_random.uniform(5) == 0)
            options.forcePath = true;

        if (!m_members[committer].storedProposals().empty())
            REQUIRE(m_members[committer].protect(viewOf("too soon"), {}, m_random).error().code ==
                    ErrorCode::PendingChange);
        const CommitResult made = must(m_members[committer].commit(options, m_random));
        REQUIRE(made.welcome.has_value() == !invited.empty());
        REQUIRE(made.summary.added.size() == invited.size());
        if (extensionsChange)
            REQUIRE(made.next.extensions() != m_members[committer].extensions());
        follow(made, committer, leaving);
        JoinOptions join;
        join.psk = psks();
        join.now = 1500;
        for (const KeyPackageBundle& b : invited) {
            Group joined = must(Group::join(*made.welcome, b, join));
            REQUIRE(joined.unprotect(earlier).error().code == ErrorCode::WrongEpoch);
            m_members.push_back(std::move(joined));
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
    std::map<std::uint64_t, crypto::KeyBytes> m_resumption;
    int m_names = 0;
    int m_epochsSeen = 0;
};

} // namespace

TEST_CASE("members of a changing group always agree", "[mls]") {
    // For more scripts from another seed set VALISE_MLS_SCRIPTS=1000 VALISE_MLS_SEED=5000.
    const char* count = std::getenv("VALISE_MLS_SCRIPTS");
    const char* first = std::getenv("VALISE_MLS_SEED");
    const std::uint64_t seed = first ? std::strtoull(first, nullptr, 10) : 1;
    const std::uint64_t end = seed + (count ? std::strtoull(count, nullptr, 10) : 16);
    for (std::uint64_t s = seed; s < end; ++s) {
        INFO("seed " << s);
        Script(s % 4 == 0 ? CipherSuite::X25519ChaCha20Poly1305 : CipherSuite::X25519Aes128Gcm, s).run(18);
    }
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
    // Removing the members shrinks the tree again.
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
