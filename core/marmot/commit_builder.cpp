// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/commit_builder.h"

#include "core/marmot/content/typing.h"
#include "core/marmot/envelope.h"
#include "core/marmot/welcome.h"

namespace valise::marmot {

namespace {

mls::Proposal updateOf(ComponentId id, Bytes state) {
    return {mls::AppDataUpdateProposal{idOf(id), std::move(state)}};
}

std::uint64_t seconds(std::int64_t now) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(now, 0));
}

AdminPolicy sortedAdmins(std::vector<Id32> admins) {
    std::sort(admins.begin(), admins.end());
    admins.erase(std::unique(admins.begin(), admins.end()), admins.end());
    return {std::move(admins)};
}

// Of several departures by one leaf the one with the lowest message digest counts.
std::map<mls::LeafIndex, const mls::VerifiedProposal*> departuresIn(const mls::Group& group) {
    std::map<mls::LeafIndex, const mls::VerifiedProposal*> chosen;
    for (const mls::VerifiedProposal& p : group.storedProposals()) {
        if (p.proposal.type() != mls::ProposalType::SelfRemove || p.sender == group.ownLeaf())
            continue;
        const mls::VerifiedProposal*& best = chosen[p.sender];
        if (!best || p.messageDigest < best->messageDigest)
            best = &p;
    }
    return chosen;
}

// Turns each change into what the commit carries.
struct Planner {
    const mls::Group& group;
    const GroupState& state;
    mls::CommitOptions options;

    void set(ComponentId id, Bytes bytes) { options.proposals.push_back(updateOf(id, std::move(bytes))); }

    Result<void> operator()(const AddMembers& change) {
        if (change.invitees.empty())
            return {ErrorCode::InvalidArgument, "nobody to add"};
        options.forcePath = true;
        const std::vector<GroupMember> present = membersOf(group, state.admins);
        for (const InvitePackage& invitee : change.invitees) {
            const bool known = std::any_of(present.begin(), present.end(), [&](const GroupMember& m) {
                return m.account == invitee.account;
            });
            if (known)
                return {ErrorCode::AlreadyExists, "somebody who is in the group already"};
            options.proposals.push_back({mls::AddProposal{invitee.keyPackage}});
        }
        if (!change.admins.empty()) {
            std::vector<Id32> admins = state.admins.admins;
            admins.insert(admins.end(), change.admins.begin(), change.admins.end());
            set(ComponentId::AdminPolicy, sortedAdmins(std::move(admins)).encode());
        }
        return {};
    }
    Result<void> operator()(const RemoveMembers& change) {
        AdminPolicy admins = state.admins;
        const std::vector<GroupMember> all = membersOf(group, state.admins);
        for (const Id32& account : change.accounts) {
            const auto member = std::find_if(all.begin(), all.end(),
                                             [&](const GroupMember& m) { return m.account == account; });
            if (member == all.end())
                return {ErrorCode::NotFound, "somebody who is not in the group"};
            if (account == ownAccount(group))
                return {ErrorCode::InvalidArgument, "one leaves, one does not remove oneself"};
            for (const mls::LeafIndex leaf : member->leaves)
                options.proposals.push_back({mls::RemoveProposal{leaf}});
            std::erase(admins.admins, account);
        }
        if (options.proposals.empty())
            return {ErrorCode::InvalidArgument, "nobody to remove"};
        if (!(admins == state.admins))
            set(ComponentId::AdminPolicy, admins.encode());
        return {};
    }
    Result<void> operator()(const SetProfile& change) {
        if (change.profile.name.size() > GroupProfile::kMaxName ||
            change.profile.description.size() > GroupProfile::kMaxDescription)
            return {ErrorCode::LimitExceeded, "a name or description that is too long"};
        set(ComponentId::GroupProfile, change.profile.encode());
        return {};
    }
    Result<void> operator()(const SetAdmins& change) {
        if (change.admins.empty())
            return {ErrorCode::InvalidArgument, "a group without an admin"};
        set(ComponentId::AdminPolicy, sortedAdmins(change.admins).encode());
        return {};
    }
    Result<void> operator()(const SetRouting& change) {
        Bytes bytes = change.routing.encode();
        VALISE_CHECK(NostrRouting::decode(bytes));
        set(ComponentId::NostrRouting, std::move(bytes));
        return {};
    }
    Result<void> operator()(const SetRetention& change) {
        // A timer that members must keep is one that they must understand.
        if (!state.required.contains(ComponentId::MessageRetention)) {
            ComponentsList required = state.required;
            required.ids.push_back(idOf(ComponentId::MessageRetention));
            std::sort(required.ids.begin(), required.ids.end());
            set(ComponentId::AppComponents, required.encode());
        }
        set(ComponentId::MessageRetention, MessageRetention{change.seconds}.encode());
        return {};
    }
    Result<void> operator()(const SelfUpdate&) {
        options.forcePath = true;
        return {};
    }
    Result<void> operator()(const CommitDepartures&) {
        for (const auto& [leaf, proposal] : departuresIn(group))
            options.references.push_back(proposal->ref);
        if (options.references.empty())
            return {ErrorCode::NotFound, "nobody asked to leave"};
        return {};
    }
    Result<void> operator()(const Disband&) {
        if (!state.required.contains(ComponentId::GroupLifecycle))
            return {ErrorCode::Unsupported, "a group that does not know how to end"};
        for (const mls::Member& member : group.members())
            if (member.leaf != group.ownLeaf())
                options.proposals.push_back({mls::RemoveProposal{member.leaf}});
        set(ComponentId::AdminPolicy, AdminPolicy{{ownAccount(group)}}.encode());
        set(ComponentId::GroupLifecycle, encodeLifecycle(Lifecycle::Disbanded));
        return {};
    }
};

} // namespace

