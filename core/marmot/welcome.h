// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/components.h"
#include "core/nostr/event.h"

namespace valise::marmot {

//! The content of a rumor of kind 444.
struct WelcomeMessage {
    Id32 inviter{};
    nostr::EventId keyPackageEvent{}; //!< the event of our KeyPackage that was used
    std::vector<std::string> relays;  //!< the group's relays; 1 to 16
    Bytes mlsMessage;                 //!< MLSMessage(Welcome)
    std::uint64_t createdAt = 0;      //!< time of writing in seconds; set by readWelcomeRumor
};

nostr::UnsignedEvent makeWelcomeRumor(const WelcomeMessage& welcome, std::uint64_t now);
//! Errors: InvalidEvent, InvalidEncoding, LimitExceeded.
Result<WelcomeMessage> readWelcomeRumor(const nostr::UnsignedEvent& rumor);

} // namespace valise::marmot
