// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

//! The array-based tree of RFC 9420 appendix C. Leaf counts are powers of two; node 2i is leaf i.
namespace valise::mls::tree_math {

using NodeIndex = std::uint32_t;

//! The largest tree that is accepted (2^16 leaves).
inline constexpr std::uint32_t kMaxLeaves = 1u << 16;

//! The level of a node, 0 for leaves.
std::uint32_t level(NodeIndex node);
inline bool isLeaf(NodeIndex node) {
    return (node & 1) == 0;
}
inline NodeIndex leafNode(std::uint32_t leaf) {
    return 2 * leaf;
}
inline std::uint32_t nodeWidth(std::uint32_t leaves) {
    return leaves == 0 ? 0 : 2 * leaves - 1;
}
NodeIndex root(std::uint32_t leaves);
//! The children of a parent node; leaves have none.
std::optional<NodeIndex> left(NodeIndex node);
std::optional<NodeIndex> right(NodeIndex node);
//! The parent and the sibling of a node. nullopt for the root.
std::optional<NodeIndex> parent(NodeIndex node, std::uint32_t leaves);
std::optional<NodeIndex> sibling(NodeIndex node, std::uint32_t leaves);
//! From the parent of `node` up to the root.
std::vector<NodeIndex> directPath(NodeIndex node, std::uint32_t leaves);
//! True if `node` is `ancestor` or below it.
bool inSubtree(NodeIndex ancestor, NodeIndex node);
//! The lowest node that has both leaves below it.
NodeIndex commonAncestor(std::uint32_t leafA, std::uint32_t leafB);

} // namespace valise::mls::tree_math
