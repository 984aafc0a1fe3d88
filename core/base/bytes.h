// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace valise {

//! An owned run of octets that is not secret. Secrets live in crypto::Secret or crypto::KeyBytes.
using Bytes = std::vector<std::uint8_t>;
//! A borrowed run of octets; never outlives what it points into.
using ByteView = std::span<const std::uint8_t>;
//! A fixed number of octets.
template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;

//! The octets of a text, without a terminator.
inline ByteView viewOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

//! The octets read as text; the caller knows that they are text.
inline std::string_view textOf(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

//! An owned copy.
inline Bytes toBytes(ByteView bytes) {
    return Bytes(bytes.begin(), bytes.end());
}

//! The octets as an array, or nothing unless they are exactly N.
template <std::size_t N>
std::optional<ByteArray<N>> fixedBytes(ByteView bytes) {
    if (bytes.size() != N)
        return std::nullopt;
    ByteArray<N> out;
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

//! Appends `more` to `to`.
inline void append(Bytes& to, ByteView more) {
    to.insert(to.end(), more.begin(), more.end());
}

//! Octet-wise equality. Not constant-time: for secrets use crypto::equalSecret.
inline bool sameBytes(ByteView a, ByteView b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

} // namespace valise
