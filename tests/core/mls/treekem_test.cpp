// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/treekem.h"
#include "tests/core/mls/vector_suites.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

TEST_CASE("update paths match the published vectors", "[mls]") {
    crypto::SeededRandom random(4);
    forSupportedSuites("mls/treekem.json", [&](CipherSuite suite, simdjson::dom::element v) {
        const RatchetTree tree = must(RatchetTree::decode(hexMember(v, "ratchet_tree")));
        GroupContext context;
        context.suite = suite;
        context.groupId = hexMember(v, "group_id");
        context.epoch = intMember(v, "epoch");
        context.confirmedTranscriptHash = hexMember(v, "confirmed_transcript_hash");

        std::map<LeafIndex, PrivateTree> privates;
        std::map<LeafIndex, crypto::Ed25519KeyPair> signers;
        for (const auto p : simdjson::dom::array(v["leaves_private"])) {
            const auto leaf = static_cast<LeafIndex>(intMember(p, "index"));
            PrivateTree& keys = privates[leaf];
            REQUIRE(tree.leaf(leaf));
            keys.set(tree_math::leafNode(leaf), crypto::KeyBytes(hexMember(p, "encryption_priv")),
                     tree.leaf(leaf)->encryptionKey);
            signers[leaf] = must(crypto::ed25519FromSeed(hexMember(p, "signature_priv")));
            CHECK(signers[leaf].publicKey == tree.leaf(leaf)->signatureKey);
            for (const auto s : simdjson::dom::array(p["path_secrets"])) {
                const auto node = static_cast<NodeIndex>(intMember(s, "node"));
                auto pair = deriveNodeKeyPair(hexMember(s, "path_secret"));
                REQUIRE(tree.encryptionKey(node));
                CHECK(pair.publicKey == *tree.encryptionKey(node));
                keys.set(node, pair.privateKey, pair.publicKey);
            }
        }

        for (const auto u : simdjson::dom::array(v["update_paths"])) {
            const auto sender = static_cast<LeafIndex>(intMember(u, "sender"));
            const Bytes encoded = hexMember(u, "update_path");
            Reader r(encoded);
            const UpdatePath path = must(UpdatePath::read(r));
            must(r.finish());
            Writer w;
            path.write(w);
            CHECK(w.bytes() == encoded);
            CHECK(path.leafNode.verify(context.groupId, sender));

            RatchetTree after = tree;
            must(mergePath(after, sender, path));
            must(after.verifyParentHashes());
            CHECK(after.treeHash() == hexMember(u, "tree_hash_after"));
            context.treeHash = after.treeHash();
            LeafIndex leaf = 0;
            for (const auto secret : simdjson::dom::array(u["path_secrets"])) {
                if (!secret.is_null()) {
                    PrivateTree keys = privates.at(leaf);
                    const auto commitSecret =
                        must(openPath(path, suite, after, keys, sender, leaf, {}, context.encode()));
                    CHECK(toBytes(commitSecret.view()) == hexMember(u, "commit_secret"));
                    const auto pair = deriveNodeKeyPair(must(fromHex(std::string_view(secret))));
                    CHECK(pair.publicKey == *after.encryptionKey(tree_math::commonAncestor(leaf, sender)));
                }
                ++leaf;
            }

            // A path of our own over the same tree: everybody arrives at the same secret.
            RatchetTree own = tree;
            PrivateTree ownKeys = privates.at(sender);
            NewPath made = makePath(own, ownKeys, sender, *tree.leaf(sender), signers.at(sender),
                                    context.groupId, random);
            must(own.verifyParentHashes());
            context.treeHash = own.treeHash();
            must(encryptPath(made, suite, own, sender, {}, context.encode(), random));
            RatchetTree merged = tree;
            must(mergePath(merged, sender, made.path));
            CHECK(merged.treeHash() == own.treeHash());
            for (const auto& [l, k] : privates) {
                if (l == sender)
                    continue;
                PrivateTree keys = k;
                const auto secret =
                    must(openPath(made.path, suite, merged, keys, sender, l, {}, context.encode()));
                CHECK(crypto::equalSecret(secret, made.commitSecret));
            }
        }
    });
}
