// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/framing.h"
#include "core/mls/key_schedule.h"
#include "core/mls/secret_tree.h"
#include "core/mls/tree_math.h"
#include "tests/core/mls/vectors/vector_check.h"
#include "tests/support/seeded_random.h"

namespace valise::test::vectors {

using namespace mls;

void checkCryptoBasics(CipherSuite suite, const Object& v) {
    const Object ref = v.object("ref_hash");
    requireEqual(refHash(ref.text("label"), ref.hex("value")), ref.hex("out"), "RefHash");
    const Object expand = v.object("expand_with_label");
    requireEqual(expandWithLabel(expand.hex("secret"), expand.text("label"), expand.hex("context"),
                                 expand.number("length")),
                 expand.hex("out"), "ExpandWithLabel");
    const Object derive = v.object("derive_secret");
    requireEqual(deriveSecret(derive.hex("secret"), derive.text("label")), derive.hex("out"), "DeriveSecret");
    const Object tree = v.object("derive_tree_secret");
    requireEqual(deriveTreeSecret(tree.hex("secret"), tree.text("label"), tree.number32("generation"),
                                  tree.number("length")),
                 tree.hex("out"), "DeriveTreeSecret");

    const Object sign = v.object("sign_with_label");
    const Bytes content = sign.hex("content");
    const std::string label = sign.text("label");
    require(verifyWithLabel(sign.hex("pub"), label, content, sign.hex("signature")), "VerifyWithLabel");
    const auto key = valueOf(crypto::ed25519FromSeed(sign.hex("priv")), "signature key");
    requireEqual(key.publicKey, sign.hex("pub"), "signature public key");
    requireEqual(signWithLabel(key, label, content), sign.hex("signature"), "SignWithLabel");
    require(!verifyWithLabel(key.publicKey, label + "x", content, sign.hex("signature")),
            "a signature with another label was accepted");

    const Object enc = v.object("encrypt_with_label");
    const crypto::KeyBytes priv(enc.hex("priv"));
    requireEqual(valueOf(decryptWithLabel(suite, priv, enc.hex("pub"), enc.text("label"), enc.hex("context"),
                                          enc.hex("kem_output"), enc.hex("ciphertext")),
                         "DecryptWithLabel"),
                 enc.hex("plaintext"), "DecryptWithLabel");
    crypto::SeededRandom random(1);
    const auto sealed =
        valueOf(encryptWithLabel(suite, enc.hex("pub"), "own", content, content, random), "EncryptWithLabel");
    requireEqual(
        valueOf(decryptWithLabel(suite, priv, enc.hex("pub"), "own", content, sealed.enc, sealed.ciphertext),
                "DecryptWithLabel of an own ciphertext"),
        content, "own ciphertext");
    require(
        !decryptWithLabel(suite, priv, enc.hex("pub"), "other", content, sealed.enc, sealed.ciphertext).ok(),
        "a ciphertext with another label was accepted");
}

void checkDeserialization(const Object& v) {
    const Bytes header = v.hex("vlbytes_header");
    Reader r(header);
    require(valueOf(r.varint(), "vector length") == v.number("length"), "vector length");
    succeed(r.finish(), "vector length");
}

void checkKeySchedule(CipherSuite suite, const Object& v) {
    crypto::KeyBytes init(v.hex("initial_init_secret"));
    std::uint64_t epoch = 0;
    for (const auto element : v.array("epochs")) {
        const Object e(element);
        GroupContext context;
        context.suite = suite;
        context.groupId = v.hex("group_id");
        context.epoch = epoch++;
        context.treeHash = e.hex("tree_hash");
        context.confirmedTranscriptHash = e.hex("confirmed_transcript_hash");
        const Bytes encoded = context.encode();
        requireEqual(encoded, e.hex("group_context"), "GroupContext");
        const auto joiner = joinerSecret(init, e.hex("commit_secret"), encoded);
        requireEqual(joiner, e.hex("joiner_secret"), "joiner_secret");
        const Bytes psk = e.hex("psk_secret");
        requireEqual(welcomeSecret(joiner, psk), e.hex("welcome_secret"), "welcome_secret");
        const auto s = EpochSecrets::fromEpochSecret(epochSecret(joiner, psk, encoded));
        requireEqual(s.init, e.hex("init_secret"), "init_secret");
        requireEqual(s.senderData, e.hex("sender_data_secret"), "sender_data_secret");
        requireEqual(s.encryption, e.hex("encryption_secret"), "encryption_secret");
        requireEqual(s.exporter, e.hex("exporter_secret"), "exporter_secret");
        requireEqual(s.authenticator, e.hex("epoch_authenticator"), "epoch_authenticator");
        requireEqual(s.external, e.hex("external_secret"), "external_secret");
        requireEqual(s.confirmation, e.hex("confirmation_key"), "confirmation_key");
        requireEqual(s.membership, e.hex("membership_key"), "membership_key");
        requireEqual(s.resumption, e.hex("resumption_psk"), "resumption_psk");
        requireEqual(crypto::hpkeDeriveKeyPair(s.external).publicKey, e.hex("external_pub"), "external_pub");
        const Object exporter = e.object("exporter");
        requireEqual(
            mlsExport(s.exporter, exporter.text("label"), exporter.hex("context"), exporter.number("length")),
            exporter.hex("secret"), "MLS-Exporter");
        init = s.init;
    }
    require(epoch > 0, "no epochs");
}

void checkPskSecret(const Object& v) {
    std::vector<Psk> psks;
    for (const auto element : v.array("psks")) {
        const Object p(element);
        Psk psk;
        psk.id.pskId = p.hex("psk_id");
        psk.id.pskNonce = p.hex("psk_nonce");
        psk.secret = crypto::KeyBytes(p.hex("psk"));
        psks.push_back(std::move(psk));
    }
    requireEqual(pskSecret(psks), v.hex("psk_secret"), "psk_secret");
}

void checkSecretTree(CipherSuite suite, const Object& v) {
    const Object sd = v.object("sender_data");
    const AeadKeyNonce senderData =
        senderDataKeyNonce(suite, sd.hex("sender_data_secret"), sd.hex("ciphertext"));
    requireEqual(senderData.key, sd.hex("key"), "sender data key");
    requireEqual(senderData.nonce, sd.hex("nonce"), "sender data nonce");

    const simdjson::dom::array leaves = v.array("leaves");
    std::uint32_t width = 1;
    while (width < leaves.size())
        width *= 2;
    SecretTree tree(suite, width, crypto::KeyBytes(v.hex("encryption_secret")));
    LeafIndex leaf = 0;
    for (const auto list : leaves) {
        for (const auto element : simdjson::dom::array(list)) {
            const Object g(element);
            for (const auto& [type, name] : {std::pair{RatchetType::Application, std::string("application")},
                                             std::pair{RatchetType::Handshake, std::string("handshake")}}) {
                const auto found =
                    valueOf(tree.find(leaf, type, g.number32("generation")), name + " ratchet");
                requireEqual(found.keyNonce.key, g.hex(name + "_key"), name + " key");
                requireEqual(found.keyNonce.nonce, g.hex(name + "_nonce"), name + " nonce");
                tree.take(found);
                require(!tree.find(leaf, type, g.number32("generation")).ok(), "a used key was given again");
            }
        }
        ++leaf;
    }
}

void checkTranscriptHashes(const Object& v) {
    const Bytes encoded = v.hex("authenticated_content");
    Reader r(encoded);
    const AuthenticatedContent content = valueOf(AuthenticatedContent::read(r), "AuthenticatedContent");
    succeed(r.finish(), "AuthenticatedContent");
    Writer w;
    content.write(w);
    requireEqual(w.bytes(), encoded, "AuthenticatedContent");
    const Bytes confirmed =
        confirmedTranscriptHash(v.hex("interim_transcript_hash_before"), content.confirmedTranscriptInput());
    requireEqual(confirmed, v.hex("confirmed_transcript_hash_after"), "confirmed transcript hash");
    requireEqual(mac(v.hex("confirmation_key"), confirmed), content.confirmationTag, "confirmation tag");
    requireEqual(interimTranscriptHash(confirmed, content.confirmationTag),
                 v.hex("interim_transcript_hash_after"), "interim transcript hash");
}

void checkTreeMath(const Object& v) {
    const auto leaves = v.number32("n_leaves");
    require(tree_math::nodeWidth(leaves) == v.number("n_nodes"), "number of nodes");
    require(tree_math::root(leaves) == v.number("root"), "root");
    const auto compare = [&](std::string_view name, auto relation) {
        const simdjson::dom::array list = v.array(name);
        require(list.size() == tree_math::nodeWidth(leaves), name);
        tree_math::NodeIndex i = 0;
        for (const auto e : list) {
            std::optional<tree_math::NodeIndex> expected;
            if (!e.is_null())
                expected = static_cast<tree_math::NodeIndex>(std::uint64_t(e));
            require(relation(i) == expected, std::string(name) + " of " + std::to_string(i));
            ++i;
        }
    };
    compare("left", [](auto i) { return tree_math::left(i); });
    compare("right", [](auto i) { return tree_math::right(i); });
    compare("parent", [&](auto i) { return tree_math::parent(i, leaves); });
    compare("sibling", [&](auto i) { return tree_math::sibling(i, leaves); });
}

} // namespace valise::test::vectors
