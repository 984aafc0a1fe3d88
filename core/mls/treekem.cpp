// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/treekem.h"

namespace valise::mls {

using namespace tree_math;

void writeHpkeCiphertext(Writer& w, const crypto::HpkeSealed& sealed) {
    w.opaque(sealed.enc);
    w.opaque(sealed.ciphertext);
}

Result<crypto::HpkeSealed> readHpkeCiphertext(Reader& r) {
    VALISE_TRY(const ByteView enc, r.opaque());
    VALISE_TRY(const ByteView ciphertext, r.opaque());
    return crypto::HpkeSealed{toBytes(enc), toBytes(ciphertext)};
}

void UpdatePath::write(Writer& w) const {
    w.raw(leafNode.raw);
    w.vector([&](Writer& in) {
        for (const UpdatePathNode& n : nodes) {
            in.opaque(n.encryptionKey);
            in.vector([&](Writer& c) {
                for (const auto& sealed : n.encryptedPathSecret)
                    writeHpkeCiphertext(c, sealed);
            });
        }
    });
}

Result<UpdatePath> UpdatePath::read(Reader& r) {
    UpdatePath p;
    VALISE_TRY(p.leafNode, LeafNode::read(r));
    VALISE_TRY(Reader in, r.vector());
    while (!in.atEnd()) {
        UpdatePathNode n;
        VALISE_TRY(const ByteView key, in.opaque());
        n.encryptionKey = toBytes(key);
        VALISE_TRY(Reader c, in.vector());
        while (!c.atEnd()) {
            if (n.encryptedPathSecret.size() >= kMaxListed)
                return {ErrorCode::LimitExceeded, "too many ciphertexts in an update path"};
            VALISE_TRY(auto sealed, readHpkeCiphertext(c));
            n.encryptedPathSecret.push_back(std::move(sealed));
        }
        if (p.nodes.size() >= 32)
            return {ErrorCode::LimitExceeded, "update path longer than any tree is high"};
        p.nodes.push_back(std::move(n));
    }
    return p;
}

void PrivateTree::set(NodeIndex node, crypto::KeyBytes privateKey, Bytes publicKey) {
    m_keys.insert_or_assign(node, Key{std::move(privateKey), std::move(publicKey)});
}

const PrivateTree::Key* PrivateTree::find(NodeIndex node) const {
    const auto it = m_keys.find(node);
    return it == m_keys.end() ? nullptr : &it->second;
}

crypto::X25519KeyPair deriveNodeKeyPair(ByteView pathSecret) {
    return crypto::hpkeDeriveKeyPair(deriveSecret(pathSecret, "node"));
}

Result<void> PrivateTree::deriveFrom(const RatchetTree& tree, LeafIndex pathOwner, NodeIndex node,
                                     crypto::KeyBytes pathSecret, crypto::KeyBytes& commitSecret) {
    bool found = false;
    for (const auto& step : tree.filteredDirectPath(pathOwner)) {
        if (step.node == node)
            found = true;
        if (!found)
            continue;
        crypto::X25519KeyPair pair = deriveNodeKeyPair(pathSecret);
        const Bytes* expected = tree.encryptionKey(step.node);
        if (!expected || *expected != pair.publicKey)
            return {ErrorCode::InvalidTree, "path secret does not fit a node's public key"};
        set(step.node, std::move(pair.privateKey), std::move(pair.publicKey));
        pathSecret = deriveSecret(pathSecret, "path");
    }
    if (!found)
        return {ErrorCode::InvalidTree, "path secret for a node outside the path"};
    commitSecret = std::move(pathSecret);
    return {};
}

void PrivateTree::prune(const RatchetTree& tree) {
    std::erase_if(m_keys, [&](const auto& entry) {
        const Bytes* key = tree.encryptionKey(entry.first);
        return !key || *key != entry.second.publicKey;
    });
}

namespace {

//! Sets the parents of a path from the top down, because each parent hash covers the node above. Returns the
//! leaf's parent hash.
Bytes setPathParents(RatchetTree& tree, const std::vector<RatchetTree::PathStep>& steps,
                     const std::vector<Bytes>& publicKeys) {
    // The copath hashes stay valid while the parents above change, because copath subtrees do not change.
    Bytes parentHash;
    std::vector<ParentNode> parents(steps.size());
    for (std::size_t i = steps.size(); i-- > 0;) {
        parents[i].encryptionKey = publicKeys[i];
        parents[i].parentHash = parentHash;
        parentHash = tree.parentHash(parents[i], steps[i].copath);
    }
    for (std::size_t i = 0; i < steps.size(); ++i)
        tree.setParent(steps[i].node, std::move(parents[i]));
    return parentHash;
}

} // namespace

NewPath makePath(RatchetTree& tree, PrivateTree& keys, LeafIndex own, LeafNode leaf,
                 const crypto::Ed25519KeyPair& signer, ByteView groupId, crypto::Random& random) {
    NewPath out;
    const auto steps = tree.filteredDirectPath(own);
    crypto::KeyBytes secret = random.key(kHashSize);
    std::vector<Bytes> publicKeys;
    tree.blankPath(own);
    for (const auto& step : steps) {
        crypto::X25519KeyPair pair = deriveNodeKeyPair(secret);
        out.path.nodes.push_back({pair.publicKey, {}});
        publicKeys.push_back(pair.publicKey);
        keys.set(step.node, std::move(pair.privateKey), std::move(pair.publicKey));
        crypto::KeyBytes next = deriveSecret(secret, "path");
        out.pathSecrets.emplace(step.node, std::move(secret));
        secret = std::move(next);
    }
    out.commitSecret = std::move(secret);
    leaf.parentHash = setPathParents(tree, steps, publicKeys);
    crypto::X25519KeyPair leafKey = crypto::x25519Generate(random);
    leaf.encryptionKey = leafKey.publicKey;
    leaf.source = LeafNodeSource::Commit;
    leaf.sign(signer, groupId, own);
    out.path.leafNode = leaf;
    keys.set(leafNode(own), std::move(leafKey.privateKey), std::move(leafKey.publicKey));
    tree.setLeaf(own, std::move(leaf));
    tree.rehash();
    keys.prune(tree);
    return out;
}

namespace {

//! The recipients of one path secret: the resolution of the copath without the new leaves.
std::vector<NodeIndex> recipients(const RatchetTree& tree, NodeIndex copath,
                                  const std::vector<LeafIndex>& added) {
    std::vector<NodeIndex> out = tree.resolution(copath);
    if (!added.empty())
        std::erase_if(out, [&](NodeIndex n) {
            return isLeaf(n) && std::binary_search(added.begin(), added.end(), n / 2);
        });
    return out;
}

} // namespace

Result<void> encryptPath(NewPath& path, CipherSuite suite, const RatchetTree& tree, LeafIndex own,
                         const std::vector<LeafIndex>& added, ByteView groupContext, crypto::Random& random) {
    const auto steps = tree.filteredDirectPath(own);
    const crypto::HpkeInfo info = hpkeInfo(suite, "UpdatePathNode", groupContext);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const crypto::KeyBytes& secret = path.pathSecrets.at(steps[i].node);
        for (const NodeIndex n : recipients(tree, steps[i].copath, added)) {
            auto sealed = encryptTo(info, *tree.encryptionKey(n), secret, random);
            if (!sealed.ok()) {
                // A member's key of small order makes HPKE fail (RFC 9180 section 7.1.4). It must not keep
                // the others from committing, so its ciphertext is random octets. The member that published
                // such a key cannot decrypt anyway.
                if (sealed.error().code != ErrorCode::InvalidKey)
                    return sealed.error();
                sealed = crypto::HpkeSealed{random.bytes(kHashSize),
                                            random.bytes(kHashSize + crypto::kAeadTagSize)};
            }
            path.path.nodes[i].encryptedPathSecret.push_back(std::move(sealed).value());
        }
    }
    return {};
}

