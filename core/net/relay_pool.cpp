// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_pool.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/net/page_walk.h"
#include "core/net/reconciliation.h"
#include "core/net/relay_connection.h"
#include "core/nostr/message.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <cstring>
#include <deque>
#include <list>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace valise::net {

namespace {

constexpr std::size_t kMaxSeen = 200'000;    // ids per subscription
constexpr std::size_t kMaxVerified = 50'000; // ids with signatures over all
constexpr std::size_t kMaxBatchEvents =
    20'000; // stored events held back per relay and subscription for sorting
constexpr std::size_t kMaxBatchBytes = 64u << 20;
constexpr std::size_t kMaxFetched = 5'000;
constexpr int kMaxPages = 20'000;
// Fewer known events are not worth the question which of them a relay has.
constexpr std::size_t kLeastKnown = 50;
// A relay that may compare waits this long for the first one's next page before it goes its own way.
constexpr qint64 kLeaderMs = 5'000;
// Nothing is dated for so long while a relay that was asked for the time may still say it.
constexpr qint64 kClockPatienceMs = 3'000;
constexpr qint64 kReopenFirstMs = 5'000;
constexpr qint64 kReopenMaxMs = 300'000;

const SystemClock kSystemClock;

struct IdHash {
    std::size_t operator()(const nostr::EventId& id) const {
        // Only verified ids enter, and those are SHA-256: any eight octets are evenly spread.
        std::size_t h = 0;
        std::memcpy(&h, id.data(), sizeof h);
        return h;
    }
};

//! A bounded set of ids that forgets the oldest.
class SeenIds {
public:
    //! False if it was there.
    bool insert(const nostr::Event& event) {
        if (!m_set.insert(event.id).second)
            return false;
        m_order.push_back({event.createdAt, event.id});
        if (m_order.size() > kMaxSeen) {
            m_set.erase(m_order.front().id);
            m_order.pop_front();
        }
        return true;
    }
    bool has(const nostr::EventId& id) const { return m_set.count(id) > 0; }
    //! Those dated from `since` to `until`, both included.
    std::vector<nostr::NegentropyItem> between(std::uint64_t since, std::uint64_t until) const {
        std::vector<nostr::NegentropyItem> out;
        for (const nostr::NegentropyItem& item : m_order)
            if (item.timestamp >= since && item.timestamp <= until)
                out.push_back(item);
        return out;
    }

private:
    std::unordered_set<nostr::EventId, IdHash> m_set;
    std::deque<nostr::NegentropyItem> m_order;
};

class VerifiedEvents {
public:
    bool has(const nostr::EventId& id, const crypto::SchnorrSignature& sig) const {
        auto it = m_map.find(id);
        return it != m_map.end() && it->second == sig;
    }
    void insert(const nostr::EventId& id, const crypto::SchnorrSignature& sig) {
        if (!m_map.emplace(id, sig).second)
            return;
        m_order.push_back(id);
        if (m_order.size() > kMaxVerified) {
            m_map.erase(m_order.front());
            m_order.pop_front();
        }
    }

private:
    std::unordered_map<nostr::EventId, crypto::SchnorrSignature, IdHash> m_map;
    std::deque<nostr::EventId> m_order;
};

std::size_t weightOf(const nostr::Event& event) {
    std::size_t weight = sizeof(nostr::Event) + event.content.size();
    for (const auto& tag : event.tags)
        for (const auto& value : tag)
            weight += sizeof(std::string) + value.size();
    return weight;
}

//! The conversation an event belongs to (tag h); empty for other events.
std::string_view conversationOf(const nostr::Event& event) {
    return nostr::tagValue(event.tags, "h").value_or(std::string_view());
}

//! Oldest first within a conversation, because one event builds on another; of the conversations that first
//! in which something happened last, because somebody wants to read on there.
void sortForReading(std::vector<nostr::Event>& events) {
    std::unordered_map<std::string_view, std::uint64_t> last;
    for (const nostr::Event& event : events) {
        std::uint64_t& at = last[conversationOf(event)];
        at = std::max(at, event.createdAt);
    }
    std::vector<std::tuple<std::uint64_t, std::string_view, std::size_t>> order;
    order.reserve(events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::string_view key = conversationOf(events[i]);
        order.emplace_back(last[key], key, i);
    }
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        if (std::get<0>(a) != std::get<0>(b))
            return std::get<0>(a) > std::get<0>(b);
        if (std::get<1>(a) != std::get<1>(b))
            return std::get<1>(a) < std::get<1>(b);
        const nostr::Event& first = events[std::get<2>(a)];
        const nostr::Event& second = events[std::get<2>(b)];
        return first.createdAt != second.createdAt ? first.createdAt < second.createdAt
                                                   : first.id < second.id;
    });
    std::vector<nostr::Event> sorted;
    sorted.reserve(events.size());
    for (const auto& [at, key, index] : order)
        sorted.push_back(std::move(events[index]));
    events = std::move(sorted);
}

