// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/crypto/curve25519.h"

#include <sodium.h>

namespace valise::crypto {

Result<Bytes> x25519PublicKey(ByteView privateKey) {
    if (privateKey.size() != crypto_scalarmult_SCALARBYTES)
        return {ErrorCode::InvalidKey, "an X25519 private key of the wrong length"};
    initialize();
    Bytes out(crypto_scalarmult_BYTES);
    crypto_scalarmult_base(out.data(), privateKey.data());
    return out;
}

X25519KeyPair x25519Generate(Random& random) {
    X25519KeyPair pair;
    pair.privateKey = random.key(32);
    pair.publicKey = x25519PublicKey(pair.privateKey).value();
    return pair;
}

Result<KeyBytes> x25519(ByteView privateKey, ByteView publicKey) {
    if (privateKey.size() != crypto_scalarmult_SCALARBYTES || publicKey.size() != crypto_scalarmult_BYTES)
        return {ErrorCode::InvalidKey, "an X25519 key of the wrong length"};
    initialize();
    KeyBytes out(crypto_scalarmult_BYTES);
    // libsodium reports an error when the result is all zero, that is for a public key of small order.
    if (crypto_scalarmult(out.data(), privateKey.data(), publicKey.data()) != 0)
        return {ErrorCode::InvalidKey, "an X25519 public key of small order"};
    return out;
}

Result<Ed25519KeyPair> ed25519FromSeed(ByteView seed) {
    if (seed.size() != crypto_sign_SEEDBYTES)
        return {ErrorCode::InvalidKey, "an Ed25519 seed of the wrong length"};
    initialize();
    Ed25519KeyPair pair;
    pair.privateKey = KeyBytes(seed);
    pair.expanded = KeyBytes(std::size_t{crypto_sign_SECRETKEYBYTES});
    pair.publicKey.resize(crypto_sign_PUBLICKEYBYTES);
    crypto_sign_seed_keypair(pair.publicKey.data(), pair.expanded.data(), seed.data());
    return pair;
}

Ed25519KeyPair ed25519Generate(Random& random) {
    return ed25519FromSeed(random.key(32)).value();
}

Bytes ed25519Sign(const Ed25519KeyPair& key, ByteView message) {
    if (key.expanded.size() != crypto_sign_SECRETKEYBYTES)
        abortInvariant("signing without an Ed25519 key");
    Bytes out(crypto_sign_BYTES);
    crypto_sign_detached(out.data(), nullptr, message.data(), message.size(), key.expanded.data());
    return out;
}

bool ed25519Verify(ByteView publicKey, ByteView message, ByteView signature) {
    if (publicKey.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES)
        return false;
    initialize();
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), publicKey.data()) ==
           0;
}

} // namespace valise::crypto
