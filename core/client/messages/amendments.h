// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/content.h"
#include "core/storage/stores.h"

#include <set>

namespace valise::client {

//! Applies reactions, edits and deletions to the rows of a group, in whatever order they come. Edits and
//! deletions count only from the author of the message; the newest edit counts; a deletion is final. Every
//! function runs in the caller's transaction.
class Amendments {
public:
    explicit Amendments(storage::Stores& stores)
        : m_stores(stores) {}

    //! The event that amends.
    struct Written {
        storage::Id32 author{};
        storage::Id32 eventId{};
        std::int64_t createdAt = 0; //!< seconds, by the author's clock
    };
    //! Applies a content that changes messages and returns those that look different now. It is remembered
    //! for prepare() if its message is not known yet. Error: NotAuthorized for an edit or deletion of
    //! somebody else's message (nothing is kept of an edit; of a deletion the other targets count).
    Result<std::set<storage::Id32>> apply(ByteView group, const Written& written,
                                          const marmot::Content& content);
    //! Before a message is stored: applies the edits and the deletion that came before it.
    Result<void> prepare(storage::MessageRow& message);
    //! Takes an own amendment back that could not be sent. Returns the message it spoke of, if that looks
    //! different now. The text of a deleted message does not come back.
    Result<std::optional<storage::Id32>> undo(ByteView group, const storage::Id32& author,
                                              const storage::Id32& eventId);
    //! The hidden row of an amendment was withdrawn with its branch of the group, or came back: edits are
    //! taken back or count again. Returns the message it speaks of. The text of a deleted message does not
    //! come back, nor does a reaction or an edit that a deletion took back.
    Result<std::optional<storage::Id32>> follow(const storage::MessageRow& row);

private:
    using Changed = std::set<storage::Id32>;
    Result<Changed> applyOne(ByteView group, const Written& written, const marmot::Reaction& reaction);
    Result<Changed> applyOne(ByteView group, const Written& written, const marmot::Edit& edit);
    Result<Changed> applyOne(ByteView group, const Written& written, const marmot::Deletion& deletion);
    Result<void> refresh(const storage::MessageRow& message);
    Result<void> erase(ByteView group, const storage::Id32& eventId);
    Result<std::optional<storage::Id32>> deleteOne(ByteView group, const Written& written,
                                                   const storage::Id32& target, bool& refused);

    storage::Stores& m_stores;
};

} // namespace valise::client
