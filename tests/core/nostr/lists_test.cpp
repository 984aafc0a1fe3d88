// SPDX-License-Identifier: AGPL-3.0-or-later
// Relay lists, profiles and relay information documents.
#include "core/nostr/nip11.h"
#include "core/nostr/profile.h"
#include "core/nostr/relay_list.h"
#include "tests/support/catch.h"

using namespace valise;
using namespace valise::nostr;

namespace {

Event unsignedEvent(UnsignedEvent from) {
    Event out;
    out.kind = from.kind;
    out.createdAt = from.createdAt;
    out.tags = std::move(from.tags);
    out.content = std::move(from.content);
    return out;
}

} // namespace

TEST_CASE("NIP-65 relay lists", "[nostr]") {
    const std::vector<RelayListEntry> entries = {{"wss://a.example/", true, true},
                                                 {"wss://b.example", true, false},
                                                 {"wss://c.example", false, true},
                                                 {"wss://A.example", true, false}};
    const UnsignedEvent made = must(makeRelayList(entries, 5));
    CHECK(made.tags == Tags{{"r", "wss://a.example"},
                            {"r", "wss://b.example", "read"},
                            {"r", "wss://c.example", "write"}});
    const std::vector<RelayListEntry> expected = {
        {"wss://a.example", true, true}, {"wss://b.example", true, false}, {"wss://c.example", false, true}};
    CHECK(must(parseRelayList(unsignedEvent(made))) == expected);
    CHECK_FALSE(makeRelayList({{"wss://a.example", false, false}}, 5).ok());
    CHECK(makeRelayList({{"a.example", true, true}}, 5).error().code == ErrorCode::InvalidUrl);

    Event e;
    e.kind = kind::kRelayList;
    e.tags = {{"r"},
              {"r", "not a url"},
              {"x", "wss://x.example"},
              {"r", "wss://a.example", "archive"},
              {"r", "wss://a.example", "read"},
              {"r", "wss://a.example/", "write"}};
    CHECK(must(parseRelayList(e)) == std::vector<RelayListEntry>{{"wss://a.example", true, true}});
    for (int i = 0; i < 200; ++i)
        e.tags.push_back({"r", "wss://h" + std::to_string(i) + ".example"});
    CHECK(must(parseRelayList(e)).size() == kMaxRelayListEntries);
    e.kind = 1;
    CHECK_FALSE(parseRelayList(e).ok());
}

TEST_CASE("inbox relays", "[nostr]") {
    const UnsignedEvent made =
        must(makeInboxRelays({"wss://a.example/", "wss://a.example", "wss://b.example"}, 5));
    CHECK(made.kind == kind::kInboxRelays);
    CHECK(made.tags == Tags{{"relay", "wss://a.example"}, {"relay", "wss://b.example"}});
    Event e = unsignedEvent(made);
    e.tags.push_back({"relay", "ftp://c.example"});
    CHECK(must(parseInboxRelays(e)) == std::vector<std::string>{"wss://a.example", "wss://b.example"});
    e.kind = 10002;
    CHECK_FALSE(parseInboxRelays(e).ok());
}

TEST_CASE("profiles", "[nostr]") {
    Profile p;
    p.name = "tamir";
    p.displayName = "Tamir \"T.\" Odun";
    p.about = "First secretary\nKasara";
    const UnsignedEvent made = must(makeProfile(p, 5));
    CHECK(made.content == "{\"name\":\"tamir\",\"display_name\":\"Tamir \\\"T.\\\" Odun\",\"about\":\"First "
                          "secretary\\nKasara\"}");
    Event e = unsignedEvent(made);
    CHECK(must(parseProfile(e)) == p);
    CHECK(must(parseProfile(e)).bestName() == p.displayName);
    e.content = "{\"name\":5,\"about\":null,\"picture\":[],\"display_name\":\"x\"}";
    CHECK(must(parseProfile(e)).name.empty());
    CHECK(must(parseProfile(e)).bestName() == "x");
    std::string longName;
    for (int i = 0; i < 200; ++i)
        longName += "\xc3\xa9";
    e.content = "{\"name\":\"a" + longName + "\"}";
    CHECK(must(parseProfile(e)).name.size() == 255); // 256 would split a character
    for (const char* bad : {"", "[]", "null", "{", "name"}) {
        e.content = bad;
        CHECK(parseProfile(e).error().code == ErrorCode::InvalidEncoding);
    }
    e.content = "{\"name\":\"" + std::string(70000, 'x') + "\"}";
    CHECK(parseProfile(e).error().code == ErrorCode::LimitExceeded);
    p.name = "\xff";
    CHECK_FALSE(makeProfile(p, 5).ok());
    p.name = std::string(257, 'x');
    CHECK_FALSE(makeProfile(p, 5).ok());
}

TEST_CASE("relay information documents", "[nostr]") {
    RelayInfo info;
    CHECK(must(parseRelayInfo(info.toJson())) == info);
    info.name = "Nordvale relay";
    info.supportedNips = {1, 11, 42};
    info.maxMessageLength = 65536;
    info.maxSubscriptions = 20;
    info.maxLimit = 500;
    info.maxSubscriptionIdLength = 64;
    info.authRequired = true;
    info.paymentRequired = false;
    CHECK(must(parseRelayInfo(info.toJson())) == info);
    CHECK(info.supports(42));
    CHECK_FALSE(info.supports(50));

    const RelayInfo odd = must(parseRelayInfo("{\"name\":null,\"supported_nips\":[1,\"2\",-3,4.5,9],"
                                              "\"limitation\":{\"max_limit\":-5,\"max_subscriptions\":"
                                              "1e2,\"auth_required\":\"yes\",\"max_message_length\":7,"
                                              "\"payment_required\":true},\"fees\":{\"a\":[{}]}}"));
    CHECK(odd.supportedNips == std::vector<std::uint32_t>{1, 9});
    CHECK_FALSE(odd.maxLimit.has_value());
    CHECK_FALSE(odd.maxSubscriptions.has_value());
    CHECK_FALSE(odd.authRequired.has_value());
    CHECK(odd.maxMessageLength == 7u);
    CHECK(odd.paymentRequired == true);
    CHECK(must(parseRelayInfo("{\"limitation\":[]}")) == RelayInfo{});
    for (const char* bad : {"", "[]", "<html>", "{"})
        CHECK(parseRelayInfo(bad).error().code == ErrorCode::InvalidEncoding);
    CHECK(parseRelayInfo("{\"name\":\"" + std::string(kMaxRelayInfo, 'x') + "\"}").error().code ==
          ErrorCode::LimitExceeded);
}
