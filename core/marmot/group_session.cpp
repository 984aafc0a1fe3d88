// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/group_session.h"

#include <map>
#include <set>

namespace valise::marmot {

namespace {

using Disposition = Inbound::Disposition;

mls::Proposal updateOf(ComponentId id, Bytes state) {
    return {mls::AppDataUpdateProposal{idOf(id), std::move(state)}};
}

std::set<Id32> accountsOf(const mls::Group& group) {
    std::set<Id32> out;
    for (const mls::Member& member : group.members())
        if (const auto account = accountOf(*member.node))
            out.insert(*account);
    return out;
}

std::vector<Id32> missingFrom(const std::vector<Id32>& from, const std::vector<Id32>& in) {
    std::vector<Id32> out;
    std::set_difference(in.begin(), in.end(), from.begin(), from.end(), std::back_inserter(out));
    return out;
}

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

std::set<Id32> accountsIn(const std::vector<GroupMember>& members) {
    std::set<Id32> out;
    for (const GroupMember& member : members)
        out.insert(member.account);
    return out;
}

// `next` and `after` are absent if the commit removed this client, which then sees no more than the
// proposals.
GroupChange describe(const mls::Group& parent, const GroupState& before, const mls::CommitSummary& summary,
                     const mls::Group* next, const GroupState* after) {
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

// How the profile names a failure.
std::string_view categoryOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidSignature:
        return "invalid_signature";
    case ErrorCode::NotAuthorized:
    case ErrorCode::GroupDisbanded:
        return "authorization_failed";
    case ErrorCode::UnknownComponent:
    case ErrorCode::Unsupported:
        return "unsupported_required_feature";
    case ErrorCode::WrongEpoch:
        return "stale_epoch";
    case ErrorCode::WrongGroup:
        return "unknown_group";
    case ErrorCode::NotFound:
        return "missing_history";
    case ErrorCode::LimitExceeded:
        return "resource_refused";
    default:
        return "invalid_encoding";
    }
}

Inbound finish(Inbound result, Disposition disposition, std::string_view category, std::string reason) {
    result.disposition = disposition;
    result.category = category;
    result.reason = std::move(reason);
    return result;
}

Inbound invalid(Inbound result, const Error& error) {
    return finish(std::move(result), Disposition::Invalid, categoryOf(error.code),
                  std::string(errorName(error.code)) + ": " + error.detail);
}

std::uint64_t seconds(std::int64_t now) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(now, 0));
}

} // namespace

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

GroupSession::GroupSession(mls::Group tip, GroupState state)
    : m_tip(std::move(tip))
    , m_state(std::move(state)) {}

