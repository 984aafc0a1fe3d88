// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

#include <map>

namespace valise::nostr {

//! A subscription filter (NIP-01). Absent members match everything; an empty list that is present matches
//! nothing.
struct Filter {
    std::optional<std::vector<EventId>> ids;
    std::optional<std::vector<crypto::XOnlyKey>> authors;
    std::optional<std::vector<Kind>> kinds;
    std::map<char, std::vector<std::string>>
        tags; //!< `#x`: a letter and a list of values; the event must have one of them
    std::optional<std::uint64_t> since; //!< created_at >= since
    std::optional<std::uint64_t> until; //!< created_at <= until
    std::optional<std::uint64_t> limit; //!< a bound on stored events; matches() ignores it

    //! True if the event meets every member present.
    bool matches(const Event& event) const;
    std::string toJson() const;

    friend bool operator==(const Filter&, const Filter&) = default;
};

//! Reads a filter: exact types, no member twice. Unknown members (NIP-50 `search` and others) are refused as
//! Unsupported, because ignoring a condition would widen the answer. Values of `#e` and `#p` must be
//! lowercase hexadecimal of 64 characters. Errors: InvalidEncoding, LimitExceeded, Unsupported.
Result<Filter> parseFilter(std::string_view json, const Limits& limits = {});

} // namespace valise::nostr
