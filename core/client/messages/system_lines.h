// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/history/record_mapping.h"
#include "core/client/profile.h"
#include "core/client/spine/group_follower.h"

namespace valise::client {

//! A place in a group's history.
struct StatePlace {
    storage::Id32 state{};
    std::uint64_t epoch = 0;
};

//! Adds a line about a group to its timeline. Its id is derived from what it says, so that every member's
//! line has the same place and a replay adds nothing. In the caller's transaction.
Result<void> addSystemLine(Profile& profile, const Bytes& group, const StatePlace& at, std::int64_t createdAt,
                           const SystemRow& line, const storage::Id32& by, Effects& effects);

//! Turns changes of groups into lines of their timelines.
class SystemLines : public GroupFollower {
public:
    explicit SystemLines(Profile& profile)
        : m_profile(profile) {}

    Result<void> record(const marmot::GroupEngine& engine, const marmot::Step& step,
                        Effects& effects) override;

private:
    Result<void> add(const Bytes& group, const marmot::AppliedChange& applied, Effects& effects);

    Profile& m_profile;
};

} // namespace valise::client
