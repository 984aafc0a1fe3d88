// SPDX-License-Identifier: AGPL-3.0-or-later
// The effects of changes on stored messages, in every order in which the changes can come.
#include "tests/core/storage/profile.h"

#include "core/base/encoding.h"
#include "core/client/messages/amendments.h"

using namespace valise;
using namespace valise::client;
using namespace valise::storage::test;

namespace {

const storage::Id32 kKasara = id(7); // the sender of message()
const storage::Id32 kNordvale = id(8);

struct Fixture {
    Fixture()
        : db(newProfile(folder.path))
        , changes(db->stores()) {
        must(stores().groups.add(group(1)));
    }
    storage::Stores& stores() { return db->stores(); }
    Result<std::set<storage::Id32>> apply(const storage::Id32& author, std::uint64_t event, std::int64_t at,
                                          const marmot::Content& change) {
        // As the client does: the event's own row is there first.
        storage::MessageRow row = message(1, event, {});
        row.sender = author;
        row.kind = marmot::kindOf(change);
        row.shown = false;
        row.target = marmot::targetsOf(change).front();
        must(stores().messages.insert(row));
        return changes.apply(groupId(1), {author, id(event), at}, change);
    }
    void arrive(std::uint64_t event, std::string text) {
        storage::MessageRow row = message(1, event, std::move(text));
        must(changes.prepare(row));
        must(stores().messages.insert(row));
    }
    storage::MessageRow at(std::uint64_t event) {
        return *must(stores().messages.get(groupId(1), id(event)));
    }
    std::size_t found(const char* text) { return must(stores().search.find(text, {}, 10)).size(); }

    Folder folder;
    std::unique_ptr<storage::Database> db;
    Amendments changes;
};

marmot::Edit edit(std::uint64_t target, std::string text) {
    return {id(target), std::move(text)};
}
marmot::Deletion deletion(std::initializer_list<std::uint64_t> targets) {
    marmot::Deletion out;
    for (const std::uint64_t target : targets)
        out.messages.push_back(id(target));
    return out;
}
marmot::Reaction reaction(std::uint64_t target, std::string emoji) {
    return {id(target), std::move(emoji)};
}

} // namespace

TEST_CASE("the newest edit of the author counts, in whatever order they come") {
    Fixture f;
    f.arrive(1, "Room 4");
    CHECK(must(f.apply(kKasara, 51, 200, edit(1, "Room 6"))) == std::set<storage::Id32>{id(1)});
    must(f.apply(kKasara, 50, 100, edit(1, "Room 5")));
    CHECK(f.at(1).content == "Room 6");
    CHECK(f.at(1).original == "Room 4");
    CHECK(f.at(1).editedAt == 200);
    CHECK(f.at(1).createdAt == message(1, 1, "").createdAt);
    CHECK(f.found("Room 6") == 1);
    CHECK(f.found("Room 4") == 0);
    const auto spoof = f.apply(kNordvale, 52, 900, edit(1, "Room 0"));
    REQUIRE_FALSE(spoof.ok());
    CHECK(spoof.error().code == ErrorCode::NotAuthorized);
    CHECK(f.at(1).content == "Room 6");
    // The newer edit is taken back: the older one stands, then the first text.
    CHECK(must(f.apply(kKasara, 60, 300, deletion({51}))) == std::set<storage::Id32>{id(1)});
    CHECK(f.at(1).content == "Room 5");
    must(f.apply(kKasara, 61, 300, deletion({50})));
    CHECK(f.at(1).content == "Room 4");
    CHECK(f.at(1).editedAt == 0);
}

