// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_feeds.h"

#include <deque>

namespace valise::client {

//! Takes what comes from the relays: events of kind 445 become steps of groups, wait as deferred events, or
//! are counted refusals. Events are handled in order, in batches of one transaction.
class Receiver : public QObject, public GroupFollower {
    Q_OBJECT

public:
    Receiver(Profile& profile, GroupSessions& sessions, GroupFeeds& feeds, QObject* parent);

    void enqueueEvent(const nostr::Event& event);
    //! A relay handed a feed over up to a time, seconds. It is handled after the events before it.
    void enqueueCursor(const QString& feed, const QString& relay, qint64 createdAt);
    bool idle() const { return m_inbound.empty(); }

    Result<void> start() override;
    Result<void> record(const marmot::GroupEngine& engine, const marmot::Step& step,
                        Effects& effects) override;
    void follow(const Effects& effects) override;

private:
    struct Inbound {
        std::optional<nostr::Event> event;
        bool retried = false; // it waited as a deferred event
        std::string feed;
        std::string relay;
        std::int64_t createdAt = 0;
    };
    void push(Inbound item);
    void processInbound();
    Result<bool> receiveOne(const Inbound& item, EngineCopies& copies, Effects& effects);
    Result<std::optional<marmot::Outcome>> readFormer(const Bytes& group, const nostr::Event& event,
                                                      const std::function<bool(const mls::Digest&)>& seen,
                                                      EngineCopies& copies, Effects& effects);
    Result<void> fileOutcome(const Bytes& group, const marmot::Outcome& outcome, const nostr::Event& event,
                             bool retried);
    void retryDeferred(const Bytes& group);

    Profile& m_profile;
    GroupSessions& m_sessions;
    GroupFeeds& m_feeds;
    std::deque<Inbound> m_inbound;
    QTimer m_timer;
    bool m_stalled = false;    // the next event waits for the end of a pass
    std::set<Bytes> m_refused; // something waits for room, or for what comes before it
};

} // namespace valise::client
