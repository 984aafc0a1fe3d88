// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/group.h"
#include "core/mls/secret_tree.h"
#include "core/mls/treekem.h"

namespace valise::mls {

//! Sender (RFC 9420 section 6). `index` is used only for Member (leaf) and External.
struct Sender {
    SenderType type = SenderType::Member;
    std::uint32_t index = 0;

    void write(Writer& w) const;
    static Result<Sender> read(Reader& r);
};

//! ProposalOrRef (section 12.4).
using ProposalOrRef = std::variant<Proposal, Bytes>;

//! Commit (section 12.4).
struct Commit {
    std::vector<ProposalOrRef> proposals;
    std::optional<UpdatePath> path;

    void write(Writer& w) const;
    static Result<Commit> read(Reader& r);
};

//! Application data, a content type of its own.
struct ApplicationData {
    Bytes data;
};

//! FramedContent (section 6). `contentRaw` keeps the content's octets as received.
struct FramedContent {
    Bytes groupId;
    std::uint64_t epoch = 0;
    Sender sender;
    Bytes authenticatedData;
    ContentType contentType = ContentType::Application;
    std::variant<ApplicationData, Proposal, Commit> content;
    Bytes contentRaw;

    //! Sets `content` and `contentRaw`.
    void setContent(ApplicationData data);
    void setContent(Proposal proposal);
    void setContent(Commit commit);
    void write(Writer& w) const;
    static Result<FramedContent> read(Reader& r);
    //! Reads the content alone, of the type in `contentType`.
    Result<void> readContent(Reader& r);
};

//! AuthenticatedContent (section 6.1): FramedContent with wire format and FramedContentAuthData.
struct AuthenticatedContent {
    WireFormat wireFormat = WireFormat::PublicMessage;
    FramedContent content;
    Bytes signature;
    Bytes confirmationTag; //!< only for commits

    void write(Writer& w) const;
    static Result<AuthenticatedContent> read(Reader& r);
    void writeAuth(Writer& w) const;
    Result<void> readAuth(Reader& r);
    //! FramedContentTBS; `groupContext` as encoded.
    Bytes tbs(ByteView groupContext) const;
    void sign(const crypto::Ed25519KeyPair& signer, ByteView groupContext);
    bool verify(ByteView signatureKey, ByteView groupContext) const;
    //! ConfirmedTranscriptHashInput (section 8.2).
    Bytes confirmedTranscriptInput() const;
    //! ProposalRef (section 5.2).
    Bytes proposalRef() const;
};

//! PublicMessage (section 6.2).
struct PublicMessage {
    AuthenticatedContent content;
    Bytes membershipTag; //!< only for members

    void setMembershipTag(ByteView membershipKey, ByteView groupContext);
    bool checkMembershipTag(ByteView membershipKey, ByteView groupContext) const;
    Bytes toMessage() const;
    static Result<PublicMessage> read(Reader& r);
};

//! PrivateMessage (section 6.3).
struct PrivateMessage {
    Bytes groupId;
    std::uint64_t epoch = 0;
    ContentType contentType = ContentType::Application;
    Bytes authenticatedData;
    Bytes encryptedSenderData;
    Bytes ciphertext;

    Bytes toMessage() const;
    static Result<PrivateMessage> read(Reader& r);
};

//! Encrypts signed content with the sender's next key.
Result<PrivateMessage> sealPrivate(const AuthenticatedContent& content, CipherSuite suite,
                                   ByteView senderDataSecret, SecretTree& secrets, std::size_t padding,
                                   crypto::Random& random);

//! A decrypted PrivateMessage. SecretTree::take deletes the key after the signature was verified.
struct OpenedPrivate {
    AuthenticatedContent content;
    SecretTree::Found found;
};
Result<OpenedPrivate> openPrivate(const PrivateMessage& message, CipherSuite suite, ByteView senderDataSecret,
                                  SecretTree& secrets);

//! Reads the header of an MLSMessage: the version (must be mls10) and the wire format. Errors:
//! InvalidEncoding, Unsupported.
Result<WireFormat> readMessageHeader(Reader& r);
void writeMessageHeader(Writer& w, WireFormat format);

} // namespace valise::mls
