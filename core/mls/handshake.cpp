// SPDX-License-Identifier: AGPL-3.0-or-later
// RFC 9420 sections 6.1 to 6.3 for handshake messages; sending and receiving proposals.
#include "core/mls/external_proposal.h"
#include "core/mls/group_state.h"

namespace valise::mls {

using crypto::KeyBytes;
using Ops = GroupOperations;

Result<void> Ops::checkAlive(const Epoch& epoch) {
    if (epoch.readingOnly)
        return {ErrorCode::InvalidArgument, "this copy of the group is for reading only"};
    if (epoch.reInit)
        return {ErrorCode::GroupDisbanded, "the group was closed by a ReInit"};
    return {};
}

Result<AuthenticatedContent> Ops::open(const Epoch& epoch, SecretTree& secrets, ByteView mlsMessage,
                                       ContentType expected) {
    if (epoch.readingOnly)
        return {ErrorCode::InvalidArgument, "this copy of the group is for reading only"};
    Reader r(mlsMessage);
    VALISE_TRY(const WireFormat format, readMessageHeader(r));
    const auto checkPlace = [&](const Bytes& groupId, std::uint64_t messageEpoch,
                                ContentType type) -> Result<void> {
        if (groupId != epoch.context.groupId)
            return {ErrorCode::WrongGroup, "group id"};
        if (messageEpoch != epoch.context.epoch)
            return {ErrorCode::WrongEpoch, "epoch"};
        if (type != expected)
            return {ErrorCode::InvalidArgument, "message of another content type"};
        return {};
    };
    const auto memberKey = [&](LeafIndex leaf) -> Result<Bytes> {
        const auto& node = epoch.tree.leaf(leaf);
        if (!node)
            return {ErrorCode::NotMember, "sender's leaf is blank"};
        return node->signatureKey;
    };
    if (format == WireFormat::PrivateMessage) {
        VALISE_TRY(const PrivateMessage m, PrivateMessage::read(r));
        VALISE_CHECK(r.finish());
        VALISE_CHECK(checkPlace(m.groupId, m.epoch, m.contentType));
        VALISE_TRY(OpenedPrivate opened,
                   openPrivate(m, epoch.context.suite, epoch.secrets.senderData, secrets));
        VALISE_TRY(const Bytes key, memberKey(opened.content.content.sender.index));
        if (!opened.content.verify(key, epoch.contextBytes))
            return {ErrorCode::InvalidSignature, "PrivateMessage"};
        secrets.take(opened.found);
        return std::move(opened.content);
    }
    if (format != WireFormat::PublicMessage)
        return {ErrorCode::InvalidArgument, "neither PublicMessage nor PrivateMessage"};
    VALISE_TRY(PublicMessage m, PublicMessage::read(r));
    VALISE_CHECK(r.finish());
    const FramedContent& c = m.content.content;
    VALISE_CHECK(checkPlace(c.groupId, c.epoch, c.contentType));
    if (c.contentType == ContentType::Application)
        return {ErrorCode::InvalidEncoding, "application data in a PublicMessage"};
    Bytes key;
    switch (c.sender.type) {
    case SenderType::Member: {
        VALISE_TRY(key, memberKey(c.sender.index));
        if (!m.checkMembershipTag(epoch.secrets.membership, epoch.contextBytes))
            return {ErrorCode::InvalidSignature, "membership tag"};
        break;
    }
    case SenderType::External: {
        VALISE_TRY(const auto senders, externalSenders(epoch.context.extensions));
        if (c.contentType != ContentType::Proposal || c.sender.index >= senders.size())
            return {ErrorCode::NotMember, "external sender"};
        key = senders[c.sender.index].signatureKey;
        break;
    }
    case SenderType::NewMemberProposal: {
        const auto* proposal = std::get_if<Proposal>(&c.content);
        const AddProposal* add = proposal ? proposal->as<AddProposal>() : nullptr;
        if (!add)
            return {ErrorCode::InvalidProposal, "a new member may propose nothing but its own Add"};
        key = add->keyPackage.leafNode.signatureKey;
        break;
    }
    case SenderType::NewMemberCommit: {
        const auto* commit = std::get_if<Commit>(&c.content);
        if (!commit || !commit->path)
            return {ErrorCode::InvalidCommit, "external commit without a path"};
        key = commit->path->leafNode.signatureKey;
        break;
    }
    }
    if (!m.content.verify(key, epoch.contextBytes))
        return {ErrorCode::InvalidSignature, "PublicMessage"};
    return std::move(m.content);
}

AuthenticatedContent Ops::sign(const Epoch& epoch, WireFormat format, Bytes authenticatedData,
                               FramedContent content) {
    AuthenticatedContent out;
    out.wireFormat = format;
    out.content = std::move(content);
    out.content.groupId = epoch.context.groupId;
    out.content.epoch = epoch.context.epoch;
    out.content.sender = {SenderType::Member, epoch.own};
    out.content.authenticatedData = std::move(authenticatedData);
    out.sign(epoch.signer, epoch.contextBytes);
    return out;
}

Result<Bytes> Ops::frame(const Epoch& epoch, AuthenticatedContent content, const Framing& framing,
                         SecretTree& secrets, crypto::Random& random) {
    if (framing.wireFormat == WireFormat::PrivateMessage) {
        VALISE_TRY(const PrivateMessage m, sealPrivate(content, epoch.context.suite, epoch.secrets.senderData,
                                                       secrets, framing.padding, random));
        return m.toMessage();
    }
    PublicMessage m{std::move(content), {}};
    m.setMembershipTag(epoch.secrets.membership, epoch.contextBytes);
    return m.toMessage();
}

Result<ProposalMessage> Group::propose(Proposal proposal, const Framing& framing, crypto::Random& random,
                                       std::optional<std::int64_t> now) {
    const Epoch& e = *m_epoch;
    VALISE_CHECK(Ops::checkAlive(e));
    if (proposal.as<SelfRemoveProposal>() && framing.wireFormat != WireFormat::PublicMessage)
        return {ErrorCode::InvalidArgument, "SelfRemove is sent as a PublicMessage"};
    const bool leaving = std::any_of(m_proposals.begin(), m_proposals.end(), [&](const VerifiedProposal& p) {
        return p.proposal.as<SelfRemoveProposal>() && p.sender == e.own;
    });
    if (leaving && proposal.as<SelfRemoveProposal>())
        return {ErrorCode::InvalidProposal, "a second SelfRemove in one epoch"};
    VerifiedProposal stored;
    if (auto* update = std::get_if<UpdateProposal>(&proposal.body)) {
        crypto::X25519KeyPair pair = crypto::x25519Generate(random);
        update->leafNode.encryptionKey = std::move(pair.publicKey);
        update->leafNode.source = LeafNodeSource::Update;
        update->leafNode.sign(e.signer, groupId(), e.own);
        stored.updatePrivateKey = std::move(pair.privateKey);
    }
    VALISE_CHECK(Ops::checkProposal(e, SenderType::Member, e.own, proposal, now));
    stored.sender = e.own;
    stored.authenticatedData = framing.authenticatedData;
    stored.proposal = proposal;
    FramedContent content;
    content.setContent(std::move(proposal));
    AuthenticatedContent signedContent =
        Ops::sign(e, framing.wireFormat, framing.authenticatedData, std::move(content));
    stored.ref = signedContent.proposalRef();
    ProposalMessage out;
    out.ref = stored.ref;
    VALISE_TRY(out.message, Ops::frame(e, std::move(signedContent), framing, ratchets().secrets, random));
    stored.messageDigest = crypto::sha256(out.message);
    VALISE_CHECK(storeProposal(std::move(stored)));
    return out;
}

Result<ProposalMessage> Group::proposeUpdate(const Framing& framing, crypto::Random& random) {
    return propose(Proposal{UpdateProposal{*m_epoch->tree.leaf(ownLeaf())}}, framing, random);
}

Result<VerifiedProposal> Group::verifyProposal(ByteView mlsMessage, const ProcessOptions& options) {
    VALISE_TRY(AuthenticatedContent content,
               Ops::open(*m_epoch, ratchets().secrets, mlsMessage, ContentType::Proposal));
    VerifiedProposal out;
    out.ref = content.proposalRef();
    out.messageDigest = crypto::sha256(mlsMessage);
    out.senderType = content.content.sender.type;
    out.sender = content.content.sender.index;
    out.authenticatedData = std::move(content.content.authenticatedData);
    out.proposal = std::move(std::get<Proposal>(content.content.content));
    if (out.proposal.as<SelfRemoveProposal>() && content.wireFormat != WireFormat::PublicMessage)
        return {ErrorCode::InvalidProposal, "SelfRemove in a PrivateMessage"};
    VALISE_CHECK(Ops::checkProposal(*m_epoch, out.senderType, out.sender, out.proposal, options.now));
    return out;
}

std::size_t VerifiedProposal::octets() const {
    std::size_t large = 0;
    if (const auto* add = proposal.as<AddProposal>())
        large = 2 * add->keyPackage.raw.size();
    else if (const auto* update = proposal.as<UpdateProposal>())
        large = 2 * update->leafNode.raw.size();
    else if (const auto* data = proposal.as<AppDataUpdateProposal>())
        large = data->data ? data->data->size() : 0;
    else if (const auto* gce = proposal.as<GroupContextExtensionsProposal>())
        for (const Extension& e : gce->extensions)
            large += e.data.size();
    else if (const auto* reInit = proposal.as<ReInitProposal>())
        for (const Extension& e : reInit->extensions)
            large += e.data.size();
    return sizeof *this + large + authenticatedData.size();
}

Result<void> Group::storeProposal(VerifiedProposal proposal) {
    for (const VerifiedProposal& p : m_proposals) {
        if (p.ref == proposal.ref)
            return {};
    }
    if (std::find(m_expected.begin(), m_expected.end(), proposal.ref) == m_expected.end()) {
        std::size_t ofSender = 0;
        std::size_t octets = proposal.octets();
        for (const VerifiedProposal& p : m_proposals) {
            ofSender += p.senderType == proposal.senderType && p.sender == proposal.sender;
            octets += p.octets();
        }
        if (ofSender >= kMaxStoredOfSender || octets > kMaxStoredOctets)
            return {ErrorCode::LimitExceeded, "too many proposals in one epoch"};
    }
    m_proposals.push_back(std::move(proposal));
    return {};
}

void Group::expectProposals(std::vector<Bytes> refs) {
    m_expected = std::move(refs);
}

Result<VerifiedProposal> Group::processProposal(ByteView mlsMessage, const ProcessOptions& options) {
    VALISE_TRY(VerifiedProposal p, verifyProposal(mlsMessage, options));
    VALISE_CHECK(storeProposal(p));
    return p;
}

} // namespace valise::mls
