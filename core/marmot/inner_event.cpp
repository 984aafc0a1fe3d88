// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/inner_event.h"

#include "core/base/encoding.h"
#include "core/nostr/nip19.h"

#include <algorithm>

namespace valise::marmot {

std::vector<Id32> mentionsIn(std::string_view text) {
    constexpr std::string_view kBegin = "nostr:npub1";
    constexpr std::size_t kScheme = 6;
    constexpr std::size_t kAddress = 63;
    std::vector<Id32> out;
    std::size_t tries = 0;
    for (std::size_t at = text.find(kBegin);
         at != std::string_view::npos && out.size() < kMaxMentions && tries < 8 * kMaxMentions;
         at = text.find(kBegin, at + kBegin.size()), ++tries) {
        const auto account = nostr::decodeNpub(text.substr(at + kScheme, kAddress));
        if (account && std::find(out.begin(), out.end(), *account) == out.end())
            out.push_back(*account);
    }
    return out;
}

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
    for (const Id32& account : mentionsIn(text))
        event.tags.push_back({"p", toHex(account)});
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
