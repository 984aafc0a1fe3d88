// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/tree.h"
#include "tests/core/mls/vector_suites.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

TEST_CASE("a damaged tree is refused", "[mls]") {
    forSupportedSuites("mls/tree-validation.json", [](CipherSuite, simdjson::dom::element v) {
        const Bytes good = hexMember(v, "tree");
        const Bytes groupId = hexMember(v, "group_id");
        const Bytes hash = must(RatchetTree::decode(good)).treeHash();
        for (std::size_t at = 2; at < good.size(); at += 97) {
            Bytes bad = good;
            bad[at] ^= 0x40;
            const auto tree = RatchetTree::decode(bad);
            const bool refused = !tree.ok() || tree->treeHash() != hash;
            CHECK(refused);
        }
        CHECK_FALSE(RatchetTree::decode(ByteView(good).first(good.size() - 1)).ok());
    });
    CHECK_FALSE(RatchetTree::decode({}).ok());
    CHECK_FALSE(RatchetTree::decode(Bytes{0}).ok());
    CHECK_FALSE(RatchetTree::decode(Bytes{1, 0}).ok());
}
