// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/framing.h"

#include "core/mls/welcome.h"

namespace valise::mls {

namespace {

Result<Bytes> readOpaque(Reader& r) {
    VALISE_TRY(const ByteView v, r.opaque());
    return toBytes(v);
}

Result<ContentType> readContentType(Reader& r) {
    VALISE_TRY(const std::uint8_t type, r.u8());
    if (type < 1 || type > 3)
        return {ErrorCode::InvalidEncoding, "content type"};
    return static_cast<ContentType>(type);
}

} // namespace

Result<WireFormat> readMessageHeader(Reader& r) {
    VALISE_TRY(const std::uint16_t version, r.u16());
    if (version != kMls10)
        return {ErrorCode::Unsupported, "protocol version"};
    VALISE_TRY(const std::uint16_t format, r.u16());
    if (format < 1 || format > 5)
        return {ErrorCode::InvalidEncoding, "wire format"};
    return static_cast<WireFormat>(format);
}

void writeMessageHeader(Writer& w, WireFormat format) {
    w.u16(kMls10);
    w.u16(static_cast<std::uint16_t>(format));
}

void Sender::write(Writer& w) const {
    w.u8(static_cast<std::uint8_t>(type));
    if (type == SenderType::Member || type == SenderType::External)
        w.u32(index);
}

Result<Sender> Sender::read(Reader& r) {
    Sender s;
    VALISE_TRY(const std::uint8_t type, r.u8());
    if (type < 1 || type > 4)
        return {ErrorCode::InvalidEncoding, "sender type"};
    s.type = static_cast<SenderType>(type);
    if (s.type == SenderType::Member || s.type == SenderType::External) {
        VALISE_TRY(s.index, r.u32());
    }
    return s;
}

void Commit::write(Writer& w) const {
    w.vector([&](Writer& in) {
        for (const ProposalOrRef& p : proposals) {
            if (const auto* byValue = std::get_if<Proposal>(&p)) {
                in.u8(1);
                byValue->write(in);
            } else {
                in.u8(2);
                in.opaque(std::get<Bytes>(p));
            }
        }
    });
    w.optional(path.has_value(), [&](Writer& in) { path->write(in); });
}

Result<Commit> Commit::read(Reader& r) {
    Commit c;
    VALISE_TRY(Reader in, r.vector());
    while (!in.atEnd()) {
        if (c.proposals.size() >= kMaxListed)
            return {ErrorCode::LimitExceeded, "too many proposals in a commit"};
        VALISE_TRY(const std::uint8_t type, in.u8());
        if (type == 1) {
            VALISE_TRY(Proposal p, Proposal::read(in));
            c.proposals.emplace_back(std::move(p));
        } else if (type == 2) {
            VALISE_TRY(Bytes ref, readOpaque(in));
            c.proposals.emplace_back(std::move(ref));
        } else {
            return {ErrorCode::InvalidEncoding, "proposal or reference"};
        }
    }
    VALISE_TRY(const bool hasPath, r.present());
    if (hasPath) {
        VALISE_TRY(c.path, UpdatePath::read(r));
    }
    return c;
}

void FramedContent::setContent(ApplicationData data) {
    contentType = ContentType::Application;
    Writer w;
    w.opaque(data.data);
    contentRaw = w.take();
    content = std::move(data);
}

void FramedContent::setContent(Proposal proposal) {
    contentType = ContentType::Proposal;
    Writer w;
    proposal.write(w);
    contentRaw = w.take();
    content = std::move(proposal);
}

void FramedContent::setContent(Commit commit) {
    contentType = ContentType::Commit;
    Writer w;
    commit.write(w);
    contentRaw = w.take();
    content = std::move(commit);
}

void FramedContent::write(Writer& w) const {
    w.opaque(groupId);
    w.u64(epoch);
    sender.write(w);
    w.opaque(authenticatedData);
    w.u8(static_cast<std::uint8_t>(contentType));
    w.raw(contentRaw);
}

Result<void> FramedContent::readContent(Reader& r) {
    const std::size_t start = r.position();
    switch (contentType) {
    case ContentType::Application: {
        VALISE_TRY(Bytes data, readOpaque(r));
        content = ApplicationData{std::move(data)};
        break;
    }
    case ContentType::Proposal: {
        VALISE_TRY(content, Proposal::read(r));
        break;
    }
    case ContentType::Commit: {
        VALISE_TRY(content, Commit::read(r));
        break;
    }
    }
    contentRaw = toBytes(r.slice(start, r.position()));
    return {};
}

Result<FramedContent> FramedContent::read(Reader& r) {
    FramedContent c;
    VALISE_TRY(c.groupId, readOpaque(r));
    VALISE_TRY(c.epoch, r.u64());
    VALISE_TRY(c.sender, Sender::read(r));
    VALISE_TRY(c.authenticatedData, readOpaque(r));
    VALISE_TRY(c.contentType, readContentType(r));
    VALISE_CHECK(c.readContent(r));
    return c;
}

void AuthenticatedContent::writeAuth(Writer& w) const {
    w.opaque(signature);
    if (content.contentType == ContentType::Commit)
        w.opaque(confirmationTag);
}

Result<void> AuthenticatedContent::readAuth(Reader& r) {
    VALISE_TRY(signature, readOpaque(r));
    if (content.contentType == ContentType::Commit) {
        VALISE_TRY(confirmationTag, readOpaque(r));
    }
    return {};
}

void AuthenticatedContent::write(Writer& w) const {
    w.u16(static_cast<std::uint16_t>(wireFormat));
    content.write(w);
    writeAuth(w);
}

Result<AuthenticatedContent> AuthenticatedContent::read(Reader& r) {
    AuthenticatedContent a;
    VALISE_TRY(const std::uint16_t format, r.u16());
    if (format < 1 || format > 2)
        return {ErrorCode::InvalidEncoding, "wire format"};
    a.wireFormat = static_cast<WireFormat>(format);
    VALISE_TRY(a.content, FramedContent::read(r));
    VALISE_CHECK(a.readAuth(r));
    return a;
}

Bytes AuthenticatedContent::tbs(ByteView groupContext) const {
    Writer w;
    writeMessageHeader(w, wireFormat);
    content.write(w);
    if (content.sender.type == SenderType::Member || content.sender.type == SenderType::NewMemberCommit)
        w.raw(groupContext);
    return w.take();
}

void AuthenticatedContent::sign(const crypto::Ed25519KeyPair& signer, ByteView groupContext) {
    Bytes signedOctets = tbs(groupContext);
    const crypto::WipeGuard guard(signedOctets); // the octets may contain a plaintext
    signature = signWithLabel(signer, "FramedContentTBS", signedOctets);
}

bool AuthenticatedContent::verify(ByteView signatureKey, ByteView groupContext) const {
    Bytes signedOctets = tbs(groupContext);
    const crypto::WipeGuard guard(signedOctets);
    return verifyWithLabel(signatureKey, "FramedContentTBS", signedOctets, signature);
}

Bytes AuthenticatedContent::confirmedTranscriptInput() const {
    Writer w;
    w.u16(static_cast<std::uint16_t>(wireFormat));
    content.write(w);
    w.opaque(signature);
    return w.take();
}

Bytes AuthenticatedContent::proposalRef() const {
    Writer w;
    write(w);
    return refHash("MLS 1.0 Proposal Reference", w.bytes());
}

// PublicMessage

namespace {

//! MAC(membership_key, AuthenticatedContentTBM) of section 6.2.
crypto::KeyBytes membershipMac(const AuthenticatedContent& content, ByteView membershipKey,
                               ByteView groupContext) {
    Writer auth;
    content.writeAuth(auth);
    return crypto::hmacSha256(membershipKey, {content.tbs(groupContext), auth.bytes()});
}

} // namespace

void PublicMessage::setMembershipTag(ByteView membershipKey, ByteView groupContext) {
    membershipTag = toBytes(membershipMac(content, membershipKey, groupContext));
}

bool PublicMessage::checkMembershipTag(ByteView membershipKey, ByteView groupContext) const {
    return crypto::equalSecret(membershipMac(content, membershipKey, groupContext), membershipTag);
}

Bytes PublicMessage::toMessage() const {
    Writer w;
    writeMessageHeader(w, WireFormat::PublicMessage);
    content.content.write(w);
    content.writeAuth(w);
    if (content.content.sender.type == SenderType::Member)
        w.opaque(membershipTag);
    return w.take();
}

Result<PublicMessage> PublicMessage::read(Reader& r) {
    PublicMessage m;
    m.content.wireFormat = WireFormat::PublicMessage;
    VALISE_TRY(m.content.content, FramedContent::read(r));
    VALISE_CHECK(m.content.readAuth(r));
    if (m.content.content.sender.type == SenderType::Member) {
        VALISE_TRY(m.membershipTag, readOpaque(r));
    }
    return m;
}

// PrivateMessage

Bytes PrivateMessage::toMessage() const {
    Writer w;
    writeMessageHeader(w, WireFormat::PrivateMessage);
    w.opaque(groupId);
    w.u64(epoch);
    w.u8(static_cast<std::uint8_t>(contentType));
    w.opaque(authenticatedData);
    w.opaque(encryptedSenderData);
    w.opaque(ciphertext);
    return w.take();
}

Result<PrivateMessage> PrivateMessage::read(Reader& r) {
    PrivateMessage m;
    VALISE_TRY(m.groupId, readOpaque(r));
    VALISE_TRY(m.epoch, r.u64());
    VALISE_TRY(m.contentType, readContentType(r));
    VALISE_TRY(m.authenticatedData, readOpaque(r));
    VALISE_TRY(m.encryptedSenderData, readOpaque(r));
    VALISE_TRY(m.ciphertext, readOpaque(r));
    return m;
}

namespace {

Bytes contentAad(const PrivateMessage& m) {
    Writer w;
    w.opaque(m.groupId);
    w.u64(m.epoch);
    w.u8(static_cast<std::uint8_t>(m.contentType));
    w.opaque(m.authenticatedData);
    return w.take();
}

Bytes senderDataAad(const PrivateMessage& m) {
    Writer w;
    w.opaque(m.groupId);
    w.u64(m.epoch);
    w.u8(static_cast<std::uint8_t>(m.contentType));
    return w.take();
}

crypto::KeyBytes guarded(const crypto::KeyBytes& nonce, ByteView reuseGuard) {
    crypto::KeyBytes out = nonce;
    for (std::size_t i = 0; i < reuseGuard.size(); ++i)
        out.data()[i] = static_cast<std::uint8_t>(out.data()[i] ^ reuseGuard[i]);
    return out;
}

RatchetType ratchetFor(ContentType type) {
    return type == ContentType::Application ? RatchetType::Application : RatchetType::Handshake;
}

} // namespace

Result<PrivateMessage> sealPrivate(const AuthenticatedContent& content, CipherSuite suite,
                                   ByteView senderDataSecret, SecretTree& secrets, std::size_t padding,
                                   crypto::Random& random) {
    const FramedContent& c = content.content;
    VALISE_TRY(const auto next, secrets.next(c.sender.index, ratchetFor(c.contentType)));
    PrivateMessage m;
    m.groupId = c.groupId;
    m.epoch = c.epoch;
    m.contentType = c.contentType;
    m.authenticatedData = c.authenticatedData;
    Writer plain;
    plain.raw(c.contentRaw);
    content.writeAuth(plain);
    plain.raw(Bytes(padding));
    const ByteArray<4> reuseGuard = random.array<4>();
    m.ciphertext = crypto::aeadSeal(aeadOf(suite), next.second.key, guarded(next.second.nonce, reuseGuard),
                                    contentAad(m), plain.bytes());
    Writer senderData;
    senderData.u32(c.sender.index);
    senderData.u32(next.first);
    senderData.raw(reuseGuard);
    const AeadKeyNonce key = senderDataKeyNonce(suite, senderDataSecret, m.ciphertext);
    m.encryptedSenderData =
        crypto::aeadSeal(aeadOf(suite), key.key, key.nonce, senderDataAad(m), senderData.bytes());
    return m;
}

Result<OpenedPrivate> openPrivate(const PrivateMessage& message, CipherSuite suite, ByteView senderDataSecret,
                                  SecretTree& secrets) {
    const AeadKeyNonce key = senderDataKeyNonce(suite, senderDataSecret, message.ciphertext);
    VALISE_TRY(const Bytes senderData, crypto::aeadOpen(aeadOf(suite), key.key, key.nonce,
                                                        senderDataAad(message), message.encryptedSenderData));
    Reader s(senderData);
    VALISE_TRY(const std::uint32_t leaf, s.u32());
    VALISE_TRY(const std::uint32_t generation, s.u32());
    VALISE_TRY(const auto reuseGuard, s.fixed<4>());
    VALISE_CHECK(s.finish());
    OpenedPrivate out;
    VALISE_TRY(out.found, secrets.find(leaf, ratchetFor(message.contentType), generation));
    VALISE_TRY(Bytes plaintext, crypto::aeadOpen(aeadOf(suite), out.found.keyNonce.key,
                                                 guarded(out.found.keyNonce.nonce, reuseGuard),
                                                 contentAad(message), message.ciphertext));
    crypto::WipeGuard guard(plaintext);
    AuthenticatedContent& a = out.content;
    a.wireFormat = WireFormat::PrivateMessage;
    a.content.groupId = message.groupId;
    a.content.epoch = message.epoch;
    a.content.sender = {SenderType::Member, leaf};
    a.content.authenticatedData = message.authenticatedData;
    a.content.contentType = message.contentType;
    Reader r(plaintext);
    VALISE_CHECK(a.content.readContent(r));
    VALISE_CHECK(a.readAuth(r));
    VALISE_TRY(const ByteView padding, r.raw(r.remaining()));
    if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t b) { return b != 0; }))
        return {ErrorCode::InvalidEncoding, "padding is not zero"};
    return out;
}

