// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_sessions.h"

namespace valise::client {

//! Notes when a row disappears, seconds; does nothing without a time. In the caller's transaction.
Result<void> keepExpiry(Profile& profile, std::int64_t row, const std::optional<std::uint64_t>& at);

//! Disappearing messages (component 0x8005): erases a row whose time is over, with all facts about it.
class Expiry : public QObject, public GroupFollower {
    Q_OBJECT

public:
    Expiry(Profile& profile, GroupSessions& sessions, QObject* parent);

    Result<void> start() override;
    void follow(const Effects& effects) override;

private:
    Result<void> adopt();
    Result<bool> eraseExpired(Effects& effects);
    void expire();
    void arm();

    Profile& m_profile;
    GroupSessions& m_sessions;
    QTimer m_timer;
};

} // namespace valise::client
