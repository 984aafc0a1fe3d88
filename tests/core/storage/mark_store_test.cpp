// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("mentions count until they are read, and go with their message") {
    Folder folder;
    auto db = newProfile(folder.path);
    auto& stores = db->stores();
    must(stores.groups.add(group(1)));
    must(stores.groups.add(group(2)));
    std::vector<std::int64_t> rows;
    for (std::uint64_t n = 1; n <= 3; ++n) {
        rows.push_back(must(stores.messages.insert(message(1, n, "line"))));
        must(stores.marks.addMention(rows.back()));
        must(stores.marks.addMention(rows.back()));
    }
    CHECK(must(stores.marks.unreadMentions(groupId(1))) == 3);
    CHECK(must(stores.marks.unreadMentions(groupId(2))) == 0);
    CHECK(must(stores.groups.conversation(groupId(1)))->mentions == 3);
    must(stores.groups.markRead(groupId(1), must(stores.messages.byRow(rows[0]))->orderKey()));
    CHECK(must(stores.marks.unreadMentions(groupId(1))) == 2);
    must(stores.messages.markDeleted(groupId(1), id(3)));
    CHECK(must(stores.groups.conversation(groupId(1)))->mentions == 1);
    must(stores.messages.erase(groupId(1), id(2)));
    CHECK(must(stores.marks.unreadMentions(groupId(1))) == 0);
    CHECK(must(stores.marks.mentions(rows[0])));
    CHECK_FALSE(must(stores.marks.mentions(rows[1])));
    CHECK(codeOf(stores.marks.addMention(999)) == ErrorCode::NotFound);
}

TEST_CASE("pins are listed, last pinned first, and bounded") {
    Folder folder;
    auto db = newProfile(folder.path);
    auto& stores = db->stores();
    must(stores.groups.add(group(1)));
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

TEST_CASE("rows expire in order, and rows of an earlier version get their time") {
    Folder folder;
    auto db = newProfile(folder.path);
    auto& stores = db->stores();
    must(stores.groups.add(group(1)));
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