Result<GroupSession::Founded> GroupSession::found(const crypto::SchnorrKeyPair& account,
                                                  const Founding& founding, std::int64_t now,
                                                  crypto::Random& random) {
    if (founding.relays.empty() || founding.relays.size() > 16)
        return {ErrorCode::InvalidArgument, "a group needs 1 to 16 relays"};
    if (founding.profile.name.size() > GroupProfile::kMaxName ||
        founding.profile.description.size() > GroupProfile::kMaxDescription)
        return {ErrorCode::LimitExceeded, "a name or description that is too long"};

    NostrRouting routing;
    routing.nostrGroupId = random.array<32>();
    routing.relays = founding.relays;
    std::sort(routing.relays.begin(), routing.relays.end());
    routing.relays.erase(std::unique(routing.relays.begin(), routing.relays.end()), routing.relays.end());

    ComponentsList required = requiredComponents();
    if (founding.retentionSeconds != 0) {
        required.ids.push_back(idOf(ComponentId::MessageRetention));
        std::sort(required.ids.begin(), required.ids.end());
    }
    EncryptedMediaPolicy media;
    media.kinds = {"blossom-v1"};
    media.endpoints = {{"blossom-v1", "https://blossom.primal.net/"}};

    mls::AppDataDictionary dictionary;
    dictionary.set(idOf(ComponentId::AppComponents), required.encode());
    dictionary.set(idOf(ComponentId::GroupProfile), founding.profile.encode());
    dictionary.set(idOf(ComponentId::AdminPolicy), AdminPolicy{{account.publicKey}}.encode());
    dictionary.set(idOf(ComponentId::NostrRouting), routing.encode());
    if (founding.retentionSeconds != 0)
        dictionary.set(idOf(ComponentId::MessageRetention),
                       MessageRetention{founding.retentionSeconds}.encode());
    dictionary.set(idOf(ComponentId::AgentTextStream), AgentTextStream{}.encode());
    dictionary.set(idOf(ComponentId::EncryptedMedia), media.encode());
    dictionary.set(idOf(ComponentId::GroupLifecycle), encodeLifecycle(Lifecycle::Active));
    for (const auto& entry : dictionary.entries())
        VALISE_CHECK(checkComponentState(entry.component, entry.data));

    const mls::RequiredCapabilities capabilities{
        {mls::extension_type::kAppDataDictionary}, {0x0008, 0x000a}, {}};
    mls::Extensions extensions{{mls::extension_type::kRequiredCapabilities, capabilities.encode()},
                               {mls::extension_type::kAppDataDictionary, dictionary.encode()}};

    // The founder's leaf is made as a KeyPackage like anybody's, but this one is never published.
    const OwnKeyPackage own = makeKeyPackage(account, {}, now, random);
    VALISE_TRY(mls::Group group,
               mls::Group::create(random.bytes(16), own.bundle, std::move(extensions), random));
    VALISE_TRY(GroupState state, checkGroup(group));
    Founded out{GroupSession(std::move(group), std::move(state)), {}};
    if (!founding.invitees.empty()) {
        VALISE_TRY(PreparedCommit first, out.session.prepareAdd(founding.invitees, now, random));
        // Nobody else is in epoch 0: its keys and its history would serve nobody.
        VALISE_TRY(GroupState next, checkGroup(first.next));
        out.session = GroupSession(std::move(first.next), std::move(next));
        out.welcomes = std::move(first.welcomes);
    }
    return out;
}

Result<GroupSession> GroupSession::join(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                                        std::optional<std::int64_t> now) {
    mls::JoinOptions options;
    options.now = now;
    VALISE_TRY(mls::Group group, mls::Group::join(welcome.mlsMessage, bundle, options));
    VALISE_TRY(GroupState state, checkGroup(group));
    if (state.lifecycle == Lifecycle::Disbanded)
        return {ErrorCode::GroupDisbanded, "an invitation to a group that has ended"};
    const auto signer = group.groupInfoSigner();
    const auto leaf = signer ? group.member(*signer) : nullptr;
    if (!leaf)
        return {ErrorCode::InvalidWelcome, "an invitation signed by nobody in the group"};
    VALISE_TRY(const Id32 inviter, accountOf(*leaf));
    if (!state.admins.contains(inviter))
        return {ErrorCode::NotAuthorized, "an invitation by somebody who is not an admin"};
    if (inviter != welcome.inviter)
        return {ErrorCode::InvalidWelcome, "an invitation passed on under another name"};
    return GroupSession(std::move(group), std::move(state));
}

Result<GroupSession> GroupSession::restore(mls::Group tip, std::vector<mls::Group> past) {
    // Verified when it was adopted; what is decoded here came out of the encrypted database.
    VALISE_TRY(GroupState state, checkGroup(tip, &tip));
    GroupSession session(std::move(tip), std::move(state));
    std::sort(past.begin(), past.end(),
              [](const mls::Group& a, const mls::Group& b) { return a.epoch() > b.epoch(); });
    for (mls::Group& group : past)
        if (group.groupId() == session.id() && group.epoch() < session.epoch() &&
            session.m_past.size() < kRetainedEpochs)
            session.m_past.push_back(std::move(group));
    return session;
}

