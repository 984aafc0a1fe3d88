// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/message_change.h"
#include "core/storage/stores.h"

#include <set>

namespace valise::client {

//! What reactions, edits and deletions do to the messages of a group, in whatever order they come. Edits and
//! deletions count only from the author of what they speak of; the newest edit counts; a deletion is final.
//! Every function runs in the caller's transaction.
class MessageChanges {
public:
    explicit MessageChanges(storage::Stores& stores)
        : m_stores(stores) {}

    //! What an event does.
    struct Written {
        storage::Id32 author{};
        storage::Id32 eventId{};
        std::int64_t createdAt = 0; //!< seconds, by the author's clock
    };
    //! Applies a change and returns the messages that look different now. What is not known yet is remembered
    //! for prepare(). Error: NotAuthorized for an edit or deletion of somebody else's message (nothing is
    //! kept of an edit; of a deletion the other targets count).
    Result<std::set<storage::Id32>> apply(ByteView group, const Written& written,
                                          const marmot::MessageChange& change);
    //! Before a message is stored: applies the edits and the deletion that came before it.
    Result<void> prepare(storage::MessageRow& message);
    //! Takes an own change back that could not be sent. Returns the message it spoke of, if that looks
    //! different now. The text of a deleted message does not come back.
    Result<std::optional<storage::Id32>> undo(ByteView group, const storage::Id32& author,
                                              const storage::Id32& eventId);
    //! The hidden row of a change was withdrawn with its branch of the group, or came back: edits are taken
    //! back or count again. Returns the message it speaks of. The text of a deleted message does not come
    //! back, nor does a reaction or an edit that a deletion took back.
    Result<std::optional<storage::Id32>> follow(const storage::MessageRow& change);
    //! Removes the content of a message and everything said about it.
    Result<void> erase(ByteView group, const storage::Id32& eventId);

    //! The event of something held: a message or a change. Error: InvalidEncoding if the database holds
    //! something else.
    static Result<marmot::InnerEvent> innerOf(const storage::HeldMessage& queued, const marmot::Id32& author,
                                              std::uint64_t createdAt);
    //! The kind, content and tags a change is held with.
    static storage::HeldMessage held(const marmot::MessageChange& change);

private:
    Result<void> refresh(const storage::MessageRow& message);
    Result<std::optional<storage::Id32>> deleteOne(ByteView group, const Written& written,
                                                   const storage::Id32& target, bool& refused);

    storage::Stores& m_stores;
};

} // namespace valise::client
