// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

namespace {

const Id32 kKasara = id(7);
const Id32 kNordvale = id(8);

} // namespace

TEST_CASE("the newest edit counts, of one second the lowest id, and old ones are bounded") {
    Profile profile(1);
    ChangeStore& store = profile.stores.changes;
    must(store.addEdit(groupId(1), {id(1), kKasara, id(50), 200, "second"}));
    must(store.addEdit(groupId(1), {id(1), kKasara, id(51), 100, "first"}));
    must(store.addEdit(groupId(1), {id(1), kNordvale, id(52), 900, "not mine"}));
    must(store.addEdit(groupId(1), {id(1), kKasara, id(49), 200, "second, lower id"}));
    CHECK(must(store.newestEdit(groupId(1), id(1), kKasara))->body == "second, lower id");
    CHECK_FALSE(must(store.newestEdit(groupId(1), id(2), kKasara)).has_value());
    const auto all = must(store.edits(groupId(1), id(1), kKasara));
    REQUIRE(all.size() == 3);
    CHECK(all.front().body == "first");
    CHECK(all.back().body == "second, lower id");
    CHECK(codeOf(store.addEdit(groupId(1), {id(3), kKasara, id(50), 1, "again"})) ==
          ErrorCode::AlreadyExists);
    CHECK(codeOf(store.addEdit(groupId(9), {id(1), kKasara, id(60), 1, "x"})) == ErrorCode::NotFound);

    CHECK(must(store.withdraw(groupId(1), id(49), kKasara)) == id(1));
    CHECK(must(store.newestEdit(groupId(1), id(1), kKasara))->body == "second");
    CHECK_FALSE(must(store.withdraw(groupId(1), id(50), kNordvale)).has_value()); // not theirs
    for (std::uint64_t n = 0; n < 2 * ChangeStore::kMaxEdits; ++n)
        must(store.addEdit(groupId(1),
                           {id(5), kKasara, id(1000 + n), static_cast<std::int64_t>(n), std::to_string(n)}));
    const auto bounded = must(store.edits(groupId(1), id(5), kKasara));
    CHECK(bounded.size() == ChangeStore::kMaxEdits);
    CHECK(bounded.back().body == std::to_string(2 * ChangeStore::kMaxEdits - 1));
}

TEST_CASE("reactions are kept by event, bounded for each person, and taken back by their author only") {
    Profile profile(1);
    ChangeStore& store = profile.stores.changes;
    CHECK(must(store.addReaction(groupId(1), {id(1), kKasara, id(20), 5, "👍"})));
    CHECK(must(store.addReaction(groupId(1), {id(1), kKasara, id(21), 6, "👍"})));
    CHECK(must(store.addReaction(groupId(1), {id(1), kNordvale, id(22), 4, "🤝"})));
    const auto all = must(store.reactions(groupId(1), id(1)));
    REQUIRE(all.size() == 3);
    CHECK(all.front().emoji == "🤝");
    CHECK(must(store.reactionEvents(groupId(1), id(1), kKasara, "👍")) == std::vector<Id32>{id(20), id(21)});
    CHECK_FALSE(must(store.withdraw(groupId(1), id(22), kKasara)).has_value());
    CHECK(must(store.withdraw(groupId(1), id(22), kNordvale)) == id(1));
    CHECK(must(store.reactions(groupId(1), id(1))).size() == 2);
    CHECK(codeOf(store.addReaction(groupId(1), {id(2), kKasara, id(20), 5, "x"})) ==
          ErrorCode::AlreadyExists);
    for (std::uint64_t n = 0; n < 2 * ChangeStore::kMaxReactions; ++n)
        CHECK(must(store.addReaction(groupId(1), {id(3), kKasara, id(100 + n), 1, std::to_string(n)})) ==
              (n < ChangeStore::kMaxReactions));
    must(store.forget(groupId(1), id(3)));
    CHECK(must(store.reactions(groupId(1), id(3))).empty());
}

