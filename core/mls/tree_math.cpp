// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/tree_math.h"

#include <bit>

namespace valise::mls::tree_math {

std::uint32_t level(NodeIndex node) {
    return static_cast<std::uint32_t>(std::countr_one(node));
}

NodeIndex root(std::uint32_t leaves) {
    return leaves - 1;
}

std::optional<NodeIndex> left(NodeIndex node) {
    const std::uint32_t k = level(node);
    if (k == 0)
        return std::nullopt;
    return node ^ (1u << (k - 1));
}

std::optional<NodeIndex> right(NodeIndex node) {
    const std::uint32_t k = level(node);
    if (k == 0)
        return std::nullopt;
    return node ^ (3u << (k - 1));
}

std::optional<NodeIndex> parent(NodeIndex node, std::uint32_t leaves) {
    if (node == root(leaves))
        return std::nullopt;
    const std::uint32_t k = level(node);
    return (node | (1u << k)) & ~(1u << (k + 1));
}

std::optional<NodeIndex> sibling(NodeIndex node, std::uint32_t leaves) {
    const auto p = parent(node, leaves);
    if (!p)
        return std::nullopt;
    return node < *p ? right(*p) : left(*p);
}

std::vector<NodeIndex> directPath(NodeIndex node, std::uint32_t leaves) {
    std::vector<NodeIndex> out;
    for (auto p = parent(node, leaves); p; p = parent(*p, leaves))
        out.push_back(*p);
    return out;
}

bool inSubtree(NodeIndex ancestor, NodeIndex node) {
    const std::uint32_t half = (1u << level(ancestor)) - 1;
    return node + half >= ancestor && node <= ancestor + half;
}

NodeIndex commonAncestor(std::uint32_t leafA, std::uint32_t leafB) {
    NodeIndex a = leafNode(leafA);
    const NodeIndex b = leafNode(leafB);
    while (!inSubtree(a, b)) {
        const std::uint32_t k = level(a);
        a = (a | (1u << k)) & ~(1u << (k + 1));
    }
    return a;
}

} // namespace valise::mls::tree_math
