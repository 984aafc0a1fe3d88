// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/framing.h"
#include "core/mls/welcome.h"
#include "tests/core/mls/vectors/vector_check.h"
#include "tests/support/seeded_random.h"

namespace valise::test::vectors {

using namespace mls;

namespace {

template <typename T>
Bytes encoded(const T& value) {
    Writer w;
    value.write(w);
    return w.take();
}

//! Decodes an MLSMessage and encodes it again.
Bytes reencode(ByteView message) {
    Reader r(message);
    const WireFormat format = valueOf(readMessageHeader(r), "MLSMessage");
    Writer w;
    switch (format) {
    case WireFormat::PublicMessage:
        w.raw(valueOf(PublicMessage::read(r), "PublicMessage").toMessage());
        break;
    case WireFormat::PrivateMessage:
        w.raw(valueOf(PrivateMessage::read(r), "PrivateMessage").toMessage());
        break;
    case WireFormat::Welcome:
        w.raw(valueOf(Welcome::read(r), "Welcome").toMessage());
        break;
    case WireFormat::KeyPackage:
        w.raw(valueOf(KeyPackage::read(r), "KeyPackage").toMessage());
        break;
    case WireFormat::GroupInfo: {
        const GroupInfo info = valueOf(GroupInfo::read(r), "GroupInfo");
        writeMessageHeader(w, format);
        w.raw(info.context.encode());
        writeExtensions(w, info.extensions);
        w.opaque(info.confirmationTag);
        w.u32(info.signer);
        w.opaque(info.signature);
        break;
    }
    }
    succeed(r.finish(), "MLSMessage");
    return w.take();
}

} // namespace

void checkMessages(const Object& v) {
    for (const char* name : {"mls_welcome", "mls_group_info", "mls_key_package", "public_message_application",
                             "public_message_proposal", "public_message_commit", "private_message"}) {
        const Bytes message = v.hex(name);
        requireEqual(reencode(message), message, name);
        valueOf(inspect(message), name);
    }
    const Bytes tree = v.hex("ratchet_tree");
    requireEqual(valueOf(RatchetTree::decode(tree), "ratchet_tree").encode(), tree, "ratchet_tree");
    const Bytes secrets = v.hex("group_secrets");
    requireEqual(valueOf(GroupSecrets::decode(secrets), "group_secrets").encode(), secrets, "group_secrets");
    static constexpr std::pair<const char*, ProposalType> kProposals[] = {
        {"add_proposal", ProposalType::Add},
        {"update_proposal", ProposalType::Update},
        {"remove_proposal", ProposalType::Remove},
        {"pre_shared_key_proposal", ProposalType::PreSharedKey},
        {"re_init_proposal", ProposalType::ReInit},
        {"external_init_proposal", ProposalType::ExternalInit},
        {"group_context_extensions_proposal", ProposalType::GroupContextExtensions}};
    for (const auto& [name, type] : kProposals) {
        Writer w;
        w.u16(static_cast<std::uint16_t>(type));
        w.raw(v.hex(name));
        requireEqual(encoded(valueOf(Proposal::decode(w.bytes()), name)), w.bytes(), name);
    }
    const Bytes commit = v.hex("commit");
    Reader r(commit);
    requireEqual(encoded(valueOf(Commit::read(r), "commit")), commit, "commit");
    succeed(r.finish(), "commit");
}

namespace {

struct Setting {
    CipherSuite suite{};
    Bytes context;
    Bytes publicKey;
    crypto::Ed25519KeyPair signer;
    Bytes encryptionSecret;
    Bytes senderDataSecret;
    Bytes membershipKey;
    Bytes groupId;
    std::uint64_t epoch = 0;

