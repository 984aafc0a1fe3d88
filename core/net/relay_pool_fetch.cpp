// SPDX-License-Identifier: AGPL-3.0-or-later
// Single queries to several relays: RelayPool::fetch.
#include "core/net/relay_pool_impl.h"

#include <algorithm>

namespace valise::net {

namespace {

constexpr std::size_t kMaxFetched = 5'000;

} // namespace

void RelayPool::Impl::startFetch(int id, Fetch& f, const std::string& name) {
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

void RelayPool::Impl::endFetchAt(Fetch& f, const std::string& relay) {
    auto it = f.requests.find(relay);
    if (it == f.requests.end())
        return;
    std::string request = it->second;
    f.requests.erase(it);
    closeRequest(relay, request);
}

void RelayPool::Impl::onFetched(const RequestRef& ref, const nostr::Event& event) {
    const auto f = fetches.find(ref.fetch);
    if (f != fetches.end() && f->second.events.size() < kMaxFetched && f->second.ids.insert(event.id).second)
        f->second.events.push_back(event);
}

void RelayPool::Impl::onFetchAnswered(const RequestRef& ref) {
    const auto f = fetches.find(ref.fetch);
    if (f == fetches.end())
        return;
    f->second.answered = true;
    endFetchAt(f->second, ref.relay);
    finishFetches();
}

void RelayPool::Impl::onFetchRefused(const RequestRef& ref) {
    if (const auto f = fetches.find(ref.fetch); f != fetches.end()) {
        f->second.refused = true;
        f->second.requests.erase(ref.relay);
    }
    finishFetches();
}

void RelayPool::Impl::finishFetches() {
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

void RelayPool::Impl::deliver(Fetch& f) {
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

void RelayPool::fetch(const std::vector<nostr::Filter>& filters, const std::vector<std::string>& relays,
                      int timeoutMs, QObject* context, FetchDone done) {
    if (m_impl->stopped)
        return;
    const int id = m_impl->nextFetch++;
    Impl::Fetch& f = m_impl->fetches[id];
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
    // Relays that failed last time are waited for only if no other relay can be asked.
    if (f.requests.empty())
        for (const std::string& name : doubtful)
            f.requests[name] = {};
    m_impl->finishFetches();
}

} // namespace valise::net
