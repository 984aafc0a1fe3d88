// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/outbox_pump.h"

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
bool isFinal(std::string_view reason) {
    for (const char* prefix : {"blocked:", "invalid:", "restricted:", "pow:", "mute:"})
        if (reason.starts_with(prefix))
            return true;
    return false;
}

} // namespace

OutboxPump::OutboxPump(Profile& profile, net::RelayPool& pool, NoteAccepted noteAccepted, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool)
    , m_noteAccepted(std::move(noteAccepted)) {
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
    for (const net::RelayStatus& relay : m_pool.statuses())
        if (relay.state == net::RelayState::Connected) {
            const auto waits = m_profile.stores().outbox.waitsFor(relay.url);
            if (waits && *waits)
                return true;
        }
    return false;
}

void OutboxPump::recover() {
    auto& outbox = m_profile.stores().outbox;
    const auto rows = outbox.list();
    if (!rows)
        return;
    for (const storage::OutboxRow& row : *rows) {
        const auto progress = outbox.progress(row.id);
        if (!progress)
            continue;
        if (progress->accepted > 0) {
            const auto noted = m_profile.write([&] { return m_noteAccepted(row, *progress); });
            if (!noted)
                log(LogLevel::Warning, "outbox", noted.error().detail);
            emit accepted(row, *progress, true);
        }
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
    std::vector<std::vector<std::string>> relays(due->size());
    const auto mark = [&]() -> Result<void> {
        for (std::size_t i = 0; i < due->size(); ++i) {
            const storage::OutboxRow& row = (*due)[i];
            for (const storage::OutboxTarget& target : row.targets) {
                if (target.state != storage::TargetState::Pending || target.nextTryMs > now ||
                    m_inFlight.count({toHex(row.eventId), target.relay}))
                    continue;
                // Relays that are not there are asked again when they are; no attempt is counted for waiting.
                const bool refused = m_pool.status(target.relay).state == net::RelayState::Refused;
                VALISE_CHECK(outbox.markAttempt(row.id, target.relay, now,
                                                now + (refused ? kMaxRetryMs : kInFlightMs)));
                relays[i].push_back(target.relay);
            }
        }
        return {};
    };
    if (const auto marked = due->empty() ? Result<void>() : m_profile.write(mark); !marked) {
        // An event is sent only after the attempt is stored. A full disk may have room later.
        log(LogLevel::Error, "outbox", marked.error().detail);
        m_wake.start(static_cast<int>(kFirstRetryMs));
        return;
    }
    for (std::size_t i = 0; i < due->size(); ++i) {
        if (relays[i].empty())
            continue;
        const storage::OutboxRow& row = (*due)[i];
        const std::string id = toHex(row.eventId);
        for (const std::string& relay : relays[i])
            m_inFlight.insert({id, relay});
        m_rows[id] = row.id;
        m_pool.publish(id, std::string(textOf(row.eventJson)), relays[i]);
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

Result<storage::OutboxProgress> OutboxPump::markRefusal(const storage::OutboxRow& row,
                                                        const std::string& relay, net::PublishOutcome outcome,
                                                        const std::string& reason, std::int64_t now) {
    std::uint32_t attempts = 0;
    for (const storage::OutboxTarget& target : row.targets)
        if (target.relay == relay)
            attempts = target.attempts;
    const auto later = std::optional(now + backoff(attempts));
    auto& outbox = m_profile.stores().outbox;
    switch (outcome) {
    case net::PublishOutcome::Accepted:
        break;
    case net::PublishOutcome::Refused:
        return outbox.markRefused(row.id, relay, reason, isFinal(reason) ? std::nullopt : later);
    case net::PublishOutcome::RateLimited:
        return outbox.markRefused(row.id, relay, reason, later);
    case net::PublishOutcome::Unknown:
        return outbox.markRefused(row.id, relay, kNoAnswer, later);
    case net::PublishOutcome::NotConnected:
        return outbox.markRefused(row.id, relay, std::string(kNotReached) + reason, later);
    }
    return Error{ErrorCode::Internal, "no refusal"};
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
    storage::OutboxProgress progress;
    const bool accepts = outcome == net::PublishOutcome::Accepted;
    bool over = false; // nothing is left to do for the row
    const auto written = m_profile.write([&]() -> Result<void> {
        VALISE_TRY(progress, accepts ? outbox.markAccepted((*row)->id, url)
                                     : markRefusal(**row, url, outcome, toStd(reason), now));
        if (accepts)
            VALISE_CHECK(m_noteAccepted(**row, progress));
        // A message's row has no other consequence and goes now. The consequences of other rows are reported
        // below, and again after a crash, so those rows go last.
        over = progress.pending == 0 && progress.accepted > 0 &&
               (*row)->purpose == storage::OutboxPurpose::Message;
        if (over)
            VALISE_CHECK(outbox.remove((*row)->id));
        if (outcome == net::PublishOutcome::Refused)
            VALISE_CHECK(
                m_profile.stores().counters.add(url, "relay", "refused", now, toStd(reason).substr(0, 200)));
        return {};
    });
    if (!written) {
        log(LogLevel::Error, "outbox", written.error().detail);
        wake();
        return;
    }
    if (accepts)
        emit accepted(**row, progress, progress.firstAcceptance);
    if (progress.pending == 0) {
        m_rows.erase(id);
        if (progress.accepted == 0) {
            // The row goes last: were it gone first, a crash between would read as acceptance.
            emit failed(**row, reason);
            if (const auto removed = outbox.cancel((*row)->id); !removed)
                log(LogLevel::Warning, "outbox", removed.error().detail);
        } else if (!over) {
            if (const auto removed = outbox.remove((*row)->id); !removed)
                log(LogLevel::Warning, "outbox", removed.error().detail);
        }
    }
    wake();
    emit changed();
}

void OutboxPump::follow(const Effects& effects) {
    if (effects.outbox)
        wake();
}

} // namespace valise::client
