// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

namespace valise::nostr {

//! The content of kind 0 (NIP-01, NIP-24). Everything here was written by the person it describes: show it,
//! never trust it.
struct Profile {
    std::string name;
    std::string displayName;
    std::string about;
    std::string picture;
    std::string website;
    std::string nip05;

    //! display_name, or name, or nothing.
    const std::string& bestName() const { return displayName.empty() ? name : displayName; }
    friend bool operator==(const Profile&, const Profile&) = default;
};

//! Kind 0. Empty members are left out. Error: InvalidArgument for text that is not UTF-8 or too long.
Result<UnsignedEvent> makeProfile(const Profile& profile, std::uint64_t now);
//! Members of a wrong type count as absent; longer texts are cut at a character (names 256 octets, about
//! 4096, URLs 2048). Errors: InvalidEvent for another kind, InvalidEncoding, LimitExceeded (content above 64
//! KiB).
Result<Profile> parseProfile(const Event& event);

} // namespace valise::nostr
