// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/group.h"

#include "core/mls/group_state.h"

namespace valise::mls {

using crypto::KeyBytes;
using Ops = GroupOperations;

Group Ops::make(std::shared_ptr<const Epoch> epoch, SecretTree secrets) {
    Group g;
    g.m_epoch = std::move(epoch);
    g.m_ratchets = std::make_shared<Group::Ratchets>(Group::Ratchets{std::move(secrets)});
    return g;
}

Group Ops::start(Epoch epoch) {
    SecretTree secrets(epoch.context.suite, epoch.tree.leafCount(), std::move(epoch.secrets.encryption));
    return make(std::make_shared<const Epoch>(std::move(epoch)), std::move(secrets));
}

const GroupContext& Group::context() const {
    return m_epoch->context;
}

const Bytes& Group::contextBytes() const {
    return m_epoch->contextBytes;
}

const AppDataDictionary& Group::dictionary() const {
    return m_epoch->dictionary;
}

KeyBytes Group::epochAuthenticator() const {
    return m_epoch->secrets.authenticator;
}

KeyBytes Group::resumptionPsk() const {
    return m_epoch->secrets.resumption;
}

LeafIndex Group::ownLeaf() const {
    return m_epoch->own;
}

const crypto::Ed25519KeyPair& Group::signer() const {
    return m_epoch->signer;
}

std::uint32_t Group::leafCount() const {
    return m_epoch->tree.leafCount();
}

std::uint32_t Group::memberCount() const {
    return m_epoch->tree.memberCount();
}

std::shared_ptr<const LeafNode> Group::member(LeafIndex leaf) const {
    return m_epoch->tree.leaf(leaf);
}

std::vector<Member> Group::members() const {
    std::vector<Member> out;
    out.reserve(memberCount());
    for (LeafIndex l = 0; l < leafCount(); ++l) {
        if (const auto& node = m_epoch->tree.leaf(l))
            out.push_back({l, node});
    }
    return out;
}

std::optional<LeafIndex> Group::groupInfoSigner() const {
    return m_epoch->groupInfoSigner;
}

const ReInitProposal* Group::reInit() const {
    return m_epoch->reInit ? &*m_epoch->reInit : nullptr;
}

Group Group::forReading() const {
    auto epoch = std::make_shared<Epoch>(*m_epoch);
    epoch->readingOnly = true;
    epoch->keys = {};
    epoch->signer.privateKey.clear();
    epoch->signer.expanded.clear();
    for (KeyBytes* gone : {&epoch->secrets.init, &epoch->secrets.external, &epoch->secrets.membership,
                           &epoch->secrets.confirmation})
        gone->clear();
    Group out;
    out.m_epoch = std::move(epoch);
    out.m_ratchets = m_ratchets;
    return out;
}

Result<KeyBytes> Group::exportSecret(std::string_view label, ByteView context, std::size_t length) const {
    if (length > KeyBytes::kCapacity)
        return {ErrorCode::LimitExceeded, "exported secret too long"};
    return mlsExport(m_epoch->secrets.exporter, label, context, length);
}

Bytes Group::exportTree() const {
    return m_epoch->tree.encode();
}

Result<Bytes> Group::groupInfo(bool withTree, bool withExternalPub) const {
    VALISE_CHECK(Ops::checkAlive(*m_epoch));
    VALISE_TRY(const GroupInfo info, Ops::makeGroupInfo(*m_epoch, withTree, withExternalPub));
    Writer w;
    writeMessageHeader(w, WireFormat::GroupInfo);
    w.raw(info.raw);
    return w.take();
}

Group::Ratchets& Group::ratchets() {
    if (m_ratchets.use_count() > 1)
        m_ratchets = std::make_shared<Ratchets>(*m_ratchets);
    return *m_ratchets;
}

// Application messages

Result<Bytes> Group::protect(ByteView plaintext, ByteView authenticatedData, crypto::Random& random,
                             std::size_t padding) {
    const Epoch& e = *m_epoch;
    if (plaintext.size() + padding > Reader::kMaxVector / 2)
        return {ErrorCode::LimitExceeded, "application message too long"};
    VALISE_CHECK(Ops::checkAlive(e));
    if (!m_proposals.empty())
        return {ErrorCode::PendingChange, "proposals of this epoch must be committed first"};
    FramedContent content;
    content.setContent(ApplicationData{toBytes(plaintext)});
    AuthenticatedContent signedContent =
        Ops::sign(e, WireFormat::PrivateMessage, toBytes(authenticatedData), std::move(content));
    const crypto::WipeGuard raw(signedContent.content.contentRaw);
    const crypto::WipeGuard data(std::get<ApplicationData>(signedContent.content.content).data);
    VALISE_TRY(const PrivateMessage m, sealPrivate(signedContent, e.context.suite, e.secrets.senderData,
                                                   ratchets().secrets, padding, random));
    return m.toMessage();
}

std::uint32_t Group::nextGeneration() const {
    return m_ratchets->secrets.nextGeneration(m_epoch->own, RatchetType::Application);
}

Result<ApplicationMessage> Group::unprotect(ByteView mlsMessage) {
    const Epoch& e = *m_epoch;
    Reader r(mlsMessage);
    VALISE_TRY(const WireFormat format, readMessageHeader(r));
    if (format != WireFormat::PrivateMessage)
        return {ErrorCode::InvalidArgument, "not a PrivateMessage"};
    VALISE_TRY(const PrivateMessage m, PrivateMessage::read(r));
    VALISE_CHECK(r.finish());
    if (m.groupId != e.context.groupId)
        return {ErrorCode::WrongGroup, "group id"};
    if (m.epoch != e.context.epoch)
        return {ErrorCode::WrongEpoch, "epoch"};
    if (m.contentType != ContentType::Application)
        return {ErrorCode::InvalidArgument, "message of another content type"};
    SecretTree& secrets = ratchets().secrets;
    VALISE_TRY(OpenedPrivate opened, openPrivate(m, e.context.suite, e.secrets.senderData, secrets));
    const crypto::WipeGuard raw(opened.content.content.contentRaw);
    const auto& leaf = e.tree.leaf(opened.content.content.sender.index);
    if (!leaf)
        return {ErrorCode::NotMember, "sender's leaf is blank"};
    if (!opened.content.verify(leaf->signatureKey, e.contextBytes))
        return {ErrorCode::InvalidSignature, "application message"};
    secrets.take(opened.found);
    ApplicationMessage out;
    out.sender = opened.found.leaf;
    out.generation = opened.found.generation;
    out.plaintext = std::move(std::get<ApplicationData>(opened.content.content.content).data);
    out.authenticatedData = m.authenticatedData;
    return out;
}

} // namespace valise::mls
