// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

namespace valise::nostr {

//! Seals and wraps are dated back by up to two days, so subscriptions look back as far (NIP-59).
inline constexpr std::uint64_t kGiftWrapBackdate = 172800;

//! What came out of a gift wrap. Sender and rumor author are the same, proven by the seal's signature.
struct Unwrapped {
    UnsignedEvent rumor;
    crypto::XOnlyKey sender{};
    EventId wrapId{};
};

//! rumor -> seal (13) by `sender` -> wrap (1059) by a throwaway key, for `recipient`. `now` in seconds. The
//! rumor's pubkey must be the sender's. Errors: InvalidArgument, InvalidKey, LimitExceeded (a layer above
//! NIP-44's size). The wrap is dated back by at most `backdate` seconds: less where a relay does not take so
//! old an event.
Result<Event> giftWrap(const UnsignedEvent& rumor, const crypto::SchnorrKeyPair& sender,
                       const crypto::XOnlyKey& recipient, std::uint64_t now, crypto::Random& random,
                       std::uint64_t backdate = kGiftWrapBackdate);

//! Opens a wrap: kind, id and signature of the wrap; its `p` names us; seal kind, id, signature, no tags;
//! rumor pubkey = seal pubkey. Errors: WrongRecipient, InvalidEvent, InvalidSignature, DecryptionFailed,
//! InvalidEncoding, LimitExceeded, InvalidKey.
Result<Unwrapped> giftUnwrap(const Event& wrap, const crypto::SchnorrKeyPair& recipient);

} // namespace valise::nostr
