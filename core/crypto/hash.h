// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/secret.h"

#include <initializer_list>

namespace valise::crypto {

using Digest256 = ByteArray<32>;

//! SHA-256 (FIPS 180-4).
Digest256 sha256(ByteView data);
//! SHA-256 of the concatenation of the parts.
Digest256 sha256(std::initializer_list<ByteView> parts);
//! SipHash-2-4 under a random key of this process, for tables and comparisons whose input an adversary
//! chooses. The value must not be stored, and it must not be used to hash a secret.
std::uint64_t shortHash(ByteView data);
//! HMAC-SHA-256 (RFC 2104) of the concatenation of the parts. 32 octets.
KeyBytes hmacSha256(ByteView key, std::initializer_list<ByteView> parts);
//! HKDF-Extract with SHA-256 (RFC 5869 section 2.2). 32 octets.
KeyBytes hkdfExtract(ByteView salt, ByteView ikm);
//! HKDF-Expand with SHA-256 (RFC 5869 section 2.3), at most KeyBytes::kCapacity octets.
KeyBytes hkdfExpand(ByteView prk, ByteView info, std::size_t length);
//! HKDF-Expand into a buffer of any length up to 8160 octets; longer aborts.
void hkdfExpandInto(ByteView prk, ByteView info, std::span<std::uint8_t> out);

} // namespace valise::crypto
