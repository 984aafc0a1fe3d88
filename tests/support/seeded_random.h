// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/aead.h"
#include "core/crypto/random.h"

namespace valise::crypto {

//! A ChaCha20 stream from a seed, so that a run can be repeated. It is never linked into the product.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) { write(seed, m_key.data()); }
    void fill(std::span<std::uint8_t> out) override {
        ByteArray<12> nonce{};
        write(m_counter++, nonce.data());
        const Bytes stream = chacha20Xor(m_key, nonce, Bytes(out.size()));
        std::copy(stream.begin(), stream.end(), out.begin());
    }

private:
    static void write(std::uint64_t number, std::uint8_t* to) {
        for (int i = 0; i < 8; ++i)
            to[i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    ByteArray<32> m_key{};
    std::uint64_t m_counter = 0;
};

} // namespace valise::crypto
