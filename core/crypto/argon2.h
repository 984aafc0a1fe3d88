// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace valise::crypto {

//! Cost of an Argon2id derivation (RFC 9106).
struct Argon2Cost {
    std::uint32_t operations = 3;          //!< passes over the memory
    std::uint64_t memoryBytes = 64u << 20; //!< octets of memory
};

//! Argon2id with a 16-octet salt, one lane. Takes about half a second at the default cost. Errors:
//! InvalidArgument for a salt of another length or a cost outside [1, 64] passes and [8 KiB, 4 GiB]; Internal
//! when memory is short.
Result<Secret> argon2id(ByteView passphrase, ByteView salt, Argon2Cost cost, std::size_t length);

} // namespace valise::crypto
