// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_sessions.h"

namespace valise::client {

//! Invitations that wait for the person's decision.
class Requests {
public:
    Requests(Profile& profile, GroupSessions& sessions)
        : m_profile(profile)
        , m_sessions(sessions) {}

    //! Does nothing to a conversation that was accepted before. Error: NotFound.
    Result<void> accept(const Bytes& group);

private:
    Profile& m_profile;
    GroupSessions& m_sessions;
};

} // namespace valise::client