Result<void> mergePath(RatchetTree& tree, LeafIndex sender, const UpdatePath& path) {
    const auto steps = tree.filteredDirectPath(sender);
    if (steps.size() != path.nodes.size())
        return {ErrorCode::InvalidCommit, "update path has another length than the filtered direct path"};
    std::vector<Bytes> publicKeys;
    for (const UpdatePathNode& n : path.nodes) {
        if (n.encryptionKey.size() != 32)
            return {ErrorCode::InvalidCommit, "key length in an update path"};
        publicKeys.push_back(n.encryptionKey);
    }
    tree.blankPath(sender);
    if (setPathParents(tree, steps, publicKeys) != path.leafNode.parentHash)
        return {ErrorCode::InvalidCommit, "parent hash of the committer's leaf"};
    tree.setLeaf(sender, path.leafNode);
    tree.rehash();
    return {};
}

Result<crypto::KeyBytes> openPath(const UpdatePath& path, CipherSuite suite, const RatchetTree& tree,
                                  PrivateTree& keys, LeafIndex sender, LeafIndex own,
                                  const std::vector<LeafIndex>& added, ByteView groupContext) {
    const auto steps = tree.filteredDirectPath(sender);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::vector<NodeIndex> to = recipients(tree, steps[i].copath, added);
        if (to.size() != path.nodes[i].encryptedPathSecret.size())
            return {ErrorCode::InvalidCommit, "number of encrypted path secrets"};
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!inSubtree(steps[i].copath, leafNode(own)))
            continue;
        const std::vector<NodeIndex> to = recipients(tree, steps[i].copath, added);
        for (std::size_t j = 0; j < to.size(); ++j) {
            const PrivateTree::Key* key = keys.find(to[j]);
            if (!key || key->publicKey != *tree.encryptionKey(to[j]))
                continue;
            const crypto::HpkeSealed& sealed = path.nodes[i].encryptedPathSecret[j];
            VALISE_TRY(Bytes secret,
                       decryptWithLabel(suite, key->privateKey, key->publicKey, "UpdatePathNode",
                                        groupContext, sealed.enc, sealed.ciphertext));
            crypto::WipeGuard guard(secret);
            if (secret.size() != kHashSize)
                return {ErrorCode::InvalidCommit, "length of a path secret"};
            crypto::KeyBytes commitSecret;
            if (!keys.deriveFrom(tree, sender, steps[i].node, crypto::KeyBytes(secret), commitSecret).ok())
                return {ErrorCode::InvalidCommit, "path secret does not fit the path's public keys"};
            keys.prune(tree);
            return commitSecret;
        }
        return {ErrorCode::InvalidCommit, "no private key for the update path"};
    }
    return {ErrorCode::InvalidCommit, "update path does not reach this leaf"};
}

} // namespace valise::mls
