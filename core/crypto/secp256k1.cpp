// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/crypto/secp256k1.h"

#include <secp256k1.h>
#include <secp256k1_ecdh.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>

#include <memory>

namespace valise::crypto {

namespace {

struct ContextDeleter {
    void operator()(secp256k1_context* c) const { secp256k1_context_destroy(c); }
};

// The context is read-only after the blinding below, so all threads can share one. Verification needs no
// tables but those of the library.
const secp256k1_context* context() {
    static const std::unique_ptr<secp256k1_context, ContextDeleter> shared = [] {
        std::unique_ptr<secp256k1_context, ContextDeleter> c(
            secp256k1_context_create(SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY));
        if (!c)
            abortInvariant("no memory for secp256k1");
        SystemRandom random;
        KeyBytes seed = random.key(32);
        if (secp256k1_context_randomize(c.get(), seed.data()) != 1)
            abortInvariant("secp256k1 cannot be blinded");
        return c;
    }();
    return shared.get();
}

// Wipes secp256k1's key pair, which holds the private key in the clear.
class KeyPairGuard {
public:
    ~KeyPairGuard() { wipe(&pair, sizeof pair); }
    secp256k1_keypair pair{};
};

int copyX(unsigned char* out, const unsigned char* x, const unsigned char*, void*) {
    std::memcpy(out, x, 32);
    return 1;
}

} // namespace

Result<SchnorrKeyPair> schnorrFromPrivate(ByteView privateKey) {
    if (privateKey.size() != 32)
        return {ErrorCode::InvalidKey, "a secp256k1 private key of the wrong length"};
    KeyPairGuard guard;
    if (secp256k1_keypair_create(context(), &guard.pair, privateKey.data()) != 1)
        return {ErrorCode::InvalidKey, "a secp256k1 private key outside the group order"};
    SchnorrKeyPair out;
    out.privateKey = KeyBytes(privateKey);
    secp256k1_xonly_pubkey xonly;
    if (secp256k1_keypair_xonly_pub(context(), &xonly, nullptr, &guard.pair) != 1 ||
        secp256k1_xonly_pubkey_serialize(context(), out.publicKey.data(), &xonly) != 1)
        return {ErrorCode::Internal, "secp256k1 gave no public key"};
    return out;
}

SchnorrKeyPair schnorrGenerate(Random& random) {
    for (;;) {
        const KeyBytes candidate = random.key(32);
        if (auto pair = schnorrFromPrivate(candidate))
            return *pair;
    }
}

SchnorrSignature schnorrSign(const SchnorrKeyPair& key, ByteView digest, Random& random) {
    if (digest.size() != 32)
        abortInvariant("a Schnorr signature over something else than 32 octets");
    KeyPairGuard guard;
    KeyBytes aux = random.key(32);
    SchnorrSignature out;
    if (secp256k1_keypair_create(context(), &guard.pair, key.privateKey.data()) != 1 ||
        secp256k1_schnorrsig_sign32(context(), out.data(), digest.data(), &guard.pair, aux.data()) != 1)
        abortInvariant("signing with an invalid account key");
    return out;
}

bool schnorrVerify(ByteView publicKey, ByteView digest, ByteView signature) {
    if (publicKey.size() != 32 || digest.size() != 32 || signature.size() != 64)
        return false;
    secp256k1_xonly_pubkey xonly;
    return secp256k1_xonly_pubkey_parse(context(), &xonly, publicKey.data()) == 1 &&
           secp256k1_schnorrsig_verify(context(), signature.data(), digest.data(), digest.size(), &xonly) ==
               1;
}

bool isOnCurve(ByteView xOnly) {
    secp256k1_xonly_pubkey parsed;
    return xOnly.size() == 32 && secp256k1_xonly_pubkey_parse(context(), &parsed, xOnly.data()) == 1;
}

Result<KeyBytes> ecdhX(const KeyBytes& privateKey, ByteView xOnlyPublicKey) {
    if (privateKey.size() != 32 || xOnlyPublicKey.size() != 32)
        return {ErrorCode::InvalidKey, "a secp256k1 key of the wrong length"};
    // The point with the even y is used. The x coordinate of the shared point is the same for both.
    ByteArray<33> compressed;
    compressed[0] = 0x02;
    std::copy(xOnlyPublicKey.begin(), xOnlyPublicKey.end(), compressed.begin() + 1);
    secp256k1_pubkey point;
    if (secp256k1_ec_pubkey_parse(context(), &point, compressed.data(), compressed.size()) != 1)
        return {ErrorCode::InvalidKey, "not a point of secp256k1"};
    KeyBytes out(32);
    if (secp256k1_ecdh(context(), out.data(), &point, privateKey.data(), copyX, nullptr) != 1)
        return {ErrorCode::InvalidKey, "a secp256k1 private key outside the group order"};
    return out;
}

} // namespace valise::crypto
