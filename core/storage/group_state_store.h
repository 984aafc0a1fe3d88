// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <map>
#include <vector>

namespace valise::storage {

//! A retained snapshot of a group's state, for late messages and for choosing between branches.
struct EpochRecord {
    Bytes groupId;
    std::uint64_t epoch = 0;
    std::string tag;                  //!< the branch; empty for the main one
    Bytes state;                      //!< secret, wipe after use; empty in lists
    std::optional<Id32> commitDigest; //!< of the commit that led here
    std::int64_t createdMs = 0;
};

//! How an outer nostr_group_id leads to a group.
struct RouteRecord {
    Id32 nostrGroupId{};
    Bytes groupId;
    std::uint64_t fromEpoch = 0;
    std::vector<std::string> relays;
    bool active = true; //!< false: an earlier id, still listened to for late messages
};

enum class PendingCommitState {
    Prepared = 0,   //!< written, not yet published
    Publishing = 1, //!< at least one attempt was made
    Accepted = 2,   //!< a relay accepted it; to be applied
    Lost = 3,       //!< another commit won
};

//! A commit of our own between preparation and application: published first, applied only after a relay
//! accepted it.
struct PendingCommit {
    std::int64_t id = 0;
    Bytes groupId;
    Bytes eventJson; //!< exact bytes
    Id32 eventId{};
    std::uint64_t priorEpoch = 0;
    Bytes nextState;             //!< secret, wipe after use
    std::vector<Bytes> welcomes; //!< to be sent after acceptance; the engine's own encoding
    std::int64_t createdMs = 0;
    std::uint32_t attempts = 0;
    PendingCommitState state = PendingCommitState::Prepared;
    std::optional<std::int64_t> outboxId;
    std::string extra; //!< the engine's own JSON: what the change was
};

//! What the group engine keeps beside the tip. Every function that names a group not in GroupStore gives
//! NotFound.
class GroupStateStore {
public:
    explicit GroupStateStore(Connection& connection)
        : m_db(connection) {}

    //! Writes the named parts of a group's engine; nullopt erases one. Values are secret: wipe after use.
    Result<void> putParts(ByteView groupId, const std::map<std::string, std::optional<Bytes>>& parts);
    Result<std::map<std::string, Bytes>> parts(ByteView groupId);
    Result<void> eraseParts(ByteView groupId);
    //! Notes that a row of the timeline stands on a state of a branch.
    Result<void> placeMessage(ByteView groupId, std::int64_t messageRow, const Id32& state);
    //! Forgets where rows stand, but for these states.
    Result<void> keepPlaces(ByteView groupId, const std::vector<Id32>& states);

    //! Adds or replaces by (group, epoch, tag).
    Result<void> putEpoch(const EpochRecord& record);
    Result<std::optional<EpochRecord>> epoch(ByteView groupId, std::uint64_t epoch,
                                             std::string_view tag = {});
    //! All snapshots of a group, newest epoch first, without their states.
    Result<std::vector<EpochRecord>> epochs(ByteView groupId);
    //! The same with their states.
    Result<std::vector<EpochRecord>> epochsWithState(ByteView groupId);
    //! Erases snapshots with epoch < `epoch`. Returns how many.
    Result<std::int64_t> eraseEpochsBefore(ByteView groupId, std::uint64_t epoch);
    Result<void> eraseEpoch(ByteView groupId, std::uint64_t epoch, std::string_view tag = {});
    Result<void> eraseEpochs(ByteView groupId);

    //! Adds or replaces by nostr_group_id; an active route makes the group's others inactive.
    Result<void> putRoute(const RouteRecord& route);
    Result<std::optional<RouteRecord>> route(const Id32& nostrGroupId);
    Result<std::vector<RouteRecord>> routes(ByteView groupId);
    Result<std::vector<RouteRecord>> routes();
    Result<void> removeRoute(const Id32& nostrGroupId);

    //! Returns its id.
    Result<std::int64_t> addPending(const PendingCommit& commit);
    Result<std::optional<PendingCommit>> pending(std::int64_t id);
    Result<std::optional<PendingCommit>> pendingByEvent(const Id32& eventId);
    //! Of a group, oldest first.
    Result<std::vector<PendingCommit>> pendingOf(ByteView groupId);
    Result<std::vector<PendingCommit>> pendingAll();
    Result<void> setPendingState(std::int64_t id, PendingCommitState state);
    Result<void> setPendingOutbox(std::int64_t id, std::int64_t outboxId);
    Result<void> countPendingAttempt(std::int64_t id);
    Result<void> removePending(std::int64_t id);

private:
    Connection& m_db;
};

} // namespace valise::storage
