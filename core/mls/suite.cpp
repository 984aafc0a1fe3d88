// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/mls/suite.h"

namespace valise::mls {

namespace {

constexpr std::string_view kPrefix = "MLS 1.0 ";

Bytes labelled(std::string_view label, ByteView content) {
    Writer w;
    Bytes full = toBytes(viewOf(kPrefix));
    append(full, viewOf(label));
    w.opaque(full);
    w.opaque(content);
    return w.take();
}

} // namespace

Result<CipherSuite> cipherSuiteFrom(std::uint16_t code) {
    switch (static_cast<CipherSuite>(code)) {
    case CipherSuite::X25519Aes128Gcm:
    case CipherSuite::X25519ChaCha20Poly1305:
        return static_cast<CipherSuite>(code);
    }
    return {ErrorCode::Unsupported, "cipher suite"};
}

crypto::Aead aeadOf(CipherSuite suite) {
    return suite == CipherSuite::X25519Aes128Gcm ? crypto::Aead::Aes128Gcm : crypto::Aead::ChaCha20Poly1305;
}

crypto::KeyBytes expandWithLabel(ByteView secret, std::string_view label, ByteView context,
                                 std::size_t length) {
    Writer info;
    info.u16(static_cast<std::uint16_t>(length));
    info.raw(labelled(label, context));
    return crypto::hkdfExpand(secret, info.bytes(), length);
}

crypto::KeyBytes deriveSecret(ByteView secret, std::string_view label) {
    return expandWithLabel(secret, label, {}, kHashSize);
}

crypto::KeyBytes deriveTreeSecret(ByteView secret, std::string_view label, std::uint32_t generation,
                                  std::size_t length) {
    const ByteArray<4> context{
        static_cast<std::uint8_t>(generation >> 24), static_cast<std::uint8_t>(generation >> 16),
        static_cast<std::uint8_t>(generation >> 8), static_cast<std::uint8_t>(generation)};
    return expandWithLabel(secret, label, context, length);
}

Bytes refHash(std::string_view label, ByteView value) {
    Writer w;
    w.opaque(viewOf(label)); // RefHash labels already contain their prefix "MLS 1.0 "
    w.opaque(value);
    return toBytes(crypto::sha256(w.bytes()));
}

Bytes signWithLabel(const crypto::Ed25519KeyPair& key, std::string_view label, ByteView content) {
    Bytes signedOctets = labelled(label, content);
    const crypto::WipeGuard guard(signedOctets);
    return crypto::ed25519Sign(key, signedOctets);
}

bool verifyWithLabel(ByteView publicKey, std::string_view label, ByteView content, ByteView signature) {
    if (publicKey.size() != 32 || signature.size() != 64)
        return false;
    Bytes signedOctets = labelled(label, content);
    const crypto::WipeGuard guard(signedOctets);
    return crypto::ed25519Verify(publicKey, signedOctets, signature);
}

crypto::HpkeInfo hpkeInfo(CipherSuite suite, std::string_view label, ByteView context) {
    return crypto::HpkeInfo(aeadOf(suite), labelled(label, context));
}

Result<crypto::HpkeSealed> encryptTo(const crypto::HpkeInfo& info, ByteView publicKey, ByteView plaintext,
                                     crypto::Random& random) {
    return crypto::hpkeSeal(info, publicKey, {}, plaintext, random);
}

Result<crypto::HpkeSealed> encryptWithLabel(CipherSuite suite, ByteView publicKey, std::string_view label,
                                            ByteView context, ByteView plaintext, crypto::Random& random) {
    return encryptTo(hpkeInfo(suite, label, context), publicKey, plaintext, random);
}

Result<Bytes> decryptWithLabel(CipherSuite suite, const crypto::KeyBytes& privateKey, ByteView publicKey,
                               std::string_view label, ByteView context, ByteView kemOutput,
                               ByteView ciphertext) {
    return crypto::hpkeOpen(aeadOf(suite), privateKey, publicKey, kemOutput, labelled(label, context), {},
                            ciphertext);
}

} // namespace valise::mls
