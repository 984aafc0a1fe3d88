// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

namespace valise::nostr {

//! Seals and wraps are dated back by up to two days (NIP-59). Subscriptions must therefore begin two days
//! earlier.
inline constexpr std::uint64_t kGiftWrapBackdate = 172800;

//! The content of a gift wrap. The sender is the rumor's author; the seal's signature proves it.
struct Unwrapped {
    UnsignedEvent rumor;
    crypto::XOnlyKey sender{};
    EventId wrapId{};
};

//! Wraps a rumor in a seal (13) by `sender` and a gift wrap (1059) by a throwaway key, for `recipient`. `now`
//! is in seconds. The rumor's pubkey must be the sender's. The wrap is dated back by at most `backdate`
//! seconds, less than NIP-59's two days if a relay refuses such old events. Errors: InvalidArgument,
//! InvalidKey, LimitExceeded (a layer above NIP-44's size).
Result<Event> giftWrap(const UnsignedEvent& rumor, const crypto::SchnorrKeyPair& sender,
                       const crypto::XOnlyKey& recipient, std::uint64_t now, crypto::Random& random,
                       std::uint64_t backdate = kGiftWrapBackdate);

//! Opens a wrap. It checks: kind, id and signature of the wrap; its `p` names the recipient; kind, id and
//! signature of the seal, which has no tags; the rumor's pubkey is the seal's. Errors: WrongRecipient,
//! InvalidEvent, InvalidSignature, DecryptionFailed, InvalidEncoding, LimitExceeded, InvalidKey.
Result<Unwrapped> giftUnwrap(const Event& wrap, const crypto::SchnorrKeyPair& recipient);

} // namespace valise::nostr
