// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/encoding.h"

namespace valise {

namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

constexpr std::array<std::int8_t, 256> base64Table() {
    std::array<std::int8_t, 256> table{};
    for (auto& v : table)
        v = -1;
    for (int i = 0; i < 64; ++i)
        table[static_cast<unsigned char>(kBase64[i])] = static_cast<std::int8_t>(i);
    return table;
}
constexpr auto kBase64Values = base64Table();

} // namespace

std::string toHex(ByteView bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t b : bytes) {
        out.push_back(kHex[b >> 4]);
        out.push_back(kHex[b & 15]);
    }
    return out;
}

Result<Bytes> fromHex(std::string_view text) {
    if (text.size() % 2 != 0)
        return {ErrorCode::InvalidEncoding, "hexadecimal text of odd length"};
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexValue(text[i]);
        const int low = hexValue(text[i + 1]);
        if (high < 0 || low < 0)
            return {ErrorCode::InvalidEncoding, "not lowercase hexadecimal text"};
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

std::string toBase64(ByteView bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        const std::uint32_t v =
            std::uint32_t{bytes[i]} << 16 | std::uint32_t{bytes[i + 1]} << 8 | bytes[i + 2];
        out.push_back(kBase64[v >> 18]);
        out.push_back(kBase64[v >> 12 & 63]);
        out.push_back(kBase64[v >> 6 & 63]);
        out.push_back(kBase64[v & 63]);
    }
    const std::size_t rest = bytes.size() - i;
    if (rest == 1) {
        const std::uint32_t v = std::uint32_t{bytes[i]} << 16;
        out.push_back(kBase64[v >> 18]);
        out.push_back(kBase64[v >> 12 & 63]);
        out.append("==");
    } else if (rest == 2) {
        const std::uint32_t v = std::uint32_t{bytes[i]} << 16 | std::uint32_t{bytes[i + 1]} << 8;
        out.push_back(kBase64[v >> 18]);
        out.push_back(kBase64[v >> 12 & 63]);
        out.push_back(kBase64[v >> 6 & 63]);
        out.push_back('=');
    }
    return out;
}

Result<Bytes> fromBase64(std::string_view text) {
    const Error bad{ErrorCode::InvalidEncoding, "not canonical base64"};
    if (text.size() % 4 != 0)
        return bad;
    Bytes out;
    out.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const int padding = !last                                      ? 0
                            : text[i + 2] == '=' && text[i + 3] == '=' ? 2
                            : text[i + 3] == '='                       ? 1
                                                                       : 0;
        std::uint32_t v = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const bool pad = static_cast<int>(k) >= 4 - padding;
            const int d = pad ? 0 : kBase64Values[static_cast<unsigned char>(text[i + k])];
            if (d < 0)
                return bad;
            v = v << 6 | static_cast<std::uint32_t>(d);
        }
        out.push_back(static_cast<std::uint8_t>(v >> 16));
        if (padding < 2)
            out.push_back(static_cast<std::uint8_t>(v >> 8));
        if (padding < 1)
            out.push_back(static_cast<std::uint8_t>(v));
        if ((padding == 2 && (v & 0xffff) != 0) || (padding == 1 && (v & 0xff) != 0))
            return bad;
    }
    return out;
}

bool isUtf8(std::string_view text) {
    std::size_t i = 0;
    const auto at = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    while (i < text.size()) {
        const unsigned char c = at(i);
        std::size_t more = 0;
        std::uint32_t point = 0;
        std::uint32_t least = 0;
        if (c < 0x80) {
            ++i;
            continue;
        }
        if (c >= 0xc2 && c <= 0xdf) {
            more = 1;
            point = c & 0x1f;
            least = 0x80;
        } else if (c >= 0xe0 && c <= 0xef) {
            more = 2;
            point = c & 0x0f;
            least = 0x800;
        } else if (c >= 0xf0 && c <= 0xf4) {
            more = 3;
            point = c & 0x07;
            least = 0x10000;
        } else {
            return false;
        }
        if (text.size() - i <= more)
            return false;
        for (std::size_t k = 1; k <= more; ++k) {
            if ((at(i + k) & 0xc0) != 0x80)
                return false;
            point = point << 6 | (at(i + k) & 0x3fu);
        }
        if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
            return false;
        i += more + 1;
    }
    return true;
}

} // namespace valise
