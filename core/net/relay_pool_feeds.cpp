// SPDX-License-Identifier: AGPL-3.0-or-later
// Subscriptions: the events of each relay, the order of reporting, and the cursors.
#include "core/net/relay_pool_impl.h"

#include "core/base/encoding.h"
#include "core/nostr/message.h"

#include <algorithm>
#include <tuple>

namespace valise::net {

namespace {

// The stored events held back for sorting per relay and subscription, in octets. See
// RelayOptions::maxHeldEvents.
constexpr std::size_t kMaxBatchBytes = 64u << 20;

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

//! Sorts oldest first within a conversation, because one event builds on another. Conversations with the
//! newest events come first, because a person wants to read those first.
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

} // namespace

void RelayPool::Impl::resetFeed(Feed& feed) {
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
    feed.laterFrom = 0;
}

void RelayPool::Impl::stopFeed(const std::string& relay, Feed& feed) {
    closeRequest(relay, feed.liveRequest);
    closeRequest(relay, feed.pageRequest);
    closeRequest(relay, feed.compareRequest);
    resetFeed(feed);
}

void RelayPool::Impl::startFeed(Sub& sub, const std::string& name, Feed& feed) {
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

std::pair<RelayPool::Impl::Sub*, RelayPool::Impl::Feed*> RelayPool::Impl::placeOf(const RequestRef& ref) {
    const auto sub = subs.find(ref.sub);
    if (sub == subs.end())
        return {};
    const auto feed = sub->second.feeds.find(ref.relay);
    if (feed == sub->second.feeds.end())
        return {};
    return {&sub->second, &feed->second};
}

void RelayPool::Impl::onDelivered(const std::string& requestId, const nostr::Event& event) {
    verified.insert(event.id, event.sig);
    auto r = requests.find(requestId);
    if (r == requests.end())
        return;
    const RequestRef ref = r->second;
    if (ref.type == RequestRef::Type::Fetch) {
        onFetched(ref, event);
        return;
    }
    const auto [subscribed, fed] = placeOf(ref);
    if (!fed)
        return;
    Sub& sub = *subscribed;
    Feed& feed = *fed;

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
    feed.maxSeen = std::max(feed.maxSeen,
                            static_cast<std::int64_t>(std::min<std::uint64_t>(event.createdAt, 1ull << 53)));
    // Events that another relay's batch holds back are not in `seen` yet, so a slow relay does not delay a
    // fast one.
    if (sub.seen.has(event.id))
        return;
    if (feed.complete || feed.partial) {
        postEvent(sub, ref.relay, event);
        return;
    }
    if (feed.laterFrom > 0 && event.createdAt >= feed.laterFrom)
        return;
    feed.batchBytes += weightOf(event);
    feed.batch.push_back(event);
    if ((feed.batch.size() > options.maxHeldEvents || feed.batchBytes > kMaxBatchBytes) && !letNewerGo(feed))
        flush(sub, ref.relay, feed);
}

bool RelayPool::Impl::letNewerGo(Feed& feed) {
    std::vector<std::uint64_t> times;
    times.reserve(feed.batch.size());
    for (const nostr::Event& event : feed.batch)
        times.push_back(event.createdAt);
    std::sort(times.begin(), times.end());
    // The cut is between whole seconds, because relays are asked by seconds.
    auto from = std::lower_bound(times.begin(), times.end(), times[times.size() / 2]);
    if (from == times.begin())
        from = std::upper_bound(times.begin(), times.end(), times.front());
    if (from == times.end()) {
        // All events are of one second. That second can be dropped as well, but only if a filter still has
        // older seconds to read.
        const auto behind = [&](std::size_t i) { return feed.filters[i].since.value_or(0) < times.front(); };
        bool older = false;
        for (std::size_t i = 0; i < feed.paging.size(); ++i)
            older |= feed.paging[i].wanted() && behind(i);
        if (!older)
            return false;
        from = times.begin();
    }
    feed.laterFrom = *from;
    std::erase_if(feed.batch, [&](const nostr::Event& event) { return event.createdAt >= feed.laterFrom; });
    feed.batchBytes = 0;
    for (const nostr::Event& event : feed.batch)
        feed.batchBytes += weightOf(event);
    return true;
}

bool RelayPool::Impl::walkAgain(Feed& feed) {
    if (feed.laterFrom == 0)
        return false;
    const std::uint64_t since = std::exchange(feed.laterFrom, 0);
    feed.pages = 0;
    for (std::size_t i = 0; i < feed.paging.size(); ++i)
        if (feed.paging[i].wanted()) {
            feed.filters[i].since = std::max(feed.filters[i].since.value_or(0), since);
            feed.paging[i] =
                PageWalk::between(*feed.filters[i].since, static_cast<std::uint64_t>(feed.maxSeen));
        }
    return true;
}

void RelayPool::Impl::postEvent(Sub& sub, const std::string& relay, nostr::Event event) {
    if (!sub.seen.insert(event))
        return;
    post([this, qsub = QString::fromStdString(sub.id), qrelay = QString::fromStdString(relay),
          e = std::move(event)] { emit q->eventReceived(qsub, e, qrelay); });
}

void RelayPool::Impl::flush(Sub& sub, const std::string& relay, Feed& feed) {
    sortForReading(feed.batch);
    for (auto& e : feed.batch)
        postEvent(sub, relay, std::move(e));
    feed.batch.clear();
    feed.batchBytes = 0;
}

void RelayPool::Impl::onEndOfStored(const std::string& requestId) {
    auto r = requests.find(requestId);
    if (r == requests.end())
        return;
    const RequestRef ref = r->second;
    if (ref.type == RequestRef::Type::Fetch) {
        onFetchAnswered(ref);
        return;
    }
    const auto [subscribed, fed] = placeOf(ref);
    if (!fed)
        return;
    Sub& sub = *subscribed;
    Feed& feed = *fed;
    feed.progressAt = elapsed();
    if (ref.type == RequestRef::Type::Live) {
        feed.liveEose = true;
        for (PageWalk& walk : feed.paging)
            walk.endFirst();
    } else if (ref.type == RequestRef::Type::Needed) {
        closeRequest(ref.relay, feed.pageRequest);
        // A relay may send fewer events than were asked for. The rest is asked for again, as long as at least
        // one event came.
        if (feed.comparison && feed.needed.size() < feed.neededAsked)
            feed.comparison->needAgain(feed.needed);
        feed.needed.clear();
    } else {
        closeRequest(ref.relay, feed.pageRequest);
        finishPage(ref.relay, feed);
    }
    nextPage(sub, ref.relay, feed);
}

void RelayPool::Impl::reportCursor(Sub& sub, const std::string& relay, Feed& feed) {
    const std::int64_t reached = std::min(feed.maxSeen, now());
    if (reached <= feed.cursor)
        return;
    feed.cursor = reached;
    post([this, qsub = QString::fromStdString(sub.id), qrelay = QString::fromStdString(relay), reached] {
        emit q->cursorAdvanced(qsub, qrelay, reached);
    });
}

void RelayPool::Impl::endIncomplete(Sub& sub, const std::string& relay, Feed& feed) {
    flush(sub, relay, feed);
    if (!feed.partial && !feed.complete) {
        feed.partial = true;
        post([this, qsub = QString::fromStdString(sub.id), qrelay = QString::fromStdString(relay)] {
            emit q->relayCaughtUp(qsub, qrelay, false);
        });
    }
    checkCaughtUp(sub);
}

void RelayPool::Impl::onStalled(const std::string& requestId) {
    auto r = requests.find(requestId);
    if (r == requests.end() || r->second.type == RequestRef::Type::Fetch)
        return;
    const RequestRef ref = r->second;
    const auto [subscribed, fed] = placeOf(ref);
    if (!fed)
        return;
    Sub& sub = *subscribed;
    Feed& feed = *fed;
    if (ref.type == RequestRef::Type::Compare) {
        giveUpComparing(sub, ref.relay, feed);
        return;
    }
    endIncomplete(sub, ref.relay, feed);
    askAgainLater(feed, true);
}

void RelayPool::Impl::askAgainLater(Feed& feed, bool soon) {
    const qint64 most = options.reopenMaxMs;
    const qint64 wait =
        soon ? std::min(most, static_cast<qint64>(options.reopenFirstMs) << std::min(feed.reopens, 6)) : most;
    ++feed.reopens;
    feed.reopenAt = elapsed() + wait;
}

void RelayPool::Impl::askAgain(Sub& sub, const std::string& relay, Feed& feed) {
    feed.reopenAt = 0;
    if (!feed.liveEose || feed.liveRequest.empty()) {
        startFeed(sub, relay, feed);
        return;
    }
    // Only the missing page and older pages are fetched again.
    closeRequest(relay, feed.pageRequest);
    if (feed.comparison)
        feed.comparison->needAgain(feed.needed);
    feed.needed.clear();
    nextPage(sub, relay, feed);
}

void RelayPool::Impl::onClosed(const std::string& requestId, const std::string& reason) {
    auto r = requests.find(requestId);
    if (r == requests.end())
        return;
    const RequestRef ref = r->second;
    requests.erase(r);
    if (ref.type == RequestRef::Type::Fetch) {
        onFetchRefused(ref);
        return;
    }
    const auto [subscribed, fed] = placeOf(ref);
    if (!fed)
        return;
    Sub& sub = *subscribed;
    Feed& feed = *fed;
    if (ref.type == RequestRef::Type::Compare) {
        // Without a comparison the events are fetched page by page, as from any other relay.
        giveUpComparing(sub, ref.relay, feed);
        return;
    }
    (ref.type == RequestRef::Type::Live ? feed.liveRequest : feed.pageRequest).clear();
    const auto code = nostr::reasonCode(reason);
    if (ref.type == RequestRef::Type::Page && !nostr::isTransient(code) &&
        feed.paging[feed.pageFilter].step() == PageWalk::Step::Second) {
        // The relay refuses the `limit` for a whole second. The events that it already gave of this second
        // are all we can get.
        reportSaturated(ref.relay);
        feed.paging[feed.pageFilter].leaveSecond();
        nextPage(sub, ref.relay, feed);
        return;
    }
    const bool wasComplete = feed.complete;
    endIncomplete(sub, ref.relay, feed);
    // Even after a permanent refusal it is asked again now and then, because the refusal may end.
    askAgainLater(feed, nostr::isTransient(code));
    if (wasComplete)
        reportCursor(sub, ref.relay, feed);
    post([this, qsub = QString::fromStdString(ref.sub), qrelay = QString::fromStdString(ref.relay),
          qreason = QString::fromStdString(reason)] { emit q->subscriptionClosed(qsub, qrelay, qreason); });
}

bool RelayPool::Impl::computeCaughtUp(const Sub& sub) {
    bool any = false;
    for (const auto& [name, feed] : sub.feeds) {
        if (feed.complete)
            any = true;
        // A relay that refused is asked again now and then, but its answer is not waited for.
        else if (!feed.partial && feed.reopens == 0 && reachable(name))
            return false;
    }
    return any;
}

void RelayPool::Impl::checkCaughtUp(Sub& sub) {
    const bool value = computeCaughtUp(sub);
    if (value == sub.caughtUp)
        return;
    sub.caughtUp = value;
    if (value)
        post([this, qsub = QString::fromStdString(sub.id)] { emit q->caughtUp(qsub); });
}

void RelayPool::subscribe(Subscription subscription) {
    if (m_impl->stopped)
        return;
    Impl::Sub& sub = m_impl->subs[subscription.id];
    sub.id = subscription.id;
    // Held events and the cursor are reported before the feed is replaced, because they belong to the old
    // filters.
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
    for (auto& [name, feed] : it->second.feeds) {
        // Held events are reported, because another subscription may not get them from any other relay.
        m_impl->flush(it->second, name, feed);
        m_impl->stopFeed(name, feed);
    }
    m_impl->subs.erase(it);
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
