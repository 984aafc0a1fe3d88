// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/group_commits.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/client/spine/outbox_rows.h"
#include "core/client/spine/welcomes.h"

namespace valise::client {

namespace {

// No pass is longer; a clock that was set back must not make it so.
constexpr std::int64_t kLongestPassMs = marmot::kConvergencePolicy.passCapMs;

} // namespace

GroupCommits::GroupCommits(Profile& profile, net::RelayPool& pool, GroupSessions& sessions,
                           const GroupFeeds& feeds, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_sessions(sessions)
    , m_feeds(feeds) {
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &GroupCommits::advanceDue);
}

Result<void> GroupCommits::start() {
    if (m_profile.database->restriction())
        return {};
    std::vector<std::pair<Bytes, nostr::EventId>> all;
    for (const auto& [group, engine] : m_sessions.engines())
        if (engine.pendingPublish())
            all.emplace_back(group, engine.pendingPublish()->outgoing.event.id);
    for (const auto& [group, eventId] : all) {
        // After a crash the outbox knows whether a relay has accepted it. A row that is gone was accepted.
        const auto row = m_profile.stores().outbox.byEvent(eventId);
        if (!row)
            continue;
        const auto progress = *row ? m_profile.stores().outbox.progress((*row)->id)
                                   : Result<storage::OutboxProgress>({1, 0, 0});
        if (progress && progress->accepted > 0)
            confirm(group, eventId);
    }
    return {};
}

void GroupCommits::propose(const Bytes& group, marmot::LocalChange change, Done done) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found) {
        done(Error{ErrorCode::NotFound, "no such conversation"});
        return;
    }
    if (!m_feeds.isWritable(*found)) {
        done(Error{ErrorCode::Offline, "no relay of the group can be reached"});
        return;
    }
    Effects effects;
    std::optional<std::uint64_t> id;
    const auto taken = m_sessions.step(
        group,
        [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
            VALISE_TRY(const auto submission,
                       engine.submit(std::move(change), m_profile.clock.nowMs(), m_profile.random));
            marmot::Step step;
            if (!submission.queued) {
                // An invitation that cannot be sent must show before the others see the change, not after.
                VALISE_CHECK(checkDeliverable(m_profile, engine.pendingPublish()->welcomes));
                step.prepared = submission.id;
            }
            // Set before the step ends, because its effects may end the change at once.
            id = submission.id;
            m_waiting[{group, submission.id}] = done;
            return step;
        },
        effects);
    if (taken)
        return;
    if (id)
        m_waiting.erase({group, *id});
    done(taken.error());
}

bool GroupCommits::idle() const {
    return std::none_of(m_sessions.engines().begin(), m_sessions.engines().end(), [&](const auto& entry) {
        return entry.second.pass() || (!entry.second.queue().empty() && m_feeds.isWritable(entry.second));
    });
}

Result<void> GroupCommits::record(const marmot::GroupEngine& engine, const marmot::Step& step,
                                  Effects& effects) {
    auto& stores = m_profile.stores();
    const Bytes& group = engine.id();
    for (const marmot::WelcomeDuty& welcome : step.welcomes) {
        // The change is public already: one invitation that fails must not hold it up.
        if (const auto queued = queueWelcome(m_profile, m_pool, group, welcome); !queued)
            VALISE_CHECK(m_profile.count(toHex(group), "welcome", errorName(queued.error().code),
                                         queued.error().detail));
        effects.outbox = true;
    }
    const auto publish = [&](storage::OutboxPurpose purpose, const nostr::Event& event) -> Result<void> {
        storage::OutboxRow row = outboxRow(m_profile, purpose, event, engine.state().routing.relays);
        row.groupId = group;
        VALISE_CHECK(stores.outbox.add(row));
        VALISE_CHECK(stores.seen.add(group, event.id, m_profile.clock.nowMs()));
        effects.outbox = true;
        return {};
    };
    for (const marmot::Outgoing& proposal : step.publish)
        VALISE_CHECK(publish(storage::OutboxPurpose::Proposal, proposal.event));
    if (step.prepared)
        VALISE_CHECK(publish(storage::OutboxPurpose::Commit, engine.pendingPublish()->outgoing.event));
    for (const marmot::Step::FailedChange& failed : step.failed)
        effects.finished.emplace_back(std::pair(group, failed.id), failed.error);
    return {};
}