const mls::Group* GroupSession::at(std::uint64_t epoch) const {
    return const_cast<GroupSession*>(this)->held(epoch);
}

mls::Group* GroupSession::held(std::uint64_t epoch) {
    if (m_tip.epoch() == epoch)
        return &m_tip;
    for (mls::Group& group : m_past)
        if (group.epoch() == epoch)
            return &group;
    return nullptr;
}

Id32 GroupSession::self() const {
    const auto leaf = m_tip.member(m_tip.ownLeaf());
    return leaf ? accountOf(*leaf).value() : Id32{};
}

std::vector<GroupMember> GroupSession::members() const {
    return membersOf(m_tip, m_state.admins);
}

std::vector<Id32> GroupSession::departing() const {
    std::vector<Id32> out;
    for (const mls::VerifiedProposal& p : m_tip.storedProposals()) {
        if (p.proposal.type() != mls::ProposalType::SelfRemove || p.sender == m_tip.ownLeaf())
            continue;
        const auto leaf = m_tip.member(p.sender);
        if (!leaf)
            continue;
        const Id32 account = accountOf(*leaf).value();
        if (std::find(out.begin(), out.end(), account) == out.end())
            out.push_back(account);
    }
    return out;
}

Result<crypto::KeyBytes> GroupSession::envelopeKey(const mls::Group& group) const {
    return group.exportSecret(kExporterLabel, viewOf(kGroupEventContext), 32);
}

Result<Outgoing> GroupSession::seal(const InnerEvent& inner, crypto::Random& random) {
    if (m_state.lifecycle == Lifecycle::Disbanded)
        return {ErrorCode::GroupDisbanded, "a message to a group that has ended"};
    std::string json = inner.toJson();
    const crypto::WipeGuard guard(json);
    if (json.size() > kMaxInnerEvent)
        return {ErrorCode::LimitExceeded, "a message that is too long"};
    VALISE_TRY(const crypto::KeyBytes key, envelopeKey(m_tip));
    Outgoing out;
    out.epoch = m_tip.epoch();
    out.generation = m_tip.nextGeneration();
    VALISE_TRY(const Bytes message, m_tip.protect(viewOf(json), {}, random));
    out.digest = crypto::sha256(message);
    std::optional<std::uint64_t> expiration;
    if (m_state.retentionSeconds != 0 && inner.createdAt <= UINT64_MAX - m_state.retentionSeconds)
        expiration = inner.createdAt + m_state.retentionSeconds;
    out.event = sealEnvelope(m_state.routing.nostrGroupId, key, message, inner.createdAt, expiration, random);
    return out;
}

Result<PreparedCommit> GroupSession::prepare(mls::CommitOptions options,
                                             const std::vector<InvitePackage>& invitees, std::int64_t now,
                                             crypto::Random& random) const {
    options.now = now;
    VALISE_TRY(mls::CommitResult commit, m_tip.commit(options, random));
    // We hold ourselves to what the others will check.
    VALISE_CHECK(checkAuthority(m_tip, m_state, commit.summary, commit.next));
    VALISE_TRY(const GroupState after, checkGroup(commit.next, &m_tip));
    VALISE_TRY(const crypto::KeyBytes key, envelopeKey(m_tip));

    GroupChange change = describe(m_tip, m_state, commit.summary, &commit.next, &after);
    PreparedCommit out{{}, std::move(commit.next), std::move(change), {}};
    out.outgoing.epoch = m_tip.epoch();
    out.outgoing.digest = crypto::sha256(commit.message);
    out.outgoing.event =
        sealEnvelope(m_state.routing.nostrGroupId, key, commit.message, seconds(now), {}, random);
    if (commit.welcome) {
        for (const InvitePackage& invitee : invitees) {
            const WelcomeMessage welcome{self(), invitee.eventId, after.routing.relays, *commit.welcome,
                                         seconds(now)};
            out.welcomes.push_back({invitee.account, makeWelcomeRumor(welcome, seconds(now))});
        }
    }
    return out;
}

