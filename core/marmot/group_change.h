// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/group_rules.h"

namespace valise::marmot {

//! The effects of a commit, in terms of people.
struct GroupChange {
    Id32 committer{};
    std::vector<Id32> added;
    std::vector<Id32> removed;
    std::vector<Id32> left; //!< members that left by their own proposal
    std::vector<Id32> adminsAdded;
    std::vector<Id32> adminsRemoved;
    std::optional<std::string> renamedTo;
    std::optional<std::uint64_t> timerSeconds;
    bool routeChanged = false;
    bool disbanded = false;
    bool selfRemoved = false; //!< this account has no leaf now
};

//! One account in a group.
struct GroupMember {
    Id32 account{};
    bool admin = false;
    std::vector<mls::LeafIndex> leaves;
};

//! The accounts of a group, in the order of their first leaves.
std::vector<GroupMember> membersOf(const mls::Group& group, const AdminPolicy& admins);

//! The differences between two states of a group. The caller sets `committer`, `left` and `selfRemoved`.
GroupChange describeChange(const std::vector<GroupMember>& oldMembers, const GroupState& before,
                           const std::vector<GroupMember>& newMembers, const GroupState& after);

//! The effects of a commit. `next` and `after` are nullptr if it removed this client. Then only the proposals
//! are known.
GroupChange describeCommit(const mls::Group& parent, const GroupState& before,
                           const mls::CommitSummary& summary, const mls::Group* next,
                           const GroupState* after);

} // namespace valise::marmot
