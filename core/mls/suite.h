// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/codec.h"
#include "core/crypto/aead.h"
#include "core/crypto/curve25519.h"
#include "core/crypto/hash.h"
#include "core/crypto/hpke.h"

namespace valise::mls {

//! The MLS version "mls10" (RFC 9420 section 6).
inline constexpr std::uint16_t kMls10 = 1;

//! A cipher suite as a run-time value (RFC 9420 section 17.1). Both use X25519, SHA-256 and Ed25519.
enum class CipherSuite : std::uint16_t {
    X25519Aes128Gcm = 0x0001,
    X25519ChaCha20Poly1305 = 0x0003,
};

//! Error: Unsupported for a suite that this build does not have.
Result<CipherSuite> cipherSuiteFrom(std::uint16_t code);
inline std::uint16_t codeOf(CipherSuite suite) {
    return static_cast<std::uint16_t>(suite);
}
crypto::Aead aeadOf(CipherSuite suite);

//! Octets of a hash, of a secret of the key schedule (KDF.Nh) and of an HPKE public key, for both suites.
inline constexpr std::size_t kHashSize = 32;
using Digest = crypto::Digest256;

//! ExpandWithLabel (RFC 9420 section 8), at most 64 octets.
crypto::KeyBytes expandWithLabel(ByteView secret, std::string_view label, ByteView context,
                                 std::size_t length);
//! DeriveSecret (section 8).
crypto::KeyBytes deriveSecret(ByteView secret, std::string_view label);
//! DeriveTreeSecret (section 9).
crypto::KeyBytes deriveTreeSecret(ByteView secret, std::string_view label, std::uint32_t generation,
                                  std::size_t length);
//! RefHash (section 5.2).
Bytes refHash(std::string_view label, ByteView value);
//! SignWithLabel and VerifyWithLabel (section 5.1.2).
Bytes signWithLabel(const crypto::Ed25519KeyPair& key, std::string_view label, ByteView content);
bool verifyWithLabel(ByteView publicKey, std::string_view label, ByteView content, ByteView signature);
//! EncryptWithLabel and DecryptWithLabel (section 5.1.3). Errors: InvalidKey, DecryptionFailed.
//! For many recipients of one label and context, call hpkeInfo() once and encryptTo() for each.
crypto::HpkeInfo hpkeInfo(CipherSuite suite, std::string_view label, ByteView context);
Result<crypto::HpkeSealed> encryptTo(const crypto::HpkeInfo& info, ByteView publicKey, ByteView plaintext,
                                     crypto::Random& random);
Result<crypto::HpkeSealed> encryptWithLabel(CipherSuite suite, ByteView publicKey, std::string_view label,
                                            ByteView context, ByteView plaintext, crypto::Random& random);
Result<Bytes> decryptWithLabel(CipherSuite suite, const crypto::KeyBytes& privateKey, ByteView publicKey,
                               std::string_view label, ByteView context, ByteView kemOutput,
                               ByteView ciphertext);

} // namespace valise::mls
