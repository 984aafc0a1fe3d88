// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/message_change.h"

#include "core/base/encoding.h"

#include <algorithm>

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

bool isMessageChange(nostr::Kind kind) {
    return kind == nostr::kind::kReaction || kind == nostr::kind::kEdit || kind == nostr::kind::kDeletion;
}

Result<void> checkReaction(std::string_view text) {
    if (text.empty() || !isUtf8(text))
        return {ErrorCode::InvalidArgument, "an empty reaction or one that is not text"};
    std::size_t characters = 0;
    char32_t last = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, size] = characterAt(text, at);
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

InnerEvent makeMessageChange(const Id32& author, const MessageChange& change, std::uint64_t createdAt) {
    InnerEvent event;
    event.pubkey = author;
    event.createdAt = createdAt;
    switch (change.kind) {
    case MessageChange::Kind::Reaction:
        event.kind = nostr::kind::kReaction;
        break;
    case MessageChange::Kind::Edit:
        event.kind = nostr::kind::kEdit;
        break;
    case MessageChange::Kind::Deletion:
        event.kind = nostr::kind::kDeletion;
        break;
    }
    for (const Id32& target : change.targets)
        event.tags.push_back({"e", toHex(target)});
    event.content = change.content;
    return event;
}

Result<MessageChange> readMessageChange(const InnerEvent& event) {
    MessageChange out;
    if (event.kind == nostr::kind::kReaction)
        out.kind = MessageChange::Kind::Reaction;
    else if (event.kind == nostr::kind::kEdit)
        out.kind = MessageChange::Kind::Edit;
    else if (event.kind == nostr::kind::kDeletion)
        out.kind = MessageChange::Kind::Deletion;
    else
        return {ErrorCode::InvalidEvent, "not a change of a message"};
    for (const nostr::Tag& tag : event.tags) {
        if (tag.empty() || tag.front() != "e")
            continue;
        if (tag.size() < 2)
            return {ErrorCode::InvalidEvent, "a target without an id"};
        const auto id = fromHexFixed<32>(tag[1]);
        if (!id)
            return {ErrorCode::InvalidEvent, "a target that is not an event id"};
        if (std::find(out.targets.begin(), out.targets.end(), *id) != out.targets.end())
            continue;
        if (out.targets.size() == kMaxDeleted)
            return {ErrorCode::LimitExceeded, "a deletion of too many messages"};
        out.targets.push_back(*id);
    }
    if (out.targets.empty())
        return {ErrorCode::InvalidEvent, "a change without a target"};
    if (out.kind == MessageChange::Kind::Deletion)
        return out;
    if (out.targets.size() > 1)
        return {ErrorCode::InvalidEvent, "a reaction or an edit with several targets"};
    if (out.kind == MessageChange::Kind::Reaction && !checkReaction(event.content))
        return {ErrorCode::InvalidEvent, "a reaction that cannot be shown"};
    if (event.content.empty())
        return {ErrorCode::InvalidEvent, "an edit without text"};
    out.content = event.content;
    return out;
}

} // namespace valise::marmot
