// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/crypto/argon2.h"

#include <sodium.h>

namespace valise::crypto {

Result<Secret> argon2id(ByteView passphrase, ByteView salt, Argon2Cost cost, std::size_t length) {
    if (salt.size() != crypto_pwhash_SALTBYTES)
        return {ErrorCode::InvalidArgument, "a salt of the wrong length"};
    if (cost.operations < crypto_pwhash_OPSLIMIT_MIN || cost.operations > 64 ||
        cost.memoryBytes < crypto_pwhash_MEMLIMIT_MIN || cost.memoryBytes > (std::uint64_t{4} << 30))
        return {ErrorCode::InvalidArgument, "an Argon2id cost outside its bounds"};
    if (length < 16 || length > 1024)
        return {ErrorCode::InvalidArgument, "a key length outside its bounds"};
    initialize();
    // libsodium declares that its pointer is never null. The pointer of an empty view is null.
    constexpr char kNothing = 0;
    const char* const text =
        passphrase.empty() ? &kNothing : reinterpret_cast<const char*>(passphrase.data());
    Secret out(length);
    if (crypto_pwhash(out.mutableView().data(), length, text, passphrase.size(), salt.data(), cost.operations,
                      static_cast<std::size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13) != 0)
        return {ErrorCode::Internal, "not enough memory for the key derivation"};
    return out;
}

} // namespace valise::crypto
