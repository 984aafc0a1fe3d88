// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/argon2.h"
#include "core/crypto/random.h"

#include <filesystem>

namespace valise::storage {

//! The content of `valise.kdf`: the parameters by which the database key follows from the passphrase. Five
//! lines of text, in this order: "valise-kdf 1", "argon2id-operations N", "argon2id-memory BYTES", "salt HEX"
//! (16 octets), "check HEX" (16 octets of HMAC-SHA-256 under the database key; it tells a wrong passphrase
//! from a damaged database without opening the database; it makes guessing no easier, since every page of the
//! database carries such a value).
struct KeyFile {
    crypto::Argon2Cost cost;
    ByteArray<16> salt{};
    ByteArray<16> check{};
};

//! A new database key and the key file from which it is found again.
struct NewKey {
    KeyFile file;
    crypto::Secret key; //!< 32 octets
};

std::string encodeKeyFile(const KeyFile& file);
//! Strict. Errors: InvalidEncoding; Unsupported for a later version.
Result<KeyFile> decodeKeyFile(std::string_view text);

//! A fresh salt and the key for the passphrase. Errors: as crypto::argon2id.
Result<NewKey> makeKey(ByteView passphrase, crypto::Argon2Cost cost, crypto::Random& random);
//! The key for the passphrase. Error: WrongPassphrase, found only after the whole derivation.
Result<crypto::Secret> unlockKey(const KeyFile& file, ByteView passphrase);

} // namespace valise::storage
