// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/lifecycle_rules.h"

#include <set>

namespace valise::marmot {

namespace {

Error broken(const char* why) {
    return {ErrorCode::InvalidCommit, why};
}

const mls::AppDataUpdateProposal* updateIn(const mls::CommittedProposal& item, ComponentId id) {
    const auto* update = item.proposal.as<mls::AppDataUpdateProposal>();
    return update && update->component == idOf(id) ? update : nullptr;
}

// The group's lifecycle after the commit, and whether the group then requires the component.
struct Outcome {
    std::optional<Lifecycle> lifecycle;
    bool required = false;
};

Result<Outcome> outcomeOf(const mls::AppDataDictionary& dictionary) {
    Outcome out;
    if (const Bytes* state = dictionary.find(idOf(ComponentId::GroupLifecycle))) {
        VALISE_TRY(out.lifecycle, decodeLifecycle(*state));
    }
    if (const Bytes* list = dictionary.find(idOf(ComponentId::AppComponents))) {
        VALISE_TRY(const ComponentsList required, ComponentsList::decode(*list));
        out.required = required.contains(ComponentId::GroupLifecycle);
    }
    return out;
}

Result<void> checkEnabling(const mls::CommitSummary& summary, const Outcome& after) {
    if (after.lifecycle != Lifecycle::Active)
        return broken("a group that begins to have a life is not alive");
    for (const mls::CommittedProposal& item : summary.proposals) {
        if (item.byReference)
            return broken("a lifecycle that is enabled by reference");
        if (!updateIn(item, ComponentId::AppComponents) && !updateIn(item, ComponentId::GroupLifecycle))
            return broken("a lifecycle that is enabled together with something else");
    }
    return {};
}

Result<void> checkDisband(const mls::Group& parent, const mls::CommitSummary& summary) {
    const auto committer = parent.member(summary.committer);
    if (!committer)
        return broken("a group ended by nobody in it");
    VALISE_TRY(const Id32 account, accountOf(*committer));
    std::size_t lifecycles = 0;
    std::size_t policies = 0;
    std::set<mls::LeafIndex> removed;
    for (const mls::CommittedProposal& item : summary.proposals) {
        if (item.byReference)
            return broken("a group ended by reference");
        if (const auto* removal = item.proposal.as<mls::RemoveProposal>()) {
            removed.insert(removal->removed);
        } else if (updateIn(item, ComponentId::GroupLifecycle)) {
            ++lifecycles;
        } else if (const auto* update = updateIn(item, ComponentId::AdminPolicy)) {
            if (!update->data)
                return broken("a group ended without an admin policy");
            VALISE_TRY(const AdminPolicy policy, AdminPolicy::decode(*update->data));
            if (policy.admins != std::vector<Id32>{account})
                return broken("a group ended with other admins than the committer");
            ++policies;
        } else {
            return broken("a group ended together with something else");
        }
    }
    if (lifecycles != 1 || policies != 1)
        return broken("a group ended without the two updates this takes");
    std::set<mls::LeafIndex> others;
    for (const mls::Member& member : parent.members())
        if (member.leaf != summary.committer)
            others.insert(member.leaf);
    if (removed != others)
        return broken("a group ended without removing everybody else");
    return {};
}

} // namespace

Result<void> checkLifecycle(const mls::Group& parent, const GroupState& parentState,
                            const mls::CommitSummary& summary, const std::optional<mls::Group>& next) {
    if (parentState.lifecycle == Lifecycle::Disbanded)
        return {ErrorCode::GroupDisbanded, "a change of a group that has ended"};
    VALISE_TRY(const Outcome before, outcomeOf(parent.dictionary()));
    Outcome after = before;
    bool touched = false;
    for (const mls::CommittedProposal& item : summary.proposals) {
        const auto* update = updateIn(item, ComponentId::GroupLifecycle);
        if (!update)
            continue;
        touched = true;
        after.lifecycle.reset();
        if (update->data) {
            VALISE_TRY(after.lifecycle, decodeLifecycle(*update->data));
        }
    }
    if (next) {
        VALISE_TRY(after, outcomeOf(next->dictionary()));
    }
    if (before.required && !after.required)
        return broken("a group that stops requiring its lifecycle");
    if (!before.required && after.required)
        return checkEnabling(summary, after);
    if (before.lifecycle == Lifecycle::Active && after.lifecycle == Lifecycle::Disbanded) {
        if (!before.required)
            return broken("a group ended that does not require its lifecycle");
        return checkDisband(parent, summary);
    }
    if (before.lifecycle != after.lifecycle)
        return broken("a lifecycle that moves in another way than it may");
    if (touched)
        return broken("a lifecycle set to what it was");
    return {};
}

} // namespace valise::marmot
