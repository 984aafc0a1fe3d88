// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/event.h"

#include "core/base/encoding.h"
#include "tests/core/nostr/nip59_example.h"
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"

using namespace valise;
using namespace valise::nostr;

namespace {

const crypto::XOnlyKey kGenerator =
    *fromHexFixed<32>("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

Event sample(std::string content = "The delegation arrives at nine.") {
    crypto::SeededRandom random(7);
    UnsignedEvent draft;
    draft.createdAt = 1700000000;
    draft.kind = kind::kShortNote;
    draft.tags = {{"t", "protocol"}, {"e", "", "x"}};
    draft.content = std::move(content);
    return sign(draft, crypto::schnorrGenerate(random), random);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

ErrorCode codeOf(std::string_view json, const Limits& limits = {}) {
    auto parsed = parseEvent(json, limits);
    REQUIRE_FALSE(parsed.ok());
    return parsed.error().code;
}

} // namespace

TEST_CASE("event ids follow NIP-01's serialization", "[nostr]") {
    // Both digests were computed by another JSON writer and SHA-256.
    UnsignedEvent e;
    e.pubkey = kGenerator;
    CHECK(toHex(e.canonicalId()) == "438633166bd72a6b099ca89b06018a96fc9a175ce81b44a853b1242fcca7ae0b");
    e.createdAt = 1700000000;
    e.kind = 1;
    e.tags = {{"t", "a\"b"}, {"e", "", "x"}};
    constexpr char kContent[] =
        "\0\b\t\n\x0b\f\r\x1f \"\\/ \x7f \xe2\x80\xa8 \xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\xa7\xb3";
    e.content = std::string(kContent, sizeof kContent - 1);
    CHECK(toHex(e.canonicalId()) == "8818adfb41c0ad01100c677408d0f19db33410bd5f6a9abafbb7383e28743158");
    CHECK(must(parseRumor(e.toJson())) == e);
}

TEST_CASE("JSON text is escaped as serde_json does", "[nostr]") {
    std::string out;
    appendJsonString(out, std::string_view("\x01\b\f\n\r\t\x1f\"\\/\x7f\xc3\xa9", 13));
    CHECK(out == "\"\\u0001\\b\\f\\n\\r\\t\\u001f\\\"\\\\/\x7f\xc3\xa9\"");
}

TEST_CASE("the published NIP-59 events verify", "[nostr]") {
    for (const char* text : {test::kExampleSeal, test::kExampleWrap}) {
        const Event e = must(parseEvent(text));
        must(e.verify());
        CHECK(must(parseEvent(e.toJson())) == e);
    }
    const UnsignedEvent rumor = must(parseRumor(test::kExampleRumor));
    CHECK(toHex(rumor.canonicalId()) == "9dd003c6d3b73b74a85a9ab099469ce251653a7af76f523671ab828acd2a0ef9");
}

TEST_CASE("signed events survive a round trip and no tampering", "[nostr]") {
    const Event e = sample();
    must(e.verify());
    CHECK(must(parseEvent(e.toJson())) == e);

    const auto expect = [&](auto change, ErrorCode code) {
        Event bad = e;
        change(bad);
        const auto result = bad.verify();
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == code);
    };
    expect([](Event& b) { b.content += '.'; }, ErrorCode::InvalidEvent);
    expect([](Event& b) { b.createdAt += 1; }, ErrorCode::InvalidEvent);
    expect([](Event& b) { b.kind = 9; }, ErrorCode::InvalidEvent);
    expect([](Event& b) { b.tags.pop_back(); }, ErrorCode::InvalidEvent);
    expect([](Event& b) { b.pubkey[5] ^= 1; }, ErrorCode::InvalidEvent);
    expect([](Event& b) { b.id[0] ^= 1; }, ErrorCode::InvalidEvent);
    expect([](Event& b) { b.sig[63] ^= 1; }, ErrorCode::InvalidSignature);
    // A right id, signed with another key.
    expect(
        [](Event& b) {
            b.pubkey = kGenerator;
            b.id = b.canonicalId();
        },
        ErrorCode::InvalidSignature);
}

TEST_CASE("the event reader is strict", "[nostr]") {
    const std::string good = sample().toJson();
    must(parseEvent(good));
    must(parseEvent(" \n" + good + "\t"));
    must(parseEvent(replaced(good, "{", "{\"seen_on\":[\"x\"],")));

    SECTION("members twice, in any spelling") {
        CHECK(codeOf(replaced(good, "{", "{\"kind\":1,")) == ErrorCode::InvalidEncoding);
        CHECK(codeOf(replaced(good, "{", "{\"\\u006bind\":1,")) == ErrorCode::InvalidEncoding);
        CHECK(codeOf(replaced(good, "{", "{\"a\":1,\"a\":1,")) == ErrorCode::InvalidEncoding);
    }
    SECTION("members missing") {
        for (const char* name : {"id", "pubkey", "created_at", "kind", "tags", "content", "sig"}) {
            INFO(name);
            CHECK(codeOf(replaced(good, std::string("\"") + name + "\"", "\"other\"")) ==
                  ErrorCode::InvalidEncoding);
        }
    }
    SECTION("numbers") {
        for (const char* number : {"-1", "1700000000.0", "1.7e9", "\"1700000000\"", "null", "true", "01",
                                   "18446744073709551616", "99999999999999999999999999", "NaN", "[]"}) {
            INFO(number);
            CHECK(codeOf(replaced(good, "1700000000", number)) == ErrorCode::InvalidEncoding);
        }
        CHECK(codeOf(replaced(good, "1700000000", "18446744073709551615")) == ErrorCode::LimitExceeded);
        CHECK(codeOf(replaced(good, "1700000000", "9223372036854775808")) == ErrorCode::LimitExceeded);
        CHECK(must(parseEvent(replaced(good, "1700000000", "9223372036854775807"))).createdAt ==
              9223372036854775807u);
        // A double would round this to the even neighbour.
        CHECK(must(parseEvent(replaced(good, "1700000000", "9007199254740993"))).createdAt ==
              9007199254740993u);
        CHECK(codeOf(replaced(good, "\"kind\":1", "\"kind\":65536")) == ErrorCode::LimitExceeded);
        CHECK(codeOf(replaced(good, "\"kind\":1", "\"kind\":-1")) == ErrorCode::InvalidEncoding);
        CHECK(must(parseEvent(replaced(good, "\"kind\":1", "\"kind\":65535"))).kind == 65535);
    }
    SECTION("hexadecimal") {
        const std::string id = toHex(sample().id);
        std::string upper = id;
        upper[0] = 'A';
        CHECK(codeOf(replaced(good, id, upper)) == ErrorCode::InvalidEncoding);
        CHECK(codeOf(replaced(good, id, id.substr(1))) == ErrorCode::InvalidEncoding);
        CHECK(codeOf(replaced(good, id, id.substr(2))) == ErrorCode::InvalidEncoding);
        CHECK_FALSE(parseEvent(replaced(good, id, id + "00")).ok());
        CHECK(codeOf(replaced(good, id, "z" + id.substr(1))) == ErrorCode::InvalidEncoding);
    }
    SECTION("tags") {
        const std::string tags = "[[\"t\",\"protocol\"],[\"e\",\"\",\"x\"]]";
        for (const char* bad : {"{}", "[1]", "[[1]]", "[[]]", "[[\"a\",null]]", "[[[\"a\"]]]", "\"\""}) {
            INFO(bad);
            CHECK(codeOf(replaced(good, tags, bad)) == ErrorCode::InvalidEncoding);
        }
        CHECK(must(parseEvent(replaced(good, tags, "[]"))).tags.empty());
    }
    SECTION("text that is not UTF-8") {
        for (const char* bad : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\\ud800",
                                "\\udc00", "\\ud800\\u0041", "\\uZZZZ", "\\x", "\n"}) {
            INFO(bad);
            CHECK(codeOf(replaced(good, "at nine", bad)) == ErrorCode::InvalidEncoding);
        }
        CHECK(
            must(parseEvent(replaced(good, "at nine", "\\ud83e\\uddf3"))).content.find("\xf0\x9f\xa7\xb3") !=
            std::string::npos);
    }
    SECTION("not one object") {
        for (const std::string& bad :
             {std::string(), std::string(" "), std::string("[]"), std::string("null"), good + good,
              good + "]", good.substr(0, good.size() - 1), "\xef\xbb\xbf" + good, replaced(good, ",", ",,"),
              std::string("{}")}) {
            INFO(bad);
            CHECK(codeOf(bad) == ErrorCode::InvalidEncoding);
        }
    }
    SECTION("bounds") {
        std::string deep = std::string(100000, '[') + std::string(100000, ']');
        CHECK(codeOf(deep) == ErrorCode::LimitExceeded);
        CHECK(codeOf(replaced(good, "{", "{\"x\":" + std::string(20, '[') + std::string(20, ']') + ",")) ==
              ErrorCode::LimitExceeded);
        Limits tight;
        tight.tags = 1;
        CHECK(codeOf(good, tight) == ErrorCode::LimitExceeded);
        tight = {};
        tight.tagValues = 2;
        CHECK(codeOf(good, tight) == ErrorCode::LimitExceeded);
        tight = {};
        tight.tagValueSize = 4;
        CHECK(codeOf(good, tight) == ErrorCode::LimitExceeded);
        tight = {};
        tight.contentSize = 10;
        CHECK(codeOf(good, tight) == ErrorCode::LimitExceeded);
        tight = {};
        tight.messageSize = good.size() - 1;
        CHECK(codeOf(good, tight) == ErrorCode::LimitExceeded);
        tight.messageSize = good.size();
        CHECK(parseEvent(good, tight).ok());
        std::string many = "{";
        for (int i = 0; i < 200; ++i)
            many += "\"m" + std::to_string(i) + "\":0,";
        CHECK(codeOf(replaced(good, "{", many)) == ErrorCode::LimitExceeded);
    }
}

