// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/crypto/secp256k1.h"
#include "core/nostr/kinds.h"
#include "core/nostr/limits.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valise::nostr {

//! SHA-256 of the canonical form of an event (NIP-01).
using EventId = ByteArray<32>;
//! A tag: a name and values, at least one text in all.
using Tag = std::vector<std::string>;
using Tags = std::vector<Tag>;

//! An event without signature, as it is hashed. NIP-59 calls it a rumor. `id` is not stored but derived.
struct UnsignedEvent {
    crypto::XOnlyKey pubkey{};
    std::uint64_t createdAt = 0; //!< seconds since 1970
    Kind kind = 0;
    Tags tags;
    std::string content;

    //! SHA-256 of `[0,pubkey,created_at,kind,tags,content]` in NIP-01's exact serialization.
    EventId canonicalId() const;
    //! The members id, pubkey, created_at, kind, tags, content in this order, without whitespace.
    std::string toJson() const;

    friend bool operator==(const UnsignedEvent&, const UnsignedEvent&) = default;
};

//! A signed event (NIP-01).
struct Event {
    EventId id{};
    crypto::XOnlyKey pubkey{};
    std::uint64_t createdAt = 0; //!< seconds since 1970
    Kind kind = 0;
    Tags tags;
    std::string content;
    crypto::SchnorrSignature sig{};

    //! The event's fields without id and signature.
    UnsignedEvent unsignedPart() const;
    //! The id these fields must have.
    EventId canonicalId() const;
    //! The members id, pubkey, created_at, kind, tags, content, sig in this order, without whitespace.
    std::string toJson() const;
    //! Success if id and signature are right. Errors: InvalidEvent (id), InvalidSignature.
    Result<void> verify() const;

    friend bool operator==(const Event&, const Event&) = default;
};

//! Sets pubkey, id and signature. The other fields come from `draft`.
Event sign(UnsignedEvent draft, const crypto::SchnorrKeyPair& key, crypto::Random& random);

//! Reads a signed event: the seven members with exact types, lowercase hexadecimal, no member twice, unknown
//! members ignored. created_at is at most 2^63-1. Does NOT verify: call verify(). Errors: InvalidEncoding,
//! LimitExceeded.
Result<Event> parseEvent(std::string_view json, const Limits& limits = {});

//! Reads a rumor: exactly id, pubkey, created_at, kind, tags, content; no member twice, none missing, none
//! else (no `sig`); the id must be right. Errors: InvalidEncoding, LimitExceeded, InvalidEvent for a wrong
//! id.
Result<UnsignedEvent> parseRumor(std::string_view json, const Limits& limits = {});

//! Like parseRumor, with the tolerance that NIP-59 allows for other clients: `id` may be absent (if present,
//! it must be right) and unknown members are ignored. A `sig` is still refused.
Result<UnsignedEvent> parseLenientRumor(std::string_view json, const Limits& limits = {});

//! The first tag named `name`, or nullptr. Borrowed from `tags`.
const Tag* findTag(const Tags& tags, std::string_view name);
//! The second text of the first tag named `name`, if there is one. Borrowed.
std::optional<std::string_view> tagValue(const Tags& tags, std::string_view name);
//! The second texts of all tags named `name`, in order, as copies.
std::vector<std::string> tagValues(const Tags& tags, std::string_view name);
//! The number of tags named `name`.
std::size_t countTags(const Tags& tags, std::string_view name);
//! Tags as a JSON array of arrays of texts, without whitespace.
std::string tagsToJson(const Tags& tags);
//! Reads what tagsToJson() wrote; an empty text is no tags. Errors: InvalidEncoding, LimitExceeded.
Result<Tags> parseTags(std::string_view json, const Limits& limits = {});

//! NIP-01's rule for replaceable events: true if `a` replaces `b`, that is if `a` is newer, or of the same
//! time and with the lower id.
bool replaces(const Event& a, const Event& b);

//! `text` as a JSON string with quotes: `\" \\ \b \f \n \r \t`, other controls `\u00xx`, all else literal.
//! The text must be UTF-8.
void appendJsonString(std::string& to, std::string_view text);

} // namespace valise::nostr
