// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_feeds.h"

namespace valise::client {

//! Decides whether words may be written in a group, and whether they leave at once or are held.
class HoldRules {
public:
    HoldRules(Profile& profile, const net::RelayPool& pool, const GroupSessions& sessions,
              const GroupFeeds& feeds)
        : m_profile(profile)
        , m_pool(pool)
        , m_sessions(sessions)
        , m_feeds(feeds) {}

    //! Errors: NotFound, NotMember, GroupDisbanded.
    Result<void> mayWrite(const Bytes& group) const;
    //! Own words wait, unencrypted in the encrypted database, until they can leave. The reasons are: no relay
    //! of the group is reached, or none has handed over what happened meanwhile (words of an epoch that the
    //! others left behind could be read by nobody); the group is choosing a branch or somebody is leaving
    //! (RFC 9420 section 12.4); or this computer's clock is wrong, so that relays would refuse the date or
    //! nobody would find it.
    bool holds(const Bytes& group) const;
    //! The clock is right, and a relay of the group is reached or tried: held words may leave in a moment.
    bool mayLeaveSoon(const marmot::GroupEngine& engine) const;

private:
    Profile& m_profile;
    const net::RelayPool& m_pool;
    const GroupSessions& m_sessions;
    const GroupFeeds& m_feeds;
};

} // namespace valise::client