TEST_CASE("a rumor has exactly its six members", "[nostr]") {
    const Event e = sample();
    const UnsignedEvent rumor = e.unsignedPart();
    const std::string good = rumor.toJson();
    CHECK(must(parseRumor(good)) == rumor);
    CHECK_FALSE(parseRumor(e.toJson()).ok());
    CHECK_FALSE(parseLenientRumor(e.toJson()).ok());
    CHECK_FALSE(parseLenientRumor(replaced(good, "{", "{\"sig\":\"\",")).ok());
    CHECK_FALSE(parseRumor(replaced(good, "{", "{\"extra\":1,")).ok());
    CHECK_FALSE(parseRumor(replaced(good, "{", "{\"kind\":1,")).ok());
    const std::string id = toHex(e.id);
    const auto wrong = parseRumor(replaced(good, id, std::string(64, '0')));
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().code == ErrorCode::InvalidEvent);
    const std::string withoutId = replaced(good, "\"id\":\"" + id + "\",", "");
    CHECK_FALSE(parseRumor(withoutId).ok());
    CHECK(must(parseLenientRumor(withoutId)) == rumor);
    CHECK(must(parseLenientRumor(replaced(good, "{", "{\"extra\":1,"))) == rumor);
    CHECK_FALSE(parseLenientRumor(replaced(good, id, std::string(64, '0'))).ok());
    for (const char* name : {"pubkey", "created_at", "kind", "tags", "content"})
        CHECK_FALSE(parseLenientRumor(replaced(good, std::string("\"") + name + "\"", "\"other\"")).ok());
}

