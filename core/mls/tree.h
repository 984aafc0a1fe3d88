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

//! The public ratchet tree (section 7). Nodes are immutable and shared; a copy of the tree shares whole
//! chunks of nodes until one side changes them. Hashes of subtrees are kept, and only changed paths are
//! hashed again; likewise what is needed to compare keys and credential types is kept at hand, so that a
//! commit costs what it changes and not what the group has members.
class RatchetTree {
public:
    //! One blank leaf.
    RatchetTree();
    //! From the data of a ratchet_tree extension (section 12.4.3.3) of at most `limit` octets. Structure and
    //! unmerged leaves only; see validate(). Errors: InvalidEncoding, InvalidTree, LimitExceeded.
    static Result<RatchetTree> decode(ByteView extensionData, std::size_t limit = Reader::kMaxVector);
    Bytes encode() const;

    //! A power of two.
    std::uint32_t leafCount() const { return m_leaves; }
    std::uint32_t memberCount() const { return m_members; }
    NodeIndex rootNode() const { return tree_math::root(m_leaves); }
    //! The occupied leaf, or nullptr, also beyond the tree.
    const std::shared_ptr<const LeafNode>& leaf(LeafIndex leaf) const;
    //! The filled parent, or nullptr.
    const std::shared_ptr<const ParentNode>& parent(NodeIndex node) const;
    bool isBlank(NodeIndex node) const;
    //! The HPKE key of a filled node, or nullptr.
    const Bytes* encryptionKey(NodeIndex node) const;

    //! Leftmost blank leaf, or a doubled tree (section 7.7). The leaf becomes unmerged at its filled
    //! ancestors.
    LeafIndex addLeaf(LeafNode leaf);
    //! Replaces a leaf and blanks its direct path, as an Update does (section 12.1.2).
    void updateLeaf(LeafIndex leaf, LeafNode node);
    //! Replaces a leaf only.
    void setLeaf(LeafIndex leaf, LeafNode node);
    //! Blanks a leaf and its direct path, then truncates the tree (section 12.1.3).
    void removeLeaf(LeafIndex leaf);
    void setParent(NodeIndex node, ParentNode content);
    void blankPath(LeafIndex leaf);

    //! Whether one of these HPKE keys stands in a node.
    bool holdsAnyKey(const std::vector<ByteView>& encryptionKeys) const;
    //! Section 7.3: no other node has the encryption key, no other leaf the signature key, of one of these
    //! nodes. Error: InvalidTree.
    Result<void> checkDistinctKeys(const std::vector<NodeIndex>& nodes) const;
    //! Section 7.3: every member supports every credential type in use. Error: InvalidTree.
    Result<void> checkCredentialTypes() const;

    //! Section 4.1.1.
    std::vector<NodeIndex> resolution(NodeIndex node) const;
    bool isResolutionEmpty(NodeIndex node) const;

    struct PathStep {
        NodeIndex node;
        NodeIndex copath; //!< the child of `node` that is not towards the leaf
    };
    //! The filtered direct path, from the bottom (section 4.1.2).
    std::vector<PathStep> filteredDirectPath(LeafIndex leaf) const;

    //! Brings the kept hashes up to date; to be called after changes and before any hash is read.
    void rehash();
    //! Tree hash of a subtree (section 7.8). rehash() must have been called since the last change.
    const Digest& hash(NodeIndex node) const;
    Bytes treeHash() const { return toBytes(hash(rootNode())); }
    //! The hash of a subtree as it was before these leaves were added (section 7.9).
    Digest originalHash(NodeIndex node, const std::vector<LeafIndex>& without) const;
    //! Parent hash of a parent's content with respect to a sibling subtree (section 7.9).
    Bytes parentHash(const ParentNode& parent, NodeIndex siblingSubtree) const;
    //! Section 7.9.2 for the whole tree. Error: InvalidTree.
    Result<void> verifyParentHashes() const;
    //! Sections 7.3 and 12.4.3.1: distinct keys and their lengths, credential types, leaf signatures. Not:
    //! the hash and parent hashes. Error: InvalidTree, InvalidSignature.
    Result<void> validate(ByteView groupId) const;

private:
    struct Node {
        std::shared_ptr<const LeafNode> leaf;
        std::shared_ptr<const ParentNode> parent;
        Digest hash{};
        bool hashed = false;
    };
    static constexpr std::size_t kChunk = 32;
    //! The prints are short hashes of the keys, 0 where there is none: close together, so that all keys of a
    //! large tree are compared in microseconds. Where two agree the keys themselves decide.
    struct Chunk {
        std::array<Node, kChunk> nodes;
        std::array<std::uint64_t, kChunk> encryptionPrints{};
        std::array<std::uint64_t, kChunk> signaturePrints{};
    };
    //! How many members use a credential type, and how many support it.
    struct CredentialUse {
        std::uint16_t type = 0;
        std::uint32_t users = 0;
        std::uint32_t supporters = 0;
    };

    const Node& at(NodeIndex node) const { return m_chunks[node / kChunk]->nodes[node % kChunk]; }
    Chunk& writableChunk(NodeIndex node);
    Node& writable(NodeIndex node) { return writableChunk(node).nodes[node % kChunk]; }
    //! The only ways in which a node's content changes; nullptr blanks it.
    void putLeaf(LeafIndex leaf, std::shared_ptr<const LeafNode> content);
    void putParent(NodeIndex node, std::shared_ptr<const ParentNode> content);
    void countCredential(const LeafNode& leaf, bool joins);
    //! Section 12.4.3.1: unmerged leaves are occupied, below their node, and known on the way.
    Result<void> checkUnmergedLeaves() const;
    //! Forgets the hashes of a node and of all above it.
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
