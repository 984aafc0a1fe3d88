// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/tree.h"

#include <numeric>

namespace valise::mls {

using namespace tree_math;

namespace {

const std::shared_ptr<const LeafNode> kNoLeaf;
const std::shared_ptr<const ParentNode> kNoParent;

Digest leafHash(LeafIndex index, const LeafNode* leaf) {
    Writer w;
    w.u8(1);
    w.u32(index);
    w.optional(leaf != nullptr, [&](Writer& in) { in.raw(leaf->raw); });
    return crypto::sha256(w.bytes());
}

//! A print is never 0: 0 means that the node has no key.
std::uint64_t printOf(ByteView key) {
    return std::max<std::uint64_t>(crypto::shortHash(key), 1);
}

Digest parentTreeHash(const ParentNode* parent, ByteView leftHash, ByteView rightHash) {
    Writer w;
    w.u8(2);
    w.optional(parent != nullptr, [&](Writer& in) { parent->write(in); });
    w.opaque(leftHash);
    w.opaque(rightHash);
    return crypto::sha256(w.bytes());
}

} // namespace

void ParentNode::write(Writer& w) const {
    w.opaque(encryptionKey);
    w.opaque(parentHash);
    w.vector([&](Writer& in) {
        for (const LeafIndex l : unmergedLeaves)
            in.u32(l);
    });
}

Result<ParentNode> ParentNode::read(Reader& r) {
    ParentNode p;
    VALISE_TRY(const ByteView key, r.opaque());
    VALISE_TRY(const ByteView hash, r.opaque());
    VALISE_TRY(Reader in, r.vector());
    p.encryptionKey = toBytes(key);
    p.parentHash = toBytes(hash);
    while (!in.atEnd()) {
        VALISE_TRY(const std::uint32_t l, in.u32());
        if (!p.unmergedLeaves.empty() && p.unmergedLeaves.back() >= l)
            return {ErrorCode::InvalidTree, "unmerged leaves are not ascending"};
        p.unmergedLeaves.push_back(l);
    }
    return p;
}

RatchetTree::RatchetTree() {
    resize(1);
}

Result<RatchetTree> RatchetTree::decode(ByteView extensionData, std::size_t limit) {
    Reader outer(extensionData);
    VALISE_TRY(Reader r, outer.vector(limit));
    VALISE_CHECK(outer.finish());
    std::vector<Node> nodes;
    bool lastBlank = true;
    while (!r.atEnd()) {
        Node n;
        VALISE_TRY(const bool present, r.present());
        lastBlank = !present;
        if (present) {
            VALISE_TRY(const std::uint8_t type, r.u8());
            const bool leafPosition = isLeaf(static_cast<NodeIndex>(nodes.size()));
            if (type != (leafPosition ? 1 : 2))
                return {ErrorCode::InvalidTree, "node type does not fit its position"};
            if (leafPosition) {
                VALISE_TRY(LeafNode leaf, LeafNode::read(r));
                n.leaf = std::make_shared<const LeafNode>(std::move(leaf));
            } else {
                VALISE_TRY(ParentNode parent, ParentNode::read(r));
                n.parent = std::make_shared<const ParentNode>(std::move(parent));
            }
        }
        if (nodes.size() >= nodeWidth(kMaxLeaves))
            return {ErrorCode::LimitExceeded, "ratchet tree too large"};
        nodes.push_back(std::move(n));
    }
    if (nodes.empty() || lastBlank)
        return {ErrorCode::InvalidTree, "the last node of a tree must not be blank"};
    std::uint32_t leaves = 1;
    while (nodeWidth(leaves) < nodes.size())
        leaves *= 2;
    RatchetTree tree;
    tree.resize(leaves);
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
        if (nodes[i].leaf)
            tree.putLeaf(i / 2, std::move(nodes[i].leaf));
        else if (nodes[i].parent)
            tree.putParent(i, std::move(nodes[i].parent));
    }
    VALISE_CHECK(tree.checkUnmergedLeaves());
    tree.rehash();
    return tree;
}

