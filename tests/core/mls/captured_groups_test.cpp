// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/group.h"
#include "tests/support/catch.h"
#include "tests/support/vectors.h"

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

KeyPackageBundle bundleOf(ByteView keyPackage, const Bytes& init, const Bytes& encryption,
                          const Bytes& seed) {
    KeyPackageBundle b;
    b.keyPackage = must(KeyPackage::fromMessage(keyPackage));
    b.initPrivateKey = crypto::KeyBytes(init);
    b.encryptionPrivateKey = crypto::KeyBytes(encryption);
    b.signer = must(crypto::ed25519FromSeed(seed));
    must(b.keyPackage.validate(std::nullopt));
    return must(KeyPackageBundle::deserialize(b.serialize()));
}

} // namespace

TEST_CASE("joining a group made by White Noise", "[mls]") {
    const auto file = openVectors("marmot/third-party/mdk-0.11-white-noise-join.json");
    if (!file)
        return;
    const auto v = file->root();
    const auto priv = v["joiner_private"].value();
    const KeyPackageBundle bundle =
        bundleOf(hexMember(v, "key_package_mls_message"), hexMember(priv, "init_key_private"),
                 hexMember(priv, "encryption_key_private"), hexMember(priv, "signature_key_private_seed"));
    CHECK(bundle.keyPackage.ref() == hexMember(v, "key_package_ref"));
    const Bytes welcome = hexMember(v, "welcome_mls_message");
    const Inspected seen = must(inspect(welcome));
    REQUIRE(seen.welcomeKeyPackageRefs.size() == 1);
    CHECK(seen.welcomeKeyPackageRefs[0] == bundle.keyPackage.ref());

    const Group group = must(Group::join(welcome, bundle));
    const auto expected = v["decrypted"].value();
    CHECK(group.groupId() == hexMember(v, "group_id"));
    CHECK(group.epoch() == intMember(v, "epoch"));
    CHECK(group.contextBytes() == hexMember(expected, "group_context"));
    CHECK(group.exportTree() == hexMember(expected, "ratchet_tree"));
    CHECK(group.groupInfoSigner() == static_cast<LeafIndex>(intMember(expected, "signer_leaf")));
    CHECK(toBytes(must(group.exportSecret("marmot", viewOf("group-event"), 32)).view()) ==
          hexMember(expected, "exporter_group_event"));
    CHECK(toBytes(must(group.exportSecret("marmot", viewOf("encrypted-media"), 32)).view()) ==
          hexMember(expected, "exporter_encrypted_media"));
    REQUIRE(group.dictionary().find(0x8003));
    CHECK(must(RequiredCapabilities::of(group.extensions())).proposals ==
          std::vector<std::uint16_t>{0x0008, 0x000a});
    CHECK(group.memberCount() == 2);
    CHECK(must(Group::deserialize(group.serialize())).contextBytes() == group.contextBytes());
}

TEST_CASE("joining a group made by Amethyst and reading its messages", "[mls]") {
    const auto file = openVectors("marmot/third-party/amethyst-marmot-current-profile.json");
    if (!file)
        return;
    const auto v = file->root();
    const auto joiner = v["joiner"].value();
    const KeyPackageBundle bundle =
        bundleOf(hexMember(joiner, "key_package"), hexMember(joiner, "init_priv"),
                 hexMember(joiner, "encryption_priv"), hexMember(joiner, "signature_priv"));
    Group group = must(Group::join(hexMember(v, "welcome"), bundle));
    const auto event = v["exporters"]["group_event"].value();
    CHECK(toBytes(must(group.exportSecret(textMember(event, "label"), hexMember(event, "context"),
                                          intMember(event, "length")))
                      .view()) == hexMember(event, "secret"));
    for (const auto entry :
         simdjson::dom::object(v["group_state"]["epoch1_group_context_dictionary"].value())) {
        const auto id = must(fromHexFixed<2>(entry.key.substr(2)));
        const Bytes* state = group.dictionary().find(static_cast<std::uint16_t>(id[0] << 8 | id[1]));
        REQUIRE(state);
        CHECK(toHex(*state) == std::string_view(entry.value));
    }
    Group behind = group;
    std::vector<Bytes> messages;
    for (const auto m : simdjson::dom::array(v["app_messages_alice_to_bob"])) {
        messages.push_back(hexMember(m, "private_message"));
        const ApplicationMessage opened = must(group.unprotect(messages.back()));
        CHECK(opened.plaintext == hexMember(m, "plaintext"));
        CHECK(opened.sender == 0);
        CHECK(group.unprotect(messages.back()).error().code == ErrorCode::KeyUsed);
    }
    REQUIRE(messages.size() == 2);
    // Out of order, with a copy that still has its old ratchet.
    CHECK(behind.unprotect(messages[1]).ok());
    CHECK(behind.unprotect(messages[0]).ok());
    // The commit that led to this epoch belongs to the previous epoch.
    CHECK(group.processCommit(hexMember(v, "add_commit_public_message")).error().code ==
          ErrorCode::WrongEpoch);
    const Inspected seen = must(inspect(hexMember(v, "add_commit_public_message")));
    CHECK(seen.senderLeaf == LeafIndex{0});
    CHECK(seen.contentType == ContentType::Commit);
}
