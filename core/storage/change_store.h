// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"
#include "core/storage/message_store.h"

#include <vector>

namespace valise::storage {

//! One edit of a message: its whole new text.
struct Edit {
    Id32 target{}; //!< the message's event id
    Id32 author{};
    Id32 eventId{};             //!< of the edit itself
    std::int64_t createdAt = 0; //!< seconds, by the author's clock
    std::string body;
};

//! One reaction to a message.
struct Reaction {
    Id32 target{}; //!< the message's event id
    Id32 author{};
    Id32 eventId{};             //!< of the reaction itself
    std::int64_t createdAt = 0; //!< seconds, by the author's clock
    std::string emoji;
};

//! A server that accepted a message.
struct ServerAcceptance {
    std::string url;
    std::int64_t acceptedMs = 0; //!< milliseconds, by our clock
};

//! Statements about messages: edits, reactions and deletions by their authors, which may come before the
//! message they speak of; stars, which nobody else sees; and the servers that accepted a message. The store
//! keeps them and looks them up; the caller decides whose statement counts. Functions that name a group not
//! in GroupStore give NotFound when they write, and nothing when they read. Edits and reactions whose own row
//! is Withdrawn are kept but not read.
class ChangeStore {
public:
    //! Edits kept of one message by one author; the oldest go.
    static constexpr std::size_t kMaxEdits = 200;
    //! Reactions kept by one author on one message; more are ignored.
    static constexpr std::size_t kMaxReactions = 32;
    //! Reactions read of one message.
    static constexpr std::size_t kMaxShown = 5000;

    explicit ChangeStore(Connection& connection)
        : m_db(connection) {}

    //! Error: AlreadyExists for a known event.
    Result<void> addEdit(ByteView groupId, const Edit& edit);
    //! The edit that counts: the newest, and among those of one second the one with the lowest id.
    Result<std::optional<Edit>> newestEdit(ByteView groupId, const Id32& target, const Id32& author);
    //! Oldest first.
    Result<std::vector<Edit>> edits(ByteView groupId, const Id32& target, const Id32& author);

    //! False if the author has kMaxReactions on this message already. Error: AlreadyExists for a known event.
    Result<bool> addReaction(ByteView groupId, const Reaction& reaction);
    //! Oldest first. One author may occur twice with the same emoji.
    Result<std::vector<Reaction>> reactions(ByteView groupId, const Id32& target);
    //! The events by which an author reacted with an emoji.
    Result<std::vector<Id32>> reactionEvents(ByteView groupId, const Id32& target, const Id32& author,
                                             std::string_view emoji);

    //! Remembers that `author` deleted `target`. The target need not be known yet.
    Result<void> addDeletion(ByteView groupId, const Id32& target, const Id32& author, const Id32& eventId);
    Result<bool> isDeleted(ByteView groupId, const Id32& target, const Id32& author);

    //! Takes back the edit, reaction or deletion that `author` made with an event. Returns the message that
    //! the edit or reaction spoke of; nothing for a deletion or an unknown event.
    Result<std::optional<Id32>> withdraw(ByteView groupId, const Id32& eventId, const Id32& author);
    //! Removes every edit of and reaction to a message.
    Result<void> forget(ByteView groupId, const Id32& target);
    //! Gives a held event, now sealed, its final id and time everywhere, also in statements about it.
    Result<void> rename(ByteView groupId, const Id32& from, const Id32& to, std::int64_t createdAt);

    //! Error: NotFound.
    Result<void> setStarred(std::int64_t messageRow, bool on, std::int64_t nowMs);
    Result<bool> isStarred(std::int64_t messageRow);
    //! Starred messages of one group or of all, last starred first.
    Result<std::vector<MessageRow>> starred(const std::optional<Bytes>& groupId, std::size_t limit);

    //! Keeps the first time a server accepted the message.
    Result<void> addAcceptance(std::int64_t messageRow, std::string_view url, std::int64_t acceptedMs);
    Result<std::vector<ServerAcceptance>> acceptances(std::int64_t messageRow);

private:
    Connection& m_db;
};

} // namespace valise::storage
