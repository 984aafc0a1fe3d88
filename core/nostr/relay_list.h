// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

namespace valise::nostr {

//! One relay of a NIP-65 list. An entry without a marker is for reading and writing.
struct RelayListEntry {
    std::string url; //!< normalised
    bool read = true;
    bool write = true;
    friend bool operator==(const RelayListEntry&, const RelayListEntry&) = default;
};

//! Further relays of a list are ignored.
inline constexpr std::size_t kMaxRelayListEntries = 64;

//! Kind 10002 with `r` tags. URLs are normalised, repeats dropped. Errors: InvalidUrl; InvalidArgument for an
//! entry that is neither read nor write.
Result<UnsignedEvent> makeRelayList(const std::vector<RelayListEntry>& entries, std::uint64_t now);
//! Kind 10050 with `relay` tags.
Result<UnsignedEvent> makeInboxRelays(const std::vector<std::string>& urls, std::uint64_t now);

//! Skips malformed entries, so that one bad tag does not hide the others. Error: InvalidEvent for another
//! kind.
Result<std::vector<RelayListEntry>> parseRelayList(const Event& event);
//! Normalised URLs in order, without repeats. Error: InvalidEvent for another kind.
Result<std::vector<std::string>> parseInboxRelays(const Event& event);

} // namespace valise::nostr
