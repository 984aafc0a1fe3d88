// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/tree_math.h"
#include "tests/support/catch.h"

using namespace valise;
using namespace valise::mls;

TEST_CASE("the common ancestor is the lowest node above both leaves", "[mls]") {
    CHECK(tree_math::commonAncestor(0, 1) == 1);
    CHECK(tree_math::commonAncestor(0, 3) == 3);
    CHECK(tree_math::commonAncestor(5, 4) == 9);
    CHECK(tree_math::commonAncestor(2, 6) == 7);
    CHECK(tree_math::inSubtree(7, 0));
    CHECK(tree_math::inSubtree(7, 14));
    CHECK_FALSE(tree_math::inSubtree(3, 7));
}
