// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/secp256k1.h"

#include <string>
#include <string_view>

namespace valise::nostr {

//! NIP-44 version 2. Plaintext has 1 to 65535 octets; the extended length prefix is neither written nor read.
inline constexpr std::size_t kNip44MaxPlaintext = 65535;

//! The 32-octet key that two accounts share. Error: InvalidKey.
Result<crypto::KeyBytes> nip44ConversationKey(const crypto::KeyBytes& privateKey,
                                              const crypto::XOnlyKey& other);

//! Base64 payload with a fresh nonce. Errors: InvalidArgument (empty, key length), LimitExceeded (too long).
Result<std::string> nip44Encrypt(const crypto::KeyBytes& conversationKey, std::string_view plaintext,
                                 crypto::Random& random);
//! nip44Encrypt with a given nonce, only for tests against published vectors.
Result<std::string> nip44EncryptWithNonce(const crypto::KeyBytes& conversationKey, std::string_view plaintext,
                                          const ByteArray<32>& nonce);
//! The plaintext octets (not checked to be UTF-8). Errors: Unsupported (version), InvalidEncoding,
//! LimitExceeded, DecryptionFailed (MAC or padding). The caller wipes the result if it is secret.
Result<std::string> nip44Decrypt(const crypto::KeyBytes& conversationKey, std::string_view payload);

//! The padded length of a plaintext of `length` octets, without the two octets of the prefix.
std::size_t nip44PaddedLength(std::size_t length);
//! prefix || plaintext || zeros. The length must be in range; anything else aborts.
Bytes nip44Pad(std::string_view plaintext);
//! Error: DecryptionFailed for a length that does not fit, or a zero length. The extended prefix begins with
//! a zero length.
Result<std::string> nip44Unpad(ByteView padded);

} // namespace valise::nostr
