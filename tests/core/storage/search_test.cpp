// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

namespace {

struct Fixture : Profile {
    Fixture()
        : Profile(2) {}
    std::uint64_t next = 1;
    Id32 say(std::string text, std::uint8_t g = 1) {
        const MessageRow m = message(g, next++, std::move(text));
        must(stores.messages.insert(m));
        return m.eventId;
    }
    Result<std::vector<SearchHit>> search(std::string_view query, std::optional<Bytes> group = {},
                                          std::size_t limit = 1000,
                                          std::optional<std::int64_t> beforeRow = {}) {
        SearchFilter filter;
        filter.groupId = std::move(group);
        return stores.search.find(query, filter, limit, beforeRow);
    }
    std::size_t count(std::string_view query, std::optional<Bytes> group = {}) {
        return must(search(query, std::move(group))).size();
    }
};

} // namespace

TEST_CASE_METHOD(Fixture, "parts of words are found in any script, whatever the case") {
    say("The Ambassador arrives on Thursday");
    say("Переговоры начнутся в Женеве");
    say("الاجتماع غدا في جنيف");
    say("明天在日内瓦举行双边会议");
    say("Η συνάντηση στη Γενεύη");
    say("Łódź wird Gastgeber");
    for (const char* query :
         {"bassad", "AMBASSADOR", "thur", "on", "ПЕРЕГОВ", "женев", "ЖЕ", "اجتماع", "جن", "日内瓦", "会议",
          "瓦", "ΓΕΝΕΎΗ", "łód", "ŁÓ", "arrives amb", "\"arrives on\""}) {
        INFO(query);
        REQUIRE(count(query) == 1);
    }
    for (const char* query :
         {"embassy", "\"on arrives\"", "ambassador 会议", "bassad zz", "", "   ", "\"", "\"\""}) {
        INFO(query);
        REQUIRE(count(query) == 0);
    }
}

TEST_CASE_METHOD(Fixture, "the query is text, never an expression") {
    say("He said \"never\" (NOT once) AND left: 100% of_it *star* body:x a-b ^up col:y 'q' \\");
    say("plain words");
    for (const char* query : {"NOT", "(NOT once)", "AND", "100%", "of_it", "*star*", "body:x", "a-b", "^up",
                              "'q'", "\\", "col:y", "\"never\"", "sta*"}) {
        INFO(query);
        auto found = search(query, {}, 10);
        REQUIRE(found.ok());
        if (std::string_view(query) != "sta*")
            REQUIRE(found->size() == 1);
        else
            REQUIRE(found->empty());
    }
    for (const char* query : {"%", "_"})
        REQUIRE(count(query) == 1);
    for (const char* query :
         {"a OR b NEAR(", "\"\"\"", "{x} : y", "NEAR(a b, 5)", "\xff\xfe\xfd", "x\"y\"z", "-", "+"})
        REQUIRE(search(query, {}, 10).ok());
    REQUIRE(search(std::string("pla\0in", 6), {}, 10).ok());
    REQUIRE(search(std::string(100000, 'a'), {}, 10).ok());
}

TEST_CASE_METHOD(Fixture, "hits are newest first, by group, in pages, with marked snippets") {
    for (int i = 0; i < 30; ++i)
        say("item " + std::to_string(i) + " of the agenda", i % 3 == 0 ? 2 : 1);
    REQUIRE(count("agenda") == 30);
    REQUIRE(count("agenda", groupId(2)) == 10);
    REQUIRE(count("of", groupId(2)) == 10);
    REQUIRE(codeOf(search("agenda", groupId(9), 10)) == ErrorCode::NotFound);
    const auto first = must(search("agenda", {}, 7));
    REQUIRE(first.size() == 7);
    REQUIRE(first[0].message.content == "item 29 of the agenda");
    const auto second = must(search("agenda", {}, 7, first.back().message.row));
    REQUIRE(second[0].message.content == "item 22 of the agenda");

    say(std::string(300, 'x') + " Genève and GENÈVE " + std::string(300, 'y'));
    const auto hit = must(search("genève", {}, 1)).at(0);
    REQUIRE(hit.cutBefore);
    REQUIRE(hit.cutAfter);
    REQUIRE(hit.matches.size() == 2);
    REQUIRE(hit.snippet.substr(hit.matches[0].offset, hit.matches[0].length) == "Genève");
    REQUIRE(hit.snippet.substr(hit.matches[1].offset, hit.matches[1].length) == "GENÈVE");
    REQUIRE(hit.snippet.size() < 200);

    say("aXbx");
    REQUIRE(must(search("x", {}, 1)).at(0).matches == std::vector<TextRange>{{1, 1}, {3, 1}});
}

