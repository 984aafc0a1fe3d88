// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/tree.h"
#include "tests/core/mls/vector_suites.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

TEST_CASE("proposals change the tree as published", "[mls]") {
    forSupportedSuites("mls/tree-operations.json", [](CipherSuite, simdjson::dom::element v) {
        RatchetTree tree = must(RatchetTree::decode(hexMember(v, "tree_before")));
        const RatchetTree copy = tree;
        CHECK(tree.treeHash() == hexMember(v, "tree_hash_before"));
        CHECK(tree.encode() == hexMember(v, "tree_before"));
        const Proposal proposal = must(Proposal::decode(hexMember(v, "proposal")));
        const auto sender = static_cast<LeafIndex>(intMember(v, "proposal_sender"));
        if (auto* add = proposal.as<AddProposal>())
            tree.addLeaf(add->keyPackage.leafNode);
        else if (auto* update = proposal.as<UpdateProposal>())
            tree.updateLeaf(sender, update->leafNode);
        else if (auto* remove = proposal.as<RemoveProposal>())
            tree.removeLeaf(remove->removed);
        tree.rehash();
        CHECK(tree.encode() == hexMember(v, "tree_after"));
        CHECK(tree.treeHash() == hexMember(v, "tree_hash_after"));
        // The copy shares nodes and must not have moved.
        CHECK(copy.treeHash() == hexMember(v, "tree_hash_before"));
        CHECK(copy.encode() == hexMember(v, "tree_before"));
    });
}

TEST_CASE("published trees validate, and their hashes and resolutions agree", "[mls]") {
    forSupportedSuites("mls/tree-validation.json", [](CipherSuite, simdjson::dom::element v) {
        const RatchetTree tree = must(RatchetTree::decode(hexMember(v, "tree")));
        must(tree.verifyParentHashes());
        must(tree.validate(hexMember(v, "group_id")));
        CHECK_FALSE(tree.validate(viewOf("another group")).ok());
        CHECK(tree.encode() == hexMember(v, "tree"));
        NodeIndex i = 0;
        for (const auto h : simdjson::dom::array(v["tree_hashes"])) {
            CHECK(toHex(tree.hash(i)) == std::string_view(h));
            ++i;
        }
        REQUIRE(i == tree_math::nodeWidth(tree.leafCount()));
        i = 0;
        for (const auto list : simdjson::dom::array(v["resolutions"])) {
            std::vector<NodeIndex> expected;
            for (const auto n : simdjson::dom::array(list))
                expected.push_back(static_cast<NodeIndex>(std::uint64_t(n)));
            CHECK(tree.resolution(i) == expected);
            ++i;
        }
    });
}

TEST_CASE("a damaged tree is refused", "[mls]") {
    forSupportedSuites("mls/tree-validation.json", [](CipherSuite, simdjson::dom::element v) {
        const Bytes good = hexMember(v, "tree");
        const Bytes groupId = hexMember(v, "group_id");
        const Bytes hash = must(RatchetTree::decode(good)).treeHash();
        for (std::size_t at = 2; at < good.size(); at += 97) {
            Bytes bad = good;
            bad[at] ^= 0x40;
            const auto tree = RatchetTree::decode(bad);
            const bool refused = !tree.ok() || tree->treeHash() != hash;
            CHECK(refused);
        }
        CHECK_FALSE(RatchetTree::decode(ByteView(good).first(good.size() - 1)).ok());
    });
    CHECK_FALSE(RatchetTree::decode({}).ok());
    CHECK_FALSE(RatchetTree::decode(Bytes{0}).ok());
    CHECK_FALSE(RatchetTree::decode(Bytes{1, 0}).ok());
}
