// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/group.h"
#include "tests/core/mls/vector_suites.h"

#include <map>

using namespace valise;
using namespace valise::mls;
using namespace valise::test;

namespace {

void follow(simdjson::dom::element v) {
    KeyPackageBundle bundle;
    bundle.keyPackage = must(KeyPackage::fromMessage(hexMember(v, "key_package")));
    bundle.initPrivateKey = crypto::KeyBytes(hexMember(v, "init_priv"));
    bundle.encryptionPrivateKey = crypto::KeyBytes(hexMember(v, "encryption_priv"));
    bundle.signer = must(crypto::ed25519FromSeed(hexMember(v, "signature_priv")));

    std::map<std::uint64_t, crypto::KeyBytes> resumption;
    std::map<Bytes, Bytes> external;
    for (const auto p : simdjson::dom::array(v["external_psks"]))
        external[hexMember(p, "psk_id")] = hexMember(p, "psk");
    const PskLookup psk = [&](const PreSharedKeyId& id) -> std::optional<crypto::KeyBytes> {
        if (id.type == PreSharedKeyId::Type::Resumption) {
            const auto it = resumption.find(id.pskEpoch);
            return it == resumption.end() ? std::nullopt : std::optional(it->second);
        }
        const auto it = external.find(id.pskId);
        return it == external.end() ? std::nullopt : std::optional(crypto::KeyBytes(it->second));
    };
    JoinOptions join;
    join.psk = psk;
    if (!v["ratchet_tree"].value().is_null())
        join.ratchetTree = hexMember(v, "ratchet_tree");
    Group group = must(Group::join(hexMember(v, "welcome"), bundle, join));
    CHECK(toBytes(group.epochAuthenticator().view()) == hexMember(v, "initial_epoch_authenticator"));
    ProcessOptions options;
    options.psk = psk;
    for (const auto e : simdjson::dom::array(v["epochs"])) {
        resumption[group.epoch()] = group.resumptionPsk();
        group = must(Group::deserialize(group.serialize()));
        for (const auto p : simdjson::dom::array(e["proposals"]))
            must(group.processProposal(must(fromHex(std::string_view(p))), options));
        ProcessedCommit processed = must(group.processCommit(hexMember(e, "commit"), options));
        REQUIRE(processed.next);
        group = *processed.next;
        CHECK(toBytes(group.epochAuthenticator().view()) == hexMember(e, "epoch_authenticator"));
    }
}

} // namespace

TEST_CASE("a passive client joins by the published Welcomes", "[mls]") {
    forSupportedSuites("mls/passive-client-welcome.json",
                       [](CipherSuite, simdjson::dom::element v) { follow(v); });
}

TEST_CASE("a passive client follows the published commits", "[mls]") {
    forSupportedSuites("mls/passive-client-handling-commit.json",
                       [](CipherSuite, simdjson::dom::element v) { follow(v); });
}
