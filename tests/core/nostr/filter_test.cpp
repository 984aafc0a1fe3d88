// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/filter.h"

#include "core/base/encoding.h"
#include "tests/support/catch.h"

using namespace valise;
using namespace valise::nostr;

namespace {

Event sample() {
    Event e;
    e.id.fill(0xaa);
    e.pubkey.fill(0xbb);
    e.kind = 445;
    e.createdAt = 1000;
    e.tags = {{"h", "one"}, {"hh", "two"}, {"p"}};
    return e;
}

} // namespace

TEST_CASE("filters match by every member present", "[nostr]") {
    const Event e = sample();
    Filter f;
    CHECK(f.matches(e));
    f.ids = std::vector<EventId>{e.id};
    f.authors = std::vector<crypto::XOnlyKey>{crypto::XOnlyKey{}, e.pubkey};
    f.kinds = std::vector<Kind>{1, 445};
    f.since = 1000;
    f.until = 1000;
    f.tags['h'] = {"zero", "one"};
    f.limit = 0;
    CHECK(f.matches(e));

    const auto misses = [&](auto change) {
        Filter g = f;
        change(g);
        CHECK_FALSE(g.matches(e));
    };
    misses([](Filter& g) { g.ids = std::vector<EventId>{}; });
    misses([](Filter& g) { g.authors->pop_back(); });
    misses([](Filter& g) { g.kinds = std::vector<Kind>{444}; });
    misses([](Filter& g) { g.since = 1001; });
    misses([](Filter& g) { g.until = 999; });
    misses([](Filter& g) { g.tags['h'] = {"two"}; });
    misses([](Filter& g) { g.tags['H'] = {"one"}; });
    misses([](Filter& g) { g.tags['p'] = {""}; });
    misses([](Filter& g) { g.tags['h'] = {}; });
}

TEST_CASE("filters survive a round trip", "[nostr]") {
    Filter f;
    CHECK(f.toJson() == "{}");
    CHECK(must(parseFilter("{}")) == f);
    f.ids = std::vector<EventId>{EventId{1}};
    f.authors = std::vector<crypto::XOnlyKey>{};
    f.kinds = std::vector<Kind>{0, 65535};
    f.tags['d'] = {"a\"b", ""};
    f.tags['p'] = {std::string(64, 'a')};
    f.since = 0;
    f.until = 18446744073709551615u;
    f.limit = 20;
    CHECK(must(parseFilter(f.toJson())) == f);
    CHECK(f.toJson() == "{\"ids\":[\"01" + std::string(62, '0') +
                            "\"],\"authors\":[],\"kinds\":[0,65535],\"#d\":[\"a\\\"b\",\"\"],\"#p\":[\"" +
                            std::string(64, 'a') +
                            "\"],\"since\":0,\"until\":18446744073709551615,\"limit\":20}");
}

TEST_CASE("the filter reader is strict and bounded", "[nostr]") {
    for (const char* bad :
         {"[]", "{\"ids\":[\"ab\"]}", "{\"ids\":\"ab\"}", "{\"kinds\":[\"1\"]}", "{\"kinds\":[1.0]}",
          "{\"since\":-1}", "{\"limit\":1e3}", "{\"limit\":null}", "{\"kinds\":[1],\"kinds\":[2]}",
          "{\"#e\":[\"short\"]}", "{\"#p\":[1]}",
          "{\"#p\":[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]}"}) {
        INFO(bad);
        const auto r = parseFilter(bad);
        REQUIRE_FALSE(r.ok());
        CHECK(r.error().code == ErrorCode::InvalidEncoding);
    }
    for (const char* bad :
         {"{\"search\":\"x\"}", "{\"#ab\":[\"x\"]}", "{\"#1\":[]}", "{\"#\":[]}", "{\"&t\":[]}"}) {
        INFO(bad);
        const auto r = parseFilter(bad);
        REQUIRE_FALSE(r.ok());
        CHECK(r.error().code == ErrorCode::Unsupported);
    }
    Limits tight;
    tight.filterValues = 1;
    CHECK(parseFilter("{\"kinds\":[1]}", tight).ok());
    CHECK(parseFilter("{\"kinds\":[1,2]}", tight).error().code == ErrorCode::LimitExceeded);
    CHECK(parseFilter("{\"kinds\":[65536]}").error().code == ErrorCode::LimitExceeded);
    tight.filterTags = 1;
    CHECK(parseFilter("{\"#a\":[],\"#b\":[]}", tight).error().code == ErrorCode::LimitExceeded);
}
