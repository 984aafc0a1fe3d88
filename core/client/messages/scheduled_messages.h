// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/messages/sender.h"

namespace valise::client {

//! Texts that are to be sent later: they wait in the profile, in no timeline, and become ordinary messages at
//! their time.
class ScheduledMessages : public QObject, public GroupFollower {
    Q_OBJECT

public:
    ScheduledMessages(Profile& profile, const net::RelayPool& pool, GroupSessions& sessions,
                      const GroupFeeds& feeds, const HoldRules& rules, Sender& sender, QObject* parent);

    //! Keeps a text to be sent at `dueMs`, chosen by the clock of `zone` (an IANA name). Errors: as
    //! Sender::sendText; InvalidArgument for a time that is over; LimitExceeded beyond a year, and beyond 200
    //! in a conversation.
    Result<void> schedule(const Bytes& group, const std::string& text,
                          const std::optional<storage::Id32>& replyTo, std::int64_t dueMs,
                          const std::string& zone);
    //! Another time. Errors: NotFound; InvalidArgument, LimitExceeded as above.
    Result<void> reschedule(const Bytes& group, std::int64_t id, std::int64_t dueMs, const std::string& zone);
    //! Error: NotFound, also if it was sent meanwhile.
    Result<void> cancel(const Bytes& group, std::int64_t id);
    //! Errors: NotFound; as Sender::sendText.
    Result<void> sendNow(const Bytes& group, std::int64_t id);

    Result<void> start() override;

private:
    Result<void> checkDue(std::int64_t dueMs) const;
    Result<storage::ScheduledMessage> find(const Bytes& group, std::int64_t id);
    Result<MessageRecord> send(const storage::ScheduledMessage& message);
    void changed(const Bytes& group);
    void arm();
    void sendDue();

    Profile& m_profile;
    const net::RelayPool& m_pool;
    GroupSessions& m_sessions;
    const GroupFeeds& m_feeds;
    const HoldRules& m_rules;
    Sender& m_sender;
    QTimer m_timer;
};

} // namespace valise::client
