// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_connection.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/net/http_question.h"
#include "core/nostr/message.h"
#include "core/nostr/nip11.h"
#include "core/nostr/nip42.h"

#include <algorithm>

namespace valise::net {

namespace {

const char* const kUserAgent = "Valise";
//! Events dated further ahead are rejected. The bound is large, because our own clock may be the wrong one.
constexpr std::int64_t kMaxFutureSeconds = 24 * 3600;
constexpr std::size_t kRememberedClosed = 256;
constexpr int kProbeMs = 10'000;
constexpr int kMaxSlowdowns = 6;
constexpr std::size_t kMaxQueuedRequests = 10'000;

const SystemClock kSystemClock;

std::string reasonName(ErrorCode code) {
    return std::string(errorName(code));
}

} // namespace

RelayConnection::RelayConnection(std::string url, const RelayOptions& options, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_limits(options) {
    m_status.url = std::move(url);
    m_retryTimer.setSingleShot(true);
    m_connectTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &RelayConnection::connectNow);
    connect(&m_connectTimer, &QTimer::timeout, this, [this] {
        fail({ErrorCode::Timeout, "no connection in the time allowed"});
    });
    connect(&m_tick, &QTimer::timeout, this, &RelayConnection::onTick);
    const int shortest = std::min({m_options.publishTimeoutMs, m_options.authTimeoutMs, m_options.pingIdleMs,
                                   m_options.deadAfterMs, m_options.eoseIdleMs});
    m_tick.setInterval(std::clamp(shortest / 10, 20, 500));
}

RelayConnection::~RelayConnection() {
    detachSocket(true);
}

const Clock& RelayConnection::clock() const {
    return m_options.clock ? *m_options.clock : static_cast<const Clock&>(kSystemClock);
}

qint64 RelayConnection::elapsed() const {
    return clock().monotonicMs();
}

bool RelayConnection::isReady() const {
    return m_status.state == RelayState::Connected || m_status.state == RelayState::Authenticating;
}

void RelayConnection::setState(RelayState state) {
    if (m_status.state == state)
        return;
    m_status.state = state;
    emit stateChanged();
}

void RelayConnection::start() {
    if (m_status.state == RelayState::Disconnected)
        connectNow();
}

void RelayConnection::stop() {
    m_retryTimer.stop();
    m_connectTimer.stop();
    m_tick.stop();
    const bool wasReady = isReady();
    detachSocket(true);
    m_status.authenticated = false;
    setState(RelayState::Disconnected);
    if (wasReady)
        emit lost();
    endWork(PublishOutcome::Unknown, "the connection was closed");
}

void RelayConnection::setProxy(const ProxySettings& proxy) {
    if (m_options.proxy == proxy)
        return;
    m_options.proxy = proxy;
    m_failures = 0;
    if (m_status.state == RelayState::Disconnected || m_status.state == RelayState::Refused)
        return;
    stop();
    start();
}

void RelayConnection::networkAvailable() {
    if (m_status.state == RelayState::WaitingToRetry) {
        if (elapsed() < m_notBefore)
            return;
        m_failures = 0;
        m_retryTimer.stop();
        connectNow();
    } else if (isReady() && m_socket) {
        m_probeUntil = elapsed() + kProbeMs;
        m_pingedAt = elapsed();
        m_socket->ping();
    }
}

void RelayConnection::connectNow() {
    detachSocket(false);
    m_status.retryAtMs = 0;
    m_challenged = false;
    m_authFailed = false;
    m_authEventId.clear();
    m_probeUntil = 0;
    m_pausedUntil = 0;
    m_rejections.clear();
    m_closedIds.clear();

    RelaySocket* socket = m_options.openSocket ? m_options.openSocket(this) : makeRelaySocket(this);
    m_socket = socket;
    connect(socket, &RelaySocket::opened, this, &RelayConnection::onConnected);
    connect(socket, &RelaySocket::closed, this, &RelayConnection::onClosed);
    connect(socket, &RelaySocket::textReceived, this, &RelayConnection::onText);
    connect(socket, &RelaySocket::binaryReceived, this, [this] {
        m_heardAt = elapsed();
        reject("binary", "a binary message");
    });
    connect(socket, &RelaySocket::pongReceived, this, [this] {
        m_heardAt = elapsed();
        m_probeUntil = 0;
    });
    connect(socket, &RelaySocket::failed, this, [this](const Error& error) {
        if (m_socket)
            fail(error, false, m_socket->retryAfterMs());
    });
    setState(RelayState::Connecting);
    if (m_socket != socket)
        return; // a slot called stop()
    m_connectTimer.start(m_options.connectTimeoutMs);
    socket->open(m_status.url, m_options);
    // Measured again for each connection, because the monotonic clock may have stopped while the computer
    // slept.
    m_status.clockLessMonotonicMs.reset();
    m_status.clockAskedMs.reset();
    if (m_options.fetchInformation) {
        m_status.clockAskedMs = elapsed();
        fetchInformation();
    }
}

void RelayConnection::onConnected() {
    m_connectTimer.stop();
    m_connectedAt = m_heardAt = m_pingedAt = elapsed();
    // A relay that requires authentication gets the time to send its challenge before the first request.
    m_challengeUntil = m_limits.authRequired && m_signer ? elapsed() + m_options.authTimeoutMs : 0;
    m_status.lastError.reset();
    ++m_status.connects;
    m_tick.start();
    setState(RelayState::Connected);
    if (isReady())
        emit ready();
    pump();
}

void RelayConnection::onClosed(RelaySocket::Ending ending, const QString& said) {
    if (!m_socket)
        return;
    const std::string reason = said.left(300).toStdString();
    switch (ending) {
    case RelaySocket::Ending::TooLarge:
        reject("oversized", "a frame or message above the limit");
        fail({ErrorCode::LimitExceeded, "the relay sent a frame above the limit"}, true);
        return;
    case RelaySocket::Ending::NotText:
        reject("invalid_encoding", "a text that is not UTF-8");
        fail({ErrorCode::InvalidEncoding, "the relay sent a text that is not UTF-8"}, true);
        return;
    case RelaySocket::Ending::BrokenFrames:
        reject("invalid_encoding", "a frame that breaks RFC 6455");
        fail({ErrorCode::InvalidEncoding, "the relay broke the WebSocket protocol"}, true);
        return;
    case RelaySocket::Ending::Policy:
        fail({ErrorCode::RelayRefused, "the relay closed the connection: " + reason}, true);
        return;
    case RelaySocket::Ending::Lost:
        fail({ErrorCode::ConnectionLost,
              reason.empty() ? "the connection was closed" : "the connection was closed: " + reason});
        return;
    }
}

void RelayConnection::detachSocket(bool politely) {
    RelaySocket* socket = m_socket;
    m_socket = nullptr;
    if (!socket)
        return;
    socket->disconnect(this);
    // This may run inside a signal of the socket. The socket must therefore exist until that signal returns.
    socket->setParent(nullptr);
    socket->end(politely);
    socket->deleteLater();
}

void RelayConnection::endWork(PublishOutcome forSent, const std::string& reason) {
    m_requests.clear();
    m_requestQueue.clear();
    m_publishQueue.clear();
    const auto publishes = std::exchange(m_publishes, {});
    for (const auto& [id, p] : publishes)
        emit publishDone(id, p.sent ? forSent : PublishOutcome::NotConnected, reason);
}

void RelayConnection::fail(Error error, bool penalty, qint64 leastMs) {
    m_connectTimer.stop();
    m_tick.stop();
    const bool wasReady = isReady();
    detachSocket(false);
    if (wasReady && elapsed() - m_connectedAt >= m_options.stableAfterMs && !penalty)
        m_failures = 0;
    // A relay that breaks the protocol waits as long as one that failed several times.
    m_failures = std::min(m_failures + (penalty ? 3 : 1), 30);
    const double full = std::min<double>(
        m_options.backoffMaxMs, m_options.backoffFirstMs * static_cast<double>(1ull << (m_failures - 1)));
    // Random variation, so that the clients of a whole delegation do not all reconnect in the same second.
    const int wait =
        std::max({1, static_cast<int>(full * (0.5 + 0.5 * m_options.jitter())), static_cast<int>(leastMs)});
    m_notBefore = leastMs > 0 ? elapsed() + leastMs : 0;
    log(LogLevel::Debug, "net", std::string("connection ended: ") + std::string(errorName(error.code)));
    m_status.lastError = std::move(error);
    m_status.authenticated = false;
    m_status.retryAtMs = clock().nowMs() + wait;
    m_retryTimer.start(wait);
    const std::string reason = m_status.lastError->detail;
    setState(RelayState::WaitingToRetry);
    if (wasReady)
        emit lost();
    endWork(PublishOutcome::Unknown, reason);
}

void RelayConnection::reject(const std::string& reason, const std::string& detail) {
    ++m_status.rejected;
    const qint64 now = elapsed();
    m_rejections.push_back(now);
    while (!m_rejections.empty() && m_rejections.front() < now - 60'000)
        m_rejections.pop_front();
    emit rejected(reason, detail);
    if (m_socket && static_cast<int>(m_rejections.size()) > m_options.maxRejectedPerMinute)
        fail({ErrorCode::RelayRefused, "the relay sent too much that is not acceptable"}, true);
}

void RelayConnection::onText(const QString& text) {
    m_heardAt = elapsed();
    m_probeUntil = 0;
    if (!isReady())
        return;
    const QByteArray utf8 = text.toUtf8();
    auto message =
        nostr::parseRelayMessage(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
    if (!message) {
        reject(reasonName(message.error().code), message.error().detail);
        return;
    }
    std::visit([this](const auto& m) { handle(m); }, *message);
}

void RelayConnection::handle(const nostr::relay_message::Delivery& m) {
    auto it = m_requests.find(m.subscription);
    if (it == m_requests.end()) {
        if (std::find(m_closedIds.begin(), m_closedIds.end(), m.subscription) == m_closedIds.end()) {
            reject("unsolicited", "an event for a request that does not exist");
            return;
        }
        // A closed id: events for a replaced subscription may still arrive. They are given to the new
        // subscription, because the relay may not send them again.
        it = std::find_if(m_requests.begin(), m_requests.end(), [&](const auto& request) {
            const auto& filters = request.second.filters;
            return request.second.kind == RequestKind::Live &&
                   std::any_of(filters.begin(), filters.end(),
                               [&](const nostr::Filter& f) { return f.matches(m.event); });
        });
        if (it == m_requests.end())
            return;
    }
    if (it->second.negentropy) {
        reject("unsolicited", "an event in a comparison");
        return;
    }
    it->second.activeAt = elapsed();
    if (static_cast<std::int64_t>(std::min<std::uint64_t>(m.event.createdAt, 1ull << 53)) >
        clock().now() + kMaxFutureSeconds) {
        reject("future", "an event dated too far ahead");
        return;
    }
    const auto& filters = it->second.filters;
    if (std::none_of(filters.begin(), filters.end(),
                     [&](const nostr::Filter& f) { return f.matches(m.event); })) {
        reject("unsolicited", "an event that was not asked for");
        return;
    }
    if (m_known && m_known(m.event.id, m.event.sig)) {
        // The signature covers only the id, so the id must be checked against the content.
        if (m.event.canonicalId() != m.event.id) {
            reject("invalid_event", "the id is not that of the content");
            return;
        }
    } else if (auto valid = m.event.verify(); !valid) {
        reject(reasonName(valid.error().code), valid.error().detail);
        return;
    }
    ++m_status.eventsReceived;
    emit delivered(it->first, m.event);
}

void RelayConnection::handle(const nostr::relay_message::Ok& m) {
    const std::string id = toHex(m.id);
    if (!m_authEventId.empty() && id == m_authEventId) {
        m_authEventId.clear();
        endAuth(m.accepted, m.reason);
        return;
    }
    auto it = m_publishes.find(id);
    if (it == m_publishes.end() || !it->second.sent) {
        reject("unexpected", "OK for an event that was not sent");
        return;
    }
    const auto code = nostr::reasonCode(m.reason);
    if (!m.accepted && code == nostr::ReasonCode::AuthRequired && !it->second.retriedAfterAuth &&
        (authMayCome() || m_status.authenticated)) {
        it->second.sent = false;
        it->second.retriedAfterAuth = true;
        it->second.awaitsAuth = !m_status.authenticated;
        it->second.queuedAt = elapsed();
        m_publishQueue.push_front(id);
        pump();
        return;
    }
    PublishOutcome outcome = PublishOutcome::Refused;
    if (m.accepted || code == nostr::ReasonCode::Duplicate) {
        outcome = PublishOutcome::Accepted;
        ++m_status.published;
        m_slowdowns = 0;
    } else if (code == nostr::ReasonCode::RateLimited) {
        outcome = PublishOutcome::RateLimited;
        slowDown();
    }
    m_publishes.erase(it);
    emit publishDone(id, outcome, m.reason);
    pump();
}

void RelayConnection::handle(const nostr::relay_message::EndOfStored& m) {
    auto it = m_requests.find(m.subscription);
    if (it == m_requests.end() || !it->second.sent || !it->second.stored || it->second.negentropy) {
        if (it != m_requests.end() ||
            std::find(m_closedIds.begin(), m_closedIds.end(), m.subscription) == m_closedIds.end())
            reject("unexpected", "EOSE for a request that does not wait for one");
        return;
    }
    it->second.stored = false;
    it->second.activeAt = elapsed();
    m_slowdowns = 0;
    const std::string id = m.subscription;
    emit endOfStored(id);
}

void RelayConnection::handle(const nostr::relay_message::Closed& m) {
    auto it = m_requests.find(m.subscription);
    if (it == m_requests.end()) {
        if (std::find(m_closedIds.begin(), m_closedIds.end(), m.subscription) == m_closedIds.end())
            reject("unexpected", "CLOSED for a request that does not exist");
        return;
    }
    const auto code = nostr::reasonCode(m.reason);
    if (code == nostr::ReasonCode::AuthRequired && !it->second.awaitsAuth && authMayCome()) {
        it->second.sent = false;
        it->second.stored = true;
        it->second.awaitsAuth = true;
        it->second.activeAt = elapsed();
        m_requestQueue.push_back(m.subscription);
        return;
    }
    if (code == nostr::ReasonCode::RateLimited)
        slowDown();
    m_requests.erase(it);
    emit closed(m.subscription, m.reason);
    pump();
}

void RelayConnection::handle(const nostr::relay_message::Notice& m) {
    m_status.lastNotice = m.text.substr(0, 500);
    if (nostr::reasonCode(m.text) == nostr::ReasonCode::RateLimited)
        slowDown();
    emit stateChanged();
}

void RelayConnection::handle(const nostr::relay_message::Challenge& m) {
    m_challenged = true;
    if (m.challenge.empty() || m.challenge.size() > nostr::kMaxChallenge) {
        reject("invalid_encoding", "a challenge that is empty or too long");
        return;
    }
    // Only one answer is pending at a time. Otherwise a relay could make us sign without end.
    if (!m_authEventId.empty() || m_status.authenticated || m_authFailed)
        return;
    if (!m_signer) {
        endAuth(false, "no signer");
        return;
    }
    auto signedJson = m_signer(m_status.url, m.challenge);
    if (!signedJson) {
        endAuth(false, signedJson.error().detail);
        return;
    }
    auto event = nostr::parseEvent(*signedJson);
    if (!event || event->kind != nostr::kind::kAuth) {
        endAuth(false, "the signer gave no kind 22242 event");
        return;
    }
    m_authEventId = toHex(event->id);
    m_authSentAt = elapsed();
    send("[\"AUTH\"," + *signedJson + "]");
    setState(RelayState::Authenticating);
}

void RelayConnection::handle(const nostr::relay_message::CountAnswer&) {
    reject("unexpected", "COUNT was not asked for");
}

void RelayConnection::handle(const nostr::relay_message::Reconcile& m) {
    const auto it = m_requests.find(m.subscription);
    if (it == m_requests.end() || !it->second.sent || !it->second.negentropy) {
        if (std::find(m_closedIds.begin(), m_closedIds.end(), m.subscription) == m_closedIds.end())
            reject("unexpected", "a comparison that was not asked for");
        return;
    }
    it->second.activeAt = elapsed();
    emit reconciled(m.subscription, m.message);
}

void RelayConnection::handle(const nostr::relay_message::ReconcileError& m) {
    const auto it = m_requests.find(m.subscription);
    if (it == m_requests.end() || !it->second.negentropy) {
        if (std::find(m_closedIds.begin(), m_closedIds.end(), m.subscription) == m_closedIds.end())
            reject("unexpected", "NEG-ERR for a comparison that was not asked for");
        return;
    }
    m_requests.erase(it);
    emit closed(m.subscription, m.reason);
    pump();
}

bool RelayConnection::authMayCome() const {
    return m_signer && !m_authFailed && !m_status.authenticated;
}

void RelayConnection::endAuth(bool accepted, const std::string& reason) {
    m_authEventId.clear();
    m_status.authenticated = accepted;
    m_authFailed = !accepted;
    if (!accepted)
        m_status.lastError = Error{ErrorCode::RelayRefused, "authentication: " + reason.substr(0, 300)};
    if (m_status.state == RelayState::Authenticating)
        setState(RelayState::Connected);
    else
        emit stateChanged();
    // Requests that waited for authentication are sent now. After a refusal they end with the relay's own
    // reason.
    for (auto& [id, request] : m_requests)
        if (accepted)
            request.awaitsAuth = false;
    for (auto& [id, p] : m_publishes)
        p.awaitsAuth = false;
    if (!accepted) {
        std::vector<std::string> ended;
        for (const auto& [id, request] : m_requests)
            if (request.awaitsAuth)
                ended.push_back(id);
        for (const auto& id : ended)
            if (m_requests.erase(id) > 0)
                emit closed(id, "auth-required: " + reason);
    }
    pump();
}

std::string RelayConnection::textOf(const std::string& requestId, const Request& request) {
    using namespace nostr::client_message;
    return request.negentropy ? nostr::toJson(nostr::ClientMessage(
                                    ReconcileOpen{requestId, request.filters.front(), *request.negentropy}))
                              : nostr::toJson(nostr::ClientMessage(
                                    nostr::client_message::Request{requestId, request.filters}));
}

void RelayConnection::open(const std::string& requestId, std::vector<nostr::Filter> filters,
                           RequestKind kind) {
    Request request;
    request.filters = std::move(filters);
    request.kind = kind;
    enqueue(requestId, std::move(request));
}

void RelayConnection::reconcile(const std::string& requestId, nostr::Filter filter, Bytes firstMessage) {
    Request request;
    request.filters = {std::move(filter)};
    request.negentropy = std::move(firstMessage);
    enqueue(requestId, std::move(request));
}

void RelayConnection::reconcileNext(const std::string& requestId, Bytes message) {
    const auto it = m_requests.find(requestId);
    if (it == m_requests.end() || !it->second.sent || !it->second.negentropy)
        return;
    it->second.activeAt = elapsed();
    send(
        nostr::toJson(nostr::ClientMessage(nostr::client_message::Reconcile{requestId, std::move(message)})));
}

void RelayConnection::enqueue(const std::string& requestId, Request request) {
    if (!isReady() || m_requestQueue.size() >= kMaxQueuedRequests)
        return;
    request.activeAt = elapsed();
    if (const auto refused = m_limits.refusesMessage(textOf(requestId, request).size())) {
        QMetaObject::invokeMethod(
            this, [this, requestId, reason = *refused] { emit closed(requestId, reason); },
            Qt::QueuedConnection);
        return;
    }
    m_requests[requestId] = std::move(request);
    m_requestQueue.push_back(requestId);
    pump();
}

void RelayConnection::close(const std::string& requestId) {
    auto it = m_requests.find(requestId);
    if (it == m_requests.end())
        return;
    if (it->second.sent) {
        using namespace nostr::client_message;
        send(nostr::toJson(it->second.negentropy ? nostr::ClientMessage(ReconcileClose{requestId})
                                                 : nostr::ClientMessage(Close{requestId})));
        m_closedIds.push_back(requestId);
        if (m_closedIds.size() > kRememberedClosed)
            m_closedIds.pop_front();
    }
    m_requests.erase(it);
    std::erase(m_requestQueue, requestId);
    pump();
}

void RelayConnection::publish(const std::string& eventId, const std::string& eventJson) {
    if (!isReady()) {
        emit publishDone(eventId, PublishOutcome::NotConnected, "not connected");
        return;
    }
    if (m_publishes.count(eventId) > 0)
        return;
    const std::int64_t relayNow =
        m_status.clockLessMonotonicMs ? (*m_status.clockLessMonotonicMs + elapsed()) / 1000 : clock().now();
    if (const auto refused = m_limits.refusesEvent(eventJson, relayNow)) {
        // If it were sent all the same, the relay might end the connection, and all other work with it.
        const bool later = nostr::reasonCode(*refused) == nostr::ReasonCode::RateLimited;
        emit publishDone(eventId, later ? PublishOutcome::RateLimited : PublishOutcome::Refused, *refused);
        return;
    }
    Publish p;
    p.json = eventJson;
    p.queuedAt = elapsed();
    m_publishes.emplace(eventId, std::move(p));
    m_publishQueue.push_back(eventId);
    pump();
}

void RelayConnection::slowDown() {
    m_pausedUntil = elapsed() + (static_cast<qint64>(m_options.rateLimitPauseMs) << m_slowdowns);
    m_slowdowns = std::min(m_slowdowns + 1, kMaxSlowdowns);
}

void RelayConnection::pump() {
    if (m_status.state != RelayState::Connected || !m_socket)
        return;
    const qint64 now = elapsed();
    if (now < m_pausedUntil || (!m_challenged && now < m_challengeUntil))
        return;

    int live = 0;
    int all = 0;
    for (const auto& [id, r] : m_requests) {
        if (!r.sent)
            continue;
        ++all;
        if (r.kind == RequestKind::Live)
            ++live;
    }
    // Live requests never end. Two places are kept free, or pages and queries could wait forever.
    const int liveLimit = std::max(1, m_limits.requests - 2);
    for (auto q = m_requestQueue.begin(); q != m_requestQueue.end() && all < m_limits.requests;) {
        auto it = m_requests.find(*q);
        if (it == m_requests.end()) {
            q = m_requestQueue.erase(q);
            continue;
        }
        Request& r = it->second;
        if (r.awaitsAuth || (r.kind == RequestKind::Live && live >= liveLimit)) {
            ++q;
            continue;
        }
        r.sent = true;
        r.activeAt = now;
        ++all;
        if (r.kind == RequestKind::Live)
            ++live;
        send(textOf(it->first, r));
        q = m_requestQueue.erase(q);
    }

    int waiting = 0;
    for (const auto& [id, p] : m_publishes)
        if (p.sent)
            ++waiting;
    for (auto q = m_publishQueue.begin(); q != m_publishQueue.end() && waiting < m_options.maxPublishing;) {
        auto it = m_publishes.find(*q);
        if (it == m_publishes.end()) {
            q = m_publishQueue.erase(q);
            continue;
        }
        if (it->second.awaitsAuth) {
            ++q;
            continue;
        }
        it->second.sent = true;
        it->second.sentAt = now;
        ++waiting;
        send("[\"EVENT\"," + it->second.json + "]");
        q = m_publishQueue.erase(q);
    }
}

void RelayConnection::send(const std::string& text) {
    if (m_socket)
        m_socket->sendText(text);
}

void RelayConnection::onTick() {
    if (!isReady() || !m_socket)
        return;
    const qint64 now = elapsed();
    if (now - m_heardAt > m_options.deadAfterMs || (m_probeUntil > 0 && now > m_probeUntil)) {
        fail({ErrorCode::Timeout, "the relay went silent"});
        return;
    }
    if (now - m_heardAt > m_options.pingIdleMs && now - m_pingedAt > m_options.pingIdleMs) {
        m_pingedAt = now;
        m_socket->ping();
    }
    if (m_status.state == RelayState::Authenticating && now - m_authSentAt > m_options.authTimeoutMs)
        endAuth(false, "no answer in the time allowed");

    std::vector<std::pair<std::string, PublishOutcome>> over;
    for (const auto& [id, p] : m_publishes) {
        if (p.sent && now - p.sentAt > m_options.publishTimeoutMs)
            over.emplace_back(id, PublishOutcome::Unknown);
        else if (p.awaitsAuth && now - p.queuedAt > m_options.authTimeoutMs)
            over.emplace_back(id, PublishOutcome::Refused);
    }
    for (const auto& [id, outcome] : over)
        if (m_publishes.erase(id) > 0)
            emit publishDone(id, outcome,
                             outcome == PublishOutcome::Unknown ? "no answer in the time allowed"
                                                                : "auth-required:");

    std::vector<std::string> idle;
    for (auto& [id, r] : m_requests) {
        if ((r.sent || r.awaitsAuth) && r.stored && !r.stalled && now - r.activeAt > m_options.eoseIdleMs) {
            r.stalled = true;
            idle.push_back(id);
        }
    }
    for (const auto& id : idle)
        if (m_requests.count(id) > 0)
            emit stalled(id);
    pump();
}

void RelayConnection::fetchInformation() {
    QUrl url(QString::fromStdString(m_status.url));
    url.setScheme(url.scheme() == QLatin1String("wss") ? QStringLiteral("https") : QStringLiteral("http"));
    // The question ends with the connection, because its answer describes only this way to the relay.
    const QPointer<RelaySocket> socket = m_socket;
    const QPointer<RelayConnection> self(this);
    findProxy(m_options.proxy, url, socket, [self, socket, url](const QNetworkProxy& proxy) {
        HttpQuestion question;
        question.url = url;
        question.proxy = proxy;
        question.headers = {{"User-Agent", kUserAgent}, {"Accept", "application/nostr+json"}};
        question.maxBody = static_cast<qint64>(nostr::kMaxRelayInfo);
        askHttp(question, socket, [self, socket](const HttpReply& reply) {
            // The document is only advice. Without it the default limits apply.
            if (!self || self->m_socket != socket)
                return;
            self->m_status.clockAskedMs.reset();
            if (const auto date = httpDateMs(reply.answer.date))
                self->m_status.clockLessMonotonicMs = *date - self->clock().monotonicMs();
            if (!reply.failure && reply.answer.status == 200)
                self->applyInformation(reply.body);
            emit self->clockTold();
        });
    });
}

void RelayConnection::applyInformation(const QByteArray& body) {
    m_haveInformation = true;
    auto info =
        nostr::parseRelayInfo(std::string_view(body.constData(), static_cast<std::size_t>(body.size())));
    if (!info)
        return;
    m_limits.apply(*info);
    m_status.paymentRequired = m_limits.paymentRequired;
    m_status.reconciles = m_limits.reconciles;
    m_status.oldestAcceptedSeconds = m_limits.oldest;
}

} // namespace valise::net
