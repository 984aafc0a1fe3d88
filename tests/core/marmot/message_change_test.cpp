// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"

#include "core/base/encoding.h"
#include "core/marmot/message_change.h"

using namespace valise;
using namespace valise::marmot;

namespace {

Id32 id(std::uint8_t n) {
    Id32 out;
    out.fill(n);
    return out;
}

ErrorCode refusal(const InnerEvent& event) {
    const auto read = readMessageChange(event);
    REQUIRE_FALSE(read.ok());
    return read.error().code;
}

} // namespace

TEST_CASE("a change is read as it was made, with the tags the profile demands") {
    const MessageChange reaction{MessageChange::Kind::Reaction, {id(9)}, "\xf0\x9f\xa4\x9d"};
    const InnerEvent event = makeMessageChange(id(3), reaction, 1'700'000'000);
    CHECK(event.kind == 7);
    CHECK(event.tags == nostr::Tags{{"e", toHex(id(9))}});
    CHECK(must(readMessageChange(event)) == reaction);

    const MessageChange edit{MessageChange::Kind::Edit, {id(9)}, "Room 5"};
    CHECK(makeMessageChange(id(3), edit, 1).kind == 1009);
    CHECK(must(readMessageChange(makeMessageChange(id(3), edit, 1))) == edit);

    const MessageChange deletion{MessageChange::Kind::Deletion, {id(9), id(8)}, {}};
    CHECK(makeMessageChange(id(3), deletion, 1).kind == 5);
    CHECK(must(readMessageChange(makeMessageChange(id(3), deletion, 1))) == deletion);
    CHECK(isMessageChange(1009));
    CHECK_FALSE(isMessageChange(9));
}

TEST_CASE("malformed changes are refused") {
    InnerEvent event = makeMessageChange(id(3), {MessageChange::Kind::Edit, {id(9)}, "x"}, 1);
    event.content.clear();
    CHECK(refusal(event) == ErrorCode::InvalidEvent);
    event.content = "x";
    event.tags.push_back({"e", toHex(id(8))});
    CHECK(refusal(event) == ErrorCode::InvalidEvent);
    event.tags = {{"p", toHex(id(8))}};
    CHECK(refusal(event) == ErrorCode::InvalidEvent);
    event.tags = {{"e", "not an id"}};
    CHECK(refusal(event) == ErrorCode::InvalidEvent);
    event.tags = {{"e"}};
    CHECK(refusal(event) == ErrorCode::InvalidEvent);
    event.kind = 9;
    event.tags = {{"e", toHex(id(8))}};
    CHECK(refusal(event) == ErrorCode::InvalidEvent);

    InnerEvent many = makeMessageChange(id(3), {MessageChange::Kind::Deletion, {id(9)}, {}}, 1);
    for (int i = 0; i < 5; ++i)
        many.tags.push_back({"e", toHex(id(9))}); // the same again counts once
    CHECK(must(readMessageChange(many)).targets.size() == 1);
    for (std::size_t i = 0; i < kMaxDeleted; ++i) {
        Id32 target = id(1);
        target[0] = static_cast<std::uint8_t>(i);
        target[1] = static_cast<std::uint8_t>(i >> 8);
        many.tags.push_back({"e", toHex(target)});
    }
    CHECK(refusal(many) == ErrorCode::LimitExceeded);
}

TEST_CASE("a reaction is short and cannot disturb what stands around it") {
    CHECK(checkReaction("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac").ok()); // joined by U+200D
    CHECK(checkReaction("+").ok());
    CHECK(checkReaction(std::string(64, 'x')).ok());
    for (const std::string& text :
         {std::string(), std::string(65, 'x'), std::string(" x"), std::string("x "), std::string("a\nb"),
          std::string("a\0b", 3), std::string("\xe2\x80\xae") + "x", std::string("\xc2\x85"),
          std::string("x\xe3\x80\x80"), std::string("\xff")})
        CHECK_FALSE(checkReaction(text).ok());
    InnerEvent event = makeMessageChange(id(3), {MessageChange::Kind::Reaction, {id(9)}, "x"}, 1);
    event.content = "\xe2\x80\xae";
    CHECK(refusal(event) == ErrorCode::InvalidEvent);
}
