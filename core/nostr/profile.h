// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

namespace valise::nostr {

//! The content of kind 0 (NIP-01, NIP-24). The person whom it describes wrote all of it: it may be shown, but
//! must not be trusted.
struct Profile {
    std::string name;
    std::string displayName;
    std::string about;
    std::string picture;
    std::string website;
    std::string nip05;

    //! display_name if present, otherwise name, which may be empty.
    const std::string& bestName() const { return displayName.empty() ? name : displayName; }
    friend bool operator==(const Profile&, const Profile&) = default;
};

//! Kind 0. Empty members are left out. Error: InvalidArgument for text that is not UTF-8 or too long.
Result<UnsignedEvent> makeProfile(const Profile& profile, std::uint64_t now);
//! Members of a wrong type count as absent. Longer texts are cut between characters (names 256 octets, about
//! 4096, URLs 2048). Errors: InvalidEvent for another kind, InvalidEncoding, LimitExceeded (content above 64
//! KiB).
Result<Profile> parseProfile(const Event& event);

} // namespace valise::nostr
