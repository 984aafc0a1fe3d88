// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/message.h"

#include "core/base/encoding.h"
#include "core/nostr/nip42.h"
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::nostr;

namespace {

crypto::SchnorrKeyPair keyOf(std::uint64_t seed) {
    crypto::SeededRandom random(seed);
    return crypto::schnorrGenerate(random);
}

Event sample() {
    crypto::SeededRandom random(3);
    UnsignedEvent draft;
    draft.kind = 9;
    draft.createdAt = 5;
    draft.content = "nine o'clock";
    return sign(draft, keyOf(4), random);
}

} // namespace

TEST_CASE("client messages in both directions", "[nostr]") {
    using namespace client_message;
    const Event e = sample();
    Filter one;
    one.kinds = std::vector<Kind>{445};
    Filter two;
    two.limit = 3;

    const auto publish = must(parseClientMessage(toJson(ClientMessage{Publish{e}})));
    CHECK(std::get<Publish>(publish).event == e);
    const auto auth = must(parseClientMessage(toJson(ClientMessage{Auth{e}})));
    CHECK(std::get<Auth>(auth).event == e);
    const std::string text = toJson(ClientMessage{Request{"sub", {one, two}}});
    CHECK(text == "[\"REQ\",\"sub\",{\"kinds\":[445]},{\"limit\":3}]");
    const auto request = must(parseClientMessage(text));
    CHECK(std::get<Request>(request).subscription == "sub");
    CHECK(std::get<Request>(request).filters == std::vector<Filter>{one, two});
    const auto count = must(parseClientMessage(toJson(ClientMessage{Count{"c", {one}}})));
    CHECK(std::get<Count>(count).filters == std::vector<Filter>{one});
    const auto close = must(parseClientMessage("[\"CLOSE\",\"sub\"]"));
    CHECK(std::get<Close>(close).subscription == "sub");
    CHECK(toJson(close) == "[\"CLOSE\",\"sub\"]");
}

TEST_CASE("relay messages in both directions", "[nostr]") {
    using namespace relay_message;
    const Event e = sample();
    const auto delivery = must(parseRelayMessage(toJson(RelayMessage{Delivery{"s", e}})));
    CHECK(std::get<Delivery>(delivery).subscription == "s");
    CHECK(std::get<Delivery>(delivery).event == e);
    const auto ok = must(parseRelayMessage(toJson(RelayMessage{Ok{e.id, false, "invalid: \"x\""}})));
    CHECK(std::get<Ok>(ok).id == e.id);
    CHECK_FALSE(std::get<Ok>(ok).accepted);
    CHECK(std::get<Ok>(ok).reason == "invalid: \"x\"");
    const auto bare = must(parseRelayMessage("[\"OK\",\"" + toHex(e.id) + "\",true]"));
    CHECK(std::get<Ok>(bare).accepted);
    CHECK(
        std::get<EndOfStored>(must(parseRelayMessage(toJson(RelayMessage{EndOfStored{"s"}})))).subscription ==
        "s");
    const auto closed = must(parseRelayMessage(toJson(RelayMessage{Closed{"s", "auth-required: who?"}})));
    CHECK(std::get<Closed>(closed).subscription == "s");
    CHECK(reasonCode(std::get<Closed>(closed).reason) == ReasonCode::AuthRequired);
    CHECK(std::get<Notice>(must(parseRelayMessage(toJson(RelayMessage{Notice{"hello"}})))).text == "hello");
    CHECK(std::get<Challenge>(must(parseRelayMessage(toJson(RelayMessage{Challenge{"c"}})))).challenge ==
          "c");
    const auto count = must(parseRelayMessage(toJson(RelayMessage{CountAnswer{"s", 12}})));
    CHECK(std::get<CountAnswer>(count).count == 12);

    const auto loud = must(parseRelayMessage("[\"NOTICE\",\"" + std::string(9999, 'x') + "\"]"));
    CHECK(std::get<Notice>(loud).text.size() == Limits{}.reasonSize);
}

