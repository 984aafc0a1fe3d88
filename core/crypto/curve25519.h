// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/random.h"

namespace valise::crypto {

//! An X25519 key pair (RFC 7748). Public and private parts have 32 octets each.
struct X25519KeyPair {
    KeyBytes privateKey;
    Bytes publicKey;
};

//! The public key of a 32-octet private key. Error: InvalidKey for another length.
Result<Bytes> x25519PublicKey(ByteView privateKey);
X25519KeyPair x25519Generate(Random& random);
//! The shared secret, 32 octets. Error: InvalidKey for a wrong length or an all-zero result (RFC 7748
//! section 6.1).
Result<KeyBytes> x25519(ByteView privateKey, ByteView publicKey);

//! An Ed25519 key pair (RFC 8032). `privateKey` is the 32-octet seed. `expanded` is the 64-octet form that
//! the signer needs.
struct Ed25519KeyPair {
    KeyBytes privateKey;
    KeyBytes expanded;
    Bytes publicKey;
};

//! Makes the pair from a 32-octet seed. Error: InvalidKey for another length.
Result<Ed25519KeyPair> ed25519FromSeed(ByteView seed);
Ed25519KeyPair ed25519Generate(Random& random);
//! 64-octet signature.
Bytes ed25519Sign(const Ed25519KeyPair& key, ByteView message);
//! Strict verification: canonical encodings, no small-order keys.
bool ed25519Verify(ByteView publicKey, ByteView message, ByteView signature);

} // namespace valise::crypto
