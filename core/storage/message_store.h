// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

enum class MessageDirection {
    Incoming = 0,
    Outgoing = 1,
    System = 2, //!< a line about the group ("Tamir added Nordvale")
};

//! A row of unknown direction is not shown as this account's own words.
template <>
struct StoredEnum<MessageDirection> {
    static constexpr auto kLast = MessageDirection::System;
    static constexpr auto kUnknown = MessageDirection::Incoming;
};

enum class MessageState {
    Queued = 0, //!< held, or in the outbox and not accepted by any relay yet
    Sent = 1,   //!< at least one relay accepted it
    Delivered = 2,
    Read = 3,
    Failed = 4,
    Received = 5,
    Withdrawn = 6, //!< its branch of the group lost, or its author withdrew it before it left
};

//! A message whose state is unknown is not shown as sent.
template <>
struct StoredEnum<MessageState> {
    static constexpr auto kLast = MessageState::Withdrawn;
    static constexpr auto kUnknown = MessageState::Failed;
};

//! A row of a conversation's timeline, or a hidden row that belongs to another (a reaction).
struct MessageRow {
    std::int64_t row = 0; //!< set when read
    Bytes groupId;
    Id32 eventId{}; //!< of the inner event; unique in its group
    Id32 sender{};
    std::uint32_t kind = 9;
    std::string content; //!< as shown: the latest edit
    std::string tagsJson;
    std::int64_t createdAt = 0;  //!< seconds, by the sender's clock; kept within positionOf()'s bounds
    std::uint32_t sequence = 0;  //!< the place in the sender's ratchet; at most 2^20 - 1 is kept
    std::int64_t receivedMs = 0; //!< milliseconds, by our clock
    std::uint64_t epoch = 0;
    MessageDirection direction = MessageDirection::Incoming;
    MessageState state = MessageState::Received;
    std::uint32_t acceptedRelays = 0;
    std::uint32_t totalRelays = 0;
    std::optional<Id32> outerEventId;
    std::optional<Id32> replyTo;
    std::optional<Id32> target;          //!< of a hidden row: the message it belongs to
    std::optional<std::string> original; //!< the first content, if edited
    std::int64_t editedAt = 0;           //!< seconds; 0 if never edited
    bool deleted = false;                //!< the place remains, the content is gone
    bool shown = true;                   //!< a line of its own in the timeline
    bool countsUnread = true;            //!< only looked at for incoming, shown rows
    std::string systemJson;              //!< the content of a system line, in the engine's own form
    std::string failure;                 //!< the reason of the failure, for the person

    OrderKey orderKey() const { return {epoch, positionOf(createdAt, sequence), eventId}; }
};

//! Timelines. Inserting, deleting and marking keep unread counts, last message, activity and the search index
//! in the same step. Functions that name a group not in GroupStore give NotFound.
class MessageStore {
public:
    explicit MessageStore(Connection& connection)
        : m_db(connection) {}
    //! Returns the row. Error: AlreadyExists if the group has this event id.
    Result<std::int64_t> insert(const MessageRow& message);
    Result<bool> contains(ByteView groupId, const Id32& eventId);
    Result<std::optional<MessageRow>> get(ByteView groupId, const Id32& eventId);
    Result<std::optional<MessageRow>> byRow(std::int64_t row);

