// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! An inner event that changes what was sent before: a reaction (kind 7), an edit (kind 1009) or a deletion
//! (kind 5). Who may do it is the receiver's to judge: edits and deletions count only from the target's
//! author.
struct MessageChange {
    enum class Kind { Reaction, Edit, Deletion };
    Kind kind = Kind::Reaction;
    std::vector<Id32> targets; //!< inner event ids; exactly one for reactions and edits, each once
    std::string content;       //!< the emoji or the new text; empty for deletions

    friend bool operator==(const MessageChange&, const MessageChange&) = default;
};

//! Characters a reaction may have.
inline constexpr std::size_t kMaxReaction = 64;
//! Messages one deletion may name.
inline constexpr std::size_t kMaxDeleted = 256;

//! True for the kinds readMessageChange() understands.
bool isMessageChange(nostr::Kind kind);

//! Success if the text can be a reaction: 1 to 64 characters, no control or direction characters, no blanks
//! around it. Error: InvalidArgument.
Result<void> checkReaction(std::string_view text);

//! The event of a change. The change must be one that readMessageChange() accepts.
InnerEvent makeMessageChange(const Id32& author, const MessageChange& change, std::uint64_t createdAt);

//! Reads an event of one of the three kinds. Errors: InvalidEvent for another kind, a missing, second or
//! malformed target, an empty edit or a text that cannot be a reaction; LimitExceeded for too many targets.
Result<MessageChange> readMessageChange(const InnerEvent& event);

} // namespace valise::marmot
