// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"

#include "core/marmot/content/content.h"

using namespace valise;
using namespace valise::marmot;

TEST_CASE("an inner event is read only as its sender wrote it") {
    Id32 author;
    author.fill(3);
    Id32 target;
    target.fill(9);
    const InnerEvent event =
        makeInner(author, Text{"Room 4 at \"16:00\"\n\xf0\x9f\xa4\x9d", target}, 1'700'000'000);
    const std::string json = event.toJson();
    CHECK(must(readInnerEvent(viewOf(json), author)) == event);

    Id32 somebody;
    somebody.fill(4);
    CHECK(readInnerEvent(viewOf(json), somebody).error().code == ErrorCode::InvalidEvent);

    std::string changed = json;
    changed.replace(changed.find("Room 4"), 6, "Room 5");
    CHECK_FALSE(readInnerEvent(viewOf(changed), author).ok());
    std::string extra = json;
    extra.insert(extra.size() - 1, ",\"sig\":\"00\"");
    CHECK_FALSE(readInnerEvent(viewOf(extra), author).ok());
    std::string twice = json;
    twice.insert(twice.size() - 1, ",\"kind\":9");
    CHECK_FALSE(readInnerEvent(viewOf(twice), author).ok());
    CHECK(readInnerEvent(Bytes(kMaxInnerEvent + 1), author).error().code == ErrorCode::LimitExceeded);
    CHECK_FALSE(readInnerEvent({}, author).ok());
}
