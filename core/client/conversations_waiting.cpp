// SPDX-License-Identifier: AGPL-3.0-or-later
// Events that cannot be read yet: they wait in a bounded table and are tried again when a group moves on.
// What found no room there is fetched again from the relays.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"

namespace valise::client {

namespace {

// How often and how long what cannot be read yet is tried again.
constexpr std::uint32_t kMaxDeferredTries = 32;
constexpr std::int64_t kMaxDeferredMs = std::int64_t{30} * 24 * 3600 * 1000;
// Anybody can flood a group's address with what nobody can read, and so push out what waits: it is not
// fetched again more often than this, nor from further back.
constexpr std::int64_t kFetchAgainMs = 600'000;
constexpr std::int64_t kFetchBackSeconds = std::int64_t{14} * 24 * 3600;

} // namespace

void Conversations::retryDeferred(const Bytes& group) {
    const auto waiting = m_profile.stores().deferred.list(group);
    if (!waiting)
        return;
    const std::int64_t oldest = m_profile.clock.nowMs() - kMaxDeferredMs;
    for (const storage::DeferredEvent& deferred : *waiting) {
        if (deferred.tries >= kMaxDeferredTries || deferred.firstSeenMs < oldest) {
            const auto dropped = m_profile.write([&]() -> Result<void> {
                VALISE_CHECK(count(toHex(group), "deferred", "given_up", deferred.reason));
                return m_profile.stores().deferred.remove(deferred.id);
            });
            if (!dropped)
                log(LogLevel::Warning, "receive", dropped.error().detail);
            continue;
        }
        auto event = nostr::parseEvent(textOf(deferred.eventJson));
        if (event)
            m_inbound.push_back({std::move(event).value(), true, {}, {}, 0});
    }
    if (!m_inbound.empty() && !m_inboundTimer.isActive())
        m_inboundTimer.start(0);
}

Result<void> Conversations::noteMissed(const Bytes& group,
                                       const std::vector<storage::DeferredEvent>& pushedOut) {
    VALISE_CHECK(count(toHex(group), "deferred", "evicted"));
    VALISE_TRY(const storage::GroupRow stored, record(group));
    GroupExtra extra = GroupExtra::decode(stored.extra);
    const qint64 before = extra.missedSince;
    for (const storage::DeferredEvent& old : pushedOut) {
        const auto event = nostr::parseEvent(textOf(old.eventJson));
        if (!event)
            continue;
        const qint64 dated = std::max<qint64>(1, toSeconds(event->createdAt));
        extra.missedSince = extra.missedSince == 0 ? dated : std::min(extra.missedSince, dated);
    }
    if (extra.missedSince == before)
        return {};
    return m_profile.stores().groups.setExtra(group, extra.encode());
}

void Conversations::fetchMissed(const Bytes& group) {
    const marmot::GroupEngine* found = session(group);
    const auto stored = record(group);
    if (!found || !stored)
        return;
    GroupExtra extra = GroupExtra::decode(stored->extra);
    const std::int64_t now = m_profile.clock.nowMs();
    const auto last = m_fetchedAgain.find(group);
    if (extra.missedSince == 0 || (last != m_fetchedAgain.end() && now - last->second < kFetchAgainMs))
        return;
    const std::int64_t since = std::max<std::int64_t>(extra.missedSince, now / 1000 - kFetchBackSeconds);
    extra.missedSince = 0;
    const auto written = m_profile.write([&]() -> Result<void> {
        for (const std::string& relay : listeningRelays(group))
            VALISE_CHECK(m_profile.stores().cursors.set(relay, cursorName(group), since));
        return m_profile.stores().groups.setExtra(group, extra.encode());
    });
    if (!written) {
        log(LogLevel::Warning, "receive", written.error().detail);
        return;
    }
    m_fetchedAgain[group] = now;
    for (auto it = m_subscriptions.begin(); it != m_subscriptions.end();) {
        if (std::find(it->second.begin(), it->second.end(), group) == it->second.end()) {
            ++it;
            continue;
        }
        m_pool.unsubscribe(it->first);
        it = m_subscriptions.erase(it);
    }
    subscribeAll();
}

} // namespace valise::client
