// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/crypto/hash.h"

#include <sodium.h>

namespace valise::crypto {

Digest256 sha256(ByteView data) {
    Digest256 out;
    crypto_hash_sha256(out.data(), data.data(), data.size());
    return out;
}

Digest256 sha256(std::initializer_list<ByteView> parts) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (const ByteView part : parts)
        if (!part.empty())
            crypto_hash_sha256_update(&state, part.data(), part.size());
    Digest256 out;
    crypto_hash_sha256_final(&state, out.data());
    return out;
}

std::uint64_t shortHash(ByteView data) {
    static const auto key = [] {
        initialize();
        ByteArray<crypto_shorthash_KEYBYTES> k;
        crypto_shorthash_keygen(k.data());
        return k;
    }();
    std::uint64_t out = 0;
    static_assert(sizeof out == crypto_shorthash_BYTES);
    crypto_shorthash(reinterpret_cast<unsigned char*>(&out), data.data(), data.size(), key.data());
    return out;
}

KeyBytes hmacSha256(ByteView key, std::initializer_list<ByteView> parts) {
    crypto_auth_hmacsha256_state state;
    // An empty view may hold a null pointer, and the library's declarations forbid null.
    static constexpr std::uint8_t kNothing = 0;
    crypto_auth_hmacsha256_init(&state, key.empty() ? &kNothing : key.data(), key.size());
    for (const ByteView part : parts)
        if (!part.empty())
            crypto_auth_hmacsha256_update(&state, part.data(), part.size());
    KeyBytes out(32);
    crypto_auth_hmacsha256_final(&state, out.data());
    wipe(&state, sizeof state);
    return out;
}

KeyBytes hkdfExtract(ByteView salt, ByteView ikm) {
    return hmacSha256(salt, {ikm});
}

void hkdfExpandInto(ByteView prk, ByteView info, std::span<std::uint8_t> out) {
    if (out.size() > 255 * 32)
        abortInvariant("HKDF-Expand above 255 blocks");
    KeyBytes block;
    std::size_t done = 0;
    for (std::uint8_t counter = 1; done < out.size(); ++counter) {
        block = hmacSha256(prk, {block.view(), info, ByteView(&counter, 1)});
        const std::size_t take = std::min<std::size_t>(32, out.size() - done);
        std::copy_n(block.data(), take, out.begin() + static_cast<std::ptrdiff_t>(done));
        done += take;
    }
}

KeyBytes hkdfExpand(ByteView prk, ByteView info, std::size_t length) {
    KeyBytes out(length);
    hkdfExpandInto(prk, info, out.mutableView());
    return out;
}

} // namespace valise::crypto