TEST_CASE("messages of reconciliation in both directions", "[nostr]") {
    Filter filter;
    filter.kinds = std::vector<Kind>{445};
    const Bytes octets{0x61, 0x00, 0x00, 0x02, 0x00};
    const std::string open = toJson(ClientMessage{client_message::ReconcileOpen{"n1", filter, octets}});
    CHECK(open == "[\"NEG-OPEN\",\"n1\",{\"kinds\":[445]},\"6100000200\"]");
    const auto opened = std::get<client_message::ReconcileOpen>(must(parseClientMessage(open)));
    CHECK(opened.filter == filter);
    CHECK(opened.message == octets);
    const auto next = must(parseClientMessage("[\"NEG-MSG\",\"n1\",\"6100000200\"]"));
    CHECK(std::get<client_message::Reconcile>(next).message == octets);
    CHECK(toJson(next) == "[\"NEG-MSG\",\"n1\",\"6100000200\"]");
    CHECK(toJson(must(parseClientMessage("[\"NEG-CLOSE\",\"n1\"]"))) == "[\"NEG-CLOSE\",\"n1\"]");
    const auto answer = must(parseRelayMessage("[\"NEG-MSG\",\"n1\",\"61\"]"));
    CHECK(std::get<relay_message::Reconcile>(answer).message == Bytes{0x61});
    const auto error = must(parseRelayMessage("[\"NEG-ERR\",\"n1\",\"blocked: too many\"]"));
    CHECK(std::get<relay_message::ReconcileError>(error).reason == "blocked: too many");
    CHECK(reasonCode("closed: too slow") == ReasonCode::Closed);
    CHECK(must(parseRelayMessage(toJson(error))).index() == error.index());
    for (const char* bad :
         {"[\"NEG-OPEN\",\"n1\",{}]", "[\"NEG-OPEN\",\"n1\",\"61\",{}]", "[\"NEG-OPEN\",\"n1\",{},\"6\"]",
          "[\"NEG-MSG\",\"n1\",\"zz\"]", "[\"NEG-MSG\",\"\",\"61\"]", "[\"NEG-CLOSE\"]"})
        CHECK_FALSE(parseClientMessage(bad).ok());
    CHECK_FALSE(parseRelayMessage("[\"NEG-MSG\",\"n1\"]").ok());
    const std::string longer = "[\"NEG-MSG\",\"n1\",\"" + std::string(2 * 512 * 1024 + 2, '6') + "\"]";
    CHECK(parseRelayMessage(longer).error().code == ErrorCode::LimitExceeded);
}

TEST_CASE("messages that break their form are refused", "[nostr]") {
    const std::string event = sample().toJson();
    const std::string longId(65, 'a');
    for (const std::string& bad :
         {std::string("[]"), std::string("{}"), std::string("[1]"), std::string("[\"EVENT\"]"),
          "[\"EVENT\"," + event + ",1]", std::string("[\"EVENT\",{}]"), std::string("[\"REQ\",\"s\"]"),
          std::string("[\"REQ\",\"\",{}]"), "[\"REQ\",\"" + longId + "\",{}]", std::string("[\"REQ\",{},{}]"),
          std::string("[\"REQ\",\"s\",[]]"), std::string("[\"CLOSE\"]"), std::string("[\"CLOSE\",1]"),
          std::string("[\"CLOSE\",\"s\",1]"), std::string("[\"AUTH\",\"s\"]"), "[\"EVENT\"," + event}) {
        INFO(bad);
        const auto r = parseClientMessage(bad);
        REQUIRE_FALSE(r.ok());
        CHECK(r.error().code == ErrorCode::InvalidEncoding);
    }
    const std::string id(64, 'a');
    for (const std::string& bad :
         {"[\"EVENT\"," + event + "]", "[\"EVENT\",\"\"," + event + "]",
          std::string("[\"OK\",\"aa\",true,\"\"]"), "[\"OK\",\"" + id + "\",1,\"\"]",
          "[\"OK\",\"" + id + "\"]", "[\"OK\",\"" + id + "\",true,null]", std::string("[\"EOSE\"]"),
          std::string("[\"NOTICE\",1]"), std::string("[\"AUTH\",{}]"), std::string("[\"COUNT\",\"s\",{}]"),
          std::string("[\"COUNT\",\"s\",{\"count\":-1}]")}) {
        INFO(bad);
        const auto r = parseRelayMessage(bad);
        REQUIRE_FALSE(r.ok());
        CHECK(r.error().code == ErrorCode::InvalidEncoding);
    }
    CHECK(parseClientMessage("[\"MADE-UP\",\"s\"]").error().code == ErrorCode::Unsupported);
    CHECK(parseRelayMessage("[\"PING\"]").error().code == ErrorCode::Unsupported);
    std::string many = "[\"REQ\",\"s\"";
    for (std::size_t i = 0; i <= Limits{}.filters; ++i)
        many += ",{}";
    CHECK(parseClientMessage(many + "]").error().code == ErrorCode::LimitExceeded);

    const Event e = sample();
    CHECK(eventIdOfUnreadable("[\"EVENT\",{\"id\":\"" + toHex(e.id) + "\"}]") == e.id);
    CHECK_FALSE(eventIdOfUnreadable("[\"EVENT\",{\"id\":1}]").has_value());
    CHECK_FALSE(eventIdOfUnreadable("[\"EVENT\"").has_value());
}

