// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/framing.h"
#include "tests/core/mls/vector_suites.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

struct Setting {
    CipherSuite suite;
    Bytes context;
    Bytes publicKey;
    crypto::Ed25519KeyPair signer;
    Bytes encryptionSecret;
    Bytes senderDataSecret;
    Bytes membershipKey;
    Bytes groupId;
    std::uint64_t epoch;

    SecretTree secrets() const { return SecretTree(suite, 2, crypto::KeyBytes(encryptionSecret)); }
};

AuthenticatedContent openPublic(const Setting& s, const Bytes& message) {
    Reader r(message);
    REQUIRE(must(readMessageHeader(r)) == WireFormat::PublicMessage);
    PublicMessage m = must(PublicMessage::read(r));
    must(r.finish());
    CHECK(m.toMessage() == message);
    CHECK(m.checkMembershipTag(s.membershipKey, s.context));
    CHECK(m.content.verify(s.publicKey, s.context));
    CHECK_FALSE(m.content.verify(s.publicKey, viewOf("another context")));
    return m.content;
}

AuthenticatedContent openPrivateOf(const Setting& s, const Bytes& message) {
    Reader r(message);
    REQUIRE(must(readMessageHeader(r)) == WireFormat::PrivateMessage);
    PrivateMessage m = must(PrivateMessage::read(r));
    must(r.finish());
    CHECK(m.toMessage() == message);
    SecretTree secrets = s.secrets();
    OpenedPrivate opened = must(openPrivate(m, s.suite, s.senderDataSecret, secrets));
    CHECK(opened.content.verify(s.publicKey, s.context));
    m.ciphertext[3] ^= 1;
    CHECK_FALSE(openPrivate(m, s.suite, s.senderDataSecret, secrets).ok());
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

TEST_CASE("message protection matches the published vectors", "[mls]") {
    forSupportedSuites("mls/message-protection.json", [](CipherSuite suite, simdjson::dom::element v) {
        GroupContext context;
        context.suite = suite;
        context.groupId = hexMember(v, "group_id");
        context.epoch = intMember(v, "epoch");
        context.treeHash = hexMember(v, "tree_hash");
        context.confirmedTranscriptHash = hexMember(v, "confirmed_transcript_hash");
        const Setting s{suite,
                        context.encode(),
                        hexMember(v, "signature_pub"),
                        must(crypto::ed25519FromSeed(hexMember(v, "signature_priv"))),
                        hexMember(v, "encryption_secret"),
                        hexMember(v, "sender_data_secret"),
                        hexMember(v, "membership_key"),
                        context.groupId,
                        context.epoch};
        crypto::SeededRandom random(3);

        const Bytes proposal = hexMember(v, "proposal");
        const Bytes commit = hexMember(v, "commit");
        CHECK(openPublic(s, hexMember(v, "proposal_pub")).content.contentRaw == proposal);
        CHECK(openPrivateOf(s, hexMember(v, "proposal_priv")).content.contentRaw == proposal);
        CHECK(openPublic(s, hexMember(v, "commit_pub")).content.contentRaw == commit);
        CHECK(openPrivateOf(s, hexMember(v, "commit_priv")).content.contentRaw == commit);
        const auto application = openPrivateOf(s, hexMember(v, "application_priv"));
        CHECK(std::get<ApplicationData>(application.content.content).data == hexMember(v, "application"));

        // What this build protects it can open, too.
        FramedContent contents[3];
        contents[0].setContent(must(Proposal::decode(proposal)));
        Reader r(commit);
        contents[1].setContent(must(Commit::read(r)));
        contents[2].setContent(ApplicationData{hexMember(v, "application")});
        SecretTree sending = s.secrets();
        for (const FramedContent& c : contents) {
            const auto a = signedContent(s, WireFormat::PrivateMessage, c);
            const PrivateMessage m = must(sealPrivate(a, suite, s.senderDataSecret, sending, 17, random));
            CHECK(openPrivateOf(s, m.toMessage()).content.contentRaw == c.contentRaw);
            if (c.contentType == ContentType::Application)
                continue;
            PublicMessage p{signedContent(s, WireFormat::PublicMessage, c), {}};
            p.setMembershipTag(s.membershipKey, s.context);
            CHECK(openPublic(s, p.toMessage()).content.contentRaw == c.contentRaw);
        }
    });
}
