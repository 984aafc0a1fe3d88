// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/random.h"

namespace valise::crypto {

//! A 32-octet x-only public key (BIP-340).
using XOnlyKey = ByteArray<32>;
//! A 64-octet BIP-340 signature.
using SchnorrSignature = ByteArray<64>;

//! An account key pair on secp256k1.
struct SchnorrKeyPair {
    KeyBytes privateKey; //!< 32 octets
    XOnlyKey publicKey{};
};

//! Makes the pair from 32 octets. Error: InvalidKey if zero, not below the order, or of another length.
Result<SchnorrKeyPair> schnorrFromPrivate(ByteView privateKey);
SchnorrKeyPair schnorrGenerate(Random& random);
//! BIP-340 signature over a 32-octet digest, with fresh auxiliary randomness.
SchnorrSignature schnorrSign(const SchnorrKeyPair& key, ByteView digest, Random& random);
//! BIP-340 verification over a 32-octet digest.
bool schnorrVerify(ByteView publicKey, ByteView digest, ByteView signature);
//! True if the 32 octets are the x coordinate of a point on the curve.
bool isOnCurve(ByteView xOnly);
//! The unhashed x coordinate of the shared point, as NIP-44 uses it (32 octets). Error: InvalidKey.
Result<KeyBytes> ecdhX(const KeyBytes& privateKey, ByteView xOnlyPublicKey);

} // namespace valise::crypto
