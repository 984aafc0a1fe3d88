// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"

#include "core/base/codec.h"
#include "core/base/encoding.h"

using namespace valise;

TEST_CASE("integers are big-endian and come back") {
    Writer w;
    w.u8(1);
    w.u16(0x0203);
    w.u32(0x04050607);
    w.u64(0x08090a0b0c0d0e0fULL);
    CHECK(toHex(w.bytes()) == "0102030405060708090a0b0c0d0e0f");
    Reader r(w.bytes());
    CHECK(must(r.u8()) == 1);
    CHECK(must(r.u16()) == 0x0203);
    CHECK(must(r.u32()) == 0x04050607);
    CHECK(must(r.u64()) == 0x08090a0b0c0d0e0fULL);
    CHECK(r.finish().ok());
    CHECK_FALSE(r.u8().ok());
}

TEST_CASE("vector lengths are the shortest varints of RFC 9420 section 2.1.2") {
    for (const auto& [length, hex] : {std::pair<std::uint64_t, const char*>{0, "00"},
                                      {37, "25"},
                                      {63, "3f"},
                                      {64, "4040"},
                                      {15293, "7bbd"},
                                      {16383, "7fff"},
                                      {16384, "80004000"},
                                      {494878333, "9d7f3e7d"}}) {
        Writer w;
        w.varint(length);
        CHECK(toHex(w.bytes()) == hex);
        Reader r(w.bytes());
        CHECK(must(r.varint()) == length);
    }
    for (const char* bad : {"4025", "80000001", "80003fff", "c0", "ff", "40", "800040", ""}) {
        const Bytes bytes = must(fromHex(bad));
        Reader r(bytes);
        INFO(bad);
        CHECK_FALSE(r.varint().ok());
    }
}

TEST_CASE("a reader refuses what is too long, too short or left over") {
    const Bytes bytes = must(fromHex("05aabbcc"));
    Reader tooShort(bytes);
    CHECK(tooShort.opaque().error().code == ErrorCode::InvalidEncoding);
    Reader tooLong(bytes);
    CHECK(tooLong.opaque(4).error().code == ErrorCode::LimitExceeded);
    Reader left(bytes);
    CHECK_FALSE(left.finish().ok());
    const Bytes two{2};
    Reader presence(two);
    CHECK_FALSE(presence.present().ok());
}
