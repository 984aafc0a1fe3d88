// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/components.h"
#include "core/nostr/event.h"

namespace valise::marmot {

//! The application event inside a group's MLS message: an unsigned Nostr event whose author is proven by MLS.
using InnerEvent = nostr::UnsignedEvent;

//! Octets of JSON an inner event may have.
inline constexpr std::size_t kMaxInnerEvent = 256 * 1024;
//! Reads the plaintext of an application message sent by `author`: exactly the six members, the right id, the
//! right pubkey. Errors: InvalidEncoding, InvalidEvent, LimitExceeded.
Result<InnerEvent> readInnerEvent(ByteView plaintext, const Id32& author);

} // namespace valise::marmot
