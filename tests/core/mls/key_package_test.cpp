// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/grease.h"
#include "tests/core/mls/group_fixture.h"
#include "tests/support/seeded_random.h"

#include <set>

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

TEST_CASE("GREASE values are the fifteen reserved ones", "[mls]") {
    crypto::SeededRandom random(3);
    std::set<std::uint16_t> seen;
    for (int i = 0; i < 400; ++i)
        seen.insert(grease::value(random));
    CHECK(seen.size() == 15);
    CHECK(*seen.begin() == 0x0a0a);
    CHECK(*seen.rbegin() == 0xeaea);
    for (const std::uint16_t v : seen)
        CHECK(grease::isValue(v));
    for (const int v : {0x0a1a, 0xfafa, 0x0b0b, 0x000a, 0x8001})
        CHECK_FALSE(grease::isValue(static_cast<std::uint16_t>(v)));
}

TEST_CASE("a group of members with GREASE works as any other", "[mls]") {
    crypto::SeededRandom random(17);
    Group a = founded(CipherSuite::X25519Aes128Gcm, "Kasara", random);
    std::size_t greased = 0;
    for (int i = 0; i < 12; ++i) {
        auto in = inputs(CipherSuite::X25519Aes128Gcm, "Delegate " + std::to_string(i), random);
        grease::addTo(in, random);
        const auto k = KeyPackageBundle::generate(in, random);
        const Capabilities& c = k.keyPackage.leafNode.capabilities;
        for (const auto* list : {&c.cipherSuites, &c.extensions, &c.proposals, &c.credentials})
            greased += std::any_of(list->begin(), list->end(), grease::isValue);
        CommitOptions o;
        o.proposals = {{AddProposal{k.keyPackage}}};
        o.forcePath = true;
        o.greaseInWelcome = true;
        o.now = 1500;
        const auto made = must(a.commit(o, random));
        Group b = must(Group::join(*made.welcome, k));
        a = made.next;
        requireAgreement({&a, &b});
        // The new member's own commits contain its leaf with the GREASE values.
        const auto path = must(b.commit(CommitOptions{}, random));
        a = *must(a.processCommit(path.message)).next;
    }
    CHECK(greased > 10);
    // GREASE is refused where it is not allowed.
    CommitOptions o;
    Extensions extensions = groupExtensions();
    extensions.push_back({0x1a1a, {}});
    o.proposals = {{GroupContextExtensionsProposal{extensions}}};
    CHECK(a.commit(o, random).error().code == ErrorCode::InvalidProposal);
}

TEST_CASE("a KeyPackage of last resort is marked by an empty component", "[mls]") {
    crypto::SeededRandom random(19);
    auto in = inputs(CipherSuite::X25519Aes128Gcm, "Kasara", random);
    CHECK_FALSE(must(KeyPackageBundle::generate(in, random).keyPackage.isLastResort()));
    AppDataDictionary other;
    other.set(0x8001, {1});
    in.keyPackageExtensions = {{extension_type::kAppDataDictionary, other.encode()}};
    in.lastResort = true;
    const KeyPackage marked = KeyPackageBundle::generate(in, random).keyPackage;
    CHECK(must(marked.isLastResort()));
    CHECK(must(AppDataDictionary::of(marked.extensions)).find(0x8001));
    must(marked.validate(1500));
    in.lastResort = false;
    other.set(component_id::kLastResortKeyPackage, {7});
    in.keyPackageExtensions = {{extension_type::kAppDataDictionary, other.encode()}};
    CHECK(KeyPackageBundle::generate(in, random).keyPackage.isLastResort().error().code ==
          ErrorCode::InvalidKeyPackage);
}
