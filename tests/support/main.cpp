// SPDX-License-Identifier: AGPL-3.0-or-later
// The main() of every test program. Qt tests need an event loop owner before the first test, so they bring
// their own.
#ifdef VALISE_CATCH2_V2
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#else
#include <catch2/catch_session.hpp>
#endif

int main(int argc, char** argv) {
    return Catch::Session().run(argc, argv);
}