void GroupCommits::follow(const Effects& effects) {
    for (const auto& [change, result] : effects.finished) {
        auto waiting = m_waiting.extract(change);
        if (!waiting.empty())
            waiting.mapped()(result);
    }
    armDeadline();
}

void GroupCommits::onOutboxAccepted(const storage::OutboxRow& row, bool first) {
    if (row.purpose == storage::OutboxPurpose::Commit && first && row.groupId)
        confirm(*row.groupId, row.eventId);
}

void GroupCommits::onOutboxFailed(const storage::OutboxRow& row, const std::string& reason) {
    if (!row.groupId)
        return;
    if (row.purpose == storage::OutboxPurpose::Commit) {
        drop(*row.groupId, row.eventId, {ErrorCode::RelayRefused, reason});
    } else if (row.purpose == storage::OutboxPurpose::Welcome) {
        if (const auto counted = m_profile.count(toHex(*row.groupId), "welcome", "refused", reason); !counted)
            log(LogLevel::Warning, "send", counted.error().detail);
    }
}

void GroupCommits::confirm(const Bytes& group, const nostr::EventId& eventId) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found || !found->pendingPublish() || found->pendingPublish()->outgoing.event.id != eventId)
        return;
    const std::uint64_t change = found->pendingPublish()->changeId;
    Effects effects;
    effects.finished.emplace_back(std::pair(group, change), Result<void>());
    if (std::holds_alternative<marmot::SelfUpdate>(found->pendingPublish()->change))
        effects.renewed.insert(group);
    const auto taken = m_sessions.step(
        group,
        [&](marmot::GroupEngine& engine) {
            return engine.confirm(m_profile.clock.nowMs(), m_profile.random);
        },
        effects);
    if (!taken)
        log(LogLevel::Error, "send", taken.error().detail); // still pending; settled at the next start
}

void GroupCommits::drop(const Bytes& group, const nostr::EventId& eventId, const Error& why) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found || !found->pendingPublish() || found->pendingPublish()->outgoing.event.id != eventId)
        return;
    const std::uint64_t change = found->pendingPublish()->changeId;
    Effects effects;
    effects.finished.emplace_back(std::pair(group, change), why);
    effects.refused.insert(group);
    const auto taken = m_sessions.step(
        group,
        [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
            VALISE_CHECK(m_profile.count(toHex(group), "commit", errorName(why.code), why.detail));
            return engine.fail();
        },
        effects);
    if (!taken)
        log(LogLevel::Error, "send", taken.error().detail);
}

void GroupCommits::armDeadline() {
    const std::int64_t now = m_profile.clock.nowMs();
    std::optional<std::int64_t> next;
    for (const auto& [group, engine] : m_sessions.engines()) {
        const auto deadline = engine.deadlineMs();
        if (deadline && (engine.pass() || m_feeds.isWritable(engine)))
            next = next ? std::min(*next, *deadline) : *deadline;
    }
    if (next)
        m_deadline.start(static_cast<int>(std::clamp<std::int64_t>(*next - now, 0, kLongestPassMs)));
    else
        m_deadline.stop();
}

void GroupCommits::advanceDue() {
    const std::int64_t now = m_profile.clock.nowMs();
    std::vector<Bytes> due;
    for (const auto& [group, engine] : m_sessions.engines()) {
        const bool passEnds = engine.pass() && engine.pass()->due(now);
        if (passEnds || (engine.settled() && !engine.queue().empty() && m_feeds.isWritable(engine)))
            due.push_back(group);
    }
    for (const Bytes& group : due) {
        Effects effects;
        effects.settled.insert(group);
        const auto taken = m_sessions.step(
            group,
            [&](marmot::GroupEngine& engine) -> Result<marmot::Step> {
                return engine.advance(now, m_profile.random, m_feeds.isWritable(engine));
            },
            effects);
        if (!taken) {
            // The disk may have room later; the pass stays due.
            log(LogLevel::Error, "receive", taken.error().detail);
            m_deadline.start(static_cast<int>(kLongestPassMs));
            return;
        }
    }
    armDeadline();
}

} // namespace valise::client
