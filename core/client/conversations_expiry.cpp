// SPDX-License-Identifier: AGPL-3.0-or-later
// Disappearing messages (component 0x8005): what has had its time is erased, with what was said about it.
#include "core/client/conversations.h"

#include "core/base/log.h"

namespace valise::client {

namespace {

constexpr std::size_t kBatch = 256;
// A clock may be set, and a computer sleep: look again at least this often.
constexpr std::int64_t kLongestMs = 15 * 60 * 1000;
constexpr std::int64_t kShortestMs = 200;

} // namespace

Result<void> Conversations::adoptExpiries() {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto wanted, stores.settings.number("expiry.adopt"));
    if (!wanted)
        return {};
    return m_profile.write([&]() -> Result<void> {
        VALISE_TRY(const auto groups, stores.groups.list());
        for (const storage::GroupRow& group : groups) {
            const auto seconds = static_cast<std::int64_t>(GroupExtra::decode(group.extra).retentionSeconds);
            if (seconds > 0)
                VALISE_CHECK(stores.expiries.adopt(group.groupId, seconds));
        }
        return stores.settings.remove("expiry.adopt");
    });
}

Result<void> Conversations::keepExpiry(std::int64_t row, const std::optional<std::uint64_t>& at) {
    if (!at)
        return {};
    return m_profile.stores().expiries.set(
        row, static_cast<std::int64_t>(std::min<std::uint64_t>(*at, INT64_MAX)));
}

Result<bool> Conversations::eraseExpired(Effects& effects) {
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
        effects.changed[row.groupId].insert(row.eventId); // what quotes it
    }
    return due.size() == kBatch;
}

void Conversations::expire() {
    for (bool more = true; more;) {
        Effects effects;
        more = false;
        const auto written = m_profile.write([&]() -> Result<void> {
            VALISE_TRY(more, eraseExpired(effects));
            return {};
        });
        if (!written) {
            log(LogLevel::Error, "expiry", written.error().detail);
            m_expiryTimer.start(static_cast<int>(kLongestMs));
            return;
        }
        if (!effects.changed.empty())
            tell(effects);
    }
    armExpiry();
}

void Conversations::armExpiry() {
    const auto next = m_profile.stores().expiries.next();
    if (!next || !*next) {
        m_expiryTimer.stop();
        return;
    }
    const std::int64_t wait =
        (std::min<std::int64_t>(**next, INT64_MAX / 2000) - m_profile.clock.now()) * 1000;
    m_expiryTimer.start(static_cast<int>(std::clamp(wait, kShortestMs, kLongestMs)));
}

} // namespace valise::client
