// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/bytes.h"
#include "tests/support/catch.h"

using namespace valise;

TEST_CASE("octets become an array only if they are exactly as many") {
    const Bytes bytes{1, 2, 3, 4};
    CHECK(fixedBytes<4>(bytes) == ByteArray<4>{1, 2, 3, 4});
    CHECK_FALSE(fixedBytes<3>(bytes).has_value());
    CHECK_FALSE(fixedBytes<5>(bytes).has_value());
    CHECK_FALSE(fixedBytes<4>({}).has_value());
    CHECK(fixedBytes<0>({}).has_value());
}