Bytes RatchetTree::encode() const {
    std::uint32_t end = nodeWidth(m_leaves);
    while (end > 0 && isBlank(end - 1))
        --end;
    Writer w;
    w.vector([&](Writer& in) {
        for (NodeIndex i = 0; i < end; ++i) {
            const Node& n = at(i);
            if (n.leaf) {
                in.u8(1);
                in.u8(1);
                in.raw(n.leaf->raw);
            } else if (n.parent) {
                in.u8(1);
                in.u8(2);
                n.parent->write(in);
            } else {
                in.u8(0);
            }
        }
    });
    return w.take();
}

const std::shared_ptr<const LeafNode>& RatchetTree::leaf(LeafIndex leaf) const {
    return leaf < m_leaves ? at(leafNode(leaf)).leaf : kNoLeaf;
}

const std::shared_ptr<const ParentNode>& RatchetTree::parent(NodeIndex node) const {
    return node < nodeWidth(m_leaves) ? at(node).parent : kNoParent;
}

bool RatchetTree::isBlank(NodeIndex node) const {
    const Node& n = at(node);
    return !n.leaf && !n.parent;
}

const Bytes* RatchetTree::encryptionKey(NodeIndex node) const {
    if (node >= nodeWidth(m_leaves))
        return nullptr;
    const Node& n = at(node);
    return n.leaf ? &n.leaf->encryptionKey : n.parent ? &n.parent->encryptionKey : nullptr;
}

RatchetTree::Chunk& RatchetTree::writableChunk(NodeIndex node) {
    std::shared_ptr<Chunk>& chunk = m_chunks[node / kChunk];
    if (chunk.use_count() > 1)
        chunk = std::make_shared<Chunk>(*chunk);
    return *chunk;
}

void RatchetTree::putLeaf(LeafIndex leaf, std::shared_ptr<const LeafNode> content) {
    const NodeIndex node = leafNode(leaf);
    Chunk& chunk = writableChunk(node);
    Node& n = chunk.nodes[node % kChunk];
    const std::shared_ptr<const LeafNode> before = std::exchange(n.leaf, std::move(content));
    chunk.encryptionPrints[node % kChunk] = n.leaf ? printOf(n.leaf->encryptionKey) : 0;
    chunk.signaturePrints[node % kChunk] = n.leaf ? printOf(n.leaf->signatureKey) : 0;
    if (before) {
        --m_members;
        countCredential(*before, false);
    }
    if (const std::shared_ptr<const LeafNode> now = n.leaf) {
        ++m_members;
        countCredential(*now, true);
    } else {
        m_firstBlank = std::min(m_firstBlank, leaf);
    }
}

void RatchetTree::putParent(NodeIndex node, std::shared_ptr<const ParentNode> content) {
    Chunk& chunk = writableChunk(node);
    chunk.encryptionPrints[node % kChunk] = content ? printOf(content->encryptionKey) : 0;
    chunk.nodes[node % kChunk].parent = std::move(content);
}

void RatchetTree::countCredential(const LeafNode& leaf, bool joins) {
    const std::uint32_t step = joins ? 1 : UINT32_MAX; // wraps to a decrement
    auto use = std::find_if(m_credentials.begin(), m_credentials.end(),
                            [&](const CredentialUse& u) { return u.type == leaf.credential.type; });
    for (CredentialUse& u : m_credentials) {
        if (leaf.capabilities.hasCredential(u.type))
            u.supporters += step;
    }
    if (use != m_credentials.end()) {
        use->users += step;
        return;
    }
    // This is the first leaf with this credential type, so the members that support the type are counted now.
    // The leaf is already in the tree.
    CredentialUse fresh{leaf.credential.type, 1, 0};
    for (LeafIndex l = 0; l < m_leaves; ++l) {
        if (const auto& other = this->leaf(l); other && other->capabilities.hasCredential(fresh.type))
            ++fresh.supporters;
    }
    m_credentials.push_back(fresh);
}