Result<Inspected> inspect(ByteView mlsMessage) {
    Reader r(mlsMessage);
    Inspected out;
    VALISE_TRY(out.wireFormat, readMessageHeader(r));
    switch (out.wireFormat) {
    case WireFormat::PublicMessage: {
        VALISE_TRY(const PublicMessage m, PublicMessage::read(r));
        const FramedContent& c = m.content.content;
        out.groupId = c.groupId;
        out.epoch = c.epoch;
        out.contentType = c.contentType;
        out.senderType = c.sender.type;
        if (c.sender.type == SenderType::Member)
            out.senderLeaf = c.sender.index;
        break;
    }
    case WireFormat::PrivateMessage: {
        VALISE_TRY(PrivateMessage m, PrivateMessage::read(r));
        out.groupId = std::move(m.groupId);
        out.epoch = m.epoch;
        out.contentType = m.contentType;
        break;
    }
    case WireFormat::Welcome: {
        VALISE_TRY(Welcome w, Welcome::read(r));
        for (EncryptedGroupSecrets& s : w.secrets)
            out.welcomeKeyPackageRefs.push_back(std::move(s.newMember));
        break;
    }
    case WireFormat::GroupInfo: {
        VALISE_TRY(GroupInfo g, GroupInfo::read(r));
        out.groupId = std::move(g.context.groupId);
        out.epoch = g.context.epoch;
        break;
    }
    case WireFormat::KeyPackage:
        VALISE_CHECK(KeyPackage::read(r));
        break;
    }
    VALISE_CHECK(r.finish());
    return out;
}

} // namespace valise::mls
