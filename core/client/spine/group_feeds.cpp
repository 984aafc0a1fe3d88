// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/group_feeds.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/client/spine/relay_names.h"

namespace valise::client {

namespace {

// Two clocks may be so far apart that something said in a young group would not be found.
constexpr std::int64_t kSkewSeconds = 900;
// Relays bound the size of a request.
constexpr std::size_t kGroupsPerFeed = 100;
// Anybody can flood a group's address with events that nobody can read, and so push out what waits: it is not
// fetched again more often than this, nor from further back.
constexpr std::int64_t kFetchAgainMs = 600'000;
constexpr std::int64_t kFetchBackSeconds = std::int64_t{14} * 24 * 3600;

std::string cursorName(const Bytes& group) {
    return "group:" + toHex(group);
}

bool holds(const std::vector<Bytes>& groups, const Bytes& group) {
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

} // namespace

GroupFeeds::GroupFeeds(Profile& profile, net::RelayPool& pool, const GroupSessions& sessions, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_sessions(sessions) {}

Result<void> GroupFeeds::start() {
    VALISE_TRY(const auto routes, m_profile.stores().groupStates.routes());
    for (const storage::RouteRow& route : routes)
        if (m_sessions.listens(route.groupId))
            m_routes[route.nostrGroupId] = route.groupId;
    if (!m_profile.database->restriction())
        subscribeAll();
    return {};
}

std::optional<Bytes> GroupFeeds::groupOf(const storage::Id32& nostrGroupId) const {
    const auto route = m_routes.find(nostrGroupId);
    if (route == m_routes.end() || !m_sessions.listens(route->second))
        return std::nullopt;
    return route->second;
}

std::vector<std::string> GroupFeeds::relaysOf(const marmot::GroupEngine& engine) const {
    return normalisedRelays(engine.state().routing.relays, m_profile.options.allowInsecureRelays);
}

std::vector<std::string> GroupFeeds::listeningRelays(const Bytes& group) const {
    std::vector<std::string> all;
    const auto add = [&](const marmot::GroupEngine& engine) {
        for (const marmot::NostrRouting& route : engine.routes())
            all.insert(all.end(), route.relays.begin(), route.relays.end());
    };
    if (const marmot::GroupEngine* followed = m_sessions.engine(group))
        add(*followed);
    if (const std::vector<FormerEngine>* formers = m_sessions.formers().of(group))
        for (const FormerEngine& former : *formers)
            add(former.engine);
    return normalisedRelays(all, m_profile.options.allowInsecureRelays);
}

bool GroupFeeds::isWritable(const marmot::GroupEngine& engine) const {
    const std::vector<std::string> relays = relaysOf(engine);
    return std::any_of(relays.begin(), relays.end(), [&](const std::string& relay) {
        return m_pool.status(relay).state == net::RelayState::Connected;
    });
}

bool GroupFeeds::isCurrent(const Bytes& group) const {
    return !isCrowded() && std::any_of(m_feeds.begin(), m_feeds.end(), [&](const auto& feed) {
        return holds(feed.second, group) && m_pool.hasAnswered(feed.first);
    });
}

bool GroupFeeds::isComplete(const Bytes& group) const {
    return isCurrent(group) && std::all_of(m_feeds.begin(), m_feeds.end(), [&](const auto& feed) {
               return !holds(feed.second, group) || m_pool.isCaughtUp(feed.first);
           });
}

bool GroupFeeds::caughtUp() const {
    return std::all_of(m_feeds.begin(), m_feeds.end(),
                       [&](const auto& feed) { return m_pool.isCaughtUp(feed.first); });
}

void GroupFeeds::subscribeAll() {
    if (!m_profile.options.online)
        return;
    // Relays allow few subscriptions, but many ids in one: groups that share their relays share a feed.
    std::map<std::vector<std::string>, std::vector<Bytes>> byRelays;
    for (const auto& [group, engine] : m_sessions.engines())
        byRelays[listeningRelays(group)].push_back(group);
    for (const auto& [group, formers] : m_sessions.formers())
        if (!m_sessions.engine(group))
            byRelays[listeningRelays(group)].push_back(group);
    std::map<std::string, std::vector<Bytes>> wanted;
    for (const auto& [relays, all] : byRelays) {
        for (std::size_t from = 0; from < all.size(); from += kGroupsPerFeed) {
            const std::size_t to = std::min(all.size(), from + kGroupsPerFeed);
            const std::vector<Bytes> groups(all.begin() + static_cast<std::ptrdiff_t>(from),
                                            all.begin() + static_cast<std::ptrdiff_t>(to));
            Bytes name;
            for (const std::string& relay : relays)
                append(name, crypto::sha256(viewOf(relay)));
            net::Subscription subscription;
            subscription.relays = relays;
            subscription.overlapSeconds = kOverlapSeconds;
            nostr::Filter filter;
            filter.kinds = {nostr::kind::kGroup};
            for (const Bytes& group : groups)
                for (const auto& [route, owner] : m_routes)
                    if (owner == group) {
                        filter.tags['h'].push_back(toHex(route));
                        append(name, route);
                    }
            subscription.filters = {filter};
            subscription.id = "g" + toHex(crypto::sha256(name)).substr(0, 24);
            for (const std::string& relay : relays) {
                // The group that is furthest behind decides.
                std::optional<std::int64_t> least;
                for (const Bytes& group : groups) {
                    const auto cursor = m_profile.stores().cursors.get(relay, cursorName(group));
                    const std::int64_t at = cursor && *cursor ? **cursor : 0;
                    least = least ? std::min(*least, at) : at;
                }
                if (least && *least > 0)
                    subscription.cursors[relay] = *least;
            }
            wanted[subscription.id] = groups;
            if (!m_feeds.count(subscription.id))
                m_pool.subscribe(subscription);
        }
    }
    for (const auto& [id, groups] : m_feeds)
        if (!wanted.count(id))
            m_pool.unsubscribe(id);
    m_feeds = std::move(wanted);
}

Result<void> GroupFeeds::advanceCursors(const std::string& feed, const std::string& relay,
                                        std::int64_t createdAt) {
    const auto groups = m_feeds.find(feed);
    if (groups == m_feeds.end())
        return {};
    for (const Bytes& group : groups->second)
        VALISE_CHECK(m_profile.stores().cursors.advance(relay, cursorName(group), createdAt));
    return {};
}

Result<void> GroupFeeds::readFrom(const marmot::GroupEngine& engine, std::int64_t seconds) {
    for (const std::string& relay : relaysOf(engine))
        VALISE_CHECK(m_profile.stores().cursors.set(relay, cursorName(engine.id()),
                                                    seconds + kOverlapSeconds - kSkewSeconds));
    return {};
}

Result<void> GroupFeeds::noteMissed(const Bytes& group,
                                    const std::vector<storage::DeferredEvent>& pushedOut) {
    VALISE_CHECK(m_profile.count(toHex(group), "deferred", "evicted"));
    VALISE_TRY(const storage::GroupRow row, m_profile.group(group));
    std::int64_t since = row.missedSince;
    for (const storage::DeferredEvent& old : pushedOut) {
        const auto event = nostr::parseEvent(textOf(old.eventJson));
        if (!event)
            continue;
        const std::int64_t dated = std::max<std::int64_t>(
            1, static_cast<std::int64_t>(std::min<std::uint64_t>(event->createdAt, INT64_MAX)));
        since = since == 0 ? dated : std::min(since, dated);
    }
    return since == row.missedSince ? Result<void>() : m_profile.stores().groups.setMissedSince(group, since);
}

void GroupFeeds::fetchMissed(const Bytes& group) {
    const auto row = m_profile.group(group);
    if (!m_sessions.engine(group) || !row)
        return;
    const std::int64_t now = m_profile.clock.nowMs();
    const auto last = m_fetchedAgain.find(group);
    if (row->missedSince == 0 || (last != m_fetchedAgain.end() && now - last->second < kFetchAgainMs))
        return;
    const std::int64_t since = std::max<std::int64_t>(row->missedSince, now / 1000 - kFetchBackSeconds);
    const auto written = m_profile.write([&]() -> Result<void> {
        for (const std::string& relay : listeningRelays(group))
            VALISE_CHECK(m_profile.stores().cursors.set(relay, cursorName(group), since));
        return m_profile.stores().groups.setMissedSince(group, 0);
    });
    if (!written) {
        log(LogLevel::Warning, "receive", written.error().detail);
        return;
    }
    m_fetchedAgain[group] = now;
    for (auto feed = m_feeds.begin(); feed != m_feeds.end();) {
        if (!holds(feed->second, group)) {
            ++feed;
            continue;
        }
        m_pool.unsubscribe(feed->first);
        feed = m_feeds.erase(feed);
    }
    subscribeAll();
}

void GroupFeeds::follow(const Effects& effects) {
    for (const Bytes& group : effects.routesChanged) {
        const marmot::GroupEngine* engine = m_sessions.engine(group);
        if (!engine)
            continue;
        const auto [route, isNew] = m_routes.try_emplace(engine->state().routing.nostrGroupId, group);
        if (!isNew && !m_sessions.listens(route->second))
            route->second = group;
    }
    if (!effects.routesChanged.empty())
        subscribeAll();
    for (const Bytes& group : effects.epochMoved)
        fetchMissed(group);
    for (const Bytes& group : effects.joined)
        fetchMissed(group);
}

} // namespace valise::client
