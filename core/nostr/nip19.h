// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

#include <variant>

namespace valise::nostr {

//! Human-readable keys and pointers (NIP-19). Decoders accept at most 5000 characters, all lowercase or all
//! uppercase, and ignore unknown TLV types. Errors: InvalidEncoding, LimitExceeded; InvalidKey for a key not
//! on the curve.

//! nprofile: a person and relays where their events may be found.
struct ProfilePointer {
    crypto::XOnlyKey pubkey{};
    std::vector<std::string> relays;
    friend bool operator==(const ProfilePointer&, const ProfilePointer&) = default;
};
//! nevent: an event.
struct EventPointer {
    EventId id{};
    std::vector<std::string> relays;
    std::optional<crypto::XOnlyKey> author;
    std::optional<std::uint32_t> kind;
    friend bool operator==(const EventPointer&, const EventPointer&) = default;
};
//! naddr: an addressable event.
struct AddressPointer {
    std::string identifier; //!< the `d` tag, at most 255 octets
    crypto::XOnlyKey author{};
    std::uint32_t kind = 0;
    std::vector<std::string> relays;
    friend bool operator==(const AddressPointer&, const AddressPointer&) = default;
};

std::string encodeNpub(const crypto::XOnlyKey& key);
Result<crypto::XOnlyKey> decodeNpub(std::string_view text);
//! The text is a secret, so the caller wipes it.
std::string encodeNsec(const crypto::KeyBytes& privateKey);
Result<crypto::KeyBytes> decodeNsec(std::string_view text);
std::string encodeNote(const EventId& id);
Result<EventId> decodeNote(std::string_view text);
//! Error: InvalidArgument for a relay or identifier longer than 255 octets.
Result<std::string> encodeNprofile(const ProfilePointer& pointer);
Result<ProfilePointer> decodeNprofile(std::string_view text);
Result<std::string> encodeNevent(const EventPointer& pointer);
Result<EventPointer> decodeNevent(std::string_view text);
Result<std::string> encodeNaddr(const AddressPointer& pointer);
Result<AddressPointer> decodeNaddr(std::string_view text);

//! Reads an address that a person pasted: npub, nprofile or 64 lowercase hexadecimal characters, with or
//! without "nostr:" and surrounding blanks. The key is checked to be on the curve.
Result<ProfilePointer> parseAddress(std::string_view text);

//! bech32 (BIP-173) without its limit of 90 characters. `prefix` is lowercase.
std::string bech32Encode(std::string_view prefix, ByteView data);
struct Bech32Decoded {
    std::string prefix;
    Bytes data;
};
Result<Bech32Decoded> bech32Decode(std::string_view text);

} // namespace valise::nostr
