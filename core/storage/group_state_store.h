// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <map>
#include <vector>

namespace valise::storage {

//! A route from an outer nostr_group_id to a group.
struct RouteRow {
    Id32 nostrGroupId{};
    Bytes groupId;
    std::uint64_t fromEpoch = 0;
    std::vector<std::string> relays;
    bool active = true; //!< false: an earlier id, still listened to for late messages
};

//! The state of a group as versions before the third kept it: the tip, and a commit on its way.
struct EarlierState {
    Bytes tip;                        //!< secret, wipe after use
    std::optional<Id32> pendingEvent; //!< the event of the commit
    Bytes pendingNext;                //!< the state it leads to; secret
};

//! The engine of a group that this account is out of.
struct FormerEngine {
    Id32 state{};                       //!< the last state in which this account was a member
    std::int64_t untilMs = 0;           //!< when it is to be erased
    std::map<std::string, Bytes> parts; //!< secret: wipe after use
};

//! The stored state of group engines, and the routes by which events reach them. Every function that names a
//! group not in GroupStore gives NotFound.
class GroupStateStore {
public:
    explicit GroupStateStore(Connection& connection)
        : m_db(connection) {}

    //! Writes the named parts of a group's engine; nullopt erases one. Values are secret: wipe after use.
    Result<void> putParts(ByteView groupId, const std::map<std::string, std::optional<Bytes>>& parts);
    Result<std::map<std::string, Bytes>> parts(ByteView groupId);
    Result<void> eraseParts(ByteView groupId);
    //! Writes parts of a former engine, as putParts(); `state` and `untilMs` as in FormerEngine.
    Result<void> putFormer(ByteView groupId, const Id32& state, std::int64_t untilMs,
                           const std::map<std::string, std::optional<Bytes>>& parts);
    //! Soonest to be erased first.
    Result<std::vector<FormerEngine>> formers(ByteView groupId);
    Result<void> eraseFormer(ByteView groupId, const Id32& state);
    //! Notes that a row of the timeline stands on a state of a branch.
    Result<void> placeMessage(ByteView groupId, std::int64_t messageRow, const Id32& state);
    //! Forgets the places of all rows, but for those on these states.
    Result<void> keepPlaces(ByteView groupId, const std::vector<Id32>& states);

    Result<std::optional<EarlierState>> earlierState(ByteView groupId);
    //! Erases that state, with everything else that only those versions kept of the group.
    Result<void> eraseEarlierState(ByteView groupId);

    //! Adds or replaces by nostr_group_id. An active route makes the group's other routes inactive.
    Result<void> putRoute(const RouteRow& route);
    Result<std::optional<RouteRow>> route(const Id32& nostrGroupId);
    Result<std::vector<RouteRow>> routes(ByteView groupId);
    Result<std::vector<RouteRow>> routes();

private:
    Connection& m_db;
};

} // namespace valise::storage
