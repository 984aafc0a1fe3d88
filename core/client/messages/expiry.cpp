// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/expiry.h"

#include "core/base/log.h"

namespace valise::client {

namespace {

constexpr std::size_t kBatch = 256;
// A clock may be set, and a computer sleep: the timer looks again at least this often.
constexpr std::int64_t kLongestMs = 15 * 60 * 1000;
constexpr std::int64_t kShortestMs = 200;

} // namespace

Result<void> keepExpiry(Profile& profile, std::int64_t row, const std::optional<std::uint64_t>& at) {
    if (!at)
        return {};
    return profile.stores().expiries.set(row,
                                         static_cast<std::int64_t>(std::min<std::uint64_t>(*at, INT64_MAX)));
}

Expiry::Expiry(Profile& profile, GroupSessions& sessions, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_sessions(sessions) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Expiry::expire);
}

Result<void> Expiry::start() {
    if (m_profile.database->restriction())
        return {};
    VALISE_CHECK(adopt());
    // Before anybody looks: a message that had its time while the program was closed is not shown once more.
    expire();
    return {};
}

// Versions before the fifth did not keep when messages expire.
Result<void> Expiry::adopt() {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto wanted, stores.settings.number("expiry.adopt"));
    if (!wanted)
        return {};
    return m_profile.write([&]() -> Result<void> {
        VALISE_TRY(const auto groups, stores.groups.list());
        for (const storage::GroupRow& group : groups)
            if (group.retentionSeconds > 0)
                VALISE_CHECK(
                    stores.expiries.adopt(group.groupId, static_cast<std::int64_t>(group.retentionSeconds)));
        return stores.settings.remove("expiry.adopt");
    });
}

Result<bool> Expiry::eraseExpired(Effects& effects) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto due, stores.expiries.due(m_profile.clock.now(), kBatch));
    for (const storage::ExpiredRow& row : due) {
        if (!row.shown && row.target) {
            // An edit or a reaction goes with its message; one that speaks of nothing goes now.
            VALISE_TRY(const bool known, stores.messages.contains(row.groupId, *row.target));
            if (!known)
                VALISE_CHECK(stores.changes.forget(row.groupId, *row.target));
            VALISE_CHECK(stores.expiries.forget(row.row));
            continue;
        }
        VALISE_CHECK(stores.receipts.forget(row.groupId, row.eventId));
        VALISE_CHECK(stores.messages.erase(row.groupId, row.eventId));
        if (row.shown)
            effects.removed[row.groupId].insert(row.row);
        effects.changed[row.groupId].insert(row.eventId); // messages that quote it
    }
    return due.size() == kBatch;
}

void Expiry::expire() {
    for (bool more = true; more;) {
        Effects effects;
        more = false;
        const auto written = m_profile.write([&]() -> Result<void> {
            VALISE_TRY(more, eraseExpired(effects));
            return {};
        });
        if (!written) {
            log(LogLevel::Error, "expiry", written.error().detail);
            m_timer.start(static_cast<int>(kLongestMs));
            return;
        }
        if (!effects.changed.empty())
            m_sessions.tell(effects);
    }
    arm();
}

void Expiry::follow(const Effects& effects) {
    if (!effects.added.empty() || !effects.touched.empty())
        arm();
}

void Expiry::arm() {
    const auto next = m_profile.stores().expiries.next();
    if (!next || !*next) {
        m_timer.stop();
        return;
    }
    const std::int64_t wait =
        (std::min<std::int64_t>(**next, INT64_MAX / 2000) - m_profile.clock.now()) * 1000;
    m_timer.start(static_cast<int>(std::clamp(wait, kShortestMs, kLongestMs)));
}

} // namespace valise::client
