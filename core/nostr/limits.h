// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>

namespace valise::nostr {

//! Bounds on what is accepted from outside. All sizes in octets. Above a bound: LimitExceeded.
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
//! JSON deeper than this is refused without looking further.
inline constexpr std::size_t kMaxJsonDepth = 16;
//! Relay URLs are not longer (Marmot, component 8004).
inline constexpr std::size_t kMaxRelayUrl = 512;

} // namespace valise::nostr
