// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/suite.h"
#include "tests/support/catch.h"

using namespace valise;
using namespace valise::mls;

TEST_CASE("a suite of another curve is not supported", "[mls]") {
    CHECK(cipherSuiteFrom(2).error().code == ErrorCode::Unsupported);
    CHECK(cipherSuiteFrom(0).error().code == ErrorCode::Unsupported);
    CHECK(cipherSuiteFrom(3).ok());
}
