// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/seeded_random.h"

#include "core/crypto/random.h"
#include "core/crypto/secret.h"

#include <cstring>
#include <new>

using namespace valise;
using namespace valise::crypto;

TEST_CASE("a short key wipes its octets when it dies, is moved from or is assigned over") {
    alignas(KeyBytes) std::uint8_t room[sizeof(KeyBytes)];
    const Bytes marker(32, 0x5a);
    const auto holdsMarker = [&] {
        for (std::size_t i = 0; i + 8 <= sizeof room; ++i)
            if (std::memcmp(room + i, marker.data(), 8) == 0)
                return true;
        return false;
    };
    auto* key = new (room) KeyBytes(ByteView(marker));
    REQUIRE(holdsMarker());
    key->~KeyBytes();
    CHECK_FALSE(holdsMarker());

    key = new (room) KeyBytes(ByteView(marker));
    const KeyBytes moved = std::move(*key);
    CHECK(sameBytes(moved, marker));
    CHECK_FALSE(holdsMarker());
    *key = KeyBytes(ByteView(marker));
    REQUIRE(holdsMarker());
    *key = KeyBytes(std::size_t{4});
    CHECK_FALSE(holdsMarker());
    key->~KeyBytes();
}

TEST_CASE("a Secret copies octets, moves, and compares in constant time") {
    Secret a(viewOf("sealed"));
    const Secret b(a.view());
    CHECK(equalSecret(a.view(), b.view()));
    Secret c = std::move(a);
    CHECK(a.empty());
    CHECK(textOf(c.view()) == "sealed");
    CHECK_FALSE(equalSecret(c.view(), viewOf("sealeD")));
    CHECK_FALSE(equalSecret(c.view(), viewOf("seal")));
}

TEST_CASE("the seeded generator repeats itself and uniform() stays in range") {
    SeededRandom a(7);
    SeededRandom b(7);
    SeededRandom c(8);
    const Bytes first = a.bytes(40);
    CHECK(first == b.bytes(40));
    CHECK(first != c.bytes(40));
    for (std::uint32_t bound = 1; bound < 50; ++bound)
        CHECK(a.uniform(bound) < bound);
}