//! A subscription at one relay.
struct Feed {
    std::string liveRequest;
    std::string pageRequest;
    std::size_t pageFilter = 0;
    std::vector<nostr::Filter> filters; //!< as asked, with since
    std::vector<PageWalk> paging;
    int pages = 0;
    std::string compareRequest;
    std::optional<Reconciliation> comparison;
    std::set<nostr::EventId> needed; //!< of the comparison, asked for and not yet here
    std::size_t neededAsked = 0;
    bool comparesSecond = false; //!< the comparison is of one second, and the paging goes on after it
    bool mayCompare = true;      //!< until it went wrong once
    bool follows = false;        //!< waits for another relay to hand over what both will have
    bool liveEose = false;
    bool complete = false;
    bool partial = false; //!< answered as far as it will for now
    std::vector<nostr::Event> batch;
    std::size_t batchBytes = 0;
    std::int64_t cursor = 0;  //!< reported or given
    std::int64_t maxSeen = 0; //!< newest created_at received from it
    qint64 progressAt = 0;    //!< when it was asked, or a page ended
    qint64 reopenAt = 0;
    int reopens = 0;
};

struct Sub {
    std::string id;
    std::vector<nostr::Filter> filters;
    std::int64_t overlap = 120;
    SeenIds seen;
    std::map<std::string, Feed> feeds;
    bool caughtUp = false;
};

struct WaitingPublish {
    std::string eventId;
    std::string json;
    std::string relay;
    qint64 deadline = 0;
};

struct Fetch {
    std::vector<nostr::Filter> filters;
    std::map<std::string, std::string> requests; //!< relay → request id, empty while it connects
    std::set<nostr::EventId> ids;
    std::vector<nostr::Event> events;
    bool answered = false;
    bool reached = false;
    bool refused = false;
    qint64 deadline = 0;
    QPointer<QObject> context;
    RelayPool::FetchDone done;
};

struct RequestRef {
    enum class Type { Live, Page, Compare, Needed, Fetch } type = Type::Live;
    std::string sub;
    std::string relay;
    int fetch = 0;
};

struct Relay {
    RelayConnection* connection = nullptr;
    bool permanent = false;
    qint64 usedAt = 0;
};

} // namespace

struct RelayPool::Impl {
    Impl(RelayPool* owner, RelayOptions opts)
        : q(owner)
        , options(std::move(opts)) {}

    RelayPool* q;
    RelayOptions options;
    AuthSigner signer;
    QTimer tick;
    bool stopped = false;
    std::pair<bool, bool> clockJudged{}; // awaited and wrong, as told last
    std::map<std::string, Relay> relays;
    std::map<std::string, RelayStatus> refusedUrls;
    std::map<std::string, Sub> subs;
    std::map<std::string, RequestRef> requests;
    std::map<int, Fetch> fetches;
    std::vector<WaitingPublish> waiting;
    //! The spellings of the callers, per event and relay.
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> publishNames;
    VerifiedEvents verified;
    std::uint64_t nextRequest = 1;
    int nextFetch = 1;
    // Signals are collected and emitted when the pool's own state is settled, so that slots may call
    // anything.
    std::deque<std::function<void()>> outbox;
    bool draining = false;
    bool drainScheduled = false;