TEST_CASE("what was said on a branch counts only while the branch stands") {
    Profile profile(1);
    ChangeStore& store = profile.stores.changes;
    for (const std::uint64_t event : {20, 21, 22}) {
        MessageRow row = message(1, event, {});
        row.sender = kKasara;
        row.direction = MessageDirection::Outgoing;
        row.state = MessageState::Sent;
        row.acceptedRelays = 1;
        row.shown = false;
        must(profile.stores.groupStates.placeMessage(groupId(1), must(profile.stores.messages.insert(row)),
                                                     id(60)));
    }
    must(store.addEdit(groupId(1), {id(1), kKasara, id(19), 100, "first"}));
    must(store.addEdit(groupId(1), {id(1), kKasara, id(20), 200, "second"}));
    must(store.addReaction(groupId(1), {id(1), kKasara, id(21), 5, "👍"}));
    must(profile.stores.messages.setState(groupId(1), id(22), MessageState::Withdrawn, "refused"));

    must(profile.stores.messages.setStanding(groupId(1), id(60), false));
    CHECK(must(store.newestEdit(groupId(1), id(1), kKasara))->body == "first");
    CHECK(must(store.edits(groupId(1), id(1), kKasara)).size() == 1);
    CHECK(must(store.reactions(groupId(1), id(1))).empty());
    CHECK(must(store.reactionEvents(groupId(1), id(1), kKasara, "👍")).empty());

    must(profile.stores.messages.setStanding(groupId(1), id(60), true));
    CHECK(must(store.newestEdit(groupId(1), id(1), kKasara))->body == "second");
    CHECK(must(store.edits(groupId(1), id(1), kKasara)).size() == 2);
    CHECK(must(store.reactions(groupId(1), id(1))).size() == 1);
    CHECK(must(store.reactionEvents(groupId(1), id(1), kKasara, "👍")).size() == 1);
    CHECK(must(profile.stores.messages.get(groupId(1), id(20)))->state == MessageState::Sent);
    CHECK(must(profile.stores.messages.get(groupId(1), id(22)))->state == MessageState::Withdrawn);
}

TEST_CASE("a deletion is remembered for what has not come yet") {
    Profile profile(1);
    ChangeStore& store = profile.stores.changes;
    must(store.addDeletion(groupId(1), id(1), kKasara, id(30)));
    must(store.addDeletion(groupId(1), id(2), kKasara, id(30)));
    must(store.addDeletion(groupId(1), id(1), kKasara, id(30)));
    CHECK(must(store.isDeleted(groupId(1), id(1), kKasara)));
    CHECK(must(store.isDeleted(groupId(1), id(2), kKasara)));
    CHECK_FALSE(must(store.isDeleted(groupId(1), id(1), kNordvale)));
    CHECK_FALSE(must(store.withdraw(groupId(1), id(30), kKasara)).has_value());
    CHECK_FALSE(must(store.isDeleted(groupId(1), id(1), kKasara)));
}

TEST_CASE("a held event that gets its final id keeps what belongs to it") {
    Profile profile(1);
    Stores& s = profile.stores;
    must(s.messages.insert(message(1, 1, "held")));
    MessageRow answer = message(1, 2, "an answer to it");
    answer.replyTo = id(1);
    must(s.messages.insert(answer));
    must(s.changes.addEdit(groupId(1), {id(1), kKasara, id(50), 10, "better"}));
    must(s.changes.addReaction(groupId(1), {id(1), kNordvale, id(60), 10, "👍"}));
    HeldMessage reaction;
    reaction.groupId = groupId(1);
    reaction.kind = 7;
    reaction.content = "👍";
    reaction.tagsJson = "0000000000000001" + std::string(48, '0');
    const std::int64_t held = must(s.held.add(reaction));
    must(s.changes.rename(groupId(1), id(1), id(101), 77));
    CHECK(must(s.changes.newestEdit(groupId(1), id(101), kKasara))->createdAt == 10);
    CHECK(must(s.changes.reactions(groupId(1), id(101))).size() == 1);
    CHECK(must(s.messages.get(groupId(1), id(2)))->replyTo == id(101));
    CHECK(must(s.held.get(held))->tagsJson == "0000000000000065" + std::string(48, '0'));
    must(s.changes.rename(groupId(1), id(50), id(150), 88));
    CHECK(must(s.changes.newestEdit(groupId(1), id(101), kKasara))->createdAt == 88);
    CHECK(must(s.changes.newestEdit(groupId(1), id(101), kKasara))->eventId == id(150));
}

