// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading a relay's stored events: page by page, or by comparing them with the events received so far
// (NIP-77).
#include "core/net/relay_pool_impl.h"

#include "core/base/log.h"

#include <algorithm>

namespace valise::net {

namespace {

constexpr int kMaxPages = 20'000;
// With fewer known events a comparison saves nothing.
constexpr std::size_t kLeastKnown = 50;
// The longest wait of a relay that can compare, after the last page of the relay that is read first.
constexpr qint64 kLeaderMs = 5'000;

} // namespace

bool RelayPool::Impl::waitsForLeader(Sub& sub, const std::string& relay) {
    const qint64 at = elapsed();
    return std::any_of(sub.feeds.begin(), sub.feeds.end(), [&](const auto& entry) {
        const Feed& other = entry.second;
        return entry.first != relay && !other.follows && !other.complete && !other.partial &&
               other.liveEose && at - other.progressAt < kLeaderMs && reachable(entry.first);
    });
}

bool RelayPool::Impl::compare(Sub& sub, const std::string& relay, Feed& feed, std::size_t i) {
    RelayConnection* c = connectionOf(relay);
    if (!feed.mayCompare || !c->canReconcile())
        return false;
    const PageWalk& walk = feed.paging[i];
    // The missing events of a busy second can only be found by comparing. So this neither waits for a leader
    // nor requires a least number of known events.
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
    // This relay's own events are still in its batch and not in `seen`. They are known as well.
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

nostr::Filter RelayPool::Impl::windowOf(const Feed& feed, std::size_t i) {
    const PageWalk& walk = feed.paging[i];
    nostr::Filter f = feed.filters[i];
    f.until = f.until ? std::min(*f.until, walk.until()) : walk.until();
    if (walk.step() == PageWalk::Step::Second)
        f.since = walk.until();
    return f;
}

void RelayPool::Impl::onReconciled(const std::string& requestId, const Bytes& message) {
    const auto r = requests.find(requestId);
    if (r == requests.end())
        return;
    const RequestRef ref = r->second;
    const auto [subscribed, fed] = placeOf(ref);
    if (!fed || !fed->comparison)
        return;
    Sub& sub = *subscribed;
    Feed& feed = *fed;
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
    nextPage(sub, ref.relay, feed);
}

bool RelayPool::Impl::fetchNeeded(Sub& sub, const std::string& relay, Feed& feed) {
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

void RelayPool::Impl::wakeFollowers(Sub& sub) {
    for (auto& [name, feed] : sub.feeds)
        if (feed.follows)
            nextPage(sub, name, feed);
}

void RelayPool::Impl::finishPage(const std::string& relay, Feed& feed) {
    PageWalk& walk = feed.paging[feed.pageFilter];
    if (walk.step() != PageWalk::Step::Second)
        walk.endPage();
    else if (walk.endSecond(mostAtOnce(relay)) == PageWalk::Ended::Saturated)
        reportSaturated(relay);
}

std::uint64_t RelayPool::Impl::mostAtOnce(const std::string& relay) {
    const RelayConnection* c = connectionOf(relay);
    return c ? c->mostAtOnce() : 1;
}

void RelayPool::Impl::reportSaturated(const std::string& relay) {
    post([this, name = QString::fromStdString(relay)] {
        emit q->rejected(name, QStringLiteral("saturated"),
                         QStringLiteral("more events in one second than the relay hands over at once"));
    });
}

void RelayPool::Impl::nextPage(Sub& sub, const std::string& relay, Feed& feed) {
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
    if (walkAgain(feed)) {
        nextPage(sub, relay, feed);
        return;
    }
    feed.complete = true;
    feed.reopens = 0;
    reportCursor(sub, relay, feed);
    post([this, qsub = QString::fromStdString(sub.id), qrelay = QString::fromStdString(relay)] {
        emit q->relayCaughtUp(qsub, qrelay, true);
    });
    wakeFollowers(sub);
    checkCaughtUp(sub);
}

void RelayPool::Impl::giveUpComparing(Sub& sub, const std::string& relay, Feed& feed) {
    feed.mayCompare = false;
    closeRequest(relay, feed.compareRequest);
    feed.comparison.reset();
    nextPage(sub, relay, feed);
}

} // namespace valise::net
