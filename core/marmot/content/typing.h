// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/traits.h"
#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! Seconds after which relays may forget an event of an ephemeral kind (NIP-40).
inline constexpr std::uint64_t kEphemeralSeconds = 60;

//! The author is writing, or has stopped (kind 20211). Marmot does not define it and other clients accept it
//! without showing it: docs/protocol-extensions.md.
struct Typing {
    static constexpr nostr::Kind kKind = nostr::kind::kTyping;
    static constexpr ContentTraits kTraits{.name = "typing", .kept = false};

    bool on = false;

    Result<void> check() const { return {}; }
    //! Error: InvalidEvent for another content.
    static Result<Typing> read(const InnerEvent& event);
    void write(InnerEvent& event) const;
    std::string plainText() const { return {}; }
    std::vector<Id32> targets() const { return {}; }

    friend bool operator==(const Typing&, const Typing&) = default;
};

} // namespace valise::marmot