Result<PreparedCommit> GroupSession::prepareAdd(const std::vector<InvitePackage>& invitees, std::int64_t now,
                                                crypto::Random& random) const {
    if (!isAdmin())
        return {ErrorCode::NotAuthorized, "only admins add people"};
    if (invitees.empty())
        return {ErrorCode::InvalidArgument, "nobody to add"};
    mls::CommitOptions options;
    options.forcePath = true;
    const std::set<Id32> present = accountsOf(m_tip);
    for (const InvitePackage& invitee : invitees) {
        if (present.count(invitee.account))
            return {ErrorCode::AlreadyExists, "somebody who is in the group already"};
        options.proposals.push_back({mls::AddProposal{invitee.keyPackage}});
    }
    return prepare(std::move(options), invitees, now, random);
}

Result<PreparedCommit> GroupSession::prepareRemove(const std::vector<Id32>& accounts, std::int64_t now,
                                                   crypto::Random& random) const {
    if (!isAdmin())
        return {ErrorCode::NotAuthorized, "only admins remove people"};
    mls::CommitOptions options;
    AdminPolicy admins = m_state.admins;
    const std::vector<GroupMember> all = members();
    for (const Id32& account : accounts) {
        const auto member =
            std::find_if(all.begin(), all.end(), [&](const GroupMember& m) { return m.account == account; });
        if (member == all.end())
            return {ErrorCode::NotFound, "somebody who is not in the group"};
        if (account == self())
            return {ErrorCode::InvalidArgument, "one leaves, one does not remove oneself"};
        for (const mls::LeafIndex leaf : member->leaves)
            options.proposals.push_back({mls::RemoveProposal{leaf}});
        std::erase(admins.admins, account);
    }
    if (options.proposals.empty())
        return {ErrorCode::InvalidArgument, "nobody to remove"};
    if (!(admins == m_state.admins))
        options.proposals.push_back(updateOf(ComponentId::AdminPolicy, admins.encode()));
    return prepare(std::move(options), {}, now, random);
}

Result<PreparedCommit> GroupSession::prepareProfile(const GroupProfile& profile, std::int64_t now,
                                                    crypto::Random& random) const {
    if (!isAdmin())
        return {ErrorCode::NotAuthorized, "only admins rename a group"};
    if (profile.name.size() > GroupProfile::kMaxName ||
        profile.description.size() > GroupProfile::kMaxDescription)
        return {ErrorCode::LimitExceeded, "a name or description that is too long"};
    mls::CommitOptions options;
    options.proposals.push_back(updateOf(ComponentId::GroupProfile, profile.encode()));
    return prepare(std::move(options), {}, now, random);
}

Result<PreparedCommit> GroupSession::prepareAdmins(std::vector<Id32> admins, std::int64_t now,
                                                   crypto::Random& random) const {
    if (!isAdmin())
        return {ErrorCode::NotAuthorized, "only admins change who is admin"};
    std::sort(admins.begin(), admins.end());
    admins.erase(std::unique(admins.begin(), admins.end()), admins.end());
    mls::CommitOptions options;
    options.proposals.push_back(updateOf(ComponentId::AdminPolicy, AdminPolicy{std::move(admins)}.encode()));
    return prepare(std::move(options), {}, now, random);
}

Result<PreparedCommit> GroupSession::prepareSelfUpdate(std::int64_t now, crypto::Random& random) const {
    mls::CommitOptions options;
    options.forcePath = true;
    return prepare(std::move(options), {}, now, random);
}