    SecretTree secrets() const { return SecretTree(suite, 2, crypto::KeyBytes(encryptionSecret)); }
};

AuthenticatedContent openPublic(const Setting& s, const Bytes& message) {
    Reader r(message);
    require(valueOf(readMessageHeader(r), "MLSMessage") == WireFormat::PublicMessage, "a PublicMessage");
    PublicMessage m = valueOf(PublicMessage::read(r), "PublicMessage");
    succeed(r.finish(), "PublicMessage");
    requireEqual(m.toMessage(), message, "PublicMessage");
    require(m.checkMembershipTag(s.membershipKey, s.context), "membership tag");
    require(m.content.verify(s.publicKey, s.context), "signature of a PublicMessage");
    require(!m.content.verify(s.publicKey, viewOf("another context")), "a signature in another context");
    return m.content;
}

AuthenticatedContent openPrivate(const Setting& s, const Bytes& message) {
    Reader r(message);
    require(valueOf(readMessageHeader(r), "MLSMessage") == WireFormat::PrivateMessage, "a PrivateMessage");
    PrivateMessage m = valueOf(PrivateMessage::read(r), "PrivateMessage");
    succeed(r.finish(), "PrivateMessage");
    requireEqual(m.toMessage(), message, "PrivateMessage");
    SecretTree secrets = s.secrets();
    OpenedPrivate opened =
        valueOf(mls::openPrivate(m, s.suite, s.senderDataSecret, secrets), "decrypting a PrivateMessage");
    require(opened.content.verify(s.publicKey, s.context), "signature of a PrivateMessage");
    m.ciphertext[3] ^= 1;
    require(!mls::openPrivate(m, s.suite, s.senderDataSecret, secrets).ok(),
            "a changed ciphertext was accepted");
    return opened.content;
}

AuthenticatedContent signedContent(const Setting& s, WireFormat format, FramedContent content) {
    AuthenticatedContent a;
    a.wireFormat = format;
    a.content = std::move(content);
    a.content.groupId = s.groupId;
    a.content.epoch = s.epoch;
    a.content.sender = {SenderType::Member, 1};
    a.content.authenticatedData = toBytes(viewOf("aad"));
    if (a.content.contentType == ContentType::Commit)
        a.confirmationTag = Bytes(32, 9);
    a.sign(s.signer, s.context);
    return a;
}

} // namespace

void checkMessageProtection(CipherSuite suite, const Object& v) {
    GroupContext context;
    context.suite = suite;
    context.groupId = v.hex("group_id");
    context.epoch = v.number("epoch");
    context.treeHash = v.hex("tree_hash");
    context.confirmedTranscriptHash = v.hex("confirmed_transcript_hash");
    const Setting s{suite,
                    context.encode(),
                    v.hex("signature_pub"),
                    valueOf(crypto::ed25519FromSeed(v.hex("signature_priv")), "signature key"),
                    v.hex("encryption_secret"),
                    v.hex("sender_data_secret"),
                    v.hex("membership_key"),
                    context.groupId,
                    context.epoch};
    crypto::SeededRandom random(3);

    const Bytes proposal = v.hex("proposal");
    const Bytes commit = v.hex("commit");
    requireEqual(openPublic(s, v.hex("proposal_pub")).content.contentRaw, proposal, "proposal_pub");
    requireEqual(openPrivate(s, v.hex("proposal_priv")).content.contentRaw, proposal, "proposal_priv");
    requireEqual(openPublic(s, v.hex("commit_pub")).content.contentRaw, commit, "commit_pub");
    requireEqual(openPrivate(s, v.hex("commit_priv")).content.contentRaw, commit, "commit_priv");
    const auto application = openPrivate(s, v.hex("application_priv"));
    requireEqual(std::get<ApplicationData>(application.content.content).data, v.hex("application"),
                 "application_priv");

    // This build can decrypt its own messages as well.
    FramedContent contents[3];
    contents[0].setContent(valueOf(Proposal::decode(proposal), "proposal"));
    Reader r(commit);
    contents[1].setContent(valueOf(Commit::read(r), "commit"));
    contents[2].setContent(ApplicationData{v.hex("application")});
    SecretTree sending = s.secrets();
    for (const FramedContent& c : contents) {
        const auto a = signedContent(s, WireFormat::PrivateMessage, c);
        const PrivateMessage m =
            valueOf(sealPrivate(a, suite, s.senderDataSecret, sending, 17, random), "sealing");
        requireEqual(openPrivate(s, m.toMessage()).content.contentRaw, c.contentRaw, "an own PrivateMessage");
        if (c.contentType == ContentType::Application)
            continue;
        PublicMessage p{signedContent(s, WireFormat::PublicMessage, c), {}};
        p.setMembershipTag(s.membershipKey, s.context);
        requireEqual(openPublic(s, p.toMessage()).content.contentRaw, c.contentRaw, "an own PublicMessage");
    }
}

void checkWelcome(CipherSuite suite, const Object& v) {
    const Bytes message = v.hex("welcome");
    Reader r(message);
    require(valueOf(readMessageHeader(r), "MLSMessage") == WireFormat::Welcome, "a Welcome");
    const Welcome welcome = valueOf(Welcome::read(r), "Welcome");
    succeed(r.finish(), "Welcome");
    requireEqual(welcome.toMessage(), message, "Welcome");
    const KeyPackage keyPackage = valueOf(KeyPackage::fromMessage(v.hex("key_package")), "KeyPackage");
    requireEqual(keyPackage.toMessage(), v.hex("key_package"), "KeyPackage");
    const auto entry = std::find_if(welcome.secrets.begin(), welcome.secrets.end(),
                                    [&](const auto& s) { return s.newMember == keyPackage.ref(); });
    require(entry != welcome.secrets.end(), "the Welcome has no entry for the KeyPackage");
    const Bytes plain =
        valueOf(decryptWithLabel(suite, crypto::KeyBytes(v.hex("init_priv")), keyPackage.initKey, "Welcome",
                                 welcome.encryptedGroupInfo, entry->secrets.enc, entry->secrets.ciphertext),
                "group secrets");
    const GroupSecrets secrets = valueOf(GroupSecrets::decode(plain), "GroupSecrets");
    requireEqual(secrets.encode(), plain, "GroupSecrets");
    const auto psk = pskSecret({});
    const auto key = welcomeKeyNonce(suite, welcomeSecret(secrets.joinerSecret, psk));
    const Bytes infoBytes = valueOf(
        crypto::aeadOpen(aeadOf(suite), key.key, key.nonce, {}, welcome.encryptedGroupInfo), "GroupInfo");
    Reader infoReader(infoBytes);
    const GroupInfo info = valueOf(GroupInfo::read(infoReader), "GroupInfo");
    require(info.verify(v.hex("signer_pub")), "signature of the GroupInfo");
    const auto epoch =
        EpochSecrets::fromEpochSecret(epochSecret(secrets.joinerSecret, psk, info.context.encode()));
    requireEqual(mac(epoch.confirmation, info.context.confirmedTranscriptHash), info.confirmationTag,
                 "confirmation tag");
}

} // namespace valise::test::vectors
