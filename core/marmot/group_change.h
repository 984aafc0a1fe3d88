// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/group_rules.h"

namespace valise::marmot {

//! What a commit meant to the people in the group.
struct GroupChange {
    Id32 committer{};
    std::vector<Id32> added;
    std::vector<Id32> removed;
    std::vector<Id32> left; //!< by their own wish
    std::vector<Id32> adminsAdded;
    std::vector<Id32> adminsRemoved;
    std::optional<std::string> renamedTo;
    std::optional<std::uint64_t> timerSeconds;
    bool routeChanged = false;
    bool disbanded = false;
    bool selfRemoved = false; //!< this account has no leaf any more
};

//! One account in a group.
struct GroupMember {
    Id32 account{};
    bool admin = false;
    std::vector<mls::LeafIndex> leaves;
};

//! Accounts in the order of their first leaves.
std::vector<GroupMember> membersOf(const mls::Group& group, const AdminPolicy& admins);

//! What differs between two states of a group; `committer`, `left` and `selfRemoved` are the caller's to
//! fill.
GroupChange describeChange(const std::vector<GroupMember>& oldMembers, const GroupState& before,
                           const std::vector<GroupMember>& newMembers, const GroupState& after);

//! What a commit changed. `next` and `after` are nullptr if it removed this client, which then sees no more
//! than the proposals.
GroupChange describeCommit(const mls::Group& parent, const GroupState& before,
                           const mls::CommitSummary& summary, const mls::Group* next,
                           const GroupState* after);

} // namespace valise::marmot
