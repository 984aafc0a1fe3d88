// SPDX-License-Identifier: AGPL-3.0-or-later
// This client's own keys in the tree of each group are renewed by a commit with a path (RFC 9420 section 7),
// so that whoever stole them reads nothing for long.
#include "core/client/conversations.h"

#include "core/base/log.h"

namespace valise::client {

namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;
// The keys of a KeyPackage lay on relays for weeks: they go within a day. Not at once, and not all members at
// the same time: commits that compete cost more than they bring.
constexpr std::int64_t kSoonMs = kDayMs;
constexpr std::int64_t kLeastMs = 24 * kDayMs;
constexpr std::int64_t kMostMs = 36 * kDayMs;
constexpr std::int64_t kLookMs = kHourMs;

} // namespace

std::int64_t Conversations::nextRenewal(bool joined) {
    const auto within = [&](std::int64_t span) {
        return kHourMs + static_cast<std::int64_t>(
                             m_profile.random.uniform(static_cast<std::uint32_t>((span - kHourMs) / 1000))) *
                             1000;
    };
    return m_profile.clock.nowMs() + (joined ? within(kSoonMs) : kLeastMs + within(kMostMs - kLeastMs));
}

Result<void> Conversations::noteRenewed(const Bytes& group) {
    VALISE_TRY(const storage::GroupRow stored, record(group));
    GroupExtra extra = GroupExtra::decode(stored.extra);
    extra.renewMs = nextRenewal(false);
    return m_profile.stores().groups.setExtra(group, extra.encode());
}

void Conversations::renewDue() {
    m_renewal.start(static_cast<int>(kLookMs));
    const std::int64_t now = m_profile.clock.nowMs();
    std::vector<Bytes> due;
    for (const auto& [group, engine] : m_sessions) {
        if (engine.standing() != marmot::GroupStanding::Active)
            continue;
        const auto stored = record(group);
        if (!stored || stored->status == storage::GroupStatus::Leaving)
            continue;
        GroupExtra extra = GroupExtra::decode(stored->extra);
        // Groups of versions before this one, and of a clock that was far ahead, get a date now.
        if (extra.renewMs == 0 || extra.renewMs > now + kMostMs) {
            extra.renewMs = nextRenewal(false);
            // By name: clang 14 captures no structured binding.
            const auto dated = m_profile.write(
                [&, &id = group] { return m_profile.stores().groups.setExtra(id, extra.encode()); });
            if (!dated)
                log(LogLevel::Warning, "renewal", dated.error().detail);
        } else if (extra.renewMs <= now && !holds(group) && engine.queue().empty()) {
            due.push_back(group);
        }
    }
    for (const Bytes& group : due)
        propose(group, marmot::SelfUpdate{}, [](const Result<void>& done) {
            if (!done)
                log(LogLevel::Info, "renewal", done.error().detail); // looked at again in an hour
        });
}

} // namespace valise::client
