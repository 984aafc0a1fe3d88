// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins groups of other implementations, from the bytes that those sent.
#include "tests/support/catch.h"
#include "tests/support/vectors.h"

#include "core/base/codec.h"
#include "core/marmot/group_engine.h"

using namespace valise;
using namespace valise::marmot;

namespace {

mls::KeyPackageBundle bundleOf(ByteView message, ByteView init, ByteView encryption, ByteView seed) {
    mls::KeyPackageBundle bundle;
    bundle.keyPackage = must(mls::KeyPackage::fromMessage(message));
    bundle.initPrivateKey = crypto::KeyBytes(init);
    bundle.encryptionPrivateKey = crypto::KeyBytes(encryption);
    bundle.signer = must(crypto::ed25519FromSeed(seed));
    return bundle;
}

std::string conformance(const GroupEngine& session) {
    const auto secret = must(session.group().exportSecret(kExporterLabel, viewOf(kConformanceContext), 32));
    const Bytes zero{0};
    return toHex(crypto::sha256({viewOf("marmot-convergence-conformance-v1"), zero, secret}));
}

} // namespace

TEST_CASE("a group of White Noise is joined through its own invitation") {
    const auto file = test::openVectors("marmot/third-party/mdk-0.11-white-noise-join.json");
    if (!file)
        return;
    const auto root = file->root();
    const simdjson::dom::element rumorElement = root["welcome_rumor"];
    const WelcomeMessage welcome =
        must(readWelcomeRumor(must(nostr::parseLenientRumor(simdjson::minify(rumorElement)))));
    const simdjson::dom::element keys = root["joiner_private"];
    const GroupEngine session = must(GroupEngine::join(
        welcome,
        bundleOf(test::hexMember(root, "key_package_mls_message"), test::hexMember(keys, "init_key_private"),
                 test::hexMember(keys, "encryption_key_private"),
                 test::hexMember(keys, "signature_key_private_seed")),
        {}));
    CHECK(toHex(session.id()) == test::textMember(root, "group_id"));
    CHECK(session.epoch() == test::intMember(root, "epoch"));
    CHECK(session.members().size() == 2);
    CHECK_FALSE(session.isAdmin());
    const simdjson::dom::element decrypted = root["decrypted"];
    CHECK(toHex(must(session.group().exportSecret(kExporterLabel, viewOf(kGroupEventContext), 32))) ==
          test::textMember(decrypted, "exporter_group_event"));
    CHECK(conformance(session) == test::textMember(decrypted, "conformance_commitment"));
}

TEST_CASE("a group of the Amethyst fixture is joined and read") {
    const auto file = test::openVectors("marmot/third-party/amethyst-marmot-current-profile.json");
    if (!file)
        return;
    const auto root = file->root();
    const simdjson::dom::element joiner = root["joiner"];
    const simdjson::dom::element committer = root["committer"];
    WelcomeMessage welcome;
    welcome.inviter = fixedBytes<32>(test::hexMember(committer, "account_pubkey")).value();
    welcome.relays = {"wss://nos.lol"};
    welcome.mlsMessage = test::hexMember(root, "welcome");
    const auto bundle =
        bundleOf(test::hexMember(joiner, "key_package"), test::hexMember(joiner, "init_priv"),
                 test::hexMember(joiner, "encryption_priv"), test::hexMember(joiner, "signature_priv"));
    const GroupEngine session = must(GroupEngine::join(welcome, bundle, {}));
    CHECK(session.state().profile.name == "Marmot interop");
    mls::Group group = session.group();
    std::size_t read = 0;
    for (simdjson::dom::element message : root["app_messages_alice_to_bob"].get_array()) {
        const auto opened = must(group.unprotect(test::hexMember(message, "private_message")));
        CHECK(opened.plaintext == test::hexMember(message, "plaintext"));
        ++read;
    }
    CHECK(read == 2);
    welcome.inviter.fill(1);
    CHECK(GroupEngine::join(welcome, bundle, {}).error().code == ErrorCode::InvalidWelcome);
}
