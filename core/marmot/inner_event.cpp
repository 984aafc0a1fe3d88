// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/inner_event.h"

#include "core/base/encoding.h"

namespace valise::marmot {

InnerEvent makeText(const Id32& author, std::string_view text, std::uint64_t createdAt,
                    const std::optional<Id32>& replyTo) {
    InnerEvent event;
    event.pubkey = author;
    event.createdAt = createdAt;
    event.kind = nostr::kind::kChat;
    if (replyTo) {
        event.tags.push_back({"e", toHex(*replyTo)});
        event.tags.push_back({"q", toHex(*replyTo)});
    }
    event.content = std::string(text);
    return event;
}

std::optional<Id32> replyTarget(const InnerEvent& event) {
    if (event.kind != nostr::kind::kChat)
        return std::nullopt;
    const auto quoted = nostr::tagValue(event.tags, "q");
    const auto answered = nostr::tagValue(event.tags, "e");
    const auto target = quoted ? quoted : answered;
    if (!target)
        return std::nullopt;
    const auto id = fromHexFixed<32>(*target);
    return id ? std::optional<Id32>(*id) : std::nullopt;
}

Result<InnerEvent> readInnerEvent(ByteView plaintext, const Id32& author) {
    if (plaintext.size() > kMaxInnerEvent)
        return {ErrorCode::LimitExceeded, "an inner event above its bound"};
    VALISE_TRY(InnerEvent event, nostr::parseRumor(textOf(plaintext)));
    if (event.pubkey != author)
        return {ErrorCode::InvalidEvent, "an inner event under another name than its sender's"};
    return event;
}

} // namespace valise::marmot
