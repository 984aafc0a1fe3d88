// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/messages/amendments.h"
#include "core/client/spine/group_sessions.h"

namespace valise::client {

//! Adds received messages to the timelines: shown ones as lines, and those of unknown kinds hidden and
//! bounded.
class Timeline : public GroupFollower {
public:
    Timeline(Profile& profile, GroupSessions& sessions, Amendments& amendments)
        : m_profile(profile)
        , m_sessions(sessions)
        , m_amendments(amendments) {}

    Result<bool> receive(const Bytes& group, const marmot::DeliveredMessage& delivered,
                         const marmot::Content& content, Effects& effects) override;

private:
    Profile& m_profile;
    GroupSessions& m_sessions;
    Amendments& m_amendments;
};

//! A row of a received message with everything that does not depend on its content. An own message comes from
//! another device of this account.
storage::MessageRow receivedRow(const Profile& profile, const Bytes& group,
                                const marmot::ReceivedMessage& message);

} // namespace valise::client
