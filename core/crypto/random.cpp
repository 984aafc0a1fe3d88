// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/crypto/random.h"

#include "core/base/result.h"

#include <sodium.h>

namespace valise::crypto {

KeyBytes Random::key(std::size_t size) {
    KeyBytes out(size);
    fill(out.mutableView());
    return out;
}

Bytes Random::bytes(std::size_t size) {
    Bytes out(size);
    fill(out);
    return out;
}

std::uint32_t Random::uniform(std::uint32_t bound) {
    if (bound == 0)
        abortInvariant("uniform() of nothing");
    // Values below 2^32 mod bound are rejected, because they would make the small remainders more likely.
    const std::uint32_t least = static_cast<std::uint32_t>(-bound) % bound;
    for (;;) {
        const auto b = array<4>();
        const std::uint32_t v =
            std::uint32_t{b[0]} << 24 | std::uint32_t{b[1]} << 16 | std::uint32_t{b[2]} << 8 | b[3];
        if (v >= least)
            return v % bound;
    }
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
    initialize();
    randombytes_buf(out.data(), out.size());
}

} // namespace valise::crypto
