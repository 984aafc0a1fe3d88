// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/groups/key_renewal.h"

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

KeyRenewal::KeyRenewal(Profile& profile, GroupSessions& sessions, const HoldRules& rules,
                       GroupCommits& commits, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_sessions(sessions)
    , m_rules(rules)
    , m_commits(commits) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &KeyRenewal::renewDue);
}

std::int64_t KeyRenewal::next(const Profile& profile, bool joined) {
    const auto within = [&](std::int64_t span) {
        return kHourMs + static_cast<std::int64_t>(
                             profile.random.uniform(static_cast<std::uint32_t>((span - kHourMs) / 1000))) *
                             1000;
    };
    return profile.clock.nowMs() + (joined ? within(kSoonMs) : kLeastMs + within(kMostMs - kLeastMs));
}

Result<void> KeyRenewal::record(const marmot::GroupEngine& engine, const marmot::Step& step,
                                Effects& effects) {
    auto& groups = m_profile.stores().groups;
    if (effects.renewed.count(engine.id()))
        VALISE_CHECK(groups.setRenewal(engine.id(), next(m_profile, false)));
    // An own change on a branch that lost may have renewed our keys, too.
    if (std::none_of(step.withdrawn.begin(), step.withdrawn.end(),
                     [](const marmot::StateMove& move) { return move.own; }))
        return {};
    VALISE_TRY(const storage::GroupRow row, m_profile.group(engine.id()));
    return groups.setRenewal(engine.id(), std::min(row.renewMs, next(m_profile, true)));
}

void KeyRenewal::renewDue() {
    m_timer.start(static_cast<int>(kLookMs));
    const std::int64_t now = m_profile.clock.nowMs();
    std::vector<Bytes> due;
    for (const auto& [group, engine] : m_sessions.engines()) {
        if (engine.standing() != marmot::GroupStanding::Active)
            continue;
        const auto row = m_profile.group(group);
        if (!row || row->status == storage::GroupStatus::Leaving)
            continue;
        // Groups of earlier versions, and of a clock that was far ahead, get a date now.
        if (row->renewMs == 0 || row->renewMs > now + kMostMs) {
            // By name: clang 14 captures no structured binding.
            const auto dated = m_profile.write([&, &id = group] {
                return m_profile.stores().groups.setRenewal(id, next(m_profile, false));
            });
            if (!dated)
                log(LogLevel::Warning, "renewal", dated.error().detail);
        } else if (row->renewMs <= now && !m_rules.holds(group) && engine.queue().empty()) {
            due.push_back(group);
        }
    }
    for (const Bytes& group : due)
        m_commits.propose(group, marmot::SelfUpdate{}, [](const Result<void>& done) {
            if (!done)
                log(LogLevel::Info, "renewal", done.error().detail); // looked at again in an hour
        });
}

} // namespace valise::client