TEST_CASE_METHOD(Fixture, "edited text replaces the old one, deleted text leaves the index") {
    const Id32 edited = say("the treaty of Tamir");
    const Id32 deleted = say("zweihundert geheimnisvolle Worte");
    const Id32 erased = say("quadratisch praktisch");
    for (int i = 0; i < 200; ++i)
        say("filling number " + std::to_string(i * 7919));
    must(stores.messages.edit(groupId(1), edited, "the accord of Tamir", "[]", 5));
    REQUIRE(count("treaty") == 0);
    REQUIRE(count("accord") == 1);
    must(stores.messages.markDeleted(groupId(1), deleted));
    must(stores.messages.erase(groupId(1), erased));
    REQUIRE(count("geheimnisvoll") == 0);
    REQUIRE(count("quadrat") == 0);
    int slices = 0;
    while (!must(stores.search.forgetDeleted(4)))
        REQUIRE(++slices < 10000);
    REQUIRE(must(stores.search.forgetDeleted()));
    // The index itself no longer holds the deleted words' parts.
    must(connection().execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, message_search, row)"));
    for (const char* part : {"geh", "hei", "dra", "zwe", "rak"}) {
        INFO(part);
        REQUIRE(must(connection().integer("SELECT count(*) FROM temp.terms WHERE term = ?1", part)) == 0);
    }
    // Nor do the pages of its tables, deleted terms included (decrypted: as SQLite sees them).
    std::int64_t traces = 0;
    must(connection().query("SELECT block FROM message_search_data", [&](const Statement& row) {
        const std::string block(textOf(row.blob(0)));
        traces += block.find("heimn") != std::string::npos || block.find("adrat") != std::string::npos;
    }));
    REQUIRE(traces == 0);
    must(connection().execute("INSERT INTO message_search(message_search) VALUES('integrity-check')"));
    for (const MessageRow& row : must(stores.messages.after(groupId(1), {}, 1000)))
        must(stores.messages.erase(groupId(1), row.eventId));
    REQUIRE(count("filling") == 0);
    while (!must(stores.search.forgetDeleted(4)))
        REQUIRE(++slices < 10000);
    REQUIRE(must(connection().integer("SELECT count(*) FROM temp.terms")) == 0);
    must(connection().execute("INSERT INTO message_search(message_search) VALUES('integrity-check')"));
}

TEST_CASE_METHOD(Fixture, "the index stays sound through many changes") {
    std::vector<Id32> ids;
    crypto::SeededRandom random(3);
    const std::vector<std::string> words{"Kasara",  "Nordvale", "Tamir", "条约",
                                         "договор", "معاهدة",   "note",  "ab"};
    auto step = must(Transaction::begin(*db));
    for (int i = 0; i < 1500; ++i) {
        std::string text;
        for (std::uint32_t n = random.uniform(12) + 1; n > 0; --n)
            text += words[random.uniform(static_cast<std::uint32_t>(words.size()))] + " " +
                    std::to_string(random.uniform(99));
        ids.push_back(say(text));
        if (i % 3 == 0)
            must(stores.messages.markDeleted(groupId(1),
                                             ids[random.uniform(static_cast<std::uint32_t>(ids.size()))]));
        if (i % 4 == 0)
            (void)stores.messages
                .edit(groupId(1), ids[random.uniform(static_cast<std::uint32_t>(ids.size()))], text + "!", "",
                      1)
                .ok();
    }
    must(step.commit());
    must(connection().execute("INSERT INTO message_search(message_search) VALUES('integrity-check')"));
    std::int64_t expected =
        must(connection().integer("SELECT count(*) FROM messages WHERE body LIKE '%Nordvale%'")).value();
    REQUIRE(must(search("nordvale", {}, 100000)).size() == static_cast<std::size_t>(expected));
}

TEST_CASE("a search is limited to a person, a time, a group and to messages with links, in every script") {
    Profile profile(2);
    auto& s = profile.stores;
    std::uint64_t n = 0;
    const auto add = [&](std::uint8_t g, std::uint64_t from, std::int64_t at, const char* text) {
        MessageRow m = message(g, ++n, text);
        m.sender = id(from);
        m.createdAt = at;
        must(s.messages.insert(m));
    };
    add(1, 7, 1'000, "The ferry leaves at nine");
    add(1, 8, 2'000, "The ferry timetable: https://ferry.example/times");
    add(2, 7, 3'000, "No ferry today");
    add(1, 7, 4'000, "تغادر العبّارة عند التاسعة");
    add(1, 8, 5'000, "Паром отходит в девять");
    add(2, 8, 6'000, "渡轮九点出发");
    const auto found = [&](const char* text, const SearchFilter& filter) {
        std::vector<std::int64_t> at;
        for (const SearchHit& hit : must(s.search.find(text, filter, 10)))
            at.push_back(hit.message.createdAt);
        return at;
    };
    using At = std::vector<std::int64_t>;
    SearchFilter filter;
    CHECK(found("ferry", filter) == At{3'000, 2'000, 1'000});
    filter.groupId = groupId(1);
    CHECK(found("ferry", filter) == At{2'000, 1'000});
    filter.sender = id(7);
    CHECK(found("ferry", filter) == At{1'000});
    filter.groupId.reset();
    CHECK(found("ferry", filter) == At{3'000, 1'000});
    filter.from = 3'000;
    CHECK(found("ferry", filter) == At{3'000});
    filter.from.reset();
    filter.before = 3'000;
    CHECK(found("ferry", filter) == At{1'000});
    filter = {};
    filter.withLinks = true;
    CHECK(found("ferry", filter) == At{2'000});
    // These are parts of words, and words too short for the index.
    filter = {};
    filter.sender = id(8);
    CHECK(found("тход", filter) == At{5'000});
    CHECK(found("九点", filter) == At{6'000});
    filter.sender = id(7);
    CHECK(found("تاسع", filter) == At{4'000});
    CHECK(found("九点", filter).empty());
    filter.groupId = groupId(9);
    CHECK(codeOf(s.search.find("ferry", filter, 10)) == ErrorCode::NotFound);
}
