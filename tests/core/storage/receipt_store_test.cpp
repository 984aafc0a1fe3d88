// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

TEST_CASE("receipts keep the first word of each reader") {
    Profile profile(2);
    ReceiptStore& store = profile.stores.receipts;
    const Bytes g = groupId(1);
    CHECK(must(store.add(g, id(1), id(7), 100, false)));
    CHECK_FALSE(must(store.add(g, id(1), id(7), 200, false)));
    CHECK(must(store.add(g, id(1), id(7), 300, true)));
    CHECK_FALSE(must(store.add(g, id(1), id(7), 400, true)));
    CHECK_FALSE(must(store.add(g, id(1), id(7), 500, false)));
    CHECK(must(store.add(g, id(1), id(8), 50, false)));
    // A member who read a message has it, also without a word that it was delivered.
    CHECK(must(store.add(g, id(1), id(9), 90, true)));
    CHECK(must(store.add(g, id(1), id(6), 0, true)));
    const ReceiptCount count = must(store.count(g, id(1)));
    CHECK(count.delivered == 4);
    CHECK(count.read == 3);
    const auto all = must(store.list(g, id(1)));
    REQUIRE(all.size() == 4);
    CHECK(all[0].reader == id(6));
    CHECK(all[1].reader == id(9));
    CHECK(all[2].reader == id(7));
    CHECK(all[2].deliveredAt == 100);
    CHECK(all[2].readAt == 300);
    CHECK(all[3].reader == id(8));
    CHECK(all[3].readAt == 0);
    CHECK(must(store.count(groupId(2), id(1))).delivered == 0);
    CHECK(codeOf(store.add(groupId(9), id(1), id(7), 1, true)) == ErrorCode::NotFound);
}

TEST_CASE("receipts that are owed wait, one kind at a time, and are bounded") {
    Profile profile(2);
    ReceiptStore& store = profile.stores.receipts;
    const Bytes g = groupId(1);
    must(store.owe(g, id(1), false));
    must(store.owe(g, id(2), false));
    must(store.owe(g, id(2), true));
    must(store.owe(g, id(2), false));
    must(store.owe(groupId(2), id(1), false));
    CHECK(must(store.groupsDue()).size() == 2);
    auto due = must(store.due(g, 10));
    REQUIRE(due.size() == 1);
    CHECK(due[0].target == id(2));
    CHECK(due[0].read);
    must(store.removeDue(g, id(2)));
    due = must(store.due(g, 10));
    REQUIRE(due.size() == 1);
    CHECK(due[0].target == id(1));
    CHECK_FALSE(due[0].read);
    must(store.owe(g, id(3), true));
    must(store.forgetDue(false));
    CHECK(must(store.groupsDue()) == std::vector<Bytes>{g});
    must(store.forgetDue(true));
    CHECK(must(store.groupsDue()).empty());
    auto step = must(Transaction::begin(*profile.db));
    for (std::uint64_t n = 0; n < ReceiptStore::kMaxDue + 20; ++n)
        must(store.owe(g, id(1000 + n), true));
    must(store.boundDue(g));
    must(step.commit());
    CHECK(must(store.due(g, 2 * ReceiptStore::kMaxDue)).size() == ReceiptStore::kMaxDue);
}
