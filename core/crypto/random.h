// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secret.h"

namespace valise::crypto {

//! A source of random octets, injected so that tests can repeat a run.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    KeyBytes key(std::size_t size);
    Bytes bytes(std::size_t size);
    template <std::size_t N>
    ByteArray<N> array() {
        ByteArray<N> out;
        fill(out);
        return out;
    }
    //! Uniform in [0, bound); bound > 0.
    std::uint32_t uniform(std::uint32_t bound);
};

//! The operating system's generator, by libsodium.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

} // namespace valise::crypto
