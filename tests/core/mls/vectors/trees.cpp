// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/tree.h"
#include "core/mls/treekem.h"
#include "tests/core/mls/vectors/vector_check.h"
#include "tests/support/seeded_random.h"

#include <map>

namespace valise::test::vectors {

using namespace mls;

void checkTreeOperations(const Object& v) {
    RatchetTree tree = valueOf(RatchetTree::decode(v.hex("tree_before")), "tree_before");
    const RatchetTree copy = tree;
    requireEqual(tree.treeHash(), v.hex("tree_hash_before"), "tree_hash_before");
    requireEqual(tree.encode(), v.hex("tree_before"), "tree_before");
    const Proposal proposal = valueOf(Proposal::decode(v.hex("proposal")), "proposal");
    if (auto* add = proposal.as<AddProposal>())
        tree.addLeaf(add->keyPackage.leafNode);
    else if (auto* update = proposal.as<UpdateProposal>())
        tree.updateLeaf(v.number32("proposal_sender"), update->leafNode);
    else if (auto* remove = proposal.as<RemoveProposal>())
        tree.removeLeaf(remove->removed);
    else
        throw Mismatch{"a proposal that changes no tree"};
    tree.rehash();
    requireEqual(tree.encode(), v.hex("tree_after"), "tree_after");
    requireEqual(tree.treeHash(), v.hex("tree_hash_after"), "tree_hash_after");
    // The copy shares nodes with the tree and must be unchanged.
    requireEqual(copy.treeHash(), v.hex("tree_hash_before"), "a copy changed");
    requireEqual(copy.encode(), v.hex("tree_before"), "a copy changed");
}

void checkTreeValidation(const Object& v) {
    const RatchetTree tree = valueOf(RatchetTree::decode(v.hex("tree")), "tree");
    succeed(tree.verifyParentHashes(), "parent hashes");
    succeed(tree.validate(v.hex("group_id")), "tree");
    requireEqual(tree.encode(), v.hex("tree"), "tree");
    const simdjson::dom::array hashes = v.array("tree_hashes");
    const simdjson::dom::array resolutions = v.array("resolutions");
    require(hashes.size() == tree_math::nodeWidth(tree.leafCount()) && resolutions.size() == hashes.size(),
            "number of nodes");
    NodeIndex i = 0;
    for (const auto h : hashes) {
        requireEqual(tree.hash(i), hexOf(h), "tree hash of node " + std::to_string(i));
        ++i;
    }
    i = 0;
    for (const auto list : resolutions) {
        std::vector<NodeIndex> expected;
        for (const auto n : simdjson::dom::array(list))
            expected.push_back(static_cast<NodeIndex>(std::uint64_t(n)));
        require(tree.resolution(i) == expected, "resolution of node " + std::to_string(i));
        ++i;
    }
}

namespace {

struct KnownLeaf {
    PrivateTree keys;
    crypto::Ed25519KeyPair signer;
};

KnownLeaf knownLeaf(const RatchetTree& tree, const Object& p) {
    const LeafIndex leaf = p.number32("index");
    require(tree.leaf(leaf) != nullptr, "a private key of a blank leaf");
    KnownLeaf out;
    out.keys.set(tree_math::leafNode(leaf), crypto::KeyBytes(p.hex("encryption_priv")),
                 tree.leaf(leaf)->encryptionKey);
    out.signer = valueOf(crypto::ed25519FromSeed(p.hex("signature_priv")), "signature key");
    requireEqual(out.signer.publicKey, tree.leaf(leaf)->signatureKey, "signature key");
    for (const auto element : p.array("path_secrets")) {
        const Object s(element);
        const NodeIndex node = s.number32("node");
        auto pair = deriveNodeKeyPair(s.hex("path_secret"));
        require(tree.encryptionKey(node) != nullptr, "a path secret of a blank node");
        requireEqual(pair.publicKey, *tree.encryptionKey(node), "public key of a path secret");
        out.keys.set(node, pair.privateKey, pair.publicKey);
    }
    return out;
}

} // namespace

void checkTreeKem(CipherSuite suite, const Object& v) {
    crypto::SeededRandom random(4);
    const RatchetTree tree = valueOf(RatchetTree::decode(v.hex("ratchet_tree")), "ratchet_tree");
    GroupContext context;
    context.suite = suite;
    context.groupId = v.hex("group_id");
    context.epoch = v.number("epoch");
    context.confirmedTranscriptHash = v.hex("confirmed_transcript_hash");
    std::map<LeafIndex, KnownLeaf> known;
    for (const auto p : v.array("leaves_private"))
        known.emplace(Object(p).number32("index"), knownLeaf(tree, Object(p)));

    for (const auto element : v.array("update_paths")) {
        const Object u(element);
        const LeafIndex sender = u.number32("sender");
        const Bytes encoded = u.hex("update_path");
        Reader r(encoded);
        const UpdatePath path = valueOf(UpdatePath::read(r), "UpdatePath");
        succeed(r.finish(), "UpdatePath");
        Writer w;
        path.write(w);
        requireEqual(w.bytes(), encoded, "UpdatePath");
        require(path.leafNode.verify(context.groupId, sender), "signature of the path's leaf");

        RatchetTree after = tree;
        succeed(mergePath(after, sender, path), "merging the path");
        succeed(after.verifyParentHashes(), "parent hashes after the path");
        requireEqual(after.treeHash(), u.hex("tree_hash_after"), "tree hash after the path");
        context.treeHash = after.treeHash();
        LeafIndex leaf = 0;
        for (const auto secret : u.array("path_secrets")) {
            if (!secret.is_null()) {
                require(known.contains(leaf), "a path secret for an unknown leaf");
                PrivateTree keys = known.at(leaf).keys;
                const auto commitSecret =
                    valueOf(openPath(path, suite, after, keys, sender, leaf, {}, context.encode()),
                            "opening the path");
                requireEqual(commitSecret, u.hex("commit_secret"), "commit_secret");
                requireEqual(deriveNodeKeyPair(hexOf(secret)).publicKey,
                             *after.encryptionKey(tree_math::commonAncestor(leaf, sender)), "path secret");
            }
            ++leaf;
        }

        // A new path over the same tree leads every member to the same secret.
        RatchetTree own = tree;
        PrivateTree ownKeys = known.at(sender).keys;
        NewPath made = makePath(own, ownKeys, sender, *tree.leaf(sender), known.at(sender).signer,
                                context.groupId, random);
        succeed(own.verifyParentHashes(), "parent hashes after an own path");
        context.treeHash = own.treeHash();
        succeed(encryptPath(made, suite, own, sender, {}, context.encode(), random), "encrypting a path");
        RatchetTree merged = tree;
        succeed(mergePath(merged, sender, made.path), "merging an own path");
        requireEqual(merged.treeHash(), own.treeHash(), "tree hash after an own path");
        for (const auto& [l, k] : known) {
            if (l == sender)
                continue;
            PrivateTree keys = k.keys;
            requireEqual(valueOf(openPath(made.path, suite, merged, keys, sender, l, {}, context.encode()),
                                 "own path"),
                         made.commitSecret, "commit_secret of an own path");
        }
    }
}

} // namespace valise::test::vectors