Result<PreparedCommit> GroupSession::prepareDepartures(std::int64_t now, crypto::Random& random) const {
    // Of several proposals by one leaf the one with the lowest message digest counts.
    std::map<mls::LeafIndex, const mls::VerifiedProposal*> chosen;
    for (const mls::VerifiedProposal& p : m_tip.storedProposals()) {
        if (p.proposal.type() != mls::ProposalType::SelfRemove || p.sender == m_tip.ownLeaf())
            continue;
        const mls::VerifiedProposal*& best = chosen[p.sender];
        if (!best || p.messageDigest < best->messageDigest)
            best = &p;
    }
    if (chosen.empty())
        return {ErrorCode::NotFound, "nobody asked to leave"};
    mls::CommitOptions options;
    for (const auto& [leaf, proposal] : chosen)
        options.references.push_back(proposal->ref);
    return prepare(std::move(options), {}, now, random);
}

Result<Outgoing> GroupSession::proposeLeave(std::int64_t now, crypto::Random& random) {
    if (isAdmin())
        return {ErrorCode::NotAuthorized, "an admin gives up its rights before leaving"};
    VALISE_TRY(const crypto::KeyBytes key, envelopeKey(m_tip));
    VALISE_TRY(const mls::ProposalMessage proposal, m_tip.propose({mls::SelfRemoveProposal{}}, {}, random));
    Outgoing out;
    out.epoch = m_tip.epoch();
    out.digest = crypto::sha256(proposal.message);
    out.event = sealEnvelope(m_state.routing.nostrGroupId, key, proposal.message, seconds(now), {}, random);
    return out;
}

Result<void> GroupSession::adopt(mls::Group next) {
    if (next.groupId() != id() || next.epoch() != epoch() + 1)
        return {ErrorCode::WrongEpoch, "the group moved on before the change was accepted"};
    VALISE_TRY(GroupState state, checkGroup(next, &m_tip));
    push(std::move(next), std::move(state));
    return {};
}

void GroupSession::push(mls::Group next, GroupState state) {
    m_tip.clearProposals();
    m_past.insert(m_past.begin(), std::move(m_tip));
    if (m_past.size() > kRetainedEpochs)
        m_past.erase(m_past.begin() + kRetainedEpochs, m_past.end());
    m_tip = std::move(next);
    m_state = std::move(state);
}

Inbound GroupSession::receive(const nostr::Event& event, std::int64_t now,
                              const std::function<bool(const mls::Digest&)>& seen) {
    Inbound result;
    const auto envelope = readEnvelope(event);
    if (!envelope)
        return invalid(std::move(result), envelope.error());

    std::optional<Bytes> message;
    std::uint64_t epoch = 0;
    const auto tryOpen = [&](const mls::Group& group) {
        const auto key = envelopeKey(group);
        if (!key)
            return false;
        auto opened = openEnvelope(*envelope, *key);
        if (!opened)
            return false;
        message = std::move(opened).value();
        epoch = group.epoch();
        return true;
    };
    if (!tryOpen(m_tip))
        for (const mls::Group& group : m_past)
            if (tryOpen(group))
                break;
    if (!message)
        return finish(std::move(result), Disposition::Deferred, "missing_history",
                      "no held epoch's key opens the envelope");

    result.digest = crypto::sha256(*message);
    if (seen(*result.digest))
        return finish(std::move(result), Disposition::Duplicate, "duplicate", "seen before");
    const auto inspected = mls::inspect(*message);
    if (!inspected)
        return invalid(std::move(result), inspected.error());
    if (inspected->groupId != id())
        return invalid(std::move(result), {ErrorCode::WrongGroup, "a message of another group"});
    if (inspected->epoch != epoch)
        return invalid(std::move(result),
                       {ErrorCode::InvalidEvent, "an envelope with the key of another epoch"});

    const bool isPrivate = inspected->wireFormat == mls::WireFormat::PrivateMessage;
    const bool isPublic = inspected->wireFormat == mls::WireFormat::PublicMessage;
    if (isPrivate && inspected->contentType == mls::ContentType::Application)
        return receiveApplication(*message, epoch, std::move(result));
    if (isPublic && inspected->contentType == mls::ContentType::Proposal)
        return receiveProposal(*message, epoch, std::move(result));
    if (isPublic && inspected->contentType == mls::ContentType::Commit)
        return receiveCommit(*message, epoch, now, std::move(result));
    return invalid(std::move(result),
                   {ErrorCode::InvalidEvent, "a form of MLS message this profile does not use"});
}

