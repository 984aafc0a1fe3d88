// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/network/connection_status.h"

#include "core/client/network/network_settings.h"

namespace valise::client {

namespace {

// The indicator follows changes at most this often.
constexpr int kStatusMs = 60;

} // namespace

ConnectionStatus::ConnectionStatus(Profile& profile, net::RelayPool& pool, std::function<bool()> isIdle,
                                   std::function<bool()> isCaughtUp, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_isIdle(std::move(isIdle))
    , m_isCaughtUp(std::move(isCaughtUp)) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConnectionStatus::update);
}

ConnectionStatus::~ConnectionStatus() {
    for (const Answer& waiter : std::exchange(m_waiters, {}))
        waiter(Error{ErrorCode::Cancelled, "the profile was closed"});
}

void ConnectionStatus::later() {
    if (!m_timer.isActive())
        m_timer.start(kStatusMs);
}

void ConnectionStatus::announce() {
    update();
    emit idleChanged(m_idle);
}

void ConnectionStatus::whenIdle(Answer answer) {
    m_waiters.push_back(std::move(answer));
    later();
}

Result<void> ConnectionStatus::connectNow() {
    m_pool.networkAvailable();
    return {};
}

bool ConnectionStatus::computeIdle() const {
    if (!m_profile.options.online)
        return true;
    if (!m_isIdle())
        return false;
    const auto statuses = m_pool.statuses();
    const bool reachable = std::any_of(statuses.begin(), statuses.end(), [](const net::RelayStatus& status) {
        return status.state == net::RelayState::Connected || status.state == net::RelayState::Connecting ||
               status.state == net::RelayState::Authenticating ||
               (status.state == net::RelayState::Disconnected && !status.lastError);
    });
    // Without a relay there is nothing to wait for now.
    return !reachable || m_isCaughtUp();
}

void ConnectionStatus::update() {
    ConnectionRecord connection;
    for (const net::RelayStatus& status : m_pool.statuses()) {
        RelayRecord relay = toRelayRecord(status);
        connection.connected += relay.state == RelayState::Connected ? 1 : 0;
        ++connection.total;
        connection.relays.append(std::move(relay));
    }
    connection.failure = commonFailure(connection.relays);
    connection.clockAheadSeconds = m_pool.clockAheadMs() / 1000;
    if (const auto queued = m_profile.stores().messages.countQueued())
        connection.queued = static_cast<int>(*queued);
    const bool nothingToDo = computeIdle();
    connection.catchingUp = connection.connected > 0 && !nothingToDo;
    emit connectionChanged(connection);
    if (nothingToDo)
        emit idle();
    if (nothingToDo != m_idle) {
        m_idle = nothingToDo;
        emit idleChanged(nothingToDo);
    }
    if (nothingToDo)
        for (const Answer& waiter : std::exchange(m_waiters, {}))
            waiter({});
}

} // namespace valise::client
