// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/groups/leaving.h"

#include "core/base/log.h"

namespace valise::client {

namespace {

constexpr int kDepartureStepMs = 4'000;
constexpr int kAfterRefusalMs = 10'000;

} // namespace

Leaving::Leaving(Profile& profile, GroupSessions& sessions, const GroupFeeds& feeds, GroupCommits& commits,
                 HeldMessages& held, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_sessions(sessions)
    , m_feeds(feeds)
    , m_commits(commits)
    , m_held(held) {}

Result<void> Leaving::start() {
    if (!m_profile.database->restriction())
        for (const auto& [group, engine] : m_sessions.engines())
            rearmDepartures(group);
    return {};
}

void Leaving::follow(const Effects& effects) {
    for (const Bytes& group : effects.ready()) {
        rearmDepartures(group);
        continueLeaving(group);
    }
    for (const Bytes& group : effects.refused) {
        // Not at once: a second try would be refused again.
        rearmDepartures(group, kAfterRefusalMs);
        QTimer::singleShot(kAfterRefusalMs, this, [this, group] { continueLeaving(group); });
    }
}

void Leaving::resume() {
    std::vector<Bytes> groups;
    for (const auto& [group, engine] : m_sessions.engines())
        groups.push_back(group);
    for (const Bytes& group : groups) {
        continueLeaving(group);
        rearmDepartures(group);
    }
}

Result<void> Leaving::leave(const Bytes& group) {
    VALISE_CHECK(m_profile.group(group));
    if (!m_sessions.engine(group))
        return {ErrorCode::NotMember, "this account is not in the group"};
    Effects effects;
    effects.touched.insert(group);
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        VALISE_CHECK(m_held.failAll(group)); // a member that leaves says nothing more
        return m_profile.stores().groups.setStatus(group, storage::GroupStatus::Leaving,
                                                   m_profile.clock.nowMs());
    }));
    m_sessions.tell(effects);
    continueLeaving(group);
    return {};
}

void Leaving::continueLeaving(const Bytes& group) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    const auto row = m_profile.group(group);
    // No proposal can be sent in a pass. Its end calls this again. The engine repeats a proposal by itself.
    if (!found || !row || row->status != storage::GroupStatus::Leaving || !found->settled() ||
        found->standing() != marmot::GroupStanding::Active)
        return;
    if (found->members().size() < 2) {
        endAlone(group);
        return;
    }
    if (found->isAdmin()) {
        // Members who asked to leave before go first: rights must not be given to a member who leaves.
        if (!found->departing().empty()) {
            rearmDepartures(group);
            return;
        }
        // An administrator gives up its rights first, and does not leave the others without anybody who can
        // change the group. The heir is drawn by lot: two who leave at once, each the other's heir, would
        // hand the rights to and fro without end.
        std::vector<marmot::Id32> admins = found->state().admins.admins;
        std::erase(admins, found->self());
        if (admins.empty()) {
            std::vector<marmot::Id32> heirs;
            for (const marmot::GroupMember& member : found->members())
                if (member.account != found->self())
                    heirs.push_back(member.account);
            admins.push_back(heirs[m_profile.random.uniform(static_cast<std::uint32_t>(heirs.size()))]);
        }
        m_commits.propose(group, marmot::SetAdmins{std::move(admins)}, [](const Result<void>&) {});
        return;
    }
    Effects effects;
    const auto left = m_sessions.step(
        group,
        [&](marmot::GroupEngine& engine) { return engine.leave(m_profile.clock.nowMs(), m_profile.random); },
        effects);
    if (!left)
        log(LogLevel::Error, "send", left.error().detail);
}

void Leaving::endAlone(const Bytes& group) {
    // No other member is left to confirm the departure.
    Effects effects;
    effects.touched.insert(group);
    effects.routesChanged.insert(group);
    const auto ended = m_sessions.stepAll(
        [&](EngineCopies& copies) -> Result<void> {
            copies.drop(group);
            VALISE_CHECK(m_held.failAll(group));
            return m_profile.stores().groups.setStatus(group, storage::GroupStatus::Left,
                                                       m_profile.clock.nowMs());
        },
        effects);
    if (!ended)
        log(LogLevel::Error, "send", ended.error().detail);
}

void Leaving::rearmDepartures(const Bytes& group, int extraMs) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (found && !found->departing().empty())
        scheduleDepartures(group, extraMs);
}

void Leaving::scheduleDepartures(const Bytes& group, int extraMs) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found || !m_scheduled.insert(group).second)
        return;
    // One member commits a departure, normally the first administrator; the others follow only if it does
    // not.
    int rank = 0;
    const marmot::Id32 self = found->self();
    std::vector<marmot::GroupMember> members = found->members();
    std::stable_sort(
        members.begin(), members.end(),
        [](const marmot::GroupMember& a, const marmot::GroupMember& b) { return a.admin && !b.admin; });
    for (const marmot::GroupMember& member : members) {
        if (member.account == self)
            break;
        ++rank;
    }
    const int jitter = 10 + static_cast<int>(m_profile.random.uniform(40));
    QTimer::singleShot(extraMs + rank * kDepartureStepMs + jitter, this, [this, group] {
        m_scheduled.erase(group);
        const marmot::GroupEngine* still = m_sessions.engine(group);
        const auto row = m_profile.group(group);
        if (!still || still->departing().empty() || !row ||
            (row->status == storage::GroupStatus::Leaving && !still->isAdmin()))
            return;
        // Another member's commit may have arrived, or an own change may be on its way. When either ends,
        // this is scheduled again.
        if (!still->settled())
            return;
        if (m_feeds.backlog() > 0) {
            scheduleDepartures(group, kDepartureStepMs);
            return;
        }
        m_commits.propose(group, marmot::CommitDepartures{}, [](const Result<void>&) {});
    });
}

} // namespace valise::client
