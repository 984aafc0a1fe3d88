// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/tree_math.h"
#include "core/mls/types.h"

namespace valise::mls {

using tree_math::NodeIndex;

//! ParentNode (RFC 9420 section 7.1).
struct ParentNode {
    Bytes encryptionKey;
    Bytes parentHash;
    std::vector<LeafIndex> unmergedLeaves; //!< ascending

    void write(Writer& w) const;
    static Result<ParentNode> read(Reader& r);
};

//! The public ratchet tree (section 7). Nodes are immutable and shared. A copy of the tree shares chunks of
//! nodes until one side changes them. Hashes of subtrees are cached, and only changed paths are hashed again.
//! Keys and credential types are indexed for comparing. So the cost of a commit depends on its changes and
//! not on the size of the group.
class RatchetTree {
public:
    //! A tree with one blank leaf.
    RatchetTree();
    //! Decodes the data of a ratchet_tree extension (section 12.4.3.3) of at most `limit` octets. It checks
    //! only structure and unmerged leaves; see validate(). Errors: InvalidEncoding, InvalidTree,
    //! LimitExceeded.
    static Result<RatchetTree> decode(ByteView extensionData, std::size_t limit = Reader::kMaxVector);
    Bytes encode() const;

    //! The number of leaves, a power of two.
    std::uint32_t leafCount() const { return m_leaves; }
    std::uint32_t memberCount() const { return m_members; }
    NodeIndex rootNode() const { return tree_math::root(m_leaves); }
    //! The occupied leaf. nullptr for a blank leaf or an index beyond the tree.
    const std::shared_ptr<const LeafNode>& leaf(LeafIndex leaf) const;
    //! The filled parent, or nullptr.
    const std::shared_ptr<const ParentNode>& parent(NodeIndex node) const;
    bool isBlank(NodeIndex node) const;
    //! The HPKE key of a filled node, or nullptr.
    const Bytes* encryptionKey(NodeIndex node) const;

    //! Fills the leftmost blank leaf, or doubles the tree if there is none (section 7.7). The leaf becomes
    //! unmerged at its filled ancestors.
    LeafIndex addLeaf(LeafNode leaf);
    //! Replaces a leaf and blanks its direct path, as an Update does (section 12.1.2).
    void updateLeaf(LeafIndex leaf, LeafNode node);
    //! Replaces only a leaf, not its path.
    void setLeaf(LeafIndex leaf, LeafNode node);
    //! Blanks a leaf and its direct path, then truncates the tree (section 12.1.3).
    void removeLeaf(LeafIndex leaf);
    void setParent(NodeIndex node, ParentNode content);
    void blankPath(LeafIndex leaf);

    //! True if a node has one of these HPKE keys.
    bool holdsAnyKey(const std::vector<ByteView>& encryptionKeys) const;
    //! Checks the keys of these nodes (section 7.3): no other node has the same encryption key, and no other
    //! leaf the same signature key. Error: InvalidTree.
    Result<void> checkDistinctKeys(const std::vector<NodeIndex>& nodes) const;
    //! Checks that every member supports every credential type in use (section 7.3). Error: InvalidTree.
    Result<void> checkCredentialTypes() const;

    //! The resolution of a node (section 4.1.1).
    std::vector<NodeIndex> resolution(NodeIndex node) const;
    bool isResolutionEmpty(NodeIndex node) const;

    struct PathStep {
        NodeIndex node;
        NodeIndex copath; //!< the child of `node` that does not contain the leaf
    };
    //! The filtered direct path, from the bottom (section 4.1.2).
    std::vector<PathStep> filteredDirectPath(LeafIndex leaf) const;

    //! Updates the cached hashes. Call it after changes and before reading any hash.
    void rehash();
    //! Tree hash of a subtree (section 7.8). Call rehash() after the last change first.
    const Digest& hash(NodeIndex node) const;
    Bytes treeHash() const { return toBytes(hash(rootNode())); }
    //! The hash of a subtree as it was before the leaves `without` were added (section 7.9).
    Digest originalHash(NodeIndex node, const std::vector<LeafIndex>& without) const;
    //! Parent hash of a parent's content with respect to a sibling subtree (section 7.9).
    Bytes parentHash(const ParentNode& parent, NodeIndex siblingSubtree) const;
    //! Checks the parent hashes of the whole tree (section 7.9.2). Error: InvalidTree.
    Result<void> verifyParentHashes() const;
    //! Checks distinct keys and their lengths, credential types and leaf signatures (sections 7.3 and
    //! 12.4.3.1). It checks neither the tree hash nor the parent hashes. Errors: InvalidTree,
    //! InvalidSignature.
    Result<void> validate(ByteView groupId) const;

private:
    struct Node {
        std::shared_ptr<const LeafNode> leaf;
        std::shared_ptr<const ParentNode> parent;
        Digest hash{};
        bool hashed = false;
    };
    static constexpr std::size_t kChunk = 32;
    //! The prints are short hashes of the keys, 0 for no key. They are stored together, so that all keys of a
    //! large tree are compared in microseconds. If two prints are equal, the keys themselves are compared.
    struct Chunk {
        std::array<Node, kChunk> nodes;
        std::array<std::uint64_t, kChunk> encryptionPrints{};
        std::array<std::uint64_t, kChunk> signaturePrints{};
    };
    //! The number of members that use a credential type, and of those that support it.
    struct CredentialUse {
        std::uint16_t type = 0;
        std::uint32_t users = 0;
        std::uint32_t supporters = 0;
    };

    const Node& at(NodeIndex node) const { return m_chunks[node / kChunk]->nodes[node % kChunk]; }
    Chunk& writableChunk(NodeIndex node);
    Node& writable(NodeIndex node) { return writableChunk(node).nodes[node % kChunk]; }
    //! Only these two functions change a node's content. nullptr blanks the node.
    void putLeaf(LeafIndex leaf, std::shared_ptr<const LeafNode> content);
    void putParent(NodeIndex node, std::shared_ptr<const ParentNode> content);
    void countCredential(const LeafNode& leaf, bool joins);
    //! Checks unmerged leaves (section 12.4.3.1): each is occupied, is below its node, and is unmerged in the
    //! filled nodes between.
    Result<void> checkUnmergedLeaves() const;
    //! Marks the hashes of a node and of its ancestors as outdated.
    void touch(NodeIndex node);
    void resize(std::uint32_t leaves);
    const Digest& computeHash(NodeIndex node);

    std::vector<std::shared_ptr<Chunk>> m_chunks;
    std::vector<CredentialUse> m_credentials;
    std::uint32_t m_leaves = 1;
    std::uint32_t m_members = 0;
    //! No leaf before this one is blank.
    LeafIndex m_firstBlank = 0;
};

} // namespace valise::mls
