// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/tree_math.h"
#include "tests/support/catch.h"
#include "tests/support/vectors.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

std::optional<tree_math::NodeIndex> indexOrNull(simdjson::dom::element e) {
    if (e.is_null())
        return std::nullopt;
    return static_cast<tree_math::NodeIndex>(std::uint64_t(e));
}

} // namespace

TEST_CASE("tree arithmetic matches the published vectors", "[mls]") {
    const auto file = openVectors("mls/tree-math.json");
    if (!file)
        return;
    for (const auto v : simdjson::dom::array(file->root())) {
        const auto leaves = static_cast<std::uint32_t>(intMember(v, "n_leaves"));
        REQUIRE(tree_math::nodeWidth(leaves) == intMember(v, "n_nodes"));
        CHECK(tree_math::root(leaves) == intMember(v, "root"));
        for (std::uint32_t i = 0; i < tree_math::nodeWidth(leaves); ++i) {
            CHECK(tree_math::left(i) == indexOrNull(v["left"].at(i).value()));
            CHECK(tree_math::right(i) == indexOrNull(v["right"].at(i).value()));
            CHECK(tree_math::parent(i, leaves) == indexOrNull(v["parent"].at(i).value()));
            CHECK(tree_math::sibling(i, leaves) == indexOrNull(v["sibling"].at(i).value()));
        }
    }
}

TEST_CASE("the common ancestor is the lowest node above both leaves", "[mls]") {
    CHECK(tree_math::commonAncestor(0, 1) == 1);
    CHECK(tree_math::commonAncestor(0, 3) == 3);
    CHECK(tree_math::commonAncestor(5, 4) == 9);
    CHECK(tree_math::commonAncestor(2, 6) == 7);
    CHECK(tree_math::inSubtree(7, 0));
    CHECK(tree_math::inSubtree(7, 14));
    CHECK_FALSE(tree_math::inSubtree(3, 7));
}