TEST_CASE("changes that come before their message wait for it") {
    Fixture f;
    CHECK(must(f.apply(kKasara, 50, 100, edit(1, "as edited"))).empty());
    must(f.apply(kNordvale, 51, 999, edit(1, "as forged")));
    must(f.apply(kNordvale, 52, 100, reaction(1, "👍")));
    f.arrive(1, "as written");
    CHECK(f.at(1).content == "as edited");
    CHECK(f.at(1).original == "as written");
    CHECK(must(f.stores().changes.reactions(groupId(1), id(1))).size() == 1);
    CHECK(unreadIn(f.stores(), 1) == 1);

    must(f.apply(kNordvale, 53, 100, deletion({2})));
    must(f.apply(kKasara, 54, 100, deletion({3})));
    must(f.apply(kNordvale, 55, 100, reaction(3, "👍")));
    f.arrive(2, "not Nordvale's to delete");
    f.arrive(3, "the unsayable");
    CHECK_FALSE(f.at(2).deleted);
    CHECK(f.at(3).deleted);
    CHECK(f.at(3).content.empty());
    CHECK(f.found("unsayable") == 0);
    CHECK(must(f.stores().changes.reactions(groupId(1), id(3))).empty());
    CHECK(unreadIn(f.stores(), 1) == 2);

    // A reaction taken back before it came.
    must(f.apply(kNordvale, 57, 100, deletion({56})));
    must(f.apply(kNordvale, 56, 100, reaction(1, "🤝")));
    CHECK(must(f.stores().changes.reactions(groupId(1), id(1))).size() == 1);
}

TEST_CASE("an edit goes and comes back with its branch of the group") {
    Fixture f;
    f.arrive(1, "Room 4");
    must(f.apply(kKasara, 50, 100, edit(1, "Room 6")));
    must(f.stores().groupStates.placeMessage(groupId(1), f.at(50).row, id(60)));
    must(f.stores().messages.setStanding(groupId(1), id(60), false));
    CHECK(must(f.changes.follow(f.at(50))) == id(1));
    CHECK(f.at(1).content == "Room 4");
    CHECK(f.at(1).editedAt == 0);
    CHECK(f.found("Room 6") == 0);
    must(f.stores().messages.setStanding(groupId(1), id(60), true));
    must(f.changes.follow(f.at(50)));
    CHECK(f.at(1).content == "Room 6");
    CHECK(f.found("Room 6") == 1);
    CHECK_FALSE(must(f.changes.follow(f.at(1))).has_value());
}

TEST_CASE("a deletion is its author's and final") {
    Fixture f;
    f.arrive(1, "the unsayable");
    f.arrive(2, "harmless");
    must(f.apply(kKasara, 49, 100, edit(1, "still unsayable")));
    must(f.apply(kNordvale, 50, 100, reaction(1, "👍")));
    const auto spoof = f.apply(kNordvale, 51, 100, deletion({1}));
    REQUIRE_FALSE(spoof.ok());
    CHECK(spoof.error().code == ErrorCode::NotAuthorized);
    CHECK(must(f.apply(kKasara, 52, 100, deletion({1, 77}))) == std::set<storage::Id32>{id(1)});
    CHECK(f.at(1).deleted);
    CHECK(f.found("unsayable") == 0);
    CHECK_FALSE(f.at(2).deleted);
    CHECK(must(f.stores().changes.edits(groupId(1), id(1), kKasara)).empty());
    CHECK(must(f.apply(kKasara, 53, 900, edit(1, "back again"))).empty());
    CHECK(must(f.apply(kNordvale, 54, 900, reaction(1, "👍"))).empty());
    CHECK(f.at(1).content.empty());
    CHECK(must(f.stores().changes.edits(groupId(1), id(1), kKasara)).empty());
    CHECK(must(f.stores().groups.conversation(groupId(1)))->last->eventId == id(2));
}

TEST_CASE("a flood of changes by one member stays small and quick to read") {
    Fixture f;
    f.arrive(1, "calm");
    auto step = must(storage::Transaction::begin(*f.db));
    for (std::uint64_t n = 0; n < 1000; ++n) {
        must(f.apply(kNordvale, 10'000 + n, 100, reaction(1, "r" + std::to_string(n))));
        must(f.apply(kKasara, 20'000 + n, static_cast<std::int64_t>(n), edit(1, "e" + std::to_string(n))));
    }
    must(step.commit());
    CHECK(must(f.stores().changes.reactions(groupId(1), id(1))).size() ==
          storage::ChangeStore::kMaxReactions);
    CHECK(must(f.stores().changes.edits(groupId(1), id(1), kKasara)).size() ==
          storage::ChangeStore::kMaxEdits);
    CHECK(f.at(1).content == "e999");
    CHECK(f.at(1).original == "calm");
}
