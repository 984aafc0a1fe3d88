// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

namespace valise::nostr {

//! The largest difference between the times of an AUTH event and of the relay's clock, in seconds (NIP-42).
inline constexpr std::uint64_t kAuthWindow = 600;
//! Longer challenges are not answered. Octets.
inline constexpr std::size_t kMaxChallenge = 1024;

//! The event (kind 22242) that answers a relay's challenge. Errors: InvalidArgument (challenge empty or too
//! long), InvalidUrl.
Result<Event> makeAuthEvent(std::string_view relayUrl, std::string_view challenge,
                            const crypto::SchnorrKeyPair& key, std::uint64_t now, crypto::Random& random);

//! Verifies the event as a relay: kind, id, signature, time, challenge, and the relay URL in normalised form.
//! Errors: InvalidEvent, InvalidSignature.
Result<void> verifyAuthEvent(const Event& event, std::string_view relayUrl, std::string_view challenge,
                             std::uint64_t now);

} // namespace valise::nostr
