// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/profile.h"
#include "core/net/relay_pool.h"

#include <QTimer>

#include <functional>

namespace valise::client {

//! Tells how the connection stands as a whole, and when everything that the relays hold was fetched and
//! everything written was sent.
class ConnectionStatus : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void(Result<void>)>;

    //! `isIdle` tells whether the parts of the client have nothing to do; `isCaughtUp`, whether the relays
    //! handed everything over.
    ConnectionStatus(Profile& profile, net::RelayPool& pool, std::function<bool()> isIdle,
                     std::function<bool()> isCaughtUp, QObject* parent);
    //! Answers those who wait with Cancelled.
    ~ConnectionStatus() override;

    //! A state changed that may be visible. It is reported soon.
    void later();
    //! Reports the state now.
    void update();
    //! As update(), and once more whether everything is done.
    void announce();
    //! Answers once everything was fetched and sent, or no relay can be reached.
    void whenIdle(Answer answer);
    //! The network came back, or the person asked: connect at once.
    Result<void> connectNow();

signals:
    void connectionChanged(const valise::client::ConnectionRecord& connection);
    void idleChanged(bool idle);
    //! Nothing is to be done at the moment.
    void idle();

private:
    bool computeIdle() const;

    Profile& m_profile;
    net::RelayPool& m_pool;
    std::function<bool()> m_isIdle;
    std::function<bool()> m_isCaughtUp;
    QTimer m_timer;
    bool m_idle = false;
    std::vector<Answer> m_waiters;
};

} // namespace valise::client
