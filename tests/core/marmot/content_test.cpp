// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"

#include "core/base/encoding.h"
#include "core/marmot/content/content.h"

using namespace valise;
using namespace valise::marmot;

namespace {

Id32 id(std::uint16_t n) {
    Id32 out{};
    out[0] = static_cast<std::uint8_t>(n >> 8);
    out[1] = static_cast<std::uint8_t>(n);
    return out;
}

ErrorCode refusal(const InnerEvent& event) {
    const auto read = readContent(event);
    REQUIRE_FALSE(read.ok());
    return read.error().code;
}

// One of each kind that is known.
std::vector<Content> samples() {
    return {Text{"Room 4 at \"16:00\"\n\xf0\x9f\xa4\x9d", id(9)},
            Text{"plain"},
            Reaction{id(9), "\xf0\x9f\xa4\x9d"},
            Edit{id(9), "Room 5"},
            Deletion{{id(9), id(8)}},
            Receipt{false, {id(1), id(2), id(300)}},
            Receipt{true, {id(1)}},
            Typing{true},
            Typing{false}};
}

} // namespace

TEST_CASE("a content survives the way over the wire and into the database") {
    for (const Content& content : samples()) {
        INFO(traitsOf(content).name);
        CHECK(checkContent(content).ok());
        const InnerEvent event = makeInner(id(3), content, 1'700'000'000);
        CHECK(event.kind == kindOf(content));
        const InnerEvent parsed = must(readInnerEvent(viewOf(event.toJson()), id(3)));
        CHECK(must(readContent(parsed)) == content);
        CHECK(must(restoreContent(storeContent(content))) == content);
        CHECK(&traitsOfKind(event.kind) == &traitsOf(content));
    }
    CHECK(makeInner(id(3), Reaction{id(9), "+"}, 1).tags == nostr::Tags{{"e", toHex(id(9))}});
    CHECK(makeInner(id(3), Text{"x", id(9)}, 1).tags ==
          nostr::Tags{{"e", toHex(id(9))}, {"q", toHex(id(9))}});
}

TEST_CASE("the numbers of the kinds are those of the profile") {
    CHECK(kindOf(Text{}) == 9);
    CHECK(kindOf(Reaction{}) == 7);
    CHECK(kindOf(Edit{}) == 1009);
    CHECK(kindOf(Deletion{}) == 5);
    CHECK(kindOf(Receipt{}) == 1211);
    CHECK(kindOf(Typing{}) == 20211);
    CHECK(nostr::isEphemeral(kindOf(Typing{})));
}

TEST_CASE("each kind says what it means") {
    CHECK((Text::kTraits.shown && Text::kTraits.unread && Text::kTraits.announced && Text::kTraits.searched));
    for (const ContentTraits* traits : {&Reaction::kTraits, &Edit::kTraits, &Deletion::kTraits}) {
        CHECK((traits->changes && traits->kept && traits->expires));
        CHECK_FALSE((traits->shown || traits->unread || traits->announced || traits->searched));
    }
    for (const ContentTraits* traits : {&Receipt::kTraits, &Typing::kTraits})
        CHECK_FALSE((traits->kept || traits->shown || traits->changes));
    CHECK((Unknown::kTraits.kept && !Unknown::kTraits.shown));
    CHECK(plainTextOf(Text{"Room 4"}) == "Room 4");
    CHECK(targetsOf(Deletion{{id(9), id(8)}}) == std::vector{id(9), id(8)});
    CHECK(targetsOf(Text{"x", id(9)}).empty());
}

TEST_CASE("an unknown kind is kept as it came") {
    InnerEvent event;
    event.pubkey = id(3);
    event.kind = 4242;
    event.content = "for a later version";
    event.tags = {{"e", "whatever"}, {"x"}};
    const Content content = must(readContent(event));
    CHECK(content == Content(Unknown{4242, event.tags, event.content}));
    CHECK(makeInner(id(3), content, 0) == event);
    CHECK(must(restoreContent(storeContent(content))) == content);
    CHECK(checkContent(content).error().code == ErrorCode::Unsupported);
    CHECK_FALSE(restoreContent({9, "x", "[[\"e\""}).ok());
    CHECK_FALSE(restoreContent({9, "x", "[[]]"}).ok());
    CHECK(must(restoreContent({9, "x", ""})) == Content(Text{"x"}));
}

TEST_CASE("a reply names its target by the tag that other clients read first") {
    CHECK(std::get<Text>(must(readContent(makeInner(id(3), Text{"x", id(9)}, 1)))).replyTo == id(9));
    InnerEvent event = makeInner(id(3), Text{"x"}, 1);
    event.tags = {{"e", toHex(id(7))}};
    CHECK(std::get<Text>(must(readContent(event))).replyTo == id(7));
    event.tags.push_back({"q", toHex(id(8))});
    CHECK(std::get<Text>(must(readContent(event))).replyTo == id(8));
    event.tags = {{"q", "not an id"}};
    CHECK_FALSE(std::get<Text>(must(readContent(event))).replyTo.has_value());
}

TEST_CASE("malformed changes are refused") {
    InnerEvent event = makeInner(id(3), Edit{id(9), "x"}, 1);
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

    InnerEvent many = makeInner(id(3), Deletion{{id(9)}}, 1);
    for (int i = 0; i < 5; ++i)
        many.tags.push_back({"e", toHex(id(9))}); // the same again counts once
    CHECK(targetsOf(must(readContent(many))).size() == 1);
    for (std::size_t i = 0; i < kMaxDeleted; ++i)
        many.tags.push_back({"e", toHex(id(static_cast<std::uint16_t>(1'000 + i)))});
    CHECK(refusal(many) == ErrorCode::LimitExceeded);
    CHECK(checkContent(Deletion{}).error().code == ErrorCode::InvalidArgument);
    CHECK(checkContent(Deletion{std::vector<Id32>(kMaxDeleted + 1)}).error().code ==
          ErrorCode::LimitExceeded);
}

TEST_CASE("a reaction is short and cannot disturb what stands around it") {
    const auto fits = [](std::string text) { return Reaction{id(9), std::move(text)}.check().ok(); };
    CHECK(fits("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac")); // joined by U+200D
    CHECK(fits("+"));
    CHECK(fits(std::string(64, 'x')));
    for (const std::string& text :
         {std::string(), std::string(65, 'x'), std::string(" x"), std::string("x "), std::string("a\nb"),
          std::string("a\0b", 3), std::string("\xe2\x80\xae") + "x", std::string("\xc2\x85"),
          std::string("x\xe3\x80\x80"), std::string("\xff")})
        CHECK_FALSE(fits(text));
    InnerEvent event = makeInner(id(3), Reaction{id(9), "x"}, 1);
    event.content = "\xe2\x80\xae";
    CHECK(refusal(event) == ErrorCode::InvalidEvent);
}

TEST_CASE("a text that is written has bounds") {
    CHECK(Text{""}.check().error().code == ErrorCode::InvalidArgument);
    CHECK(Text{"\xff"}.check().error().code == ErrorCode::InvalidArgument);
    CHECK(Text{std::string(kMaxText, 'x')}.check().ok());
    CHECK(Text{std::string(kMaxText + 1, 'x')}.check().error().code == ErrorCode::LimitExceeded);
    CHECK((Edit{id(9), std::string(kMaxText + 1, 'x')}).check().error().code == ErrorCode::LimitExceeded);
}

TEST_CASE("malformed receipts are refused") {
    const auto read = [](auto change) {
        InnerEvent event = makeInner(id(9), Receipt{true, {id(1)}}, 1);
        change(event);
        return readContent(event);
    };
    CHECK(read([](InnerEvent& e) { e.content = "seen"; }).error().code == ErrorCode::InvalidEvent);
    CHECK(read([](InnerEvent& e) { e.tags.clear(); }).error().code == ErrorCode::InvalidEvent);
    CHECK(read([](InnerEvent& e) { e.tags = {{"e"}}; }).error().code == ErrorCode::InvalidEvent);
    CHECK(read([](InnerEvent& e) { e.tags = {{"e", "xyz"}}; }).error().code == ErrorCode::InvalidEvent);
    CHECK(targetsOf(must(read([](InnerEvent& e) { e.tags.push_back({"p", "x"}); }))).size() == 1);
    CHECK(targetsOf(must(read([](InnerEvent& e) { e.tags.push_back(e.tags.front()); }))).size() == 1);
    const auto many = [](std::size_t count) {
        Receipt receipt;
        for (std::size_t n = 0; n < count; ++n)
            receipt.messages.push_back(id(static_cast<std::uint16_t>(n)));
        return readContent(makeInner(id(9), receipt, 1));
    };
    CHECK(targetsOf(must(many(kMaxReceipts))).size() == kMaxReceipts);
    CHECK(many(kMaxReceipts + 1).error().code == ErrorCode::LimitExceeded);
    InnerEvent typing = makeInner(id(9), Typing{true}, 1);
    typing.content = "dancing";
    CHECK(refusal(typing) == ErrorCode::InvalidEvent);
}
