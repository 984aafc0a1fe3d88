// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/text_fold.h"

namespace valise::storage {
namespace {

// Latin Extended-A pairs an even capital with the odd small letter after it, except in these runs where it is
// odd-even.
bool oddCapital(char32_t c) {
    return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
}

char32_t decode(std::string_view text, std::size_t& at) {
    const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = octet(at);
    std::size_t more = 0;
    char32_t c = first;
    if (first >= 0xC2 && first <= 0xDF) {
        more = 1;
        c = first & 0x1Fu;
    } else if (first >= 0xE0 && first <= 0xEF) {
        more = 2;
        c = first & 0x0Fu;
    } else if (first >= 0xF0 && first <= 0xF4) {
        more = 3;
        c = first & 0x07u;
    }
    if (more >= text.size() - at) {
        ++at;
        return first;
    }
    for (std::size_t i = 1; i <= more; ++i) {
        if ((octet(at + i) & 0xC0u) != 0x80u) {
            ++at;
            return first;
        }
        c = (c << 6) | (octet(at + i) & 0x3Fu);
    }
    at += more + 1;
    return c;
}

char32_t foldChar(char32_t c) {
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c < 0x100)
        return c >= 0xC0 && c <= 0xDE && c != 0xD7 ? c + 32 : c;
    if (c < 0x180) {
        if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17F)
            return c;
        if (c == 0x178)
            return 0xFF;
        if (oddCapital(c))
            return (c & 1u) ? c + 1 : c;
        return (c & 1u) ? c : c + 1;
    }
    if (c >= 0x386 && c <= 0x3AB) {
        if (c == 0x386)
            return 0x3AC;
        if (c >= 0x388 && c <= 0x38A)
            return c + 37;
        if (c == 0x38C)
            return 0x3CC;
        if (c == 0x38E || c == 0x38F)
            return c + 63;
        return c >= 0x391 && c != 0x3A2 ? c + 32 : c;
    }
    if (c == 0x3C2)
        return 0x3C3;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c >= 0x410 && c <= 0x42F)
        return c + 32;
    if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F))
        return (c & 1u) ? c : c + 1;
    if (c == 0x4C0)
        return 0x4CF;
    if (c >= 0x4C1 && c <= 0x4CE)
        return (c & 1u) ? c + 1 : c;
    if (c >= 0x531 && c <= 0x556)
        return c + 48;
    if ((c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF))
        return (c & 1u) ? c : c + 1;
    if (c >= 0xFF21 && c <= 0xFF3A)
        return c + 32;
    return c;
}

} // namespace

std::vector<FoldedChar> foldText(std::string_view text) {
    std::vector<FoldedChar> out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = decode(text, at);
        out.push_back({foldChar(c), begin});
    }
    return out;
}

} // namespace valise::storage
