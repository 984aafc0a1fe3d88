// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/outbox_pump.h"

#include "core/base/encoding.h"
#include "core/base/log.h"

namespace valise::client {

namespace {

constexpr std::int64_t kFirstRetryMs = 2'000;
constexpr std::int64_t kMaxRetryMs = 300'000;
// Longer than any answer takes: a lost answer must not leave a row asleep.
constexpr std::int64_t kInFlightMs = 60'000;
constexpr std::size_t kBatch = 64;

std::int64_t backoff(std::uint32_t attempts) {
    return std::min(kMaxRetryMs, kFirstRetryMs << std::min(attempts, 8u));
}

// A refusal that will not change by asking again (NIP-01 prefixes).
bool isFinal(const QString& reason) {
    for (const char* prefix : {"blocked:", "invalid:", "restricted:", "pow:", "mute:"})
        if (reason.startsWith(QLatin1String(prefix)))
            return true;
    return false;
}

} // namespace

OutboxPump::OutboxPump(Profile& profile, net::RelayPool& pool, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool) {
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &OutboxPump::pump);
    connect(&m_pool, &net::RelayPool::published, this, &OutboxPump::onPublished);
    connect(&m_pool, &net::RelayPool::relayReady, this, [this](const QString& relay) {
        if (const auto done = m_profile.stores().outbox.retryNow(m_profile.clock.nowMs(), toStd(relay));
            !done)
            log(LogLevel::Warning, "outbox", done.error().detail);
        wake();
    });
}

void OutboxPump::wake() {
    if (!m_profile.options.online)
        return;
    m_soon = true;
    m_wake.start(0);
}

bool OutboxPump::busy() const {
    if (m_soon || !m_inFlight.empty())
        return true;
    const auto waiting = m_profile.stores().outbox.due(INT64_MAX, kBatch);
    if (!waiting)
        return false;
    for (const storage::OutboxRecord& row : *waiting)
        for (const storage::OutboxTarget& target : row.targets)
            if (target.state == storage::TargetState::Pending &&
                m_pool.status(target.relay).state == net::RelayState::Connected)
                return true;
    return false;
}

void OutboxPump::recover() {
    auto& outbox = m_profile.stores().outbox;
    const auto rows = outbox.list();
    if (!rows)
        return;
    for (const storage::OutboxRecord& row : *rows) {
        const auto progress = outbox.progress(row.id);
        if (!progress)
            continue;
        if (progress->accepted > 0)
            emit accepted(row, *progress, true);
        if (progress->pending > 0)
            continue;
        if (progress->accepted == 0)
            emit failed(row, QStringLiteral("refused"));
        if (progress->accepted > 0) {
            if (const auto removed = outbox.remove(row.id); !removed)
                log(LogLevel::Warning, "outbox", removed.error().detail);
        } else if (const auto cancelled = outbox.cancel(row.id); !cancelled) {
            log(LogLevel::Warning, "outbox", cancelled.error().detail);
        }
    }
}

void OutboxPump::pump() {
    m_soon = false;
    auto& outbox = m_profile.stores().outbox;
    const std::int64_t now = m_profile.clock.nowMs();
    const auto due = outbox.due(now, kBatch);
    if (!due) {
        log(LogLevel::Error, "outbox", due.error().detail);
        m_wake.start(static_cast<int>(kFirstRetryMs));
        return;
    }
    for (const storage::OutboxRecord& row : *due) {
        const std::string id = toHex(row.eventId);
        std::vector<std::string> relays;
        for (const storage::OutboxTarget& target : row.targets) {
            if (target.state != storage::TargetState::Pending || target.nextTryMs > now ||
                m_inFlight.count({id, target.relay}))
                continue;
            // Relays that are not there are asked again when they are; no attempt is counted for waiting.
            const auto marked = m_pool.status(target.relay).state == net::RelayState::Refused
                                    ? outbox.markAttempt(row.id, target.relay, now, now + kMaxRetryMs)
                                    : outbox.markAttempt(row.id, target.relay, now, now + kInFlightMs);
            if (!marked)
                continue;
            relays.push_back(target.relay);
            m_inFlight.insert({id, target.relay});
        }
        if (relays.empty())
            continue;
        m_rows[id] = row.id;
        m_pool.publish(id, std::string(textOf(row.eventJson)), relays);
    }
    if (due->size() == kBatch) {
        // More may be due; answers make room first, so do not spin.
        m_wake.start(20);
        return;
    }
    if (const auto next = outbox.nextDueMs(); next && *next)
        m_wake.start(static_cast<int>(std::clamp<std::int64_t>(**next - now, 50, 60'000)));
    emit changed();
}

void OutboxPump::onPublished(const QString& eventId, const QString& relay, net::PublishOutcome outcome,
                             const QString& reason) {
    const std::string id = toStd(eventId);
    const std::string url = toStd(relay);
    m_inFlight.erase({id, url});
    const auto known = m_rows.find(id);
    if (known == m_rows.end())
        return;
    auto& outbox = m_profile.stores().outbox;
    const auto row = outbox.get(known->second);
    if (!row || !*row)
        return;
    const std::int64_t now = m_profile.clock.nowMs();
    std::uint32_t attempts = 0;
    for (const storage::OutboxTarget& target : (*row)->targets)
        if (target.relay == url)
            attempts = target.attempts;

    Result<storage::OutboxProgress> progress = [&]() -> Result<storage::OutboxProgress> {
        switch (outcome) {
        case net::PublishOutcome::Accepted:
            return outbox.markAccepted((*row)->id, url);
        case net::PublishOutcome::Refused: {
            const bool final = isFinal(reason);
            return outbox.markRefused((*row)->id, url, toStd(reason),
                                      final ? std::nullopt : std::optional(now + backoff(attempts)));
        }
        case net::PublishOutcome::RateLimited:
            return outbox.markRefused((*row)->id, url, toStd(reason), now + backoff(attempts));
        case net::PublishOutcome::Unknown:
            return outbox.markRefused((*row)->id, url, kNoAnswer, now + backoff(attempts));
        case net::PublishOutcome::NotConnected:
            return outbox.markRefused((*row)->id, url, std::string(kNotReached) + toStd(reason),
                                      now + backoff(attempts));
        }
        return Error{ErrorCode::Internal, "an unknown outcome"};
    }();
    if (!progress) {
        log(LogLevel::Error, "outbox", progress.error().detail);
        wake();
        return;
    }
    if (outcome == net::PublishOutcome::Accepted)
        emit accepted(**row, *progress, progress->firstAcceptance);
    else if (outcome == net::PublishOutcome::Refused)
        if (const auto counted =
                m_profile.stores().counters.add(url, "relay", "refused", now, toStd(reason).substr(0, 200));
            !counted)
            log(LogLevel::Warning, "outbox", counted.error().detail);
    if (progress->pending == 0) {
        m_rows.erase(id);
        if (progress->accepted > 0) {
            if (const auto removed = outbox.remove((*row)->id); !removed)
                log(LogLevel::Warning, "outbox", removed.error().detail);
        } else {
            // The row goes last: were it gone first, a crash between would read as acceptance.
            emit failed(**row, reason);
            if (const auto removed = outbox.cancel((*row)->id); !removed)
                log(LogLevel::Warning, "outbox", removed.error().detail);
        }
    }
    wake();
    emit changed();
}

} // namespace valise::client