bool RatchetTree::holdsAnyKey(const std::vector<ByteView>& encryptionKeys) const {
    std::vector<std::uint64_t> prints;
    for (const ByteView key : encryptionKeys)
        prints.push_back(printOf(key));
    std::sort(prints.begin(), prints.end());
    for (NodeIndex i = 0; i < nodeWidth(m_leaves); ++i) {
        const std::uint64_t print = m_chunks[i / kChunk]->encryptionPrints[i % kChunk];
        if (print != 0 && std::binary_search(prints.begin(), prints.end(), print) &&
            std::any_of(encryptionKeys.begin(), encryptionKeys.end(),
                        [&](ByteView key) { return sameBytes(key, *encryptionKey(i)); }))
            return true;
    }
    return false;
}

Result<void> RatchetTree::checkDistinctKeys(const std::vector<NodeIndex>& nodes) const {
    using Print = std::pair<std::uint64_t, NodeIndex>;
    const auto check = [&](auto prints, auto key, const char* what) -> Result<void> {
        std::vector<Print> wanted;
        for (const NodeIndex n : nodes) {
            if (const std::uint64_t print = prints(n); print != 0)
                wanted.emplace_back(print, n);
        }
        std::sort(wanted.begin(), wanted.end());
        for (NodeIndex i = 0; i < nodeWidth(m_leaves); ++i) {
            const std::uint64_t print = prints(i);
            if (print == 0)
                continue;
            for (auto it = std::lower_bound(wanted.begin(), wanted.end(), Print(print, 0));
                 it != wanted.end() && it->first == print; ++it) {
                if (it->second != i && sameBytes(key(it->second), key(i)))
                    return {ErrorCode::InvalidTree, what};
            }
        }
        return {};
    };
    VALISE_CHECK(check([&](NodeIndex n) { return m_chunks[n / kChunk]->encryptionPrints[n % kChunk]; },
                       [&](NodeIndex n) { return ByteView(*encryptionKey(n)); },
                       "two nodes have one encryption key"));
    return check([&](NodeIndex n) { return m_chunks[n / kChunk]->signaturePrints[n % kChunk]; },
                 [&](NodeIndex n) { return ByteView(at(n).leaf->signatureKey); },
                 "two leaves have one signature key");
}

Result<void> RatchetTree::checkCredentialTypes() const {
    for (const CredentialUse& u : m_credentials) {
        if (u.users > 0 && u.supporters != m_members)
            return {ErrorCode::InvalidTree, "a member does not support a credential type in use"};
    }
    return {};
}

void RatchetTree::touch(NodeIndex node) {
    writable(node).hashed = false;
    for (const NodeIndex p : directPath(node, m_leaves))
        writable(p).hashed = false;
}

void RatchetTree::resize(std::uint32_t leaves) {
    const std::uint32_t width = nodeWidth(leaves);
    const std::size_t chunks = (width + kChunk - 1) / kChunk;
    // The nodes beyond a truncated end are blank. In the last chunk they must be hashed again if the tree
    // grows.
    for (NodeIndex i = width; i < nodeWidth(m_leaves) && i / kChunk < std::min(chunks, m_chunks.size());
         ++i) {
        Chunk& chunk = writableChunk(i);
        chunk.nodes[i % kChunk] = Node{};
        chunk.encryptionPrints[i % kChunk] = 0;
        chunk.signaturePrints[i % kChunk] = 0;
    }
    m_firstBlank = std::min(m_firstBlank, leaves);
    while (m_chunks.size() < chunks)
        m_chunks.push_back(std::make_shared<Chunk>());
    m_chunks.resize(chunks);
    m_leaves = leaves;
}

LeafIndex RatchetTree::addLeaf(LeafNode leaf) {
    LeafIndex index = 0;
    if (m_members == m_leaves) {
        index = m_leaves;
        resize(m_leaves * 2);
    } else {
        index = m_firstBlank;
        while (at(leafNode(index)).leaf)
            ++index;
    }
    putLeaf(index, std::make_shared<const LeafNode>(std::move(leaf)));
    m_firstBlank = index + 1;
    for (const NodeIndex p : directPath(leafNode(index), m_leaves)) {
        if (at(p).parent) {
            ParentNode content = *at(p).parent;
            content.unmergedLeaves.insert(
                std::lower_bound(content.unmergedLeaves.begin(), content.unmergedLeaves.end(), index), index);
            putParent(p, std::make_shared<const ParentNode>(std::move(content)));
        }
    }
    touch(leafNode(index));
    return index;
}

