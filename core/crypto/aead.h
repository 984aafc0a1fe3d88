// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace valise::crypto {

//! The AEADs in use; both have 12-octet nonces and 16-octet tags.
enum class Aead {
    Aes128Gcm,        //!< 16-octet key, by libcrypto
    ChaCha20Poly1305, //!< 32-octet key (RFC 8439), by libsodium
};

inline constexpr std::size_t kAeadNonceSize = 12;
inline constexpr std::size_t kAeadTagSize = 16;
//! Key octets of an AEAD.
constexpr std::size_t aeadKeySize(Aead aead) {
    return aead == Aead::Aes128Gcm ? 16 : 32;
}

//! ciphertext || tag. Key and nonce have the sizes above; anything else aborts.
Bytes aeadSeal(Aead aead, ByteView key, ByteView nonce, ByteView aad, ByteView plaintext);
//! The plaintext. Error: DecryptionFailed. The caller wipes the result if it is secret.
Result<Bytes> aeadOpen(Aead aead, ByteView key, ByteView nonce, ByteView aad, ByteView sealed);

//! ChaCha20 (RFC 8439, 32-bit counter 0) exclusive-ored over data, as NIP-44 v2 uses it. Key 32, nonce 12
//! octets.
Bytes chacha20Xor(ByteView key, ByteView nonce, ByteView data);

} // namespace valise::crypto
