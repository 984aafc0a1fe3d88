// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_feeds.h"
#include "core/marmot/key_package.h"

namespace valise::client {

//! Enters groups by a Welcome, the first time or anew.
class Joining {
public:
    Joining(Profile& profile, GroupSessions& sessions, GroupFeeds& feeds)
        : m_profile(profile)
        , m_sessions(sessions)
        , m_feeds(feeds) {}

    //! Joins by a Welcome; the wrap was opened and its sender proven. Errors as GroupEngine::join;
    //! AlreadyExists; GroupDisbanded; PendingChange: to be tried again when GroupSessions::groupsMoved(), and
    //! some seconds after it was first seen (`firstSeenMs`).
    Result<void> join(const marmot::WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                      const nostr::EventId& wrapId, std::int64_t firstSeenMs);

private:
    Result<void> checkRepair(const marmot::GroupEngine& fresh, const marmot::WelcomeMessage& welcome,
                             const storage::GroupRow& row, std::int64_t firstSeenMs) const;
    Result<void> checkReturn(const marmot::GroupEngine& fresh, const marmot::WelcomeMessage& welcome,
                             const storage::GroupRow& row) const;
    Result<marmot::GroupEngine> followFrom(marmot::GroupEngine trial) const;
    Result<void> withdrawAll(const marmot::GroupEngine& replaced, Effects& effects);

    Profile& m_profile;
    GroupSessions& m_sessions;
    GroupFeeds& m_feeds;
};

} // namespace valise::client
