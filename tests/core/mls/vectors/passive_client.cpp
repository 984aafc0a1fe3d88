// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/group.h"
#include "tests/core/mls/vectors/vector_check.h"

#include <map>

namespace valise::test::vectors {

using namespace mls;

void checkPassiveClient(const Object& v) {
    KeyPackageBundle bundle;
    bundle.keyPackage = valueOf(KeyPackage::fromMessage(v.hex("key_package")), "KeyPackage");
    bundle.initPrivateKey = crypto::KeyBytes(v.hex("init_priv"));
    bundle.encryptionPrivateKey = crypto::KeyBytes(v.hex("encryption_priv"));
    bundle.signer = valueOf(crypto::ed25519FromSeed(v.hex("signature_priv")), "signature key");

    std::map<std::uint64_t, crypto::KeyBytes> resumption;
    std::map<Bytes, Bytes> external;
    for (const auto element : v.array("external_psks"))
        external[Object(element).hex("psk_id")] = Object(element).hex("psk");
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
    if (v.has("ratchet_tree") && !v.isNull("ratchet_tree"))
        join.ratchetTree = v.hex("ratchet_tree");
    Group group = valueOf(Group::join(v.hex("welcome"), bundle, join), "joining");
    requireEqual(group.epochAuthenticator(), v.hex("initial_epoch_authenticator"),
                 "first epoch authenticator");
    ProcessOptions options;
    options.psk = psk;
    for (const auto element : v.array("epochs")) {
        const Object e(element);
        const std::string where = "after epoch " + std::to_string(group.epoch());
        resumption[group.epoch()] = group.resumptionPsk();
        group = valueOf(Group::deserialize(group.serialize()), "storing");
        for (const auto p : e.array("proposals"))
            valueOf(group.processProposal(hexOf(p), options), "proposal " + where);
        ProcessedCommit processed = valueOf(group.processCommit(e.hex("commit"), options), "commit " + where);
        require(processed.next.has_value(), "removed " + where);
        group = *processed.next;
        requireEqual(group.epochAuthenticator(), e.hex("epoch_authenticator"),
                     "epoch authenticator " + where);
    }
}

} // namespace valise::test::vectors
