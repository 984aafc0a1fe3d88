// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/traits.h"
#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! Messages one receipt may name.
inline constexpr std::size_t kMaxReceipts = 256;

//! Messages reached a member's device, or the member read them (kind 1211). Marmot does not define it and
//! other clients accept it without showing it: docs/protocol-extensions.md.
struct Receipt {
    static constexpr nostr::Kind kKind = nostr::kind::kReceipt;
    static constexpr ContentTraits kTraits{.name = "receipt", .kept = false};

    bool seen = false;          //!< the member read them
    std::vector<Id32> messages; //!< inner event ids, each once, 1 to kMaxReceipts

    //! Errors: InvalidArgument for none, LimitExceeded.
    Result<void> check() const;
    //! Errors: InvalidEvent for another content, no target or a malformed one; LimitExceeded.
    static Result<Receipt> read(const InnerEvent& event);
    void write(InnerEvent& event) const;
    std::string plainText() const { return {}; }
    const std::vector<Id32>& targets() const { return messages; }

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

} // namespace valise::marmot
