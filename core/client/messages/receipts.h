// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_sessions.h"
#include "core/client/spine/hold_rules.h"

namespace valise::client {

//! Receipts and typing (docs/protocol-extensions.md): this account tells them sparingly and only as the
//! person wants. Receipts of others are kept for own messages.
class Receipts : public QObject, public GroupFollower {
    Q_OBJECT

public:
    Receipts(Profile& profile, net::RelayPool& pool, GroupSessions& sessions, const GroupFeeds& feeds,
             const HoldRules& rules, QObject* parent);

    //! Chooses the signals that others get from now on. Until the first call they get none.
    Result<void> setSignals(const SignalSettings& settings);
    //! This person began to write, or stopped. The signal goes out at once or not at all.
    Result<void> setTyping(const Bytes& group, bool on);
    //! The person saw everything up to a row. Error: NotFound.
    Result<void> markRead(const Bytes& group, std::int64_t row);

    Result<bool> receive(const Bytes& group, const marmot::DeliveredMessage& delivered,
                         const marmot::Content& content, Effects& effects) override;
    Result<void> added(const storage::MessageRow& row, Effects& effects) override;
    void follow(const Effects& effects) override;
    void resume() override { arm(0); }

private:
    Result<void> oweRead(const Bytes& group, const std::optional<storage::OrderKey>& before,
                         const storage::OrderKey& upTo);
    Result<void> receiveReceipt(const Bytes& group, const marmot::ReceivedMessage& message,
                                const marmot::Receipt& receipt, Effects& effects);
    Result<marmot::Outgoing> seal(marmot::GroupEngine& engine, const marmot::Content& content);
    Result<bool> sendDue(const Bytes& group);
    void sendReceipts();
    void arm(int delayMs);

    Profile& m_profile;
    net::RelayPool& m_pool;
    GroupSessions& m_sessions;
    const GroupFeeds& m_feeds;
    const HoldRules& m_rules;
    SignalSettings m_signals;
    QTimer m_timer;
};

} // namespace valise::client
