// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <concepts>

namespace valise {

//! Writes the presentation language of RFC 9420 section 2.1: big-endian integers and variable-size vectors
//! whose length is the shortest QUIC-style varint (section 2.1.2). Secrets are written with it too, so it
//! overwrites all memory that it gives back. The caller wipes the bytes that take() returned.
class Writer {
public:
    Writer() = default;
    ~Writer() { wipe(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void u8(std::uint8_t v) { raw({&v, 1}); }
    void u16(std::uint16_t v);
    void u32(std::uint32_t v);
    void u64(std::uint64_t v);
    //! Appends octets without a length.
    void raw(ByteView bytes);
    //! A length as a varint. Aborts above 2^30 - 1; no caller within its limits reaches that.
    void varint(std::uint64_t length);
    //! opaque<V>: length and octets.
    void opaque(ByteView bytes) {
        varint(bytes.size());
        raw(bytes);
    }
    //! vector<V>: calls `body` with a Writer for the content, then writes its length and the content.
    template <std::invocable<Writer&> F>
    void vector(F&& body) {
        Writer inner;
        body(inner);
        opaque(inner.m_out);
    }
    //! optional<T>: the presence octet, then the value by `body` if present.
    template <std::invocable<Writer&> F>
    void optional(bool present, F&& body) {
        u8(present ? 1 : 0);
        if (present)
            body(*this);
    }
    const Bytes& bytes() const { return m_out; }
    Bytes take() { return std::move(m_out); }

private:
    void wipe();
    Bytes m_out;
};

//! Reads what Writer writes, from a borrowed buffer, and never past its end. Every failure is InvalidEncoding
//! or LimitExceeded; a reader that failed must not be used further.
class Reader {
public:
    explicit Reader(ByteView bytes)
        : m_bytes(bytes) {}

    std::size_t remaining() const { return m_bytes.size() - m_at; }
    bool atEnd() const { return remaining() == 0; }
    //! Octets consumed so far.
    std::size_t position() const { return m_at; }
    //! The octets between two positions, for signatures over the bytes as received.
    ByteView slice(std::size_t from, std::size_t to) const { return m_bytes.subspan(from, to - from); }

    Result<std::uint8_t> u8();
    Result<std::uint16_t> u16();
    Result<std::uint32_t> u32();
    Result<std::uint64_t> u64();
    //! Exactly `count` octets.
    Result<ByteView> raw(std::size_t count);
    template <std::size_t N>
    Result<ByteArray<N>> fixed() {
        VALISE_TRY(ByteView v, raw(N));
        return *fixedBytes<N>(v);
    }
    //! A varint in its shortest form (RFC 9420 section 2.1.2).
    Result<std::uint64_t> varint();
    //! opaque<V> of at most `max` octets, borrowed.
    Result<ByteView> opaque(std::size_t max = kMaxVector);
    //! The content of a vector<V> as a reader of its own.
    Result<Reader> vector(std::size_t max = kMaxVector) {
        VALISE_TRY(ByteView v, opaque(max));
        return Reader(v);
    }
    //! The presence octet of optional<T>: 0 or 1.
    Result<bool> present();
    //! Success only if everything was read.
    Result<void> finish() const;

    //! No vector of this product is longer (16 MiB).
    static constexpr std::size_t kMaxVector = std::size_t{1} << 24;
    //! The longest vector that can be written at all. For reading back the program's own stored state.
    static constexpr std::size_t kLongestVector = (std::size_t{1} << 30) - 1;

private:
    ByteView m_bytes;
    std::size_t m_at = 0;
};

} // namespace valise
