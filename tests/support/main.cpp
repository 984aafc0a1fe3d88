// SPDX-License-Identifier: AGPL-3.0-or-later
// The main() of every test program. Qt tests need an event loop owner before the first test, so they bring
// their own.
#include "tests/support/at_end.h"

#include <utility>
#include <vector>

#ifdef VALISE_CATCH2_V2
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#else
#include <catch2/catch_session.hpp>
#endif

namespace {

std::vector<std::function<void()>>& endings() {
    static std::vector<std::function<void()>> all;
    return all;
}

} // namespace

void valise::test::atEnd(std::function<void()> ending) {
    endings().push_back(std::move(ending));
}

int main(int argc, char** argv) {
    const int result = Catch::Session().run(argc, argv);
    for (const auto& ending : endings())
        ending();
    return result;
}
