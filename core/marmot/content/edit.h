// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/traits.h"
#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! Another text for a message (kind 1009). It counts only from the author of the message; the receiver judges
//! that.
struct Edit {
    static constexpr nostr::Kind kKind = nostr::kind::kEdit;
    static constexpr ContentTraits kTraits{.name = "edit", .changes = true};

    Id32 target{}; //!< an inner event id
    std::string text;

    //! The bounds of a text message.
    Result<void> check() const;
    //! Error: InvalidEvent for a missing, second or malformed target, and for an empty text.
    static Result<Edit> read(const InnerEvent& event);
    void write(InnerEvent& event) const;
    const std::string& plainText() const { return text; }
    std::vector<Id32> targets() const { return {target}; }

    friend bool operator==(const Edit&, const Edit&) = default;
};

} // namespace valise::marmot
