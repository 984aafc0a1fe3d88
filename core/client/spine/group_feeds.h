// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_sessions.h"
#include "core/net/relay_pool.h"

namespace valise::client {

//! Owns routes, subscriptions and cursors of the groups: what is asked of which relay, for which groups.
class GroupFeeds : public QObject, public GroupFollower {
    Q_OBJECT

public:
    GroupFeeds(Profile& profile, net::RelayPool& pool, const GroupSessions& sessions, QObject* parent);

    //! The group whose events arrive under a nostr_group_id, if something of it may still be read.
    std::optional<Bytes> groupOf(const storage::Id32& nostrGroupId) const;
    //! The relays that a group is written to, in the pool's form.
    std::vector<std::string> relaysOf(const marmot::GroupEngine& engine) const;
    //! A relay of the group can be written to now.
    bool isWritable(const marmot::GroupEngine& engine) const;
    //! The relays' events of the group until now were fetched and looked at.
    bool isCurrent(const Bytes& group) const;
    //! As isCurrent(), and every relay of its feeds has handed over everything.
    bool isComplete(const Bytes& group) const;
    //! Every feed has handed over what the relays hold.
    bool caughtUp() const;
    //! So many events wait to be looked at that the groups may change before one's own words.
    bool isCrowded() const { return m_backlog > 32; }
    //! How many events and cursors wait to be looked at.
    std::size_t backlog() const { return m_backlog; }
    void setBacklog(std::size_t waiting) { m_backlog = waiting; }

    //! A relay has handed over a feed up to a time, seconds. In the caller's transaction.
    Result<void> advanceCursors(const std::string& feed, const std::string& relay, std::int64_t createdAt);
    //! A new group is read from a time on. In the caller's transaction.
    Result<void> readFrom(const marmot::GroupEngine& engine, std::int64_t seconds);
    //! Events of a group found no room where they waited: they are fetched again. In the caller's
    //! transaction.
    Result<void> noteMissed(const Bytes& group, const std::vector<storage::DeferredEvent>& pushedOut);

    Result<void> start() override;
    void follow(const Effects& effects) override;

private:
    std::vector<std::string> listeningRelays(const Bytes& group) const;
    void subscribeAll();
    void fetchMissed(const Bytes& group);

    Profile& m_profile;
    net::RelayPool& m_pool;
    const GroupSessions& m_sessions;
    std::map<storage::Id32, Bytes> m_routes;           // nostr_group_id to group
    std::map<std::string, std::vector<Bytes>> m_feeds; // subscription to groups
    std::map<Bytes, std::int64_t> m_fetchedAgain;      // when, milliseconds
    std::size_t m_backlog = 0;
};

} // namespace valise::client
