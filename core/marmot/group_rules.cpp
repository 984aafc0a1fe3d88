// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/group_rules.h"

#include "core/marmot/lifecycle_rules.h"

#include <set>

namespace valise::marmot {

namespace {

Error refused(std::string detail) {
    return {ErrorCode::NotAuthorized, std::move(detail)};
}

Result<Id32> accountAt(const mls::Group& group, mls::LeafIndex leaf) {
    const auto node = group.member(leaf);
    if (!node)
        return {ErrorCode::NotMember, "a leaf that is not occupied"};
    return accountOf(*node);
}

// True if only admins may commit this proposal type. Types not named here are never accepted.
bool isAdminProposal(mls::ProposalType type) {
    switch (type) {
    case mls::ProposalType::Add:
    case mls::ProposalType::Remove:
    case mls::ProposalType::Update:
    case mls::ProposalType::GroupContextExtensions:
    case mls::ProposalType::AppDataUpdate:
        return true;
    default:
        return false;
    }
}

Result<void> checkSender(const GroupState& state, const Id32& sender, mls::ProposalType type) {
    const bool admin = state.admins.contains(sender);
    if (type == mls::ProposalType::SelfRemove) {
        if (admin)
            return refused("an admin leaves without giving up its rights first");
        return {};
    }
    if (!isAdminProposal(type))
        return refused("a kind of proposal this profile does not use");
    if (!admin)
        return refused("a change by somebody who is not an admin");
    return {};
}

Result<GroupState> readDictionary(const mls::Group& group) {
    const mls::AppDataDictionary& dictionary = group.dictionary();
    const Bytes* required = dictionary.find(idOf(ComponentId::AppComponents));
    if (!required)
        return {ErrorCode::InvalidTree, "a group that requires no components"};
    GroupState state;
    VALISE_TRY(state.required, ComponentsList::decode(*required));
    if (!state.required.contains(ComponentId::AdminPolicy) ||
        !state.required.contains(ComponentId::AccountIdentityProof))
        return {ErrorCode::InvalidTree, "a group without required admin policy or identity proofs"};
    if (state.required.contains(ComponentId::EncryptedMediaV1) ||
        dictionary.find(idOf(ComponentId::EncryptedMediaV1)))
        return {ErrorCode::InvalidTree, "a group of the Legacy profile"};
    if (dictionary.find(idOf(ComponentId::AccountIdentityProof)))
        return {ErrorCode::InvalidTree, "an identity proof outside a leaf"};
    if (dictionary.find(idOf(ComponentId::SafeAad)))
        return {ErrorCode::Unsupported, "a group with framed authenticated data"};
    const ComponentsList supported = supportedComponents();
    for (const std::uint16_t id : state.required.ids) {
        if (!std::binary_search(supported.ids.begin(), supported.ids.end(), id))
            return {ErrorCode::UnknownComponent, "component " + std::to_string(id)};
        if (id != idOf(ComponentId::AccountIdentityProof) && !dictionary.find(id))
            return {ErrorCode::InvalidTree, "a required component without a state"};
    }
    for (const auto& entry : dictionary.entries())
        VALISE_CHECK(checkComponentState(entry.component, entry.data));

    // The states were checked above. A missing state leaves the default.
    if (const Bytes* s = dictionary.find(idOf(ComponentId::GroupProfile))) {
        VALISE_TRY(state.profile, GroupProfile::decode(*s));
    }
    if (const Bytes* s = dictionary.find(idOf(ComponentId::AdminPolicy))) {
        VALISE_TRY(state.admins, AdminPolicy::decode(*s));
    }
    if (const Bytes* s = dictionary.find(idOf(ComponentId::NostrRouting))) {
        VALISE_TRY(state.routing, NostrRouting::decode(*s));
    } else {
        return {ErrorCode::InvalidTree, "a group without a route"};
    }
    if (const Bytes* s = dictionary.find(idOf(ComponentId::MessageRetention))) {
        VALISE_TRY(const MessageRetention retention, MessageRetention::decode(*s));
        state.retentionSeconds = retention.seconds;
    }
    if (const Bytes* s = dictionary.find(idOf(ComponentId::GroupLifecycle))) {
        VALISE_TRY(state.lifecycle, decodeLifecycle(*s));
    }
    return state;
}

} // namespace

Result<GroupState> checkGroup(const mls::Group& group, const mls::Group* knownLeaves) {
    VALISE_TRY(const mls::RequiredCapabilities required, mls::RequiredCapabilities::of(group.extensions()));
    const auto has = [](const std::vector<std::uint16_t>& list, std::uint16_t id) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    if (!has(required.extensions, mls::extension_type::kAppDataDictionary) ||
        !has(required.proposals, static_cast<std::uint16_t>(mls::ProposalType::AppDataUpdate)))
        return {ErrorCode::InvalidTree, "a group that does not require the Current profile"};
    VALISE_TRY(GroupState state, readDictionary(group));

    std::set<Id32> accounts;
    for (const mls::Member& member : group.members()) {
        // Epochs share unchanged nodes. The same node was verified when it was added.
        const bool known = knownLeaves && knownLeaves->member(member.leaf) == member.node;
        if (!known) {
            VALISE_CHECK(checkLeaf(*member.node));
        }
        VALISE_TRY(const Id32 account, accountOf(*member.node));
        accounts.insert(account);
        VALISE_TRY(const ComponentsList components, componentsOf(*member.node));
        for (const std::uint16_t id : state.required.ids)
            if (!std::binary_search(components.ids.begin(), components.ids.end(), id))
                return {ErrorCode::InvalidTree, "a member that lacks a required component"};
    }
    for (const Id32& admin : state.admins.admins)
        if (accounts.count(admin) == 0)
            return {ErrorCode::InvalidTree, "an admin that is not in the group"};
    return state;
}

Result<void> checkAuthority(const mls::Group& parent, const GroupState& parentState,
                            const mls::CommitSummary& summary, const std::optional<mls::Group>& next) {
    if (summary.external)
        return refused("somebody joined without an invitation");
    VALISE_TRY(const Id32 committer, accountAt(parent, summary.committer));
    const bool admin = parentState.admins.contains(committer);

    std::size_t selfRemoves = 0;
    for (const mls::CommittedProposal& item : summary.proposals) {
        if (item.senderType != mls::SenderType::Member)
            return refused("a proposal from outside the group");
        const mls::ProposalType type = item.proposal.type();
        VALISE_TRY(const Id32 sender, accountAt(parent, item.sender));
        VALISE_CHECK(checkSender(parentState, sender, type));
        if (type == mls::ProposalType::SelfRemove) {
            ++selfRemoves;
            if (!item.byReference || item.sender == summary.committer)
                return refused("a departure committed by the one who leaves");
        }
        if (const auto* gce = item.proposal.as<mls::GroupContextExtensionsProposal>()) {
            VALISE_TRY(const mls::AppDataDictionary dictionary, mls::AppDataDictionary::of(gce->extensions));
            if (!(dictionary == parent.dictionary()))
                return refused("a dictionary changed by other means than AppDataUpdate");
        }
    }
    if (!admin) {
        const bool selfUpdate = summary.proposals.empty() && summary.hasPath;
        const bool departures = selfRemoves > 0 && selfRemoves == summary.proposals.size();
        if (!selfUpdate && !departures)
            return refused("a change by somebody who is not an admin");
    }
    if (next) {
        // A member may renew its keys, but must keep its account.
        for (const mls::LeafIndex leaf : summary.updated) {
            const auto before = parent.member(leaf);
            const auto after = next->member(leaf);
            if (!before || !after || before->credential.identity != after->credential.identity)
                return {ErrorCode::InvalidCommit, "an update that changes the account of a member"};
        }
    }
    return checkLifecycle(parent, parentState, summary, next);
}

Result<void> checkProposalAuthority(const mls::Group& group, const GroupState& state,
                                    const mls::VerifiedProposal& proposal) {
    if (proposal.senderType != mls::SenderType::Member)
        return refused("a proposal from outside the group");
    VALISE_TRY(const Id32 sender, accountAt(group, proposal.sender));
    const auto* update = proposal.proposal.as<mls::AppDataUpdateProposal>();
    if (update && update->component == idOf(ComponentId::GroupLifecycle))
        return refused("a lifecycle that is proposed instead of committed");
    return checkSender(state, sender, proposal.proposal.type());
}

CommitClass classOf(const mls::CommitSummary& summary) {
    const bool departures = std::all_of(summary.proposals.begin(), summary.proposals.end(),
                                        [](const mls::CommittedProposal& item) {
                                            return item.proposal.type() == mls::ProposalType::SelfRemove;
                                        });
    return departures ? CommitClass::Ordinary : CommitClass::Privileged;
}

} // namespace valise::marmot
