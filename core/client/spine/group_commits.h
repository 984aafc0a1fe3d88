// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_feeds.h"
#include "core/client/spine/outbox_pump.h"

namespace valise::client {

//! Own changes of groups on their way: published before they are applied, queued while a group chooses
//! between branches. Also ends the passes in which a group chooses (docs/convergence.md).
class GroupCommits : public QObject, public GroupFollower {
    Q_OBJECT

public:
    using Done = std::function<void(Result<void>)>;

    GroupCommits(Profile& profile, net::RelayPool& pool, GroupSessions& sessions, const GroupFeeds& feeds,
                 QObject* parent);

    //! Makes a change; `done` is called when it is part of the group's history, or cannot be. Errors:
    //! NotFound, Offline, those of GroupEngine::submit(), NoInvitation, RelayRefused.
    void propose(const Bytes& group, marmot::LocalChange change, Done done);
    //! No change of a group within reach waits, and no group is choosing.
    bool idle() const;

    void onOutboxAccepted(const storage::OutboxRow& row, bool first);
    void onOutboxFailed(const storage::OutboxRow& row, const std::string& reason);

    Result<void> start() override;
    Result<void> record(const marmot::GroupEngine& engine, const marmot::Step& step,
                        Effects& effects) override;
    void follow(const Effects& effects) override;
    void resume() override { armDeadline(); }

private:
    void confirm(const Bytes& group, const nostr::EventId& eventId);
    void drop(const Bytes& group, const nostr::EventId& eventId, const Error& why);
    void armDeadline();
    void advanceDue();

    Profile& m_profile;
    net::RelayPool& m_pool;
    GroupSessions& m_sessions;
    const GroupFeeds& m_feeds;
    QTimer m_deadline;                                         // the next end of a pass
    std::map<std::pair<Bytes, std::uint64_t>, Done> m_waiting; // group and change to the one who waits for it
};

} // namespace valise::client
