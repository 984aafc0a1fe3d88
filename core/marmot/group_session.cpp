// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/group_session.h"

#include <map>
#include <set>

namespace valise::marmot {

namespace {

using Became = Inbound::Disposition;

Inbound finish(Inbound result, Became disposition, std::string_view category, std::string reason) {
    result.disposition = disposition;
    result.category = category;
    result.reason = std::move(reason);
    return result;
}

Inbound invalid(Inbound result, const Error& error) {
    return finish(std::move(result), Became::Invalid, categoryName(categoryOf(error.code)),
                  std::string(errorName(error.code)) + ": " + error.detail);
}

} // namespace

GroupSession::GroupSession(mls::Group tip, GroupState state)
    : m_tip(std::move(tip))
    , m_state(std::move(state)) {}

Result<GroupSession::Founded> GroupSession::found(const crypto::SchnorrKeyPair& account,
                                                  const Founding& founding, std::int64_t now,
                                                  crypto::Random& random) {
    VALISE_TRY(FoundedGroup founded, foundGroup(account, founding, now, random));
    return Founded{GroupSession(std::move(founded.group), std::move(founded.state)),
                   std::move(founded.welcomes)};
}

Result<GroupSession> GroupSession::join(const WelcomeMessage& welcome, const mls::KeyPackageBundle& bundle,
                                        std::optional<std::int64_t> now) {
    VALISE_TRY(FoundedGroup joined, joinGroup(welcome, bundle, now));
    return GroupSession(std::move(joined.group), std::move(joined.state));
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
    return ownAccount(m_tip);
}

std::vector<GroupMember> GroupSession::members() const {
    return membersOf(m_tip, m_state.admins);
}

std::vector<Id32> GroupSession::departing() const {
    return departingFrom(m_tip);
}

Result<Outgoing> GroupSession::seal(const InnerEvent& inner, crypto::Random& random) {
    return sealMessage(m_tip, m_state, inner, random);
}

Result<PreparedCommit> GroupSession::prepare(const LocalChange& change, std::int64_t now,
                                             crypto::Random& random) const {
    return buildCommit(m_tip, m_state, change, now, random);
}

Result<Outgoing> GroupSession::proposeLeave(std::int64_t now, crypto::Random& random) {
    return marmot::proposeLeave(m_tip, m_state, now, random);
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
        return finish(std::move(result), Became::Deferred, "missing_history",
                      "no held epoch's key opens the envelope");

    result.digest = crypto::sha256(*message);
    if (seen(*result.digest))
        return finish(std::move(result), Became::Duplicate, "duplicate", "seen before");
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
            return finish(std::move(result), Became::Duplicate, "duplicate", "its key was used before");
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
    result.message =
        ReceivedMessage{std::move(inner).value(), id, {}, *account, epoch, opened->generation, {}};
    return finish(std::move(result), Became::Accepted, "message", {});
}

Inbound GroupSession::receiveProposal(ByteView message, std::uint64_t epoch, Inbound result) {
    if (epoch != m_tip.epoch())
        return finish(std::move(result), Became::Stale, "stale_epoch", "a proposal of a past epoch");
    auto proposal = m_tip.verifyProposal(message);
    if (!proposal)
        return invalid(std::move(result), proposal.error());
    if (const auto allowed = checkProposalAuthority(m_tip, m_state, *proposal); !allowed)
        return invalid(std::move(result), allowed.error());
    result.departureProposed = proposal->proposal.type() == mls::ProposalType::SelfRemove;
    result.touchedEpoch = epoch;
    if (const auto stored = m_tip.storeProposal(std::move(proposal).value()); !stored)
        return finish(std::move(result), Became::Deferred, "resource_refused", stored.error().detail);
    return finish(std::move(result), Became::Accepted, "proposal", {});
}

Inbound GroupSession::receiveCommit(ByteView message, std::uint64_t epoch, std::int64_t now, Inbound result) {
    // A commit beside the one that was applied: the place where convergence chooses between branches.
    if (epoch != m_tip.epoch())
        return finish(std::move(result), Became::Stale, "stale_epoch",
                      "a commit beside the one this client followed");
    (void)now; // lifetimes bind the inviter; a receiver whose clock is wrong must not leave the group
    auto processed = m_tip.processCommit(message);
    if (!processed) {
        if (processed.error().code == ErrorCode::MissingProposal)
            return finish(std::move(result), Became::Deferred, "missing_history",
                          "a commit of a proposal that has not arrived");
        return invalid(std::move(result), processed.error());
    }
    if (const auto allowed = checkAuthority(m_tip, m_state, processed->summary, processed->next); !allowed)
        return invalid(std::move(result), allowed.error());
    result.touchedEpoch = epoch;
    if (!processed->next) {
        result.change = describeCommit(m_tip, m_state, processed->summary, nullptr, nullptr);
        return finish(std::move(result), Became::Accepted, "commit", {});
    }
    auto state = checkGroup(*processed->next, &m_tip);
    if (!state)
        return invalid(std::move(result), state.error());
    result.change = describeCommit(m_tip, m_state, processed->summary, &*processed->next, &*state);
    push(std::move(*processed->next), std::move(state).value());
    return finish(std::move(result), Became::Accepted, "commit", {});
}

} // namespace valise::marmot
