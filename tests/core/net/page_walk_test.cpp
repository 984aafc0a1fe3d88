// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/page_walk.h"

#include "tests/support/catch.h"

using namespace valise;
using namespace valise::net;

namespace {

void give(PageWalk& walk, std::uint64_t second, std::size_t count) {
    nostr::Event event;
    event.createdAt = second;
    for (std::size_t i = 0; i < count; ++i)
        walk.note(event);
}

} // namespace

TEST_CASE("a walk goes from page to page until one is empty") {
    PageWalk walk;
    give(walk, 100, 5);
    give(walk, 99, 5);
    walk.endFirst();
    CHECK(walk.step() == PageWalk::Step::Page);
    CHECK(walk.until() == 99);
    walk.begin();
    give(walk, 99, 5);
    give(walk, 90, 3);
    walk.endPage();
    CHECK(walk.until() == 90);
    walk.begin();
    // Only known events: the walk leaves the second.
    give(walk, 90, 3);
    walk.endPage();
    CHECK(walk.step() == PageWalk::Step::Page);
    CHECK(walk.until() == 89);
    walk.begin();
    walk.endPage();
    CHECK(walk.step() == PageWalk::Step::Done);
}

TEST_CASE("a walk asks for a busy second by itself, then goes on below it") {
    PageWalk walk(true, 98);
    give(walk, 100, 50);
    walk.endFirst();
    walk.begin();
    give(walk, 100, 50);
    walk.endPage();
    CHECK(walk.step() == PageWalk::Step::Second);
    CHECK(walk.until() == 100);
    walk.begin();
    SECTION("which was all there is") {
        give(walk, 100, 99);
        CHECK(walk.endSecond(100) == PageWalk::Ended::Normally);
    }
    SECTION("of which there may be more") {
        give(walk, 100, 100);
        CHECK(walk.endSecond(100) == PageWalk::Ended::Saturated);
    }
    SECTION("which was compared") {
        walk.leaveSecond();
    }
    CHECK(walk.step() == PageWalk::Step::Page);
    CHECK(walk.until() == 99);
    // The walk does not go below `since`.
    walk.leaveSecond();
    CHECK(walk.until() == 98);
    walk.leaveSecond();
    CHECK(walk.step() == PageWalk::Step::Done);
}

TEST_CASE("a walk ends at time zero, and at once where only the first answer is wanted") {
    PageWalk zero;
    give(zero, 0, 1);
    zero.endFirst();
    CHECK(zero.step() == PageWalk::Step::Page);
    zero.begin();
    give(zero, 0, 1);
    zero.endPage();
    CHECK(zero.step() == PageWalk::Step::Done);
    PageWalk once(false, 0);
    give(once, 100, 50);
    once.endFirst();
    CHECK(once.step() == PageWalk::Step::Done);
}