void RatchetTree::blankPath(LeafIndex leaf) {
    for (const NodeIndex p : directPath(leafNode(leaf), m_leaves))
        putParent(p, nullptr);
    touch(leafNode(leaf));
}

void RatchetTree::setLeaf(LeafIndex leaf, LeafNode node) {
    putLeaf(leaf, std::make_shared<const LeafNode>(std::move(node)));
    touch(leafNode(leaf));
}

void RatchetTree::updateLeaf(LeafIndex leaf, LeafNode node) {
    setLeaf(leaf, std::move(node));
    blankPath(leaf);
}

void RatchetTree::removeLeaf(LeafIndex leaf) {
    putLeaf(leaf, nullptr);
    blankPath(leaf);
    std::uint32_t leaves = m_leaves;
    while (leaves > 1) {
        bool rightBlank = true;
        for (LeafIndex l = leaves / 2; l < leaves && rightBlank; ++l)
            rightBlank = !at(leafNode(l)).leaf;
        if (!rightBlank)
            break;
        leaves /= 2;
    }
    if (leaves != m_leaves)
        resize(leaves);
}

void RatchetTree::setParent(NodeIndex node, ParentNode content) {
    putParent(node, std::make_shared<const ParentNode>(std::move(content)));
    touch(node);
}

namespace {

void resolve(const RatchetTree& tree, NodeIndex node, std::vector<NodeIndex>& out) {
    if (!tree.isBlank(node)) {
        out.push_back(node);
        if (const auto& p = tree.parent(node)) {
            for (const LeafIndex l : p->unmergedLeaves)
                out.push_back(leafNode(l));
        }
        return;
    }
    if (isLeaf(node))
        return;
    resolve(tree, *left(node), out);
    resolve(tree, *right(node), out);
}

} // namespace

std::vector<NodeIndex> RatchetTree::resolution(NodeIndex node) const {
    std::vector<NodeIndex> out;
    resolve(*this, node, out);
    return out;
}

bool RatchetTree::isResolutionEmpty(NodeIndex node) const {
    if (!isBlank(node))
        return false;
    return isLeaf(node) || (isResolutionEmpty(*left(node)) && isResolutionEmpty(*right(node)));
}

std::vector<RatchetTree::PathStep> RatchetTree::filteredDirectPath(LeafIndex leaf) const {
    std::vector<PathStep> out;
    NodeIndex below = leafNode(leaf);
    for (const NodeIndex p : directPath(below, m_leaves)) {
        const NodeIndex copath = *sibling(below, m_leaves);
        if (!isResolutionEmpty(copath))
            out.push_back({p, copath});
        below = p;
    }
    return out;
}

const Digest& RatchetTree::computeHash(NodeIndex node) {
    if (at(node).hashed)
        return at(node).hash;
    Digest digest;
    if (isLeaf(node)) {
        digest = leafHash(node / 2, at(node).leaf.get());
    } else {
        const Digest l = computeHash(*left(node));
        const Digest r = computeHash(*right(node));
        digest = parentTreeHash(at(node).parent.get(), l, r);
    }
    Node& n = writable(node);
    n.hash = digest;
    n.hashed = true;
    return n.hash;
}

void RatchetTree::rehash() {
    computeHash(rootNode());
}

const Digest& RatchetTree::hash(NodeIndex node) const {
    if (!at(node).hashed)
        abortInvariant("tree hash read before rehash()");
    return at(node).hash;
}

