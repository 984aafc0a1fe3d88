// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/traits.h"
#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! Messages one deletion may name.
inline constexpr std::size_t kMaxDeleted = 256;

//! Takes messages, reactions or edits back (kind 5, NIP-09). It counts only from the author of each; the
//! receiver judges that.
struct Deletion {
    static constexpr nostr::Kind kKind = nostr::kind::kDeletion;
    static constexpr ContentTraits kTraits{.name = "deletion", .changes = true};

    std::vector<Id32> messages; //!< inner event ids, each once, 1 to kMaxDeleted

    //! Errors: InvalidArgument for none, LimitExceeded.
    Result<void> check() const;
    //! Errors: InvalidEvent for no target or a malformed one, LimitExceeded. A reason in the content is not
    //! read.
    static Result<Deletion> read(const InnerEvent& event);
    void write(InnerEvent& event) const;
    std::string plainText() const { return {}; }
    const std::vector<Id32>& targets() const { return messages; }

    friend bool operator==(const Deletion&, const Deletion&) = default;
};

} // namespace valise::marmot