Inbound GroupSession::receiveApplication(ByteView message, std::uint64_t epoch, Inbound result) {
    mls::Group* group = held(epoch);
    auto opened = group->unprotect(message);
    if (!opened) {
        if (opened.error().code == ErrorCode::KeyUsed)
            return finish(std::move(result), Disposition::Duplicate, "duplicate", "its key was used before");
        return invalid(std::move(result), opened.error());
    }
    const crypto::WipeGuard guard(opened->plaintext);
    // From here on a key was used up: the state must be stored even if the payload is dropped.
    result.touchedEpoch = epoch;
    const auto leaf = group->member(opened->sender);
    const auto account = leaf ? accountOf(*leaf) : Result<Id32>(ErrorCode::NotMember, "no such leaf");
    if (!account)
        return invalid(std::move(result), account.error());
    if (!opened->authenticatedData.empty())
        return invalid(std::move(result),
                       {ErrorCode::InvalidEvent, "authenticated data where there must be none"});
    auto inner = readInnerEvent(opened->plaintext, *account);
    if (!inner)
        return invalid(std::move(result), inner.error());
    const nostr::EventId id = inner->canonicalId();
    result.message = ReceivedMessage{std::move(inner).value(), id, *account, epoch, opened->generation};
    return finish(std::move(result), Disposition::Accepted, "message", {});
}

Inbound GroupSession::receiveProposal(ByteView message, std::uint64_t epoch, Inbound result) {
    if (epoch != m_tip.epoch())
        return finish(std::move(result), Disposition::Stale, "stale_epoch", "a proposal of a past epoch");
    auto proposal = m_tip.verifyProposal(message);
    if (!proposal)
        return invalid(std::move(result), proposal.error());
    if (const auto allowed = checkProposalAuthority(m_tip, m_state, *proposal); !allowed)
        return invalid(std::move(result), allowed.error());
    result.departureProposed = proposal->proposal.type() == mls::ProposalType::SelfRemove;
    result.touchedEpoch = epoch;
    if (const auto stored = m_tip.storeProposal(std::move(proposal).value()); !stored)
        return finish(std::move(result), Disposition::Deferred, "resource_refused", stored.error().detail);
    return finish(std::move(result), Disposition::Accepted, "proposal", {});
}

Inbound GroupSession::receiveCommit(ByteView message, std::uint64_t epoch, std::int64_t now, Inbound result) {
    // A commit beside the one that was applied: the place where convergence chooses between branches.
    if (epoch != m_tip.epoch())
        return finish(std::move(result), Disposition::Stale, "stale_epoch",
                      "a commit beside the one this client followed");
    (void)now; // lifetimes bind the inviter; a receiver whose clock is wrong must not leave the group
    auto processed = m_tip.processCommit(message);
    if (!processed) {
        if (processed.error().code == ErrorCode::MissingProposal)
            return finish(std::move(result), Disposition::Deferred, "missing_history",
                          "a commit of a proposal that has not arrived");
        return invalid(std::move(result), processed.error());
    }
    if (const auto allowed = checkAuthority(m_tip, m_state, processed->summary, processed->next); !allowed)
        return invalid(std::move(result), allowed.error());
    result.touchedEpoch = epoch;
    if (!processed->next) {
        result.change = describe(m_tip, m_state, processed->summary, nullptr, nullptr);
        return finish(std::move(result), Disposition::Accepted, "commit", {});
    }
    auto state = checkGroup(*processed->next, &m_tip);
    if (!state)
        return invalid(std::move(result), state.error());
    result.change = describe(m_tip, m_state, processed->summary, &*processed->next, &*state);
    push(std::move(*processed->next), std::move(state).value());
    return finish(std::move(result), Disposition::Accepted, "commit", {});
}

} // namespace valise::marmot
