// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <compare>
#include <cstdint>

namespace valise::storage {

//! A 32-octet identifier: an event id, an x-only public key, a nostr_group_id, a KeyPackageRef or a digest.
using Id32 = ByteArray<32>;

//! A second of the sender's clock and, within it, the message's place in the sender's ratchet. So one
//! person's messages of one second keep their order. Both are bounded so that a hostile clock stays a number.
constexpr std::int64_t positionOf(std::int64_t createdAt, std::uint32_t sequence) {
    constexpr std::int64_t kMaxSeconds = std::int64_t{1} << 40;
    constexpr std::uint32_t kMaxSequence = (1u << 20) - 1;
    const std::int64_t seconds = createdAt < 0 ? 0 : createdAt > kMaxSeconds ? kMaxSeconds : createdAt;
    return seconds << 20 | static_cast<std::int64_t>(sequence < kMaxSequence ? sequence : kMaxSequence);
}

//! The place of a message in its conversation. Total order: epoch, then the sender's clock and ratchet, then
//! the event id. It does not depend on the order of arrival, so every member sees the same timeline.
struct OrderKey {
    std::uint64_t epoch = 0;
    std::int64_t position = 0; //!< positionOf()
    Id32 eventId{};

    friend bool operator==(const OrderKey&, const OrderKey&) = default;
    friend std::strong_ordering operator<=>(const OrderKey&, const OrderKey&) = default;
};

} // namespace valise::storage
