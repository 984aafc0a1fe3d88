// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/history/record_mapping.h"
#include "core/client/people/directory.h"
#include "core/client/spine/group_feeds.h"

namespace valise::client {

//! Founds groups. The commit that adds the first members is merged at once and never published.
class Founding {
public:
    using Done = std::function<void(Result<ConversationRecord>)>;

    Founding(Profile& profile, net::RelayPool& pool, GroupSessions& sessions, GroupFeeds& feeds,
             Directory& directory, RecordMapper& mapper)
        : m_profile(profile)
        , m_pool(pool)
        , m_sessions(sessions)
        , m_feeds(feeds)
        , m_directory(directory)
        , m_mapper(mapper) {}

    //! Founds a group with the people named by address and invites them. Errors: InvalidArgument,
    //! NoInvitation, LimitExceeded.
    void create(const QString& name, const QStringList& addresses, Done done);

private:
    Result<Bytes> found(const std::string& title, std::vector<Invitee> people);
    Result<void> know(const marmot::WelcomeDuty& invited);

    Profile& m_profile;
    net::RelayPool& m_pool;
    GroupSessions& m_sessions;
    GroupFeeds& m_feeds;
    Directory& m_directory;
    RecordMapper& m_mapper;
};

} // namespace valise::client
