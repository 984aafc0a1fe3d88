// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"

#include "core/base/encoding.h"

using namespace valise;

TEST_CASE("hexadecimal text is lowercase and even") {
    CHECK(toHex(Bytes{0, 15, 255}) == "000fff");
    CHECK(must(fromHex("000fff")) == Bytes{0, 15, 255});
    CHECK_FALSE(fromHex("0").ok());
    CHECK_FALSE(fromHex("0F").ok());
    CHECK_FALSE(fromHex("0g").ok());
    CHECK_FALSE(fromHexFixed<2>("000fff").ok());
}

TEST_CASE("base64 is RFC 4648 and canonical") {
    const std::pair<const char*, const char*> known[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : known) {
        CHECK(toBase64(viewOf(plain)) == coded);
        CHECK(must(fromBase64(coded)) == toBytes(viewOf(plain)));
    }
    for (const char* bad :
         {"Zg", "Zg=", "Zh==", "Zm9=", "Zm8=Zm8=", "Z===", "====", "Zm9v\n", "Zm-v", "Zg= ="}) {
        INFO(bad);
        CHECK_FALSE(fromBase64(bad).ok());
    }
}

TEST_CASE("UTF-8 is checked as RFC 3629 says") {
    for (const char* good :
         {"", "abc", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        CHECK(isUtf8(good));
    for (const char* bad :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc2", "\xe1\x80", "\xf1\x80\x80", "a\xc2z"})
        CHECK_FALSE(isUtf8(bad));
}
