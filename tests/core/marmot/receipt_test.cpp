// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"

#include "core/base/encoding.h"
#include "core/marmot/receipt.h"

using namespace valise;
using namespace valise::marmot;

namespace {

Id32 id(std::uint16_t n) {
    Id32 out{};
    out[0] = static_cast<std::uint8_t>(n >> 8);
    out[1] = static_cast<std::uint8_t>(n);
    return out;
}

} // namespace

TEST_CASE("a receipt survives the way over the wire") {
    for (const bool read : {false, true}) {
        const Receipt receipt{read, {id(1), id(2), id(300)}};
        const InnerEvent event = makeReceipt(id(9), receipt, 1'700'000'000);
        CHECK(event.kind == 1211);
        const InnerEvent parsed = must(readInnerEvent(viewOf(event.toJson()), id(9)));
        CHECK(must(readReceipt(parsed)) == receipt);
        CHECK(isSignal(event.kind));
    }
    for (const bool typing : {false, true}) {
        const InnerEvent event = makeTyping(id(9), typing, 1'700'000'000);
        CHECK(must(readTyping(event)) == typing);
        CHECK(isEphemeral(event.kind));
        CHECK(isSignal(event.kind));
    }
    CHECK_FALSE(isEphemeral(1211));
    CHECK_FALSE(isEphemeral(30'000));
    CHECK_FALSE(isSignal(9));
}

TEST_CASE("malformed receipts are refused") {
    const auto read = [](auto change) {
        InnerEvent event = makeReceipt(id(9), {true, {id(1)}}, 1);
        change(event);
        return readReceipt(event);
    };
    CHECK(read([](InnerEvent& e) { e.kind = 1212; }).error().code == ErrorCode::InvalidEvent);
    CHECK(read([](InnerEvent& e) { e.content = "seen"; }).error().code == ErrorCode::InvalidEvent);
    CHECK(read([](InnerEvent& e) { e.tags.clear(); }).error().code == ErrorCode::InvalidEvent);
    CHECK(read([](InnerEvent& e) { e.tags = {{"e"}}; }).error().code == ErrorCode::InvalidEvent);
    CHECK(read([](InnerEvent& e) { e.tags = {{"e", "xyz"}}; }).error().code == ErrorCode::InvalidEvent);
    CHECK(must(read([](InnerEvent& e) { e.tags.push_back({"p", "x"}); })).targets.size() == 1);
    CHECK(must(read([](InnerEvent& e) { e.tags.push_back(e.tags.front()); })).targets.size() == 1);
    const auto many = [](std::size_t count) {
        InnerEvent event = makeReceipt(id(9), {true, {}}, 1);
        for (std::size_t n = 0; n < count; ++n)
            event.tags.push_back({"e", toHex(id(static_cast<std::uint16_t>(n)))});
        return readReceipt(event);
    };
    CHECK(must(many(kMaxReceipts)).targets.size() == kMaxReceipts);
    CHECK(many(kMaxReceipts + 1).error().code == ErrorCode::LimitExceeded);
    InnerEvent typing = makeTyping(id(9), true, 1);
    typing.content = "dancing";
    CHECK(readTyping(typing).error().code == ErrorCode::InvalidEvent);
}
