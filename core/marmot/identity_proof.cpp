// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/identity_proof.h"

#include "core/base/codec.h"
#include "core/base/encoding.h"
#include "core/nostr/event.h"

namespace valise::marmot {

namespace {

constexpr std::uint64_t kMaxCreatedAt = (std::uint64_t{1} << 53) - 1;

// This event is only a template for the signature and is never published.
Id32 templateId(const Id32& account, std::uint64_t createdAt, ByteView mlsSignatureKey) {
    nostr::UnsignedEvent event;
    event.pubkey = account;
    event.createdAt = createdAt;
    event.kind = nostr::kind::kIdentityProof;
    event.tags = {{"d", "marmot.account-identity-proof.v2"},
                  {"component", "0x8009"},
                  {"ciphersuite", "0x0001"},
                  {"signature_scheme", "0x0807"},
                  {"mls_signature_key", toHex(mlsSignatureKey)}};
    event.content = "Authorize this MLS leaf key for my Marmot account";
    return event.canonicalId();
}

} // namespace

IdentityProof IdentityProof::make(const crypto::SchnorrKeyPair& account, ByteView mlsSignatureKey,
                                  std::uint64_t createdAt, crypto::Random& random) {
    IdentityProof proof;
    proof.account = account.publicKey;
    proof.createdAt = std::clamp<std::uint64_t>(createdAt, 1, kMaxCreatedAt);
    proof.signature =
        crypto::schnorrSign(account, templateId(proof.account, proof.createdAt, mlsSignatureKey), random);
    return proof;
}

Bytes IdentityProof::encode() const {
    Writer w;
    w.raw(account);
    w.u64(createdAt);
    w.raw(signature);
    return w.take();
}

Result<IdentityProof> IdentityProof::decode(ByteView bytes) {
    Reader r(bytes);
    IdentityProof proof;
    VALISE_TRY(proof.account, r.fixed<32>());
    VALISE_TRY(proof.createdAt, r.u64());
    VALISE_TRY(proof.signature, r.fixed<64>());
    VALISE_CHECK(r.finish());
    if (proof.createdAt == 0 || proof.createdAt > kMaxCreatedAt)
        return {ErrorCode::InvalidEncoding, "an identity proof with an impossible time"};
    return proof;
}

Result<void> IdentityProof::verify(const Id32& expectedAccount, ByteView mlsSignatureKey) const {
    if (account != expectedAccount)
        return {ErrorCode::InvalidSignature, "an identity proof of another account"};
    if (!crypto::schnorrVerify(account, templateId(account, createdAt, mlsSignatureKey), signature))
        return {ErrorCode::InvalidSignature, "an identity proof whose signature does not verify"};
    return {};
}

} // namespace valise::marmot
