// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/result.h"
#include "tests/support/catch.h"

#include <memory>
#include <vector>

using namespace valise;

namespace {

const Error kOffline{ErrorCode::Offline, "no server"};

Result<void> step(bool works) {
    return works ? Result<void>() : Result<void>(kOffline);
}

// Without braces, as VALISE_CHECK allows it.
Result<int> chosen(bool first, bool works) {
    int taken = 0;
    if (first)
        VALISE_CHECK(step(works));
    else
        taken = 2;
    return taken;
}

Result<int> chosenOfThree(int which, bool works) {
    if (which == 0)
        VALISE_CHECK(step(works));
    else if (which == 1)
        return 1;
    else
        VALISE_CHECK(step(works));
    return 0;
}

Result<int> counted(const std::vector<bool>& steps) {
    int done = 0;
    for (const bool works : steps) {
        VALISE_CHECK(step(works));
        ++done;
    }
    return done;
}

Result<int> doubled(Result<std::unique_ptr<int>> given) {
    VALISE_TRY(const std::unique_ptr<int> value, std::move(given));
    return 2 * *value;
}

} // namespace

TEST_CASE("an else after VALISE_CHECK belongs to the if before it") {
    CHECK(must(chosen(true, true)) == 0);
    CHECK(chosen(true, false).error() == kOffline);
    CHECK(must(chosen(false, true)) == 2);
    CHECK(must(chosen(false, false)) == 2);
    CHECK(chosenOfThree(0, false).error() == kOffline);
    CHECK(must(chosenOfThree(1, false)) == 1);
    CHECK(chosenOfThree(2, false).error() == kOffline);
    CHECK(must(chosenOfThree(2, true)) == 0);
}

TEST_CASE("the first failure ends the function") {
    CHECK(must(counted({true, true})) == 2);
    CHECK(counted({true, false, true}).error() == kOffline);
    CHECK(must(doubled(std::make_unique<int>(21))) == 42);
    CHECK(doubled(kOffline).error() == kOffline);
}