TEST_CASE("tag helpers and kinds", "[nostr]") {
    const Tags tags = {{"p"}, {"e", "1"}, {"e", "2", "x"}, {"e"}};
    CHECK(countTags(tags, "e") == 3);
    CHECK(tagValues(tags, "e") == std::vector<std::string>{"1", "2"});
    CHECK(tagValue(tags, "e") == std::string_view("1"));
    CHECK_FALSE(tagValue(tags, "p").has_value());
    CHECK(findTag(tags, "q") == nullptr);

    CHECK(isReplaceable(kind::kMetadata));
    CHECK(isReplaceable(kind::kInboxRelays));
    CHECK_FALSE(isReplaceable(kind::kShortNote));
    CHECK(isEphemeral(kind::kAuth));
    CHECK(isEphemeral(20000));
    CHECK_FALSE(isEphemeral(30000));
    CHECK(isAddressable(kind::kKeyPackage));
    CHECK_FALSE(isAddressable(40000));

    Event a = sample();
    Event b = a;
    b.createdAt += 1;
    CHECK(replaces(b, a));
    CHECK_FALSE(replaces(a, b));
    b = a;
    b.id[0] = static_cast<std::uint8_t>(a.id[0] + 1);
    CHECK(replaces(a, b) == (a.id < b.id));
    CHECK_FALSE(replaces(a, a));
}
