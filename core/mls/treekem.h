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

//! The private keys of one member: the key of its leaf and those of filled nodes above.
class PrivateTree {
public:
    struct Key {
        crypto::KeyBytes privateKey;
        Bytes publicKey;
    };
    void set(NodeIndex node, crypto::KeyBytes privateKey, Bytes publicKey);
    void erase(NodeIndex node) { m_keys.erase(node); }
    const Key* find(NodeIndex node) const;
    //! Derives the keys from `node` (a filled node) up to the root from its path secret. `commitSecret`
    //! receives the secret after the last. Error: InvalidTree if the keys do not fit the public keys.
    Result<void> deriveFrom(const RatchetTree& tree, LeafIndex pathOwner, NodeIndex node,
                            crypto::KeyBytes pathSecret, crypto::KeyBytes& commitSecret);
    //! Drops keys of nodes that are now blank or have another public key.
    void prune(const RatchetTree& tree);
    const std::map<NodeIndex, Key>& keys() const { return m_keys; }

private:
    std::map<NodeIndex, Key> m_keys;
};

//! The key pair of a node from its path secret (section 7.4).
crypto::X25519KeyPair deriveNodeKeyPair(ByteView pathSecret);

//! A new path with its secrets, for the member that makes it.
struct NewPath {
    std::map<NodeIndex, crypto::KeyBytes> pathSecrets; //!< by node of the filtered direct path
    crypto::KeyBytes commitSecret;
    UpdatePath path; //!< without ciphertexts before encryptPath
};

//! Makes fresh keys along the filtered direct path of `own` and puts them into `tree` and `keys` (section
//! 7.5). `leaf` has the wanted credential, capabilities and extensions; keys, parent hash and signature are
//! made here. `tree` must be rehashed before, and is rehashed on return.
NewPath makePath(RatchetTree& tree, PrivateTree& keys, LeafIndex own, LeafNode leaf,
                 const crypto::Ed25519KeyPair& signer, ByteView groupId, crypto::Random& random);
//! Encrypts the path secrets to the resolutions of the copath, except for the `added` leaves (ascending).
Result<void> encryptPath(NewPath& path, CipherSuite suite, const RatchetTree& tree, LeafIndex own,
                         const std::vector<LeafIndex>& added, ByteView groupContext, crypto::Random& random);

//! Checks the public part of a received path (number of nodes, parent hashes; section 7.5) and merges it into
//! `tree`, which is rehashed on return. It does not check the leaf's signature. Error: InvalidCommit.
Result<void> mergePath(RatchetTree& tree, LeafIndex sender, const UpdatePath& path);
//! Decrypts the path secret for `own` and sets the new keys. Returns the commit secret. The path must be
//! merged into `tree` already. Errors: InvalidCommit, DecryptionFailed, InvalidKey.
Result<crypto::KeyBytes> openPath(const UpdatePath& path, CipherSuite suite, const RatchetTree& tree,
                                  PrivateTree& keys, LeafIndex sender, LeafIndex own,
                                  const std::vector<LeafIndex>& added, ByteView groupContext);

} // namespace valise::mls
