// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/history/record_mapping.h"
#include "core/client/spine/group_sessions.h"

namespace valise::client {

//! Notes who reads what this account writes now. In the caller's transaction.
Result<void> noteAudience(Profile& profile, const marmot::GroupEngine& engine);

//! Tells the members of a group, and who will read a message: before the first one to a group, and when
//! somebody joined since the last one. Error of all: NotFound.
class Audience {
public:
    Audience(Profile& profile, const GroupSessions& sessions, RecordMapper& mapper)
        : m_profile(profile)
        , m_sessions(sessions)
        , m_mapper(mapper) {}

    Result<AudienceRecord> audience(const Bytes& group);
    Result<QVector<MemberRecord>> members(const Bytes& group);

private:
    Profile& m_profile;
    const GroupSessions& m_sessions;
    RecordMapper& m_mapper;
};

} // namespace valise::client
