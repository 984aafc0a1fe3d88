// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("rows expire in order, and rows of an earlier version get their time") {
    Profile profile(1);
    auto& stores = profile.stores;
    std::vector<std::int64_t> rows;
    for (std::uint64_t n = 1; n <= 3; ++n)
        rows.push_back(must(stores.messages.insert(message(1, n, "line"))));
    MessageRow line = message(1, 4, "");
    line.direction = MessageDirection::System;
    must(stores.messages.insert(line));
    CHECK_FALSE(must(stores.expiries.next()).has_value());
    must(stores.expiries.set(rows[1], 500));
    CHECK(must(stores.expiries.next()) == 500);
    must(stores.expiries.adopt(groupId(1), 1000));
    CHECK(must(stores.expiries.due(499, 10)).empty());
    REQUIRE(must(stores.expiries.due(500, 10)).size() == 1);
    CHECK(must(stores.expiries.due(500, 10))[0].row == rows[1]);
    CHECK(must(stores.expiries.due(1'700'002'000, 10)).size() == 3); // not the line about the group
    CHECK(must(stores.expiries.due(1'700'001'000, 10)).size() == 1);
    must(stores.messages.erase(groupId(1), id(2)));
    CHECK(must(stores.expiries.due(1'700'002'000, 10)).size() == 2);
    must(stores.expiries.forget(rows[0]));
    CHECK(must(stores.expiries.due(1'700'002'000, 10)).size() == 1);
    CHECK(codeOf(stores.expiries.set(999, 1)) == ErrorCode::NotFound);
}
