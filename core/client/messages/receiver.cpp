// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/receiver.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/marmot/envelope.h"

namespace valise::client {

namespace {

// Events handled in one transaction: enough that a catch-up is not bound by the disk, few enough that the
// core thread answers in between.
constexpr std::size_t kBatch = 128;
constexpr int kRetryMs = 5'000;
// A deferred event is tried again so often and for so long.
constexpr std::uint32_t kMaxDeferredTries = 32;
constexpr std::int64_t kMaxDeferredMs = std::int64_t{30} * 24 * 3600 * 1000;

} // namespace

Receiver::Receiver(Profile& profile, GroupSessions& sessions, GroupFeeds& feeds, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_sessions(sessions)
    , m_feeds(feeds) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Receiver::processInbound);
}

Result<void> Receiver::start() {
    if (m_profile.database->restriction())
        return {};
    // Events that waited in memory when the program ended.
    for (const auto& [group, engine] : m_sessions.engines())
        retryDeferred(group);
    for (const auto& [group, formers] : m_sessions.formers())
        if (!m_sessions.engine(group))
            retryDeferred(group);
    return {};
}

void Receiver::push(Inbound item) {
    m_inbound.push_back(std::move(item));
    m_feeds.setBacklog(m_inbound.size());
    if (!m_timer.isActive())
        m_timer.start(0);
}

void Receiver::enqueueEvent(const nostr::Event& event) {
    push({event, false, {}, {}, 0});
}

void Receiver::enqueueCursor(const QString& feed, const QString& relay, qint64 createdAt) {
    push({std::nullopt, false, toStd(feed), toStd(relay), createdAt});
}

void Receiver::processInbound() {
    const std::size_t most = std::min(kBatch, m_inbound.size());
    if (most == 0)
        return;
    const bool wasCrowded = m_feeds.isCrowded();
    std::size_t done = 0;
    Effects effects;
    bool stored = false;
    const auto written = m_sessions.stepAll(
        [&](EngineCopies& copies) -> Result<void> {
            for (; done < most; ++done) {
                const Inbound& item = m_inbound[done];
                if (!item.event) {
                    VALISE_CHECK(m_feeds.advanceCursors(item.feed, item.relay, item.createdAt));
                    continue;
                }
                VALISE_TRY(const bool taken, receiveOne(item, copies, effects));
                if (!taken)
                    break;
            }
            for (const Bytes& group : effects.receiptsOwed)
                VALISE_CHECK(m_profile.stores().receipts.boundDue(group));
            return {};
        },
        effects,
        [&] {
            // This comes before the effects are reported, because they may add to the queue.
            stored = true;
            m_inbound.erase(m_inbound.begin(), m_inbound.begin() + static_cast<std::ptrdiff_t>(done));
            m_feeds.setBacklog(m_inbound.size());
            // An event that does not fit into a pass waits in its place, and everything behind it, until the
            // pass has ended.
            m_stalled = done < most;
            if (!m_inbound.empty() && !m_stalled)
                m_timer.start(0);
        });
    if (!stored) {
        // The batch was rolled back as a whole. The disk may have room later.
        log(LogLevel::Error, "receive",
            std::string(errorName(written.error().code)) + ": " + written.error().detail);
        m_timer.start(kRetryMs);
        return;
    }
    if (wasCrowded && !m_feeds.isCrowded())
        m_sessions.resume(); // own words waited behind the crowd
}

Result<bool> Receiver::receiveOne(const Inbound& item, EngineCopies& copies, Effects& effects) {
    const nostr::Event& event = *item.event;
    auto& stores = m_profile.stores();
    const auto envelope = marmot::readEnvelope(event);
    if (!envelope) {
        VALISE_CHECK(m_profile.count({}, "rejected", "invalid_encoding", envelope.error().detail));
        return true;
    }
    const auto group = m_feeds.groupOf(envelope->nostrGroupId);
    if (!group) {
        VALISE_CHECK(m_profile.count({}, "rejected", "unknown_group"));
        return true;
    }
    VALISE_TRY(const bool old, stores.seen.contains(*group, event.id));
    if (old)
        return true;
    const std::int64_t now = m_profile.clock.nowMs();
    std::optional<Error> storageError;
    const auto isSeen = [&](const mls::Digest& digest) {
        const auto seen = stores.seen.contains(*group, digest);
        if (!seen)
            storageError = seen.error();
        return seen && *seen;
    };
    marmot::GroupEngine* engine = effects.ended.count(*group) ? nullptr : copies.followed(*group);
    if (engine) {
        if (engine->saturated() && !engine->pass()->due(now))
            return false;
        const marmot::Step step = engine->receive(event, now, isSeen, m_profile.random);
        if (storageError)
            return *storageError;
        std::optional<marmot::Outcome> former;
        if (step.outcome().category == marmot::Category::MissingHistory) {
            VALISE_TRY(former, readFormer(*group, event, isSeen, copies, effects));
        }
        VALISE_CHECK(fileOutcome(*group, former.value_or(step.outcome()), event, item.retried));
        VALISE_CHECK(m_sessions.record(*engine, step, effects));
    } else {
        VALISE_TRY(auto former, readFormer(*group, event, isSeen, copies, effects));
        if (!former) {
            former.emplace();
            former->disposition = marmot::Disposition::Deferred;
            former->category = marmot::Category::MissingHistory;
            former->reason = "said when this account was no member";
            former->again = true; // it may be invited again
        }
        VALISE_CHECK(fileOutcome(*group, *former, event, item.retried));
    }
    return storageError ? Result<bool>(*storageError) : Result<bool>(true);
}

