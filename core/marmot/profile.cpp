// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/profile.h"

#include "core/marmot/identity_proof.h"

#include <array>

namespace valise::marmot {

namespace {

// True if these octets are a public key. The check needs a square root and runs for every member each time
// members are listed. So recently confirmed keys are cached.
bool isAccountKey(const Id32& key) {
    thread_local std::array<Id32, 256> known{};
    Id32& place = known[key[31]];
    if (place == key && key != Id32{})
        return true;
    if (!crypto::isOnCurve(key))
        return false;
    place = key;
    return true;
}

} // namespace

mls::Capabilities leafCapabilities() {
    mls::Capabilities c;
    c.versions = {mls::kMls10};
    c.cipherSuites = {0x0001};
    c.extensions = {mls::extension_type::kAppDataDictionary, kStreamReceiveExtension};
    c.proposals = {0x000a, 0x0008};
    c.credentials = {mls::credential_type::kBasic};
    return c;
}

mls::Extensions leafExtensions(const crypto::SchnorrKeyPair& account, ByteView mlsSignatureKey,
                               std::int64_t now, crypto::Random& random) {
    mls::AppDataDictionary dictionary;
    dictionary.set(idOf(ComponentId::AppComponents), supportedComponents().encode());
    dictionary.set(idOf(ComponentId::SafeAad), ComponentsList{}.encode());
    dictionary.set(idOf(ComponentId::AccountIdentityProof),
                   IdentityProof::make(account, mlsSignatureKey,
                                       static_cast<std::uint64_t>(std::max<std::int64_t>(now, 1)), random)
                       .encode());
    return {{mls::extension_type::kAppDataDictionary, dictionary.encode()}};
}

Result<Id32> accountOf(const mls::LeafNode& leaf) {
    const auto identity = fixedBytes<32>(leaf.credential.identity);
    if (leaf.credential.type == mls::credential_type::kBasic && identity && isAccountKey(*identity))
        return *identity;
    return {ErrorCode::InvalidKeyPackage, "a credential that is not an account key"};
}

Result<ComponentsList> componentsOf(const mls::LeafNode& leaf) {
    VALISE_TRY(const mls::AppDataDictionary dictionary, leaf.dictionary());
    const Bytes* list = dictionary.find(idOf(ComponentId::AppComponents));
    if (!list)
        return {ErrorCode::InvalidKeyPackage, "a leaf that lists no components"};
    return ComponentsList::decode(*list);
}

Result<void> checkLeaf(const mls::LeafNode& leaf) {
    if (mls::findExtension(leaf.extensions, kLegacyProofExtension))
        return {ErrorCode::InvalidKeyPackage, "a leaf of the Legacy profile"};
    VALISE_TRY(const Id32 account, accountOf(leaf));
    VALISE_TRY(const ComponentsList components, componentsOf(leaf));
    if (!components.contains(ComponentId::AccountIdentityProof))
        return {ErrorCode::InvalidKeyPackage, "a leaf that does not list the identity proof"};
    VALISE_TRY(const mls::AppDataDictionary dictionary, leaf.dictionary());
    const Bytes* state = dictionary.find(idOf(ComponentId::AccountIdentityProof));
    if (!state)
        return {ErrorCode::InvalidKeyPackage, "a leaf without an identity proof"};
    VALISE_TRY(const IdentityProof proof, IdentityProof::decode(*state));
    return proof.verify(account, leaf.signatureKey);
}

} // namespace valise::marmot
