// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/components.h"
#include "core/nostr/event.h"

namespace valise::marmot {

//! The outer event of kind 445: an MLSMessage encrypted with a key of the group's epoch, under a fresh author
//! key.
struct Envelope {
    Id32 nostrGroupId{};
    Bytes nonce;                             //!< 12 octets
    Bytes ciphertext;                        //!< with tag, at least 16 octets
    std::optional<std::uint64_t> expiration; //!< seconds
};

//! Builds the event and signs it with a throwaway key. `key` has 32 octets. `createdAt` is the inner event's
//! time for an application message, otherwise the current time.
nostr::Event sealEnvelope(const Id32& nostrGroupId, ByteView key, ByteView mlsMessage,
                          std::uint64_t createdAt, std::optional<std::uint64_t> expiration,
                          crypto::Random& random);

//! The expiry time of a message with that date, by the group's retention (component 0x8005). nullopt if it
//! does not expire or the sum overflows. All in seconds.
std::optional<std::uint64_t> expiryOf(std::uint64_t createdAt, std::uint64_t retentionSeconds);

//! Checks kind, exact tags and encoding, without decrypting. Error: InvalidEvent.
Result<Envelope> readEnvelope(const nostr::Event& event);

//! Decrypts the MLSMessage. Error: DecryptionFailed.
Result<Bytes> openEnvelope(const Envelope& envelope, ByteView key);

} // namespace valise::marmot
