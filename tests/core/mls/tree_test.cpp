// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/tree.h"
#include "tests/core/mls/group_fixture.h"
#include "tests/core/mls/vector_suites.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

TEST_CASE("a damaged tree is refused", "[mls]") {
    forSupportedSuites("mls/tree-validation.json", [](CipherSuite, simdjson::dom::element v) {
        const Bytes good = hexMember(v, "tree");
        const Bytes groupId = hexMember(v, "group_id");
        const Bytes hash = must(RatchetTree::decode(good)).treeHash();
        for (std::size_t at = 2; at < good.size(); at += 97) {
            Bytes bad = good;
            bad[at] ^= 0x40;
            const auto tree = RatchetTree::decode(bad);
            const bool refused = !tree.ok() || !tree->verifyParentHashes().ok() ||
                                 !tree->validate(groupId).ok() || tree->treeHash() != hash;
            CHECK(refused);
        }
        CHECK_FALSE(RatchetTree::decode(ByteView(good).first(good.size() - 1)).ok());
    });
    CHECK_FALSE(RatchetTree::decode({}).ok());
    CHECK_FALSE(RatchetTree::decode(Bytes{0}).ok());
    CHECK_FALSE(RatchetTree::decode(Bytes{1, 0}).ok());
}

TEST_CASE("a tree that its maker hashed and signed itself is still judged", "[mls]") {
    crypto::SeededRandom random(6);
    RatchetTree good;
    std::vector<KeyPackageBundle> members;
    for (int i = 0; i < 4; ++i) {
        members.push_back(bundle(CipherSuite::X25519Aes128Gcm, "Delegate", random));
        good.addLeaf(members.back().keyPackage.leafNode);
    }
    good.rehash();
    must(good.validate({}));
    must(good.verifyParentHashes());
    const auto decoded = [](RatchetTree tree) {
        tree.rehash();
        return RatchetTree::decode(tree.encode());
    };
    const auto parent = [&](std::vector<LeafIndex> unmerged) {
        return ParentNode{random.bytes(32), {}, std::move(unmerged)};
    };
    // Unmerged leaves that are blank, in another place, beyond the tree, or missing in a node between.
    RatchetTree tree = good;
    tree.removeLeaf(1);
    tree.setParent(1, parent({1}));
    CHECK(decoded(tree).error().code == ErrorCode::InvalidTree);
    for (const LeafIndex stray : {3u, 9u, 0x10000000u, 0xffffffffu}) {
        tree = good;
        tree.setParent(1, parent({stray}));
        CHECK(decoded(tree).error().code == ErrorCode::InvalidTree);
    }
    tree = good;
    tree.setParent(1, parent({}));
    tree.setParent(3, parent({1}));
    CHECK(decoded(tree).error().code == ErrorCode::InvalidTree);
    // Parents whose parent hash is in no leaf below.
    tree = good;
    tree.setParent(1, parent({}));
    CHECK(must(decoded(tree)).verifyParentHashes().error().code == ErrorCode::InvalidTree);
    tree.setParent(1, parent({0, 1}));
    CHECK(must(decoded(tree)).verifyParentHashes().error().code == ErrorCode::InvalidTree);
    // Repeated keys, keys of a wrong length, and a leaf signed for another place.
    tree = good;
    tree.setParent(1, ParentNode{good.leaf(3)->encryptionKey, {}, {}});
    CHECK(must(decoded(tree)).validate({}).error().code == ErrorCode::InvalidTree);
    tree = good;
    tree.setParent(1, ParentNode{random.bytes(31), {}, {}});
    CHECK(must(decoded(tree)).validate({}).error().code == ErrorCode::InvalidTree);
    tree = good;
    tree.setLeaf(2, *good.leaf(0));
    CHECK(must(decoded(tree)).validate({}).error().code == ErrorCode::InvalidTree);
    tree = good;
    LeafNode moved = *good.leaf(2);
    moved.source = LeafNodeSource::Update;
    moved.sign(members[2].signer, viewOf("group"), 3);
    tree.setLeaf(2, moved);
    CHECK(must(decoded(tree)).validate(viewOf("group")).error().code == ErrorCode::InvalidSignature);
    moved.sign(members[2].signer, viewOf("group"), 2);
    tree.setLeaf(2, moved);
    must(must(decoded(tree)).validate(viewOf("group")));
    // A credential type that one member does not support.
    tree = good;
    auto other = inputs(CipherSuite::X25519Aes128Gcm, {}, random);
    other.credential = {credential_type::kX509, {}};
    other.capabilities.credentials = {credential_type::kBasic, credential_type::kX509};
    tree.setLeaf(2, KeyPackageBundle::generate(other, random).keyPackage.leafNode);
    CHECK(must(decoded(tree)).validate({}).error().code == ErrorCode::InvalidTree);
}

TEST_CASE("what a tree keeps at hand follows every change", "[mls]") {
    crypto::SeededRandom random(8);
    RatchetTree tree;
    std::vector<LeafNode> spare;
    for (int i = 0; i < 40; ++i)
        spare.push_back(bundle(CipherSuite::X25519Aes128Gcm, "Delegate", random).keyPackage.leafNode);
    for (int step = 0; step < 300; ++step) {
        const LeafNode& leaf = spare[random.uniform(40)];
        const bool there = tree.holdsAnyKey({leaf.encryptionKey});
        if (!there)
            tree.addLeaf(leaf);
        else if (tree.memberCount() > 1)
            for (LeafIndex l = 0; l < tree.leafCount(); ++l)
                if (tree.leaf(l) && tree.leaf(l)->raw == leaf.raw) {
                    tree.removeLeaf(l);
                    break;
                }
        tree.rehash();
        // A tree decoded from these octets is equal in everything, and puts the next leaf in the same place.
        const RatchetTree fresh = must(RatchetTree::decode(tree.encode()));
        REQUIRE(fresh.treeHash() == tree.treeHash());
        REQUIRE(fresh.memberCount() == tree.memberCount());
        must(tree.validate({}));
        RatchetTree a = tree;
        RatchetTree b = fresh;
        REQUIRE(a.addLeaf(spare[0]) == b.addLeaf(spare[0]));
        if (tree.holdsAnyKey({spare[0].encryptionKey})) {
            REQUIRE_FALSE(a.validate({}).ok());
        }
    }
}
