// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_pool.h"

#include "core/net/relay_pool_impl.h"

#include <algorithm>

namespace valise::net {

namespace {

// A relay's answer about the time is awaited at most this long. Until then nothing new is dated.
constexpr qint64 kClockPatienceMs = 3'000;

const SystemClock kSystemClock;

} // namespace

const Clock& RelayPool::Impl::clock() const {
    return options.clock ? *options.clock : kSystemClock;
}

void RelayPool::Impl::post(std::function<void()> f) {
    if (stopped)
        return;
    outbox.push_back(std::move(f));
    if (drainScheduled || draining)
        return;
    drainScheduled = true;
    QMetaObject::invokeMethod(
        q, [this] { drain(); }, Qt::QueuedConnection);
}

void RelayPool::Impl::drain() {
    drainScheduled = false;
    if (draining)
        return;
    draining = true;
    const QPointer<RelayPool> alive(q);
    // Only the entries present now are run. Those that slots add wait for the next turn of the event loop, so
    // that sockets are served in between.
    for (std::size_t n = outbox.size(); n > 0 && !outbox.empty(); --n) {
        auto f = std::move(outbox.front());
        outbox.pop_front();
        f();
        if (!alive)
            return;
    }
    draining = false;
    if (!outbox.empty() && !drainScheduled) {
        drainScheduled = true;
        QMetaObject::invokeMethod(
            q, [this] { drain(); }, Qt::QueuedConnection);
    }
}

Result<std::string> RelayPool::Impl::ensureRelay(const std::string& url) {
    auto checked = checkRelayUrl(url, options.allowInsecure);
    if (!checked) {
        RelayStatus& s = refusedUrls[url];
        if (s.url.empty()) {
            s.url = url;
            s.state = RelayState::Refused;
            s.lastError = checked.error();
            if (refusedUrls.size() > 256)
                refusedUrls.erase(refusedUrls.begin()->first == url ? std::prev(refusedUrls.end())
                                                                    : refusedUrls.begin());
            post([this, name = QString::fromStdString(url)] {
                emit q->relayStateChanged(name, RelayState::Refused);
            });
        }
        return checked.error();
    }
    const std::string name = *checked;
    auto [it, fresh] = relays.try_emplace(name);
    it->second.usedAt = elapsed();
    if (!fresh)
        return name;
    auto* c = new RelayConnection(name, options, q);
    it->second.connection = c;
    if (signer)
        c->setAuthSigner(signer);
    c->setKnownEvent([this](const nostr::EventId& id, const crypto::SchnorrSignature& sig) {
        return verified.has(id, sig);
    });
    const QString qname = QString::fromStdString(name);
    QObject::connect(c, &RelayConnection::stateChanged, q, [this, c, name] { onState(c, name); });
    QObject::connect(c, &RelayConnection::ready, q, [this, name] { onReady(name); });
    // This is reported even if the clock is right, because held messages wait for the judgement.
    QObject::connect(c, &RelayConnection::clockTold, q, [this] {
        clockJudged = {true, false};
        judgeClock();
    });
    QObject::connect(c, &RelayConnection::lost, q, [this, name] { onLost(name); });
    QObject::connect(c, &RelayConnection::delivered, q,
                     [this](const std::string& id, const nostr::Event& e) { onDelivered(id, e); });
    QObject::connect(c, &RelayConnection::endOfStored, q,
                     [this](const std::string& id) { onEndOfStored(id); });
    QObject::connect(c, &RelayConnection::reconciled, q,
                     [this](const std::string& id, const Bytes& message) { onReconciled(id, message); });
    QObject::connect(c, &RelayConnection::stalled, q, [this](const std::string& id) { onStalled(id); });
    QObject::connect(c, &RelayConnection::closed, q,
                     [this](const std::string& id, const std::string& reason) { onClosed(id, reason); });
    QObject::connect(c, &RelayConnection::publishDone, q,
                     [this, name](const std::string& id, PublishOutcome outcome, const std::string& reason) {
                         finishPublish(id, name, outcome, reason);
                     });
    QObject::connect(c, &RelayConnection::rejected, q,
                     [this, qname](const std::string& reason, const std::string& detail) {
                         post([this, qname, reason, detail] {
                             emit q->rejected(qname, QString::fromStdString(reason),
                                              QString::fromStdString(detail));
                         });
                     });
    c->start();
    return name;
}

RelayConnection* RelayPool::Impl::connectionOf(const std::string& name) {
    auto it = relays.find(name);
    return it == relays.end() ? nullptr : it->second.connection;
}

bool RelayPool::Impl::reachable(const std::string& name) {
    RelayConnection* c = connectionOf(name);
    // A relay that failed last time is not waited for while it is tried again.
    return c && (c->isReady() || (c->status().state == RelayState::Connecting && !c->status().lastError));
}

std::string RelayPool::Impl::newRequest(const char* prefix, RequestRef ref) {
    std::string id = prefix + std::to_string(nextRequest++);
    requests[id] = std::move(ref);
    return id;
}

void RelayPool::Impl::closeRequest(const std::string& relay, std::string& id) {
    if (id.empty())
        return;
    requests.erase(id);
    if (RelayConnection* c = connectionOf(relay))
        c->close(id);
    id.clear();
}

void RelayPool::Impl::onState(RelayConnection* c, const std::string& name) {
    const RelayState state = c->status().state;
    post([this, qname = QString::fromStdString(name), state] { emit q->relayStateChanged(qname, state); });
    if (state == RelayState::WaitingToRetry || state == RelayState::Refused) {
        failWaiting(name);
        for (auto& [id, f] : fetches)
            f.requests.erase(name);
        finishFetches();
    }
    for (auto& [id, sub] : subs)
        checkCaughtUp(sub);
}

void RelayPool::Impl::failWaiting(const std::string& name) {
    std::vector<WaitingPublish> gone;
    for (auto it = waiting.begin(); it != waiting.end();) {
        if (it->relay == name) {
            gone.push_back(std::move(*it));
            it = waiting.erase(it);
        } else {
            ++it;
        }
    }
    for (const auto& w : gone)
        finishPublish(w.eventId, w.relay, PublishOutcome::NotConnected, reasonOf(name));
}

std::string RelayPool::Impl::reasonOf(const std::string& name) {
    RelayConnection* c = connectionOf(name);
    if (c && c->status().lastError)
        return std::string(errorName(c->status().lastError->code)) + ": " + c->status().lastError->detail;
    return "not connected";
}

void RelayPool::Impl::onReady(const std::string& name) {
    RelayConnection* c = connectionOf(name);
    if (!c)
        return;
    for (auto& [id, sub] : subs)
        if (auto it = sub.feeds.find(name); it != sub.feeds.end())
            startFeed(sub, name, it->second);
    std::vector<WaitingPublish> mine;
    for (auto it = waiting.begin(); it != waiting.end();) {
        if (it->relay == name) {
            mine.push_back(std::move(*it));
            it = waiting.erase(it);
        } else {
            ++it;
        }
    }
    for (const auto& w : mine)
        c->publish(w.eventId, w.json);
    for (auto& [id, f] : fetches)
        if (auto it = f.requests.find(name); it != f.requests.end() && it->second.empty())
            startFetch(id, f, name);
    post([this, qname = QString::fromStdString(name)] { emit q->relayReady(qname); });
}

void RelayPool::Impl::onLost(const std::string& name) {
    for (auto it = requests.begin(); it != requests.end();)
        it = it->second.relay == name ? requests.erase(it) : std::next(it);
    for (auto& [id, sub] : subs) {
        auto it = sub.feeds.find(name);
        if (it == sub.feeds.end())
            continue;
        Feed& feed = it->second;
        if (feed.complete)
            reportCursor(sub, name, feed);
        // The events are passed on, but the cursor stays, because older events of the same answer may be
        // missing.
        flush(sub, name, feed);
        resetFeed(feed);
    }
    for (auto& [id, f] : fetches)
        f.requests.erase(name);
    finishFetches();
    for (auto& [id, sub] : subs)
        checkCaughtUp(sub);
}

void RelayPool::Impl::finishPublish(const std::string& eventId, const std::string& relay,
                                    PublishOutcome outcome, const std::string& reason) {
    auto it = publishNames.find({eventId, relay});
    if (it == publishNames.end())
        return;
    const auto names = std::move(it->second);
    publishNames.erase(it);
    for (const auto& name : names)
        postPublished(eventId, name, outcome, reason);
}

void RelayPool::Impl::postPublished(const std::string& eventId, const std::string& name,
                                    PublishOutcome outcome, const std::string& reason) {
    post([this, qid = QString::fromStdString(eventId), qname = QString::fromStdString(name), outcome,
          qreason = QString::fromStdString(reason)] { emit q->published(qid, qname, outcome, qreason); });
}

bool RelayPool::Impl::inUse(const std::string& name, const Relay& relay) const {
    if (relay.permanent || relay.connection->hasWork())
        return true;
    for (const auto& [id, sub] : subs)
        if (sub.feeds.count(name) > 0)
            return true;
    for (const auto& [id, f] : fetches)
        if (f.requests.count(name) > 0)
            return true;
    return std::any_of(waiting.begin(), waiting.end(), [&](const auto& w) { return w.relay == name; });
}

void RelayPool::Impl::judgeClock() {
    const auto now = std::pair(q->isClockAwaited(), q->clockAheadMs() != 0);
    if (std::exchange(clockJudged, now) != now)
        post([this] { emit q->clockJudged(); });
}

void RelayPool::Impl::onTick() {
    const qint64 at = elapsed();
    judgeClock();
    finishFetches();
    std::vector<WaitingPublish> over;
    for (auto it = waiting.begin(); it != waiting.end();) {
        if (at >= it->deadline) {
            over.push_back(std::move(*it));
            it = waiting.erase(it);
        } else {
            ++it;
        }
    }
    for (const auto& w : over)
        finishPublish(w.eventId, w.relay, PublishOutcome::NotConnected, "not connected in time");
    for (auto& [id, sub] : subs) {
        for (auto& [name, feed] : sub.feeds) {
            if (feed.complete)
                reportCursor(sub, name, feed);
            // A relay that keeps sending events but never ends a page must not delay the others.
            if (!feed.complete && !feed.partial && !feed.batch.empty() &&
                at - feed.progressAt > 4 * static_cast<qint64>(options.eoseIdleMs))
                endIncomplete(sub, name, feed);
            if (feed.follows)
                nextPage(sub, name, feed);
            if (feed.reopenAt > 0 && at >= feed.reopenAt)
                askAgain(sub, name, feed);
        }
    }
    for (auto it = relays.begin(); it != relays.end();) {
        Relay& relay = it->second;
        if (inUse(it->first, relay)) {
            relay.usedAt = at;
        } else if (at - relay.usedAt > options.idleCloseMs) {
            RelayConnection* c = relay.connection;
            const QString name = QString::fromStdString(it->first);
            c->disconnect(q);
            c->stop();
            c->deleteLater();
            it = relays.erase(it);
            post([this, name] { emit q->relayStateChanged(name, RelayState::Disconnected); });
            continue;
        }
        ++it;
    }
}

RelayPool::RelayPool(RelayOptions options, QObject* parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(this, std::move(options))) {
    connect(&m_impl->tick, &QTimer::timeout, this, [this] { m_impl->onTick(); });
    m_impl->tick.start(250);
}

RelayPool::~RelayPool() {
    shutdown();
}

void RelayPool::setAuthSigner(AuthSigner signer) {
    m_impl->signer = std::move(signer);
    for (auto& [name, relay] : m_impl->relays)
        relay.connection->setAuthSigner(m_impl->signer);
}

void RelayPool::setProxy(const ProxySettings& proxy) {
    m_impl->options.proxy = proxy;
    std::vector<RelayConnection*> all;
    for (auto& [name, relay] : m_impl->relays)
        all.push_back(relay.connection);
    for (RelayConnection* c : all)
        c->setProxy(proxy);
}

void RelayPool::setRelays(const std::vector<std::string>& urls) {
    if (m_impl->stopped)
        return;
    for (auto& [name, relay] : m_impl->relays)
        relay.permanent = false;
    for (const auto& url : urls)
        if (auto name = m_impl->ensureRelay(url))
            m_impl->relays[*name].permanent = true;
}

void RelayPool::publish(const std::string& eventId, const std::string& eventJson,
                        const std::vector<std::string>& relays) {
    if (m_impl->stopped)
        return;
    for (const auto& url : relays) {
        auto name = m_impl->ensureRelay(url);
        if (!name) {
            m_impl->postPublished(eventId, url, PublishOutcome::NotConnected,
                                  std::string(errorName(name.error().code)) + ": " + name.error().detail);
            continue;
        }
        auto& names = m_impl->publishNames[{eventId, *name}];
        names.push_back(url);
        if (names.size() > 1)
            continue;
        RelayConnection* c = m_impl->connectionOf(*name);
        if (c->isReady())
            c->publish(eventId, eventJson);
        else if (c->status().state == RelayState::Connecting)
            m_impl->waiting.push_back(
                {eventId, eventJson, *name, m_impl->elapsed() + m_impl->options.publishTimeoutMs});
        else
            m_impl->finishPublish(eventId, *name, PublishOutcome::NotConnected, m_impl->reasonOf(*name));
    }
}

void RelayPool::networkAvailable() {
    std::vector<RelayConnection*> all;
    for (auto& [name, relay] : m_impl->relays)
        all.push_back(relay.connection);
    for (RelayConnection* c : all)
        c->networkAvailable();
}

void RelayPool::shutdown() {
    if (m_impl->stopped)
        return;
    m_impl->stopped = true;
    m_impl->tick.stop();
    m_impl->outbox.clear();
    m_impl->subs.clear();
    m_impl->fetches.clear();
    m_impl->waiting.clear();
    m_impl->publishNames.clear();
    m_impl->requests.clear();
    for (auto& [name, relay] : m_impl->relays) {
        relay.connection->disconnect(this);
        relay.connection->stop();
        delete relay.connection;
    }
    m_impl->relays.clear();
}

std::vector<RelayStatus> RelayPool::statuses() const {
    std::vector<RelayStatus> out;
    for (const auto& [name, relay] : m_impl->relays)
        out.push_back(relay.connection->status());
    for (const auto& [name, status] : m_impl->refusedUrls)
        out.push_back(status);
    return out;
}

bool RelayPool::isClockAwaited() const {
    bool asked = false;
    for (const auto& [name, relay] : m_impl->relays) {
        const RelayStatus& status = relay.connection->status();
        if (status.state != RelayState::Connected)
            continue;
        if (status.clockLessMonotonicMs)
            return false;
        asked = asked || (status.clockAskedMs && m_impl->elapsed() - *status.clockAskedMs < kClockPatienceMs);
    }
    return asked;
}

std::int64_t RelayPool::clockAheadMs() const {
    const Clock& clock = m_impl->clock();
    std::vector<std::int64_t> ahead;
    for (const auto& [name, relay] : m_impl->relays) {
        const RelayStatus& status = relay.connection->status();
        if (status.state == RelayState::Connected && status.clockLessMonotonicMs)
            ahead.push_back(clock.nowMs() - clock.monotonicMs() - *status.clockLessMonotonicMs);
    }
    // The median, so that one relay with a wrong or false time does not decide.
    std::sort(ahead.begin(), ahead.end());
    const std::int64_t middle = ahead.empty() ? 0 : ahead[(ahead.size() - 1) / 2];
    const auto wrong = std::count_if(ahead.begin(), ahead.end(), [](std::int64_t ms) {
        return ms > kClockToleranceMs || ms < -kClockToleranceMs;
    });
    return static_cast<std::size_t>(wrong) * 2 > ahead.size() ? middle : 0;
}

RelayStatus RelayPool::status(const std::string& url) const {
    auto name = checkRelayUrl(url, true);
    if (auto it = m_impl->relays.find(name ? *name : url); it != m_impl->relays.end())
        return it->second.connection->status();
    if (auto it = m_impl->refusedUrls.find(url); it != m_impl->refusedUrls.end())
        return it->second;
    RelayStatus none;
    none.url = url;
    return none;
}

} // namespace valise::net
