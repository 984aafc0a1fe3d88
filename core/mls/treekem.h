// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/tree.h"

#include <map>

namespace valise::mls {

//! UpdatePathNode (RFC 9420 section 7.6).
struct UpdatePathNode {
    Bytes encryptionKey;
    std::vector<crypto::HpkeSealed> encryptedPathSecret;
};

//! UpdatePath (section 7.6).
struct UpdatePath {
    LeafNode leafNode;
    std::vector<UpdatePathNode> nodes;

    void write(Writer& w) const;
    static Result<UpdatePath> read(Reader& r);
};

void writeHpkeCiphertext(Writer& w, const crypto::HpkeSealed& sealed);
Result<crypto::HpkeSealed> readHpkeCiphertext(Reader& r);

//! The private keys that a member holds in a tree: its leaf's and those of filled nodes above it.
class PrivateTree {
public:
    struct Key {
        crypto::KeyBytes privateKey;
        Bytes publicKey;
    };
    void set(NodeIndex node, crypto::KeyBytes privateKey, Bytes publicKey);
    void erase(NodeIndex node) { m_keys.erase(node); }
    const Key* find(NodeIndex node) const;
    //! Sets the keys from `node` (a filled node) up to the root that follow from its path secret. Error:
    //! InvalidTree if they do not fit the public keys. `commitSecret` receives the secret after the last.
    Result<void> deriveFrom(const RatchetTree& tree, LeafIndex pathOwner, NodeIndex node,
                            crypto::KeyBytes pathSecret, crypto::KeyBytes& commitSecret);
    //! Drops keys of nodes that are blank or have another public key now.
    void prune(const RatchetTree& tree);
    const std::map<NodeIndex, Key>& keys() const { return m_keys; }

private:
    std::map<NodeIndex, Key> m_keys;
};

//! The key pair of a node from its path secret (section 7.4).
crypto::X25519KeyPair deriveNodeKeyPair(ByteView pathSecret);

//! A new path as its maker sees it.
struct NewPath {
    std::map<NodeIndex, crypto::KeyBytes> pathSecrets; //!< by node of the filtered direct path
    crypto::KeyBytes commitSecret;
    UpdatePath path; //!< without ciphertexts until encryptPath
};

//! Section 7.5: fresh keys along the filtered direct path of `own`, put into `tree` and `keys`. `leaf` has
//! the wanted credential, capabilities and extensions; keys, parent hash and signature are made here. `tree`
//! must be rehashed and is rehashed on return.
NewPath makePath(RatchetTree& tree, PrivateTree& keys, LeafIndex own, LeafNode leaf,
                 const crypto::Ed25519KeyPair& signer, ByteView groupId, crypto::Random& random);
//! Encrypts the path secrets to the resolutions of the copath, the `added` leaves (ascending) excepted.
Result<void> encryptPath(NewPath& path, CipherSuite suite, const RatchetTree& tree, LeafIndex own,
                         const std::vector<LeafIndex>& added, ByteView groupContext, crypto::Random& random);

//! Section 7.5: checks the public part of a received path (number of nodes, parent hashes) and merges it into
//! `tree`, which is rehashed on return. The leaf's signature is checked elsewhere. Error: InvalidCommit.
Result<void> mergePath(RatchetTree& tree, LeafIndex sender, const UpdatePath& path);
//! Decrypts the path secret meant for `own` and takes the new keys; returns the commit secret. `tree` is
//! merged already. Errors: InvalidCommit, DecryptionFailed, InvalidKey.
Result<crypto::KeyBytes> openPath(const UpdatePath& path, CipherSuite suite, const RatchetTree& tree,
                                  PrivateTree& keys, LeafIndex sender, LeafIndex own,
                                  const std::vector<LeafIndex>& added, ByteView groupContext);

} // namespace valise::mls