TEST_CASE("edited and deleted text leaves rows, index and quotes") {
    Profile profile(1);
    Stores& s = profile.stores;
    const std::int64_t row = must(s.messages.insert(message(1, 1, "the ferry leaves at noon")));
    MessageRow answer = message(1, 2, "good");
    answer.replyTo = id(1);
    must(s.messages.insert(answer));
    must(s.messages.edit(groupId(1), id(1), "the barge leaves at nine", "[]", 9));
    CHECK(must(s.search.find("ferry", {}, 10)).empty());
    CHECK(must(s.search.find("barge", {}, 10)).size() == 1);
    must(s.messages.revert(groupId(1), id(1)));
    CHECK(must(s.messages.byRow(row))->content == "the ferry leaves at noon");
    CHECK(must(s.messages.byRow(row))->editedAt == 0);
    must(s.messages.revert(groupId(1), id(1)));
    CHECK(must(s.messages.byRow(row))->content == "the ferry leaves at noon");
    const auto quoting = must(s.messages.quoting(groupId(1), id(1), 10));
    REQUIRE(quoting.size() == 1);
    CHECK(quoting.front().eventId == id(2));

    must(s.changes.setStarred(row, true, 5));
    CHECK(must(s.changes.starred({}, 10)).size() == 1);
    must(s.messages.hide(groupId(1), id(1)));
    CHECK(must(s.messages.before(groupId(1), {}, 10)).size() == 1);
    CHECK(must(s.messages.contains(groupId(1), id(1))));
    CHECK(must(s.messages.byRow(row))->content.empty());
    CHECK(must(s.search.find("ferry", {}, 10)).empty());
    CHECK_FALSE(must(s.changes.isStarred(row)));
    CHECK(must(s.groups.conversation(groupId(1)))->last->eventId == id(2));
    CHECK(codeOf(s.messages.hide(groupId(1), id(77))) == ErrorCode::NotFound);
}

TEST_CASE("stars and servers stand with a message, and go with it") {
    Profile profile(1);
    Stores& s = profile.stores;
    const std::int64_t first = must(s.messages.insert(message(1, 1, "one")));
    const std::int64_t second = must(s.messages.insert(message(1, 2, "two")));
    must(s.changes.setStarred(first, true, 10));
    must(s.changes.setStarred(second, true, 20));
    must(s.changes.setStarred(first, true, 30)); // the first time stays
    const auto starred = must(s.changes.starred(groupId(1), 10));
    REQUIRE(starred.size() == 2);
    CHECK(starred.front().row == second);
    CHECK(must(s.changes.starred(groupId(1), 1)).size() == 1);
    CHECK(must(s.changes.starred(groupId(4), 10)).empty());
    must(s.changes.setStarred(second, false, 0));
    CHECK_FALSE(must(s.changes.isStarred(second)));
    CHECK(codeOf(s.changes.setStarred(999, true, 1)) == ErrorCode::NotFound);

    must(s.changes.addAcceptance(first, "wss://b.example", 7));
    must(s.changes.addAcceptance(first, "wss://a.example", 9));
    must(s.changes.addAcceptance(first, "wss://b.example", 99));
    const auto servers = must(s.changes.acceptances(first));
    REQUIRE(servers.size() == 2);
    CHECK(servers.front().url == "wss://b.example");
    CHECK(servers.front().acceptedMs == 7);
    must(s.messages.erase(groupId(1), id(1)));
    CHECK(must(s.changes.acceptances(first)).empty());
    CHECK_FALSE(must(s.changes.isStarred(first)));
}

TEST_CASE("edits of and reactions to a message go with it") {
    Profile profile(1);
    Stores& s = profile.stores;
    for (const std::uint64_t n : {1, 2}) {
        must(s.messages.insert(message(1, n, "line")));
        must(s.changes.addEdit(groupId(1), {id(n), kKasara, id(50 + n), 10, "line, edited"}));
        must(s.changes.addReaction(groupId(1), {id(n), kNordvale, id(60 + n), 10, "x"}));
    }
    must(s.messages.erase(groupId(1), id(2)));
    CHECK(must(s.changes.edits(groupId(1), id(1), kKasara)).size() == 1);
    CHECK(must(s.changes.reactions(groupId(1), id(1))).size() == 1);
    CHECK(must(s.changes.edits(groupId(1), id(2), kKasara)).empty());
    CHECK(must(s.changes.reactions(groupId(1), id(2))).empty());
}