TEST_CASE("machine-readable reasons", "[nostr]") {
    CHECK(reasonCode("duplicate: have it") == ReasonCode::Duplicate);
    CHECK(reasonCode("rate-limited: slow down") == ReasonCode::RateLimited);
    CHECK(reasonCode("restricted: members only") == ReasonCode::Restricted);
    CHECK(reasonCode("shadow-ban: x") == ReasonCode::Other);
    CHECK(reasonCode("Something odd: x") == ReasonCode::None);
    CHECK(reasonCode("") == ReasonCode::None);
    CHECK(makeReason(ReasonCode::Blocked, "no") == "blocked: no");
    CHECK(makeReason(ReasonCode::None, "no") == "no");
    CHECK(isTransient(ReasonCode::RateLimited));
    CHECK_FALSE(isTransient(ReasonCode::Invalid));
}

TEST_CASE("NIP-42 events answer one challenge of one relay", "[nostr]") {
    crypto::SeededRandom random(1);
    const auto key = keyOf(2);
    const Event e = must(makeAuthEvent("wss://relay.kasara.example/", "abc", key, 1000, random));
    CHECK(e.kind == kind::kAuth);
    must(verifyAuthEvent(e, "WSS://Relay.Kasara.example:443", "abc", 1000));
    must(verifyAuthEvent(e, "wss://relay.kasara.example", "abc", 1600));
    must(verifyAuthEvent(e, "wss://relay.kasara.example", "abc", 400));
    const auto refused = [&](const Event& event, std::string_view url, std::string_view challenge,
                             std::uint64_t now) { return !verifyAuthEvent(event, url, challenge, now).ok(); };
    CHECK(refused(e, "wss://relay.kasara.example", "abc", 1601));
    CHECK(refused(e, "wss://relay.kasara.example", "abc", 399));
    CHECK(refused(e, "wss://relay.kasara.example", "abd", 1000));
    CHECK(refused(e, "wss://relay.nordvale.example", "abc", 1000));
    CHECK(refused(e, "ws://relay.kasara.example", "abc", 1000));
    Event bad = e;
    bad.sig[0] ^= 1;
    CHECK(refused(bad, "wss://relay.kasara.example", "abc", 1000));
    UnsignedEvent other = e.unsignedPart();
    other.kind = 1;
    CHECK(refused(sign(other, key, random), "wss://relay.kasara.example", "abc", 1000));
    other = e.unsignedPart();
    other.tags.push_back({"challenge", "abc"});
    CHECK(refused(sign(other, key, random), "wss://relay.kasara.example", "abc", 1000));
    CHECK_FALSE(makeAuthEvent("wss://relay.kasara.example", "", key, 1, random).ok());
    CHECK_FALSE(makeAuthEvent("https://relay.kasara.example", "a", key, 1, random).ok());
}
