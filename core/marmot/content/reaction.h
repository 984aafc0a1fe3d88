// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/traits.h"
#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! Characters a reaction may have.
inline constexpr std::size_t kMaxReaction = 64;

//! A sign put under a message (kind 7, NIP-25).
struct Reaction {
    static constexpr nostr::Kind kKind = nostr::kind::kReaction;
    static constexpr ContentTraits kTraits{.name = "reaction", .changes = true};

    Id32 target{}; //!< an inner event id
    std::string emoji;

    //! Success for 1 to kMaxReaction characters without control and direction characters, and without blanks
    //! around them. Error: InvalidArgument.
    Result<void> check() const;
    //! Errors: InvalidEvent for a missing, second or malformed target, and for a text that check() refuses.
    static Result<Reaction> read(const InnerEvent& event);
    void write(InnerEvent& event) const;
    const std::string& plainText() const { return emoji; }
    std::vector<Id32> targets() const { return {target}; }

    friend bool operator==(const Reaction&, const Reaction&) = default;
};

} // namespace valise::marmot