// Reads a message of an epoch in which this account was a member. Nothing, if it is none.
Result<std::optional<marmot::Outcome>>
Receiver::readFormer(const Bytes& group, const nostr::Event& event,
                     const std::function<bool(const mls::Digest&)>& seen, EngineCopies& copies,
                     Effects& effects) {
    for (marmot::GroupEngine* engine : copies.former(group, effects.ended.count(group) > 0)) {
        marmot::GroupEngine next = *engine;
        const marmot::Step step = next.receive(event, m_profile.clock.nowMs(), seen, m_profile.random);
        // Other things that can be opened here, such as a message on a branch that was not followed, may be
        // of a state to which another invitation leads.
        if (step.messages.empty())
            continue;
        *engine = std::move(next);
        VALISE_CHECK(m_sessions.record(*engine, step, effects));
        return std::optional(step.outcome());
    }
    return std::optional<marmot::Outcome>();
}

Result<void> Receiver::fileOutcome(const Bytes& group, const marmot::Outcome& outcome,
                                   const nostr::Event& event, bool retried) {
    auto& stores = m_profile.stores();
    const std::int64_t now = m_profile.clock.nowMs();
    if (outcome.again) {
        storage::DeferredEvent deferred;
        deferred.eventJson = toBytes(viewOf(event.toJson()));
        deferred.eventId = event.id;
        deferred.groupHint = group;
        deferred.reason = std::string(marmot::categoryName(outcome.category)) + ": " + outcome.reason;
        deferred.firstSeenMs = now;
        deferred.lastTryMs = now;
        VALISE_TRY(const storage::DeferOutcome kept, stores.deferred.defer(deferred));
        if (outcome.category == marmot::Category::ResourceRefused)
            m_refused.insert(group);
        return kept.evicted.empty() ? Result<void>() : m_feeds.noteMissed(group, kept.evicted);
    }
    if (retried) {
        VALISE_TRY(const auto waiting, stores.deferred.get(event.id));
        if (waiting)
            VALISE_CHECK(stores.deferred.remove(waiting->id));
    }
    VALISE_CHECK(stores.seen.add(group, event.id, now));
    if (outcome.digest)
        VALISE_CHECK(stores.seen.add(group, *outcome.digest, now));
    return {};
}

Result<void> Receiver::record(const marmot::GroupEngine& engine, const marmot::Step& step, Effects& effects) {
    // An event that was too far ahead in a sender's ratchet, or found no room, may be read once another was.
    if (!step.messages.empty() && m_refused.erase(engine.id()) > 0)
        effects.retry.insert(engine.id());
    return {};
}

void Receiver::follow(const Effects& effects) {
    for (const Bytes& group : effects.retry)
        retryDeferred(group);
    if (!effects.settled.empty() && m_stalled && !m_inbound.empty())
        m_timer.start(0);
}

void Receiver::retryDeferred(const Bytes& group) {
    auto& deferred = m_profile.stores().deferred;
    const auto waiting = deferred.list(group);
    if (!waiting)
        return;
    const std::int64_t oldest = m_profile.clock.nowMs() - kMaxDeferredMs;
    for (const storage::DeferredEvent& one : *waiting) {
        if (one.tries >= kMaxDeferredTries || one.firstSeenMs < oldest) {
            const auto dropped = m_profile.write([&]() -> Result<void> {
                VALISE_CHECK(m_profile.count(toHex(group), "deferred", "given_up", one.reason));
                return deferred.remove(one.id);
            });
            if (!dropped)
                log(LogLevel::Warning, "receive", dropped.error().detail);
            continue;
        }
        if (auto event = nostr::parseEvent(textOf(one.eventJson)))
            push({std::move(event).value(), true, {}, {}, 0});
    }
}

} // namespace valise::client
