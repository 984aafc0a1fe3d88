// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/groups/repair.h"

#include "core/base/log.h"

namespace valise::client {

namespace {

using storage::Debt;
constexpr int kTryAgainMs = 60'000;

// The change from the state before to a retained state, if the group holds both.
std::optional<marmot::GroupChange> changeInto(const marmot::GroupEngine& engine, const mls::Digest& id) {
    const marmot::RetainedState* state = engine.history().find(id);
    const marmot::RetainedState* parent =
        state && state->parent ? engine.history().find(*state->parent) : nullptr;
    if (!parent || !state->group || !parent->group)
        return std::nullopt;
    return marmot::describeChange(marmot::membersOf(*parent->group, parent->state.admins), parent->state,
                                  marmot::membersOf(*state->group, state->state.admins), state->state);
}

} // namespace

Repair::Repair(Profile& profile, GroupSessions& sessions, const HoldRules& rules, GroupCommits& commits,
               Directory& directory, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_sessions(sessions)
    , m_rules(rules)
    , m_commits(commits)
    , m_directory(directory) {}

Result<void> Repair::record(const marmot::GroupEngine& engine, const marmot::Step& step, Effects&) {
    if (step.withdrawn.empty() && step.restored.empty() && step.changes.empty())
        return {};
    auto& debts = m_profile.stores().debts;
    const Bytes& group = engine.id();
    const auto pay = [&](const std::vector<marmot::Id32>& accounts, bool invitations) -> Result<void> {
        for (const marmot::Id32& account : accounts) {
            VALISE_CHECK(debts.remove(group, account, Debt::Remove));
            if (invitations)
                VALISE_CHECK(debts.remove(group, account, Debt::Invite));
        }
        return {};
    };
    // The epoch to which this account invited somebody on the branch that lost now.
    std::map<marmot::Id32, std::uint64_t> invited;
    // Oldest first: the last change counts.
    for (auto move = step.withdrawn.rbegin(); move != step.withdrawn.rend(); ++move) {
        const auto change = move->own ? changeInto(engine, move->state) : std::nullopt;
        if (!change)
            continue;
        for (const marmot::Id32& account : change->added) {
            invited[account] = std::max(invited[account], move->epoch);
            VALISE_CHECK(debts.add(group, account, Debt::Invite));
            VALISE_CHECK(debts.remove(group, account, Debt::Remove));
        }
        for (const marmot::Id32& account : change->removed) {
            VALISE_CHECK(debts.add(group, account, Debt::Remove));
            VALISE_CHECK(debts.remove(group, account, Debt::Invite));
        }
    }
    // A person invited to a later epoch on the branch that lost, or later by the same account, has followed
    // that and left the state to which the other invitation led.
    const auto forgetMoved = [&](std::vector<marmot::Id32>& added, std::uint64_t epoch, bool own) {
        std::erase_if(added, [&](const marmot::Id32& account) {
            const auto other = invited.find(account);
            return other != invited.end() && (own || other->second > epoch);
        });
    };
    for (const marmot::StateMove& move : step.restored)
        if (auto change = changeInto(engine, move.state)) {
            forgetMoved(change->added, move.epoch, move.own);
            VALISE_CHECK(pay(change->added, true));
            VALISE_CHECK(pay(change->removed, !move.own));
        }
    for (const marmot::AppliedChange& applied : step.changes) {
        std::vector<marmot::Id32> added = applied.change.added;
        forgetMoved(added, applied.epoch, false);
        VALISE_CHECK(pay(added, true));
        // An account that removes somebody in order to invite them anew still owes the invitation.
        VALISE_CHECK(pay(applied.change.removed, !applied.own));
        VALISE_CHECK(pay(applied.change.left, true));
    }
    return {};
}

void Repair::follow(const Effects& effects) {
    for (const Bytes& group : effects.ready())
        continueRepair(group);
}

void Repair::resume() {
    std::vector<Bytes> groups;
    for (const auto& [group, engine] : m_sessions.engines())
        groups.push_back(group);
    for (const Bytes& group : groups)
        continueRepair(group);
}

void Repair::continueRepair(const Bytes& group) {
    const marmot::GroupEngine* found = m_sessions.engine(group);
    if (!found || m_repairing.count(group) || found->standing() != marmot::GroupStanding::Active ||
        m_rules.holds(group) || !found->queue().empty())
        return;
    const auto row = m_profile.group(group);
    if (!row || row->status == storage::GroupStatus::Leaving)
        return;
    const auto debts = m_profile.stores().debts.list(group);
    if (!debts || debts->empty())
        return;
    std::set<marmot::Id32> others;
    for (const marmot::GroupMember& member : found->members())
        if (member.account != found->self())
            others.insert(member.account);
    marmot::RemoveMembers remove;
    std::vector<nostr::ProfilePointer> invite;
    // The debts of a former administrator end unpaid. Members to be removed, or to be invited anew, are
    // removed first. The invitations follow.
    if (found->isAdmin())
        for (const storage::DebtRow& debt : *debts) {
            if (others.count(debt.account))
                remove.accounts.push_back(debt.account);
            if (debt.debt == Debt::Invite)
                invite.push_back({debt.account, {}});
        }
    if (remove.accounts.empty() && invite.empty()) {
        const auto cleared = m_profile.write([&] { return m_profile.stores().debts.clear(group); });
        if (!cleared)
            log(LogLevel::Warning, "repair", cleared.error().detail);
        return;
    }

    m_repairing.insert(group);
    if (!remove.accounts.empty()) {
        m_commits.propose(group, std::move(remove),
                          [this, group](const Result<void>& result) { finished(group, result); });
        return;
    }
    m_directory.find(invite, [this, group](Result<std::vector<Invitee>> people) {
        if (!people) {
            finished(group, people.error());
            return;
        }
        m_commits.propose(group, toAddMembers(std::move(people).value()),
                          [this, group](const Result<void>& result) { finished(group, result); });
    });
}

void Repair::finished(const Bytes& group, const Result<void>& result) {
    if (result) {
        m_repairing.erase(group);
        continueRepair(group);
        return;
    }
    // A second try at once would be refused again. A person without a KeyPackage may have one later.
    log(LogLevel::Info, "repair", result.error().detail);
    QTimer::singleShot(kTryAgainMs, this, [this, group] {
        m_repairing.erase(group);
        continueRepair(group);
    });
}

} // namespace valise::client
