// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>

namespace valise::nostr {

//! Bounds on input from outside. All sizes are in octets. Input above a bound gives LimitExceeded.
struct Limits {
    std::size_t messageSize = std::size_t{2} << 20; //!< one whole JSON text
    std::size_t contentSize = std::size_t{1} << 20; //!< `content` of an event, unescaped
    std::size_t tags = 2000;                        //!< tags of one event
    std::size_t tagValues = 512;                    //!< values of one tag
    std::size_t tagValueSize = 64 * 1024;           //!< one value of a tag
    std::size_t filters = 32;                       //!< filters of one REQ
    std::size_t filterValues = 2000;                //!< values of one member of a filter
    std::size_t filterTags = 32;                    //!< `#x` members of one filter
    std::size_t reasonSize = 4096;                  //!< text of OK, CLOSED and NOTICE
};

//! Subscription ids have 1 to 64 octets (NIP-01).
inline constexpr std::size_t kMaxSubscriptionId = 64;
//! Deeper JSON is refused before its content is read.
inline constexpr std::size_t kMaxJsonDepth = 16;
//! The longest relay URL (Marmot, component 8004). Octets.
inline constexpr std::size_t kMaxRelayUrl = 512;

} // namespace valise::nostr
