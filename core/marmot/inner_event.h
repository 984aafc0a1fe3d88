// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/components.h"
#include "core/nostr/event.h"

namespace valise::marmot {

//! The application event inside a group's MLS message: an unsigned Nostr event whose author is proven by MLS.
using InnerEvent = nostr::UnsignedEvent;

//! Octets of JSON an inner event may have.
inline constexpr std::size_t kMaxInnerEvent = 256 * 1024;
//! Octets of text a message may have, so that it fits with its JSON escapes.
inline constexpr std::size_t kMaxText = 40 * 1024;

//! Accounts one message may mention.
inline constexpr std::size_t kMaxMentions = 64;

//! The accounts a text mentions as `nostr:npub1...` (NIP-27), each once, in order, at most kMaxMentions.
//! Takes time in proportion to the text.
std::vector<Id32> mentionsIn(std::string_view text);

//! A chat message (kind 9) with a `p` tag for each account it mentions; with `replyTo` (an inner event id) it
//! carries that id in its `e` and `q` tags.
InnerEvent makeText(const Id32& author, std::string_view text, std::uint64_t createdAt,
                    const std::optional<Id32>& replyTo = {});

//! The inner event this one answers, if it is a reply.
std::optional<Id32> replyTarget(const InnerEvent& event);

//! Reads the plaintext of an application message sent by `author`: exactly the six members, the right id, the
//! right pubkey. Errors: InvalidEncoding, InvalidEvent, LimitExceeded.
Result<InnerEvent> readInnerEvent(ByteView plaintext, const Id32& author);

} // namespace valise::marmot
