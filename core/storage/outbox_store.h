// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

enum class OutboxPurpose {
    Message = 0,
    Commit = 1,
    Welcome = 2,
    KeyPackage = 3,
    RelayList = 4,
    Deletion = 5,
    Profile = 6,
    Proposal = 7,
    Other = 8,
};

//! An event of unknown purpose is still sent, and nothing follows from it.
template <>
struct StoredEnum<OutboxPurpose> {
    static constexpr auto kLast = OutboxPurpose::Other;
    static constexpr auto kUnknown = OutboxPurpose::Other;
};

enum class TargetState {
    Pending = 0,
    Accepted = 1,
    Refused = 2, //!< finally; not tried again
};

//! A relay of unknown state is not asked any more.
template <>
struct StoredEnum<TargetState> {
    static constexpr auto kLast = TargetState::Refused;
    static constexpr auto kUnknown = TargetState::Refused;
};

//! One relay an event goes to.
struct OutboxTarget {
    std::string relay;
    TargetState state = TargetState::Pending;
    std::string reason; //!< the relay's last refusal or our last failure
    std::uint32_t attempts = 0;
    std::int64_t lastTryMs = 0;
    std::int64_t nextTryMs = 0;
};

//! A sealed event on its way, always in the same bytes.
struct OutboxRow {
    std::int64_t id = 0;
    std::optional<Bytes> groupId;
    OutboxPurpose purpose = OutboxPurpose::Message;
    Bytes eventJson; //!< exact bytes of the event object
    Id32 eventId{};
    std::vector<OutboxTarget> targets;
    std::int64_t createdMs = 0;
    std::optional<std::int64_t> blockedBy; //!< another row that must be accepted first
    std::optional<Id32> messageId;         //!< inner event id of the timeline row this carries
    std::string note;                      //!< the engine's own text
};

//! The answers to a row so far.
struct OutboxProgress {
    std::uint32_t accepted = 0;
    std::uint32_t refused = 0;
    std::uint32_t pending = 0;
    bool firstAcceptance = false; //!< this call made the first relay accept
    std::uint32_t total() const { return accepted + refused + pending; }
};

class OutboxStore {
public:
    explicit OutboxStore(Connection& connection)
        : m_db(connection) {}
    //! Returns the id. Errors: AlreadyExists for a known event id; InvalidArgument without targets.
    Result<std::int64_t> add(const OutboxRow& record);
    Result<std::optional<OutboxRow>> get(std::int64_t id);
    Result<std::optional<OutboxRow>> byEvent(const Id32& eventId);
    //! Oldest first; all, or those of a group.
    Result<std::vector<OutboxRow>> list(const std::optional<Bytes>& groupId = {});
    //! Rows with a pending target whose time has come and whose blocker, if any, was accepted. Oldest first.
    Result<std::vector<OutboxRow>> due(std::int64_t nowMs, std::size_t limit = 64);
    //! True if an unblocked row has this relay as a pending target, due or not.
    Result<bool> waitsFor(std::string_view relay);
    //! The time at which the next target of an unblocked row is due, or nothing if none is pending.
    Result<std::optional<std::int64_t>> nextDueMs();
    //! Counts an attempt and sets when to try again if no answer comes.
    Result<void> markAttempt(std::int64_t id, std::string_view relay, std::int64_t nowMs,
                             std::int64_t nextTryMs);
    //! A relay accepted the event. Error: NotFound for an unknown row or relay.
    Result<OutboxProgress> markAccepted(std::int64_t id, std::string_view relay);
    //! A relay refused the event. It is tried again at `nextTryMs`, or never without one.
    Result<OutboxProgress> markRefused(std::int64_t id, std::string_view relay, std::string_view reason,
                                       std::optional<std::int64_t> nextTryMs);
    Result<OutboxProgress> progress(std::int64_t id);
    //! Makes all pending targets, or those of one relay, due. For when the network is back, or the person
    //! asked.
    Result<void> retryNow(std::int64_t nowMs, std::string_view relay = {});
    //! Removes a row that is done, and releases the rows it blocked.
    Result<void> remove(std::int64_t id);
    //! Gives a row up: removes it and, in turn, the rows it blocked. Returns all that were removed.
    Result<std::vector<OutboxRow>> cancel(std::int64_t id);

private:
    Connection& m_db;
};

} // namespace valise::storage
