// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/messages/held_messages.h"
#include "core/client/spine/group_commits.h"

namespace valise::client {

//! The departure of members: of this account by its own wish, and of others, which another member must commit
//! (RFC 9420 section 12.4).
class Leaving : public QObject, public GroupFollower {
    Q_OBJECT

public:
    Leaving(Profile& profile, GroupSessions& sessions, const GroupFeeds& feeds, GroupCommits& commits,
            HeldMessages& held, QObject* parent);

    //! Leaves a group, or declines a request. Goes on by itself until the others have confirmed it. Errors:
    //! NotFound, NotMember.
    Result<void> leave(const Bytes& group);

    Result<void> start() override;
    void follow(const Effects& effects) override;
    void resume() override;

private:
    void continueLeaving(const Bytes& group);
    void endAlone(const Bytes& group);
    void rearmDepartures(const Bytes& group, int extraMs = 0);
    void scheduleDepartures(const Bytes& group, int extraMs);

    Profile& m_profile;
    GroupSessions& m_sessions;
    const GroupFeeds& m_feeds;
    GroupCommits& m_commits;
    HeldMessages& m_held;
    std::set<Bytes> m_scheduled;
};

} // namespace valise::client
