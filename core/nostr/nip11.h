// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

namespace valise::nostr {

//! A relay's information document (NIP-11). Absent members stay empty.
struct RelayInfo {
    std::string name;
    std::string description;
    std::string pubkey;
    std::string contact;
    std::string software;
    std::string version;
    std::vector<std::uint32_t> supportedNips;

    std::optional<std::uint64_t> maxMessageLength;
    std::optional<std::uint64_t> maxSubscriptions;
    std::optional<std::uint64_t> maxLimit;
    std::optional<std::uint64_t> defaultLimit;
    std::optional<std::uint64_t> maxSubscriptionIdLength;
    std::optional<std::uint64_t> maxEventTags;
    std::optional<std::uint64_t> maxContentLength;
    std::optional<std::uint64_t> minPowDifficulty;
    std::optional<std::uint64_t> createdAtLowerLimit;
    std::optional<std::uint64_t> createdAtUpperLimit;
    std::optional<bool> authRequired;
    std::optional<bool> paymentRequired;
    std::optional<bool> restrictedWrites;

    bool supports(std::uint32_t nip) const;
    std::string toJson() const;

    friend bool operator==(const RelayInfo&, const RelayInfo&) = default;
};

//! The longest document that is read, in octets. Longer texts in it are cut to 4096 octets between
//! characters.
inline constexpr std::size_t kMaxRelayInfo = 256 * 1024;

//! Members of a wrong type count as absent, because many relays make such mistakes. JSON that is not an
//! object is an error. Errors: InvalidEncoding, LimitExceeded.
Result<RelayInfo> parseRelayInfo(std::string_view json);

} // namespace valise::nostr
