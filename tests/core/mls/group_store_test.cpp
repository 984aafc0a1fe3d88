// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/encoding.h"
#include "tests/core/mls/data/stored_group_v1.h"
#include "tests/core/mls/group_fixture.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

constexpr auto kSuite = CipherSuite::X25519Aes128Gcm;

Bytes octets(const char* hex) {
    return must(fromHex(hex));
}

} // namespace

TEST_CASE("a group stored by version 1 goes on where it was", "[mls]") {
    const Bytes stored = octets(stored_v1::kGroup);
    REQUIRE(stored[0] == 1);
    Group group = must(Group::deserialize(stored));
    CHECK(group.epoch() == 1);
    CHECK(group.memberCount() == 3);
    CHECK(group.reInit() == nullptr);
    REQUIRE(group.storedProposals().size() == 1);
    // Stored again, it has the newest version and the same contents.
    const Bytes again = group.serialize();
    CHECK(again[0] == 2);
    group = must(Group::deserialize(again));
    CHECK(group.serialize() == again);
    CHECK(textOf(must(group.unprotect(octets(stored_v1::kSkippedMessage))).plaintext) == "first");
    CHECK(textOf(must(group.unprotect(octets(stored_v1::kNextMessage))).plaintext) == "third");
    CHECK(group.unprotect(octets(stored_v1::kNextMessage)).error().code == ErrorCode::KeyUsed);
    const auto processed = must(group.processCommit(octets(stored_v1::kCommit)));
    CHECK(toHex(processed.next->epochAuthenticator()) == stored_v1::kNextEpochAuthenticator);
}

TEST_CASE("a damaged store is refused, never believed", "[mls]") {
    crypto::SeededRandom random(11);
    Group a = founded(kSuite, "Kasara", random);
    const auto kb = bundle(kSuite, "Nordvale", random);
    CommitOptions add;
    add.proposals = {{AddProposal{kb.keyPackage}}};
    const auto made = must(a.commit(add, random));
    a = made.next;
    Group b = must(Group::join(*made.welcome, kb));
    must(a.processProposal(must(b.propose({SelfRemoveProposal{}}, {}, random)).message));

    const Bytes stored = a.serialize();
    const Group back = must(Group::deserialize(stored));
    CHECK(back.serialize() == stored);
    CHECK(back.storedProposals().size() == 1);
    CHECK(must(Group::deserialize(a.serializeEpoch(), a.serializeRatchets())).serialize() == stored);
    for (std::size_t cut = 0; cut < stored.size(); cut += 11)
        CHECK_FALSE(Group::deserialize(ByteView(stored).first(cut)).ok());
    Bytes newer = stored;
    newer[0] = 3;
    CHECK(Group::deserialize(newer).error().code == ErrorCode::Unsupported);
    newer[0] = 0;
    CHECK(Group::deserialize(newer).error().code == ErrorCode::Unsupported);
    CommitOptions o;
    o.forcePath = true;
    const auto next = must(b.commit(o, random));
    CHECK_FALSE(Group::deserialize(next.next.serializeEpoch(), b.serializeRatchets()).ok());
    for (std::size_t at = 0; at < stored.size(); at += 13) {
        Bytes bad = stored;
        bad[at] ^= 0xff;
        // The result is an error or a group, but never a crash.
        auto group = Group::deserialize(bad);
        if (group.ok())
            CHECK(group->memberCount() == 2);
    }
}

TEST_CASE("a copy for reading is stored as such", "[mls]") {
    crypto::SeededRandom random(12);
    Group a = founded(kSuite, "Kasara", random);
    const auto kb = bundle(kSuite, "Nordvale", random);
    CommitOptions add;
    add.proposals = {{AddProposal{kb.keyPackage}}};
    const auto made = must(a.commit(add, random));
    a = made.next;
    const Group b = must(Group::join(*made.welcome, kb));
    Group reading = b.forReading();
    CHECK(reading.serialize().size() < b.serialize().size());
    reading = must(Group::deserialize(reading.serialize()));
    CHECK(textOf(must(reading.unprotect(must(a.protect(viewOf("late"), {}, random)))).plaintext) == "late");
    CHECK(crypto::equalSecret(must(reading.exportSecret("x", {}, 32)), must(b.exportSecret("x", {}, 32))));

    CommitOptions path;
    path.forcePath = true;
    const auto commit = must(a.commit(path, random));
    CHECK(reading.processCommit(commit.message).error().code == ErrorCode::InvalidArgument);
    CHECK(reading.commit(path, random).error().code == ErrorCode::InvalidArgument);
    CHECK(reading.protect(viewOf("no"), {}, random).error().code == ErrorCode::InvalidArgument);
    CHECK(reading.propose({SelfRemoveProposal{}}, {}, random).error().code == ErrorCode::InvalidArgument);
    const auto leave = must(a.propose({SelfRemoveProposal{}}, {}, random));
    CHECK(reading.processProposal(leave.message).error().code == ErrorCode::InvalidArgument);
    CHECK(reading.groupInfo(true, true).error().code == ErrorCode::InvalidArgument);
}
