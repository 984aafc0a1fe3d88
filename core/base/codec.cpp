// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/codec.h"

#include <cstring>

namespace valise {

namespace {

const Error kShort{ErrorCode::InvalidEncoding, "the bytes end too early"};

} // namespace

void Writer::wipe() {
    // The call goes through a volatile pointer, so that the compiler does not remove it.
    static void* (*const volatile overwrite)(void*, int, std::size_t) = std::memset;
    if (!m_out.empty())
        overwrite(m_out.data(), 0, m_out.size());
}

void Writer::raw(ByteView bytes) {
    if (m_out.capacity() - m_out.size() < bytes.size()) {
        Bytes larger;
        larger.reserve(std::max(2 * m_out.capacity(), m_out.size() + bytes.size() + 64));
        larger = m_out;
        wipe();
        m_out.swap(larger);
    }
    append(m_out, bytes);
}

void Writer::u16(std::uint16_t v) {
    const ByteArray<2> octets{static_cast<std::uint8_t>(v >> 8), static_cast<std::uint8_t>(v)};
    raw(octets);
}

void Writer::u32(std::uint32_t v) {
    ByteArray<4> octets;
    for (std::size_t i = 0; i < octets.size(); ++i)
        octets[i] = static_cast<std::uint8_t>(v >> (24 - 8 * i));
    raw(octets);
}

void Writer::u64(std::uint64_t v) {
    ByteArray<8> octets;
    for (std::size_t i = 0; i < octets.size(); ++i)
        octets[i] = static_cast<std::uint8_t>(v >> (56 - 8 * i));
    raw(octets);
}

void Writer::varint(std::uint64_t length) {
    if (length < 0x40)
        u8(static_cast<std::uint8_t>(length));
    else if (length < 0x4000)
        u16(static_cast<std::uint16_t>(length | 0x4000));
    else if (length < 0x40000000)
        u32(static_cast<std::uint32_t>(length | 0x80000000u));
    else
        abortInvariant("a vector above 2^30 - 1 octets");
}

Result<std::uint8_t> Reader::u8() {
    VALISE_TRY(ByteView v, raw(1));
    return v[0];
}

Result<std::uint16_t> Reader::u16() {
    VALISE_TRY(ByteView v, raw(2));
    return static_cast<std::uint16_t>(v[0] << 8 | v[1]);
}

Result<std::uint32_t> Reader::u32() {
    VALISE_TRY(ByteView v, raw(4));
    return std::uint32_t{v[0]} << 24 | std::uint32_t{v[1]} << 16 | std::uint32_t{v[2]} << 8 | v[3];
}

Result<std::uint64_t> Reader::u64() {
    VALISE_TRY(ByteView v, raw(8));
    std::uint64_t out = 0;
    for (const std::uint8_t b : v)
        out = out << 8 | b;
    return out;
}

Result<ByteView> Reader::raw(std::size_t count) {
    if (count > remaining())
        return kShort;
    const ByteView out = m_bytes.subspan(m_at, count);
    m_at += count;
    return out;
}

Result<std::uint64_t> Reader::varint() {
    if (atEnd())
        return kShort;
    const unsigned prefix = m_bytes[m_at] >> 6;
    if (prefix == 3)
        return {ErrorCode::InvalidEncoding, "a vector length with the reserved prefix"};
    const std::size_t size = std::size_t{1} << prefix;
    VALISE_TRY(ByteView v, raw(size));
    std::uint64_t out = v[0] & 0x3fu;
    for (std::size_t i = 1; i < size; ++i)
        out = out << 8 | v[i];
    if ((prefix == 1 && out < 0x40) || (prefix == 2 && out < 0x4000))
        return {ErrorCode::InvalidEncoding, "a vector length not in its shortest form"};
    return out;
}

Result<ByteView> Reader::opaque(std::size_t max) {
    VALISE_TRY(const std::uint64_t size, varint());
    if (size > max)
        return {ErrorCode::LimitExceeded, "a vector longer than its bound"};
    return raw(static_cast<std::size_t>(size));
}

Result<bool> Reader::present() {
    VALISE_TRY(const std::uint8_t v, u8());
    if (v > 1)
        return {ErrorCode::InvalidEncoding, "a presence octet other than 0 or 1"};
    return v == 1;
}

Result<void> Reader::finish() const {
    if (!atEnd())
        return {ErrorCode::InvalidEncoding, "trailing bytes"};
    return {};
}

} // namespace valise