    void post(std::function<void()> f) {
        if (stopped)
            return;
        outbox.push_back(std::move(f));
        if (drainScheduled || draining)
            return;
        drainScheduled = true;
        QMetaObject::invokeMethod(
            q, [this] { drain(); }, Qt::QueuedConnection);
    }
    void drain() {
        drainScheduled = false;
        if (draining)
            return;
        draining = true;
        const QPointer<RelayPool> alive(q);
        // One turn's worth: what slots add is left to the next turn, so that sockets are served in between.
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

    const Clock& clock() const { return options.clock ? *options.clock : kSystemClock; }
    std::int64_t now() const { return clock().now(); }
    //! Monotonic milliseconds: all qint64 times of the pool.
    qint64 elapsed() const { return clock().monotonicMs(); }

    Result<std::string> ensureRelay(const std::string& url) {
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
        // Also if it is right: what was written meanwhile waits for just this.
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
        QObject::connect(
            c, &RelayConnection::publishDone, q,
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

    RelayConnection* connectionOf(const std::string& name) {
        auto it = relays.find(name);
        return it == relays.end() ? nullptr : it->second.connection;
    }
    bool reachable(const std::string& name) {
        RelayConnection* c = connectionOf(name);
        // One that failed the last time holds nobody up while it is tried again.
        return c && (c->isReady() || (c->status().state == RelayState::Connecting && !c->status().lastError));
    }

    std::string newRequest(const char* prefix, RequestRef ref) {
        std::string id = prefix + std::to_string(nextRequest++);
        requests[id] = std::move(ref);
        return id;
    }
    void closeRequest(const std::string& relay, std::string& id) {
        if (id.empty())
            return;
        requests.erase(id);
        if (RelayConnection* c = connectionOf(relay))
            c->close(id);
        id.clear();
    }

    // ---- relay life

    void onState(RelayConnection* c, const std::string& name) {
        const RelayState state = c->status().state;
        post(
            [this, qname = QString::fromStdString(name), state] { emit q->relayStateChanged(qname, state); });
        if (state == RelayState::WaitingToRetry || state == RelayState::Refused) {
            failWaiting(name);
            for (auto& [id, f] : fetches)
                f.requests.erase(name);
            finishFetches();
        }
        for (auto& [id, sub] : subs)
            checkCaughtUp(sub);
    }

    void failWaiting(const std::string& name) {
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
    std::string reasonOf(const std::string& name) {
        RelayConnection* c = connectionOf(name);
        if (c && c->status().lastError)
            return std::string(errorName(c->status().lastError->code)) + ": " + c->status().lastError->detail;
        return "not connected";
    }

    void onReady(const std::string& name) {
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

    void onLost(const std::string& name) {
        for (auto it = requests.begin(); it != requests.end();)
            it = it->second.relay == name ? requests.erase(it) : std::next(it);
        for (auto& [id, sub] : subs) {
            auto it = sub.feeds.find(name);
            if (it == sub.feeds.end())
                continue;
            Feed& feed = it->second;
            if (feed.complete)
                reportCursor(sub, name, feed);
            // What came is passed on, but the cursor stays: the older part of it may not have come yet.
            flush(sub, name, feed);
            resetFeed(feed);
        }
        for (auto& [id, f] : fetches)
            f.requests.erase(name);
        finishFetches();
        for (auto& [id, sub] : subs)
            checkCaughtUp(sub);
    }

    // ---- subscriptions

    static void resetFeed(Feed& feed) {
        feed.liveRequest.clear();
        feed.pageRequest.clear();
        feed.compareRequest.clear();
        feed.comparison.reset();
        feed.needed.clear();
        feed.follows = false;
        feed.liveEose = feed.complete = feed.partial = false;
        feed.paging.clear();
        feed.filters.clear();
        feed.pages = 0;
        feed.maxSeen = 0;
        feed.reopenAt = 0;
    }

    void stopFeed(const std::string& relay, Feed& feed) {
        closeRequest(relay, feed.liveRequest);
        closeRequest(relay, feed.pageRequest);
        closeRequest(relay, feed.compareRequest);
        resetFeed(feed);
    }

    void startFeed(Sub& sub, const std::string& name, Feed& feed) {
        RelayConnection* c = connectionOf(name);
        if (!c || !c->isReady() || sub.filters.empty())
            return;
        stopFeed(name, feed);
        feed.progressAt = elapsed();
        feed.filters = sub.filters;
        feed.paging.clear();
        std::vector<nostr::Filter> asked;
        for (std::size_t i = 0; i < feed.filters.size(); ++i) {
            nostr::Filter& f = feed.filters[i];
            if (feed.cursor > 0) {
                const auto since =
                    static_cast<std::uint64_t>(std::max<std::int64_t>(0, feed.cursor - sub.overlap));
                f.since = std::max(f.since.value_or(0), since);
            }
            feed.paging.emplace_back(!f.limit, f.since.value_or(0));
            nostr::Filter page = f;
            if (!page.limit)
                page.limit = c->pageLimit();
            asked.push_back(std::move(page));
        }
        feed.liveRequest = newRequest("s", {RequestRef::Type::Live, sub.id, name, 0});
        c->open(feed.liveRequest, std::move(asked), RelayConnection::RequestKind::Live);
    }

    void onDelivered(const std::string& requestId, const nostr::Event& event) {
        verified.insert(event.id, event.sig);
        auto r = requests.find(requestId);
        if (r == requests.end())
            return;
        const RequestRef ref = r->second;
        if (ref.type == RequestRef::Type::Fetch) {
            auto f = fetches.find(ref.fetch);
            if (f != fetches.end() && f->second.events.size() < kMaxFetched &&
                f->second.ids.insert(event.id).second)
                f->second.events.push_back(event);
            return;
        }
        auto s = subs.find(ref.sub);
        if (s == subs.end())
            return;
        auto fi = s->second.feeds.find(ref.relay);
        if (fi == s->second.feeds.end())
            return;
        Sub& sub = s->second;
        Feed& feed = fi->second;

        if (ref.type == RequestRef::Type::Page) {
            if (feed.pageFilter < feed.paging.size())
                feed.paging[feed.pageFilter].note(event);
        } else if (ref.type == RequestRef::Type::Needed) {
            feed.needed.erase(event.id);
        } else if (ref.type == RequestRef::Type::Live && !feed.liveEose) {
            for (std::size_t i = 0; i < feed.filters.size(); ++i)
                if (feed.filters[i].matches(event))
                    feed.paging[i].note(event);
        }
        feed.maxSeen = std::max(
            feed.maxSeen, static_cast<std::int64_t>(std::min<std::uint64_t>(event.createdAt, 1ull << 53)));
        // What another relay's batch still holds back is no duplicate yet: a slow relay must not delay a fast
        // one.
        if (sub.seen.has(event.id))
            return;
        if (feed.complete || feed.partial) {
            postEvent(sub, ref.relay, event);
            return;
        }
        feed.batchBytes += weightOf(event);
        feed.batch.push_back(event);
        if (feed.batch.size() > kMaxBatchEvents || feed.batchBytes > kMaxBatchBytes)
            flush(sub, ref.relay, feed);
    }

    void postEvent(Sub& sub, const std::string& relay, nostr::Event event) {
        if (!sub.seen.insert(event))
            return;
        post([this, qsub = QString::fromStdString(sub.id), qrelay = QString::fromStdString(relay),
              e = std::move(event)] { emit q->eventReceived(qsub, e, qrelay); });
    }

    void flush(Sub& sub, const std::string& relay, Feed& feed) {
        sortForReading(feed.batch);
        for (auto& e : feed.batch)
            postEvent(sub, relay, std::move(e));
        feed.batch.clear();
        feed.batchBytes = 0;
    }

    void onEndOfStored(const std::string& requestId) {
        auto r = requests.find(requestId);
        if (r == requests.end())
            return;
        const RequestRef ref = r->second;
        if (ref.type == RequestRef::Type::Fetch) {
            auto f = fetches.find(ref.fetch);
            if (f == fetches.end())
                return;
            f->second.answered = true;
            endFetchAt(f->second, ref.relay);
            finishFetches();
            return;
        }
        auto s = subs.find(ref.sub);
        if (s == subs.end())
            return;
        auto fi = s->second.feeds.find(ref.relay);
        if (fi == s->second.feeds.end())
            return;
        Sub& sub = s->second;
        Feed& feed = fi->second;
        feed.progressAt = elapsed();
        if (ref.type == RequestRef::Type::Live) {
            feed.liveEose = true;
            for (PageWalk& walk : feed.paging)
                walk.endFirst();
        } else if (ref.type == RequestRef::Type::Needed) {
            closeRequest(ref.relay, feed.pageRequest);
            // A relay may hand over less than was asked for. The rest is asked for again, as long as
            // something comes.
            if (feed.comparison && feed.needed.size() < feed.neededAsked)
                feed.comparison->needAgain(feed.needed);
            feed.needed.clear();
        } else {
            closeRequest(ref.relay, feed.pageRequest);
            finishPage(ref.relay, feed);
        }
        nextPage(sub, ref.relay, feed);
    }

    // ---- comparing instead of fetching (NIP-77)

    //! Relays of a subscription hold much the same. One hands it over page by page; those that can compare
    //! wait for it, and are then asked only for what it did not have.
    bool waitsForLeader(Sub& sub, const std::string& relay) {
        const qint64 at = elapsed();
        return std::any_of(sub.feeds.begin(), sub.feeds.end(), [&](const auto& entry) {
            const Feed& other = entry.second;
            return entry.first != relay && !other.follows && !other.complete && !other.partial &&
                   other.liveEose && at - other.progressAt < kLeaderMs && reachable(entry.first);
        });
    }

    //! True if the feed's filter is being compared, or waits until it can be.
    bool compare(Sub& sub, const std::string& relay, Feed& feed, std::size_t i) {
        RelayConnection* c = connectionOf(relay);
        if (!feed.mayCompare || !c->canReconcile())
            return false;
        const PageWalk& walk = feed.paging[i];
        // Of a busy second nothing but the comparison tells what is missing: no leader is waited for, and no
        // number of known events is too small.
        const bool second = walk.step() == PageWalk::Step::Second;
        if (!second && waitsForLeader(sub, relay)) {
            feed.follows = true;
            feed.progressAt = elapsed();
            return true;
        }
        feed.follows = false;
        nostr::Filter window = windowOf(feed, i);
        auto known = sub.seen.between(window.since.value_or(0), *window.until);
        if (!second && known.size() < kLeastKnown)
            return false;
        // What came from this relay is held back until it has handed over everything, and is no news either.
        for (const nostr::Event& event : feed.batch)
            if (event.createdAt >= window.since.value_or(0) && event.createdAt <= *window.until &&
                !sub.seen.has(event.id))
                known.push_back({event.createdAt, event.id});
        auto comparison = Reconciliation::start(std::move(window), std::move(known));
        if (!comparison) {
            feed.mayCompare = false;
            return false;
        }
        feed.pageFilter = i;
        feed.comparison = std::move(*comparison);
        feed.comparesSecond = second;
        feed.compareRequest = newRequest("n", {RequestRef::Type::Compare, sub.id, relay, 0});
        c->reconcile(feed.compareRequest, feed.comparison->window(), feed.comparison->firstMessage());
        return true;
    }

    //! What the filter's next request is about: everything up to a time, or one second.
    static nostr::Filter windowOf(const Feed& feed, std::size_t i) {
        const PageWalk& walk = feed.paging[i];
        nostr::Filter f = feed.filters[i];
        f.until = f.until ? std::min(*f.until, walk.until()) : walk.until();
        if (walk.step() == PageWalk::Step::Second)
            f.since = walk.until();
        return f;
    }

    void onReconciled(const std::string& requestId, const Bytes& message) {
        const auto r = requests.find(requestId);
        if (r == requests.end())
            return;
        const RequestRef ref = r->second;
        const auto s = subs.find(ref.sub);
        if (s == subs.end())
            return;
        const auto fi = s->second.feeds.find(ref.relay);
        if (fi == s->second.feeds.end() || !fi->second.comparison)
            return;
        Feed& feed = fi->second;
        feed.progressAt = elapsed();
        auto next = feed.comparison->take(message);
        if (next && *next) {
            connectionOf(ref.relay)->reconcileNext(requestId, std::move(**next));
            return;
        }
        closeRequest(ref.relay, feed.compareRequest);
        if (!next) {
            log(LogLevel::Debug, "net", "comparison given up: " + next.error().detail);
            feed.mayCompare = false;
            feed.comparison.reset();
        }
        nextPage(s->second, ref.relay, feed);
    }

    //! Asks for what the comparison found missing; false when there is nothing left.
    bool fetchNeeded(Sub& sub, const std::string& relay, Feed& feed) {
        RelayConnection* c = connectionOf(relay);
        auto filter = feed.comparison->nextNeeded(c->pageLimit());
        if (!filter) {
            feed.comparison.reset();
            PageWalk& walk = feed.paging[feed.pageFilter];
            if (feed.comparesSecond)
                walk.leaveSecond();
            else
                walk.finish();
            return false;
        }
        feed.needed.insert(filter->ids->begin(), filter->ids->end());
        feed.neededAsked = feed.needed.size();
        feed.pageRequest = newRequest("p", {RequestRef::Type::Needed, sub.id, relay, 0});
        c->open(feed.pageRequest, {std::move(*filter)}, RelayConnection::RequestKind::Once);
        return true;
    }

    void wakeFollowers(Sub& sub) {
        for (auto& [name, feed] : sub.feeds)
            if (feed.follows)
                nextPage(sub, name, feed);
    }

    //! Decides how the paging of the current filter goes on.
    void finishPage(const std::string& relay, Feed& feed) {
        PageWalk& walk = feed.paging[feed.pageFilter];
        if (walk.step() != PageWalk::Step::Second)
            walk.endPage();
        else if (walk.endSecond(mostAtOnce(relay)) == PageWalk::Ended::Saturated)
            reportSaturated(relay);
    }
    std::uint64_t mostAtOnce(const std::string& relay) {
        const RelayConnection* c = connectionOf(relay);
        return c ? c->mostAtOnce() : 1;
    }
    void reportSaturated(const std::string& relay) {
        post([this, name = QString::fromStdString(relay)] {
            emit q->rejected(name, QStringLiteral("saturated"),
                             QStringLiteral("more events in one second than the relay hands over at once"));
        });
    }

    void nextPage(Sub& sub, const std::string& relay, Feed& feed) {
        RelayConnection* c = connectionOf(relay);
        if (!c || !feed.liveEose || !feed.pageRequest.empty() || !feed.compareRequest.empty())
            return;
        if (feed.comparison && fetchNeeded(sub, relay, feed))
            return;
        for (std::size_t i = 0; i < feed.paging.size(); ++i) {
            PageWalk& walk = feed.paging[i];
            if (walk.step() == PageWalk::Step::Done)
                continue;
            if (compare(sub, relay, feed, i))
                return;
            if (++feed.pages > kMaxPages) {
                endIncomplete(sub, relay, feed);
                return;
            }
            feed.pageFilter = i;
            nostr::Filter f = windowOf(feed, i);
            f.limit = walk.step() == PageWalk::Step::Second ? c->mostAtOnce() : c->pageLimit();
            walk.begin();
            feed.pageRequest = newRequest("p", {RequestRef::Type::Page, sub.id, relay, 0});
            c->open(feed.pageRequest, {std::move(f)}, RelayConnection::RequestKind::Once);
            return;
        }
        if (feed.complete)
            return;
        flush(sub, relay, feed);
        feed.complete = true;
        feed.reopens = 0;
        reportCursor(sub, relay, feed);
        post([this, qsub = QString::fromStdString(sub.id), qrelay = QString::fromStdString(relay)] {
            emit q->relayCaughtUp(qsub, qrelay, true);
        });
        wakeFollowers(sub);
        checkCaughtUp(sub);
    }

    void reportCursor(Sub& sub, const std::string& relay, Feed& feed) {
        const std::int64_t reached = std::min(feed.maxSeen, now());
        if (reached <= feed.cursor)
            return;
        feed.cursor = reached;
        post([this, qsub = QString::fromStdString(sub.id), qrelay = QString::fromStdString(relay), reached] {
            emit q->cursorAdvanced(qsub, qrelay, reached);
        });
    }

    //! The relay does not give everything for now: pass on what came and do not let others wait.
    void endIncomplete(Sub& sub, const std::string& relay, Feed& feed) {
        flush(sub, relay, feed);
        if (!feed.partial && !feed.complete) {
            feed.partial = true;
            post([this, qsub = QString::fromStdString(sub.id), qrelay = QString::fromStdString(relay)] {
                emit q->relayCaughtUp(qsub, qrelay, false);
            });
        }
        checkCaughtUp(sub);
    }

    void onStalled(const std::string& requestId) {
        auto r = requests.find(requestId);
        if (r == requests.end() || r->second.type == RequestRef::Type::Fetch)
            return;
        const RequestRef ref = r->second;
        auto s = subs.find(ref.sub);
        if (s == subs.end())
            return;
        const auto fi = s->second.feeds.find(ref.relay);
        if (fi == s->second.feeds.end())
            return;
        if (ref.type == RequestRef::Type::Compare)
            giveUpComparing(s->second, ref.relay, fi->second);
        else
            endIncomplete(s->second, ref.relay, fi->second);
    }

    void giveUpComparing(Sub& sub, const std::string& relay, Feed& feed) {
        feed.mayCompare = false;
        closeRequest(relay, feed.compareRequest);
        feed.comparison.reset();
        nextPage(sub, relay, feed);
    }

    void onClosed(const std::string& requestId, const std::string& reason) {
        auto r = requests.find(requestId);
        if (r == requests.end())
            return;
        const RequestRef ref = r->second;
        requests.erase(r);
        if (ref.type == RequestRef::Type::Fetch) {
            if (auto f = fetches.find(ref.fetch); f != fetches.end()) {
                f->second.refused = true;
                f->second.requests.erase(ref.relay);
            }
            finishFetches();
            return;
        }
        auto s = subs.find(ref.sub);
        if (s == subs.end())
            return;
        auto fi = s->second.feeds.find(ref.relay);
        if (fi == s->second.feeds.end())
            return;
        Feed& feed = fi->second;
        if (ref.type == RequestRef::Type::Compare) {
            // What cannot be compared is fetched, as from every other relay.
            giveUpComparing(s->second, ref.relay, feed);
            return;
        }
        (ref.type == RequestRef::Type::Live ? feed.liveRequest : feed.pageRequest).clear();
        const auto code = nostr::reasonCode(reason);
        if (ref.type == RequestRef::Type::Page && !nostr::isTransient(code) &&
            feed.paging[feed.pageFilter].step() == PageWalk::Step::Second) {
            // It does not like the number that was asked for; what it gave of this second before is what
            // there is.
            reportSaturated(ref.relay);
            feed.paging[feed.pageFilter].leaveSecond();
            nextPage(s->second, ref.relay, feed);
            return;
        }
        const bool wasComplete = feed.complete;
        endIncomplete(s->second, ref.relay, feed);
        // Whatever the relay means, silence for good would be worse than asking again now and then.
        const bool soon = nostr::isTransient(code);
        qint64 wait = std::min<qint64>(kReopenMaxMs, kReopenFirstMs << std::min(feed.reopens, 6));
        if (!soon)
            wait = kReopenMaxMs;
        ++feed.reopens;
        feed.reopenAt = elapsed() + wait;
        if (wasComplete)
            reportCursor(s->second, ref.relay, feed);
        post([this, qsub = QString::fromStdString(ref.sub), qrelay = QString::fromStdString(ref.relay),
              qreason = QString::fromStdString(reason)] {
            emit q->subscriptionClosed(qsub, qrelay, qreason);
        });
    }

    bool computeCaughtUp(const Sub& sub) {
        bool any = false;
        for (const auto& [name, feed] : sub.feeds) {
            if (feed.complete)
                any = true;
            // A relay that refused is asked again now and then; what it may say is not waited for.
            else if (!feed.partial && feed.reopens == 0 && reachable(name))
                return false;
        }
        return any;
    }
    void checkCaughtUp(Sub& sub) {
        const bool value = computeCaughtUp(sub);
        if (value == sub.caughtUp)
            return;
        sub.caughtUp = value;
        if (value)
            post([this, qsub = QString::fromStdString(sub.id)] { emit q->caughtUp(qsub); });
    }

    // ---- publishing

    void finishPublish(const std::string& eventId, const std::string& relay, PublishOutcome outcome,
                       const std::string& reason) {
        auto it = publishNames.find({eventId, relay});
        if (it == publishNames.end())
            return;
        const auto names = std::move(it->second);
        publishNames.erase(it);
        for (const auto& name : names)
            postPublished(eventId, name, outcome, reason);
    }
    void postPublished(const std::string& eventId, const std::string& name, PublishOutcome outcome,
                       const std::string& reason) {
        post([this, qid = QString::fromStdString(eventId), qname = QString::fromStdString(name), outcome,
              qreason = QString::fromStdString(reason)] { emit q->published(qid, qname, outcome, qreason); });
    }

    // ---- fetching

    void startFetch(int id, Fetch& f, const std::string& name) {
        RelayConnection* c = connectionOf(name);
        if (!c)
            return;
        f.reached = true;
        std::vector<nostr::Filter> asked = f.filters;
        for (auto& filter : asked)
            if (!filter.limit)
                filter.limit = c->pageLimit();
        const std::string request = newRequest("f", {RequestRef::Type::Fetch, {}, name, id});
        f.requests[name] = request;
        c->open(request, std::move(asked), RelayConnection::RequestKind::Once);
    }
    void endFetchAt(Fetch& f, const std::string& relay) {
        auto it = f.requests.find(relay);
        if (it == f.requests.end())
            return;
        std::string request = it->second;
        f.requests.erase(it);
        closeRequest(relay, request);
    }
    void finishFetches() {
        const qint64 at = elapsed();
        for (auto it = fetches.begin(); it != fetches.end();) {
            Fetch& f = it->second;
            if (!f.requests.empty() && at < f.deadline) {
                ++it;
                continue;
            }
            while (!f.requests.empty())
                endFetchAt(f, std::string(f.requests.begin()->first));
            auto done = std::make_shared<Fetch>(std::move(f));
            it = fetches.erase(it);
            post([done] { deliver(*done); });
        }
    }
    static void deliver(Fetch& f) {
        if (!f.context)
            return;
        if (f.events.empty() && !f.answered) {
            if (f.refused)
                f.done(Error{ErrorCode::RelayRefused, "the relays refused the query"});
            else if (f.reached)
                f.done(Error{ErrorCode::Timeout, "no relay answered in time"});
            else
                f.done(Error{ErrorCode::Offline, "no relay can be reached"});
            return;
        }
        std::sort(f.events.begin(), f.events.end(), [](const nostr::Event& a, const nostr::Event& b) {
            return a.createdAt != b.createdAt ? a.createdAt > b.createdAt : a.id < b.id;
        });
        f.done(std::move(f.events));
    }

    // ---- time

    bool inUse(const std::string& name, const Relay& relay) const {
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

    void judgeClock() {
        const auto now = std::pair(q->isClockAwaited(), q->clockAheadMs() != 0);
        if (std::exchange(clockJudged, now) != now)
            post([this] { emit q->clockJudged(); });
    }
    void onTick() {
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
                // A relay that dribbles events without ever ending a page holds nobody up.
                if (!feed.complete && !feed.partial && !feed.batch.empty() &&
                    at - feed.progressAt > 4 * static_cast<qint64>(options.eoseIdleMs))
                    endIncomplete(sub, name, feed);
                if (feed.follows)
                    nextPage(sub, name, feed);
                if (feed.reopenAt > 0 && at >= feed.reopenAt) {
                    feed.reopenAt = 0;
                    startFeed(sub, name, feed);
                }
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
};

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

void RelayPool::subscribe(Subscription subscription) {
    if (m_impl->stopped)
        return;
    Sub& sub = m_impl->subs[subscription.id];
    sub.id = subscription.id;
    // A feed that is replaced has its last word first: events and cursor belong to the old filters.
    std::map<std::string, std::int64_t> cursors;
    for (auto& [name, feed] : sub.feeds) {
        m_impl->flush(sub, name, feed);
        if (feed.complete)
            m_impl->reportCursor(sub, name, feed);
        m_impl->stopFeed(name, feed);
    }
    sub.feeds.clear();
    sub.caughtUp = false;
    sub.filters = std::move(subscription.filters);
    sub.overlap = std::max<std::int64_t>(0, subscription.overlapSeconds);
    for (const auto& [url, cursor] : subscription.cursors)
        if (auto name = checkRelayUrl(url, true))
            cursors[*name] = cursor;
    for (const auto& url : subscription.relays) {
        auto name = m_impl->ensureRelay(url);
        if (!name)
            continue;
        auto [it, fresh] = sub.feeds.try_emplace(*name);
        if (!fresh)
            continue;
        if (auto cursor = cursors.find(*name); cursor != cursors.end())
            it->second.cursor = std::max<std::int64_t>(0, cursor->second);
        m_impl->startFeed(sub, *name, it->second);
    }
}

void RelayPool::unsubscribe(const std::string& id) {
    auto it = m_impl->subs.find(id);
    if (it == m_impl->subs.end())
        return;
    for (auto& [name, feed] : it->second.feeds)
        m_impl->stopFeed(name, feed);
    m_impl->subs.erase(it);
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

void RelayPool::fetch(const std::vector<nostr::Filter>& filters, const std::vector<std::string>& relays,
                      int timeoutMs, QObject* context, FetchDone done) {
    if (m_impl->stopped)
        return;
    const int id = m_impl->nextFetch++;
    Fetch& f = m_impl->fetches[id];
    f.filters = filters;
    f.deadline = m_impl->elapsed() + timeoutMs;
    f.context = context;
    f.done = std::move(done);
    std::vector<std::string> doubtful;
    for (const auto& url : relays) {
        auto name = m_impl->ensureRelay(url);
        if (!name || filters.empty() || f.requests.count(*name) > 0)
            continue;
        RelayConnection* c = m_impl->connectionOf(*name);
        if (c->isReady())
            m_impl->startFetch(id, f, *name);
        else if (m_impl->reachable(*name))
            f.requests[*name] = {};
        else if (c->status().state == RelayState::Connecting)
            doubtful.push_back(*name);
    }
    // Relays that failed the last time are waited for only where there is nobody else to ask.
    if (f.requests.empty())
        for (const std::string& name : doubtful)
            f.requests[name] = {};
    m_impl->finishFetches();
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
    // The middle one: what a single relay says that lies, or is wrong itself, does not count against others.
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

bool RelayPool::hasAnswered(const std::string& subscriptionId) const {
    const auto it = m_impl->subs.find(subscriptionId);
    return it != m_impl->subs.end() &&
           std::any_of(it->second.feeds.begin(), it->second.feeds.end(),
                       [](const auto& entry) { return entry.second.complete || entry.second.partial; });
}

bool RelayPool::isCaughtUp(const std::string& subscriptionId) const {
    auto it = m_impl->subs.find(subscriptionId);
    return it != m_impl->subs.end() && it->second.caughtUp;
}

} // namespace valise::net