bool needsAdmin(const LocalChange& change) {
    return !std::holds_alternative<SelfUpdate>(change) && !std::holds_alternative<CommitDepartures>(change);
}

Id32 ownAccount(const mls::Group& group) {
    const auto leaf = group.member(group.ownLeaf());
    return leaf ? accountOf(*leaf).value() : Id32{};
}

Result<crypto::KeyBytes> envelopeKey(const mls::Group& group) {
    return group.exportSecret(kExporterLabel, viewOf(kGroupEventContext), 32);
}

std::vector<Id32> departingFrom(const mls::Group& group) {
    std::vector<Id32> out;
    for (const auto& [leaf, proposal] : departuresIn(group)) {
        const auto node = group.member(leaf);
        if (!node)
            continue;
        const Id32 account = accountOf(*node).value();
        if (std::find(out.begin(), out.end(), account) == out.end())
            out.push_back(account);
    }
    return out;
}

Result<PreparedCommit> buildCommit(const mls::Group& group, const GroupState& state,
                                   const LocalChange& change, std::int64_t now, crypto::Random& random) {
    const Id32 self = ownAccount(group);
    if (needsAdmin(change) && !state.admins.contains(self))
        return {ErrorCode::NotAuthorized, "only admins change a group"};
    Planner planner{group, state, {}};
    VALISE_CHECK(std::visit(planner, change));
    planner.options.now = now;
    VALISE_TRY(mls::CommitResult commit, group.commit(planner.options, random));
    // We hold ourselves to what the others will check.
    VALISE_CHECK(checkAuthority(group, state, commit.summary, commit.next));
    VALISE_TRY(GroupState after, checkGroup(commit.next, &group));
    VALISE_TRY(const crypto::KeyBytes key, envelopeKey(group));

    Outgoing outgoing;
    outgoing.epoch = group.epoch();
    outgoing.digest = crypto::sha256(commit.message);
    outgoing.event = sealEnvelope(state.routing.nostrGroupId, key, commit.message, seconds(now), {}, random);
    std::vector<WelcomeDuty> welcomes;
    if (const auto* add = std::get_if<AddMembers>(&change); add && commit.welcome) {
        for (const InvitePackage& invitee : add->invitees) {
            const WelcomeMessage welcome{self, invitee.eventId, after.routing.relays, *commit.welcome,
                                         seconds(now)};
            welcomes.push_back({invitee.account, makeWelcomeRumor(welcome, seconds(now)), invitee.inbox});
        }
    }
    GroupChange described = describeCommit(group, state, commit.summary, &commit.next, &after);
    return PreparedCommit{std::move(outgoing), std::move(commit.message), std::move(commit.next),
                          std::move(after),    std::move(commit.summary), std::move(described),
                          std::move(welcomes)};
}

Result<Outgoing> sealMessage(mls::Group& group, const GroupState& state, const InnerEvent& inner,
                             crypto::Random& random) {
    if (state.lifecycle == Lifecycle::Disbanded)
        return {ErrorCode::GroupDisbanded, "a message to a group that has ended"};
    std::string json = inner.toJson();
    const crypto::WipeGuard guard(json);
    if (json.size() > kMaxInnerEvent)
        return {ErrorCode::LimitExceeded, "a message that is too long"};
    VALISE_TRY(const crypto::KeyBytes key, envelopeKey(group));
    Outgoing out;
    out.epoch = group.epoch();
    out.generation = group.nextGeneration();
    VALISE_TRY(const Bytes message, group.protect(viewOf(json), {}, random));
    out.digest = crypto::sha256(message);
    // Ephemeral messages matter only at once, so relays need not store them longer.
    const bool ephemeral = nostr::isEphemeral(inner.kind);
    const bool longer = state.retentionSeconds == 0 || state.retentionSeconds > kEphemeralSeconds;
    const auto expiry =
        expiryOf(inner.createdAt, ephemeral && longer ? kEphemeralSeconds : state.retentionSeconds);
    out.event = sealEnvelope(state.routing.nostrGroupId, key, message, inner.createdAt, expiry, random);
    return out;
}

Result<Outgoing> proposeLeave(mls::Group& group, const GroupState& state, std::int64_t now,
                              crypto::Random& random) {
    if (state.admins.contains(ownAccount(group)))
        return {ErrorCode::NotAuthorized, "an admin gives up its rights before leaving"};
    VALISE_TRY(const crypto::KeyBytes key, envelopeKey(group));
    VALISE_TRY(const mls::ProposalMessage proposal, group.propose({mls::SelfRemoveProposal{}}, {}, random));
    Outgoing out;
    out.epoch = group.epoch();
    out.digest = crypto::sha256(proposal.message);
    out.event = sealEnvelope(state.routing.nostrGroupId, key, proposal.message, seconds(now), {}, random);
    return out;
}

} // namespace valise::marmot
