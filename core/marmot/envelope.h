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

//! Builds and signs the event with a throwaway key. `key` has 32 octets. `createdAt` is the inner event's
//! time for application messages and the present otherwise.
nostr::Event sealEnvelope(const Id32& nostrGroupId, ByteView key, ByteView mlsMessage,
                          std::uint64_t createdAt, std::optional<std::uint64_t> expiration,
                          crypto::Random& random);

//! When a message of that date expires under a group's retention (component 0x8005); nullopt if it is kept or
//! the sum does not fit. All in seconds.
std::optional<std::uint64_t> expiryOf(std::uint64_t createdAt, std::uint64_t retentionSeconds);

//! Checks kind, the exact tags and the encoding; does not decrypt. Error: InvalidEvent.
Result<Envelope> readEnvelope(const nostr::Event& event);

//! The MLSMessage. Error: DecryptionFailed.
Result<Bytes> openEnvelope(const Envelope& envelope, ByteView key);

} // namespace valise::marmot