Digest RatchetTree::originalHash(NodeIndex node, const std::vector<LeafIndex>& without) const {
    const auto inside = [&](LeafIndex l) { return inSubtree(node, leafNode(l)); };
    if (std::none_of(without.begin(), without.end(), inside))
        return hash(node);
    if (isLeaf(node))
        return leafHash(node / 2, nullptr);
    const Digest l = originalHash(*left(node), without);
    const Digest r = originalHash(*right(node), without);
    if (!at(node).parent)
        return parentTreeHash(nullptr, l, r);
    ParentNode content = *at(node).parent;
    std::erase_if(content.unmergedLeaves,
                  [&](LeafIndex u) { return std::binary_search(without.begin(), without.end(), u); });
    return parentTreeHash(&content, l, r);
}

Bytes RatchetTree::parentHash(const ParentNode& parent, NodeIndex siblingSubtree) const {
    Writer w;
    w.opaque(parent.encryptionKey);
    w.opaque(parent.parentHash);
    w.opaque(originalHash(siblingSubtree, parent.unmergedLeaves));
    return toBytes(crypto::sha256(w.bytes()));
}

Result<void> RatchetTree::verifyParentHashes() const {
    const auto matches = [&](const ParentNode& p, NodeIndex child, NodeIndex other) {
        const Bytes expected = parentHash(p, other);
        const std::vector<NodeIndex> below = resolution(child);
        std::vector<NodeIndex> unmerged;
        for (const LeafIndex l : p.unmergedLeaves) {
            if (inSubtree(child, leafNode(l)))
                unmerged.push_back(leafNode(l));
        }
        if (below.size() != unmerged.size() + 1)
            return false;
        for (const NodeIndex d : below) {
            const Node& n = at(d);
            const Bytes* hash =
                n.parent ? &n.parent->parentHash
                         : (n.leaf->source == LeafNodeSource::Commit ? &n.leaf->parentHash : nullptr);
            if (!hash || *hash != expected)
                continue;
            std::vector<NodeIndex> rest;
            for (const NodeIndex other2 : below) {
                if (other2 != d)
                    rest.push_back(other2);
            }
            std::sort(rest.begin(), rest.end());
            if (rest == unmerged)
                return true;
        }
        return false;
    };
    for (NodeIndex i = 1; i < nodeWidth(m_leaves); i += 2) {
        const auto& p = at(i).parent;
        if (!p)
            continue;
        const NodeIndex l = *left(i);
        const NodeIndex r = *right(i);
        if (!matches(*p, l, r) && !matches(*p, r, l))
            return {ErrorCode::InvalidTree, "parent hash"};
    }
    return {};
}

// All walks over the tree rely on this, so every decoded tree is checked.
Result<void> RatchetTree::checkUnmergedLeaves() const {
    for (NodeIndex i = 1; i < nodeWidth(m_leaves); i += 2) {
        const auto& p = at(i).parent;
        if (!p)
            continue;
        for (const LeafIndex u : p->unmergedLeaves) {
            if (u >= m_leaves || !inSubtree(i, leafNode(u)) || !leaf(u))
                return {ErrorCode::InvalidTree, "unmerged leaf is blank or elsewhere"};
            for (NodeIndex up = *tree_math::parent(leafNode(u), m_leaves); up != i;
                 up = *tree_math::parent(up, m_leaves)) {
                const auto& between = at(up).parent;
                if (between &&
                    !std::binary_search(between->unmergedLeaves.begin(), between->unmergedLeaves.end(), u))
                    return {ErrorCode::InvalidTree, "unmerged leaf is missing below"};
            }
        }
    }
    return {};
}

Result<void> RatchetTree::validate(ByteView groupId) const {
    std::vector<NodeIndex> all(nodeWidth(m_leaves));
    std::iota(all.begin(), all.end(), NodeIndex{0});
    VALISE_CHECK(checkDistinctKeys(all));
    VALISE_CHECK(checkCredentialTypes());
    for (NodeIndex i = 0; i < nodeWidth(m_leaves); ++i) {
        if (const auto& l = at(i).leaf; l && !l->verify(groupId, i / 2))
            return {ErrorCode::InvalidSignature, "leaf node of the tree"};
        if (const auto& p = at(i).parent; p && p->encryptionKey.size() != kHashSize)
            return {ErrorCode::InvalidTree, "key length of a parent node"};
    }
    return {};
}

} // namespace valise::mls
