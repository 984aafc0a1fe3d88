// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/people/directory.h"
#include "core/client/spine/group_commits.h"

namespace valise::client {

//! The changes that administrators make to a group. Each answers when the change is part of the group's
//! history. Errors of all: NotFound, NotAuthorized, Offline, RelayRefused.
class GroupChanges {
public:
    using Done = GroupCommits::Done;

    GroupChanges(Profile& profile, const GroupSessions& sessions, GroupCommits& commits, Directory& directory)
        : m_profile(profile)
        , m_sessions(sessions)
        , m_commits(commits)
        , m_directory(directory) {}

    //! Errors, too: InvalidArgument, NoInvitation.
    void addMembers(const Bytes& group, const QStringList& addresses, Done done);
    void removeMember(const Bytes& group, const marmot::Id32& account, Done done);
    void rename(const Bytes& group, const QString& name, Done done);
    void setAdministrator(const Bytes& group, const marmot::Id32& account, bool on, Done done);
    //! Seconds that messages are kept; 0: without end.
    void setRetention(const Bytes& group, quint64 seconds, Done done);
    //! Errors, too: InvalidUrl, InsecureUrl.
    void setRelays(const Bytes& group, const QStringList& urls, Done done);
    void disband(const Bytes& group, Done done);

private:
    Profile& m_profile;
    const GroupSessions& m_sessions;
    GroupCommits& m_commits;
    Directory& m_directory;
};

} // namespace valise::client
