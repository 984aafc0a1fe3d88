// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secp256k1.h"
#include "core/marmot/components.h"

namespace valise::marmot {

//! The account identity proof v2 (component 0x8009): a BIP-340 signature by the account, which allows a
//! leaf's MLS signature key to act for it. 104 octets: public key, created_at, signature.
struct IdentityProof {
    Id32 account{};
    std::uint64_t createdAt = 0; //!< seconds, 1 to 2^53 - 1
    crypto::SchnorrSignature signature{};

    //! Signs the proof for an Ed25519 key of 32 octets.
    static IdentityProof make(const crypto::SchnorrKeyPair& account, ByteView mlsSignatureKey,
                              std::uint64_t createdAt, crypto::Random& random);
    Bytes encode() const;
    static Result<IdentityProof> decode(ByteView bytes);
    //! Verifies that the proof binds this MLS signature key to this account. Errors: InvalidSignature,
    //! InvalidArgument.
    Result<void> verify(const Id32& expectedAccount, ByteView mlsSignatureKey) const;
};

} // namespace valise::marmot
