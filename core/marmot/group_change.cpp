// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/group_change.h"

#include <set>

namespace valise::marmot {

namespace {

std::vector<Id32> missingFrom(const std::vector<Id32>& from, const std::vector<Id32>& in) {
    std::vector<Id32> out;
    std::set_difference(in.begin(), in.end(), from.begin(), from.end(), std::back_inserter(out));
    return out;
}

std::set<Id32> accountsIn(const std::vector<GroupMember>& members) {
    std::set<Id32> out;
    for (const GroupMember& member : members)
        out.insert(member.account);
    return out;
}

} // namespace

std::vector<GroupMember> membersOf(const mls::Group& group, const AdminPolicy& admins) {
    std::vector<GroupMember> out;
    std::map<Id32, std::size_t> places;
    for (const mls::Member& member : group.members()) {
        const Id32 account = accountOf(*member.node).value();
        const auto [place, fresh] = places.emplace(account, out.size());
        if (fresh)
            out.push_back({account, admins.contains(account), {}});
        out[place->second].leaves.push_back(member.leaf);
    }
    return out;
}

GroupChange describeChange(const std::vector<GroupMember>& oldMembers, const GroupState& before,
                           const std::vector<GroupMember>& newMembers, const GroupState& after) {
    GroupChange change;
    const std::set<Id32> old = accountsIn(oldMembers);
    const std::set<Id32> now = accountsIn(newMembers);
    std::set_difference(now.begin(), now.end(), old.begin(), old.end(), std::back_inserter(change.added));
    std::set_difference(old.begin(), old.end(), now.begin(), now.end(), std::back_inserter(change.removed));
    change.adminsAdded = missingFrom(before.admins.admins, after.admins.admins);
    change.adminsRemoved = missingFrom(after.admins.admins, before.admins.admins);
    if (after.profile.name != before.profile.name)
        change.renamedTo = after.profile.name;
    if (after.retentionSeconds != before.retentionSeconds)
        change.timerSeconds = after.retentionSeconds;
    change.routeChanged = !(after.routing == before.routing);
    change.disbanded = after.lifecycle == Lifecycle::Disbanded && before.lifecycle != Lifecycle::Disbanded;
    return change;
}

GroupChange describeCommit(const mls::Group& parent, const GroupState& before,
                           const mls::CommitSummary& summary, const mls::Group* next,
                           const GroupState* after) {
    GroupChange change;
    if (next && after) {
        change =
            describeChange(membersOf(parent, before.admins), before, membersOf(*next, after->admins), *after);
    } else {
        change.selfRemoved = true;
        for (const mls::LeafIndex leaf : summary.removed)
            if (const auto node = parent.member(leaf))
                change.removed.push_back(accountOf(*node).value());
    }
    if (const auto leaf = parent.member(summary.committer))
        change.committer = accountOf(*leaf).value();
    for (const mls::CommittedProposal& item : summary.proposals) {
        if (item.proposal.type() != mls::ProposalType::SelfRemove)
            continue;
        const auto node = parent.member(item.sender);
        if (node && std::erase(change.removed, accountOf(*node).value()) > 0)
            change.left.push_back(accountOf(*node).value());
    }
    return change;
}

} // namespace valise::marmot