    //! The `limit` shown messages right before `key` (or the newest), oldest first.
    Result<std::vector<MessageRow>> before(ByteView groupId, const std::optional<OrderKey>& key,
                                           std::size_t limit);
    //! The `limit` shown messages right after `key` (or the oldest), oldest first.
    Result<std::vector<MessageRow>> after(ByteView groupId, const std::optional<OrderKey>& key,
                                          std::size_t limit);
    //! Up to `each` before, the one at `key` if it is there, and up to `each` after, oldest first.
    Result<std::vector<MessageRow>> around(ByteView groupId, const OrderKey& key, std::size_t each);
    //! Up to `limit` shown rows that quote a message, newest first.
    Result<std::vector<MessageRow>> quoting(ByteView groupId, const Id32& replyTo, std::size_t limit);
    //! The event ids of the last `limit` shown messages of others behind `after` (or from the beginning), up
    //! to and including `upTo`; newest first.
    Result<std::vector<Id32>> incomingBetween(ByteView groupId, const std::optional<OrderKey>& after,
                                              const OrderKey& upTo, std::size_t limit);
    //! The first shown message, in order, that was sent at `createdAt` seconds or later.
    Result<std::optional<MessageRow>> firstSince(ByteView groupId, std::int64_t createdAt);
    //! Hidden rows of a kind that belong to no message yet, of all groups.
    Result<std::vector<MessageRow>> kept(std::uint32_t kind);
    //! The number of own messages in the state Queued, in all groups.
    Result<std::int64_t> countQueued();
    //! Own rows in a state, oldest first, of one group or of all.
    Result<std::vector<MessageRow>> outgoing(MessageState state, const std::optional<Bytes>& groupId = {});

    Result<std::optional<OrderKey>> firstUnread(ByteView groupId);

    //! Setters give NotFound if there is no such row.
    Result<void> setState(ByteView groupId, const Id32& eventId, MessageState state,
                          std::string_view failure = {});
    //! As setState, but never back in the order queued, sent, delivered, read. True if it changed.
    Result<bool> advanceState(ByteView groupId, const Id32& eventId, MessageState state);
    //! Follows a state of a branch (GroupStateStore::placeMessage) that left the group's history, or came
    //! back. Messages on it become Withdrawn, or get their former state; system rows are hidden, or shown.
    //! Returns the rows.
    Result<std::vector<std::int64_t>> setStanding(ByteView groupId, const Id32& state, bool stands);
    Result<void> setRelayCounts(ByteView groupId, const Id32& eventId, std::uint32_t accepted,
                                std::uint32_t total);
    //! The time of the newest message that `sender` wrote in an epoch, if it is after `createdAt`; rows
    //! numbered `belowSequence` or higher are not looked at.
    Result<std::optional<std::int64_t>> writtenAfter(ByteView groupId, const Id32& sender,
                                                     std::uint64_t epoch, std::int64_t createdAt,
                                                     std::uint32_t belowSequence);
    Result<void> setOuter(ByteView groupId, const Id32& eventId, const Id32& outerEventId);
    //! Gives a held message, now sealed, its final id, time and place. The row keeps its number, by which the
    //! window knows it.
    Result<void> setSealed(ByteView groupId, const Id32& eventId, std::uint64_t epoch, std::int64_t createdAt,
                           std::uint32_t sequence, const Id32& finalId);
    //! Replaces the shown content; the first one is kept in `original`.
    Result<void> edit(ByteView groupId, const Id32& eventId, std::string_view content,
                      std::string_view tagsJson, std::int64_t editedAt);
    //! Erases content, original, tags and hidden rows' content; the place remains. Gone from the search
    //! index.
    Result<void> markDeleted(ByteView groupId, const Id32& eventId);
    //! As markDeleted, and the place goes too. A hidden row stays, so that the event is not taken for a new
    //! one.
    Result<void> hide(ByteView groupId, const Id32& eventId);
    //! Takes the edits back: the first content is shown again. Does nothing to a row that was not edited.
    Result<void> revert(ByteView groupId, const Id32& eventId);
    //! Forgets the first content. For a message that was edited before anybody saw it.
    Result<void> forgetOriginal(ByteView groupId, const Id32& eventId);
    //! Says to which message a hidden row belongs.
    Result<void> setTarget(ByteView groupId, const Id32& eventId, const Id32& target);
    //! Removes the row altogether, with the edits of and reactions to it.
    Result<void> erase(ByteView groupId, const Id32& eventId);

private:
    Connection& m_db;
};

} // namespace valise::storage
