// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("mentions count until they are read, and go with their message") {
    Profile profile(2);
    auto& stores = profile.stores;
    std::vector<std::int64_t> rows;
    for (std::uint64_t n = 1; n <= 3; ++n) {
        rows.push_back(must(stores.messages.insert(message(1, n, "line"))));
        must(stores.marks.addMention(rows.back()));
        must(stores.marks.addMention(rows.back()));
    }
    CHECK(must(stores.groups.conversation(groupId(1)))->mentions == 3);
    CHECK(must(stores.groups.conversation(groupId(2)))->mentions == 0);
    must(stores.groups.markRead(groupId(1), must(stores.messages.byRow(rows[0]))->orderKey()));
    CHECK(must(stores.groups.conversation(groupId(1)))->mentions == 2);
    must(stores.messages.markDeleted(groupId(1), id(3)));
    CHECK(must(stores.groups.conversation(groupId(1)))->mentions == 1);
    must(stores.messages.erase(groupId(1), id(2)));
    CHECK(must(stores.groups.conversation(groupId(1)))->mentions == 0);
    CHECK(codeOf(stores.marks.addMention(999)) == ErrorCode::NotFound);
}

TEST_CASE("pins are listed, last pinned first, and bounded") {
    Profile profile(1);
    auto& stores = profile.stores;
    std::vector<std::int64_t> rows;
    for (std::uint64_t n = 0; n <= MarkStore::kMaxPins; ++n)
        rows.push_back(must(stores.messages.insert(message(1, n + 1, "line"))));
    must(stores.marks.setPinned(rows[0], true, 100));
    must(stores.marks.setPinned(rows[1], true, 200));
    must(stores.marks.setPinned(rows[0], true, 300));
    auto pinned = must(stores.marks.pinned(groupId(1)));
    REQUIRE(pinned.size() == 2);
    CHECK(pinned[0].row == rows[0]);
    CHECK(must(stores.marks.isPinned(rows[1])));
    must(stores.messages.hide(groupId(1), id(2)));
    CHECK(must(stores.marks.pinned(groupId(1))).size() == 1);
    must(stores.marks.setPinned(rows[0], false, 400));
    CHECK(must(stores.marks.pinned(groupId(1))).empty());
    must(stores.marks.setPinned(rows[1], false, 400));
    for (std::size_t n = 0; n < MarkStore::kMaxPins; ++n)
        must(stores.marks.setPinned(rows[n], true, 500));
    CHECK(codeOf(stores.marks.setPinned(rows.back(), true, 600)) == ErrorCode::LimitExceeded);
    must(stores.marks.setPinned(rows[3], true, 700));
    CHECK(codeOf(stores.marks.setPinned(999, true, 600)) == ErrorCode::NotFound);
}
