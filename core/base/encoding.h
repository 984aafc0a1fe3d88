// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace valise {

//! Lowercase hexadecimal text, two characters an octet.
std::string toHex(ByteView bytes);
//! Strict: lowercase digits only, an even number. Error: InvalidEncoding.
Result<Bytes> fromHex(std::string_view text);
//! As fromHex, and exactly N octets. Error: InvalidEncoding.
template <std::size_t N>
Result<ByteArray<N>> fromHexFixed(std::string_view text) {
    if (text.size() != 2 * N)
        return {ErrorCode::InvalidEncoding, "hexadecimal text of another length than expected"};
    VALISE_TRY(Bytes bytes, fromHex(text));
    return *fixedBytes<N>(bytes);
}

//! Standard alphabet with padding (RFC 4648 section 4).
std::string toBase64(ByteView bytes);
//! Strict: standard alphabet, padding demanded, unused bits zero. Error: InvalidEncoding.
Result<Bytes> fromBase64(std::string_view text);

//! True if the text is well-formed UTF-8 (RFC 3629: no surrogates, shortest form, at most U+10FFFF).
bool isUtf8(std::string_view text);

} // namespace valise
