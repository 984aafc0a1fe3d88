// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/message_store.h"

namespace valise::storage {

enum class GroupStatus {
    Request = 0, //!< a Welcome waits for the person's decision
    Joined = 1,
    Leaving = 2, //!< own leave proposal published, not yet committed
    Left = 3,
    Removed = 4,
    Disbanded = 5,
    Unrecoverable = 6, //!< the state cannot follow the group any more
    Declined = 7,      //!< the request was declined; kept so that it does not come back
    Creating = 8,      //!< being made: its first commit or Welcomes are on their way
};

//! A group whose status is unknown is shown, and nothing is sent to it.
template <>
struct StoredEnum<GroupStatus> {
    static constexpr auto kLast = GroupStatus::Creating;
    static constexpr auto kUnknown = GroupStatus::Unrecoverable;
};

//! A conversation. GroupStateStore keeps the state of its engine.
struct GroupRow {
    Bytes groupId; //!< MLS group id
    Id32 nostrGroupId{};
    std::string name;
    std::string description;
    GroupStatus status = GroupStatus::Joined;
    std::optional<Id32> inviter;
    std::optional<Id32> peer; //!< the other person of a conversation of two
    std::uint64_t epoch = 0;
    std::int64_t createdMs = 0;
    std::int64_t updatedMs = 0;
    std::optional<Id32> welcomeEventId; //!< rumor or wrap id of the Welcome this came by
    Bytes welcome;                      //!< the Welcome's bytes while the request is undecided
    std::string welcomeJson;            //!< anything else the engine keeps about the Welcome
    std::string draft;
    bool muted = false;
    bool pinned = false;
    bool archived = false;
    std::optional<OrderKey> lastRead; //!< kept by markRead()
    std::int64_t unread = 0;          //!< kept by MessageStore
    std::int64_t lastActivityMs = 0;  //!< kept by MessageStore; sorts the list
    // Facts of the engine, so that lists need not open it.
    std::uint32_t members = 0; //!< accounts, this one included
    bool admin = false;        //!< this account may change the group
    std::uint64_t retentionSeconds = 0;
    std::vector<std::string> relays;
    std::int64_t invitedAt = 0; //!< seconds, by the inviter's clock: the Welcome followed last; 0: none
    // Kept by setters of their own.
    std::optional<int> notification = std::nullopt; //!< how much notifications say, if other than elsewhere
    std::int64_t renewMs = 0;     //!< when this client's keys are renewed next; 0: not decided
    std::int64_t missedSince = 0; //!< seconds; events from then on were pushed out unread; 0: none
};

//! One line of the conversation list.
struct ConversationRow {
    GroupRow group;
    std::optional<MessageRow> last; //!< the last shown message
    std::int64_t queued = 0;        //!< own messages that are held, or in the outbox without an answer
    std::int64_t failed = 0;
    std::int64_t scheduled = 0;   //!< messages with a time at which they are to be sent
    bool scheduledMissed = false; //!< one of them was not sent at its time
    std::int64_t mentions = 0;    //!< unread messages that mention this account
};

class GroupStore {
public:
    explicit GroupStore(Connection& connection)
        : m_db(connection) {}
    //! Error: AlreadyExists.
    Result<void> add(const GroupRow& group);
    //! Writes every field except draft, flags, lastRead, unread, lastActivityMs, and those with setters of
    //! their own. Error: NotFound.
    Result<void> update(const GroupRow& group);
    Result<std::optional<GroupRow>> get(ByteView groupId);
    Result<std::vector<GroupRow>> list();

    //! Error of all setters: NotFound.
    Result<void> setStatus(ByteView groupId, GroupStatus status, std::int64_t nowMs);
    Result<void> setDraft(ByteView groupId, std::string_view draft);
    Result<void> setMuted(ByteView groupId, bool on);
    Result<void> setPinned(ByteView groupId, bool on);
    Result<void> setArchived(ByteView groupId, bool on);
    Result<void> setNotification(ByteView groupId, const std::optional<int>& detail);
    Result<void> setRenewal(ByteView groupId, std::int64_t renewMs);
    Result<void> setMissedSince(ByteView groupId, std::int64_t seconds);
    //! Marks all up to and including `upTo` as read (never moves back). Returns what is unread now.
    Result<std::int64_t> markRead(ByteView groupId, const OrderKey& upTo);

    //! Pinned first, then by last activity, newest first.
    Result<std::vector<ConversationRow>> conversations(bool withArchived = true);
    Result<std::optional<ConversationRow>> conversation(ByteView groupId);

private:
    Connection& m_db;
};

} // namespace valise::storage
