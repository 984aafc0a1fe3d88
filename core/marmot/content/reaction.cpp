// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/content/reaction.h"

#include "core/base/encoding.h"
#include "core/marmot/content/targets.h"

namespace valise::marmot {

namespace {

// One character of UTF-8 text that was checked, and how many octets it has.
std::pair<char32_t, std::size_t> characterAt(std::string_view text, std::size_t at) {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = octet(at);
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t value = size == 1 ? first : first & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i)
        value = value << 6 | (octet(at + i) & 0x3Fu);
    return {value, size};
}

bool isControl(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

// These could turn the text around the reaction.
bool turnsDirection(char32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

bool isBlank(char32_t c) {
    return c == 0x20 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

} // namespace

Result<void> Reaction::check() const {
    if (emoji.empty() || !isUtf8(emoji))
        return {ErrorCode::InvalidArgument, "an empty reaction or one that is not text"};
    std::size_t characters = 0;
    char32_t last = 0;
    for (std::size_t at = 0; at < emoji.size();) {
        const auto [c, size] = characterAt(emoji, at);
        if (isControl(c) || turnsDirection(c) || (at == 0 && isBlank(c)))
            return {ErrorCode::InvalidArgument, "a reaction with control characters or blanks around it"};
        last = c;
        at += size;
        if (++characters > kMaxReaction)
            return {ErrorCode::InvalidArgument, "a reaction that is too long"};
    }
    if (isBlank(last))
        return {ErrorCode::InvalidArgument, "a reaction with control characters or blanks around it"};
    return {};
}

Result<Reaction> Reaction::read(const InnerEvent& event) {
    VALISE_TRY(const Id32 target, readTarget(event));
    Reaction out{target, event.content};
    if (!out.check())
        return {ErrorCode::InvalidEvent, "a reaction that cannot be shown"};
    return out;
}

void Reaction::write(InnerEvent& event) const {
    writeTargets(event, {target});
    event.content = emoji;
}

} // namespace valise::marmot
