// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/content/text.h"

#include "core/base/encoding.h"
#include "core/nostr/nip19.h"

#include <algorithm>

namespace valise::marmot {

Result<void> Text::check() const {
    if (text.empty() || !isUtf8(text))
        return {ErrorCode::InvalidArgument, "an empty message or one that is not text"};
    if (text.size() > kMaxText)
        return {ErrorCode::LimitExceeded, "a message that is too long"};
    return {};
}

Result<Text> Text::read(const InnerEvent& event) {
    Text out{event.content};
    const auto quoted = nostr::tagValue(event.tags, "q");
    const auto target = quoted ? quoted : nostr::tagValue(event.tags, "e");
    if (target)
        if (const auto id = fromHexFixed<32>(*target))
            out.replyTo = *id;
    return out;
}

void Text::write(InnerEvent& event) const {
    if (replyTo) {
        event.tags.push_back({"e", toHex(*replyTo)});
        event.tags.push_back({"q", toHex(*replyTo)});
    }
    for (const Id32& account : mentionsIn(text))
        event.tags.push_back({"p", toHex(account)});
    event.content = text;
}

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

} // namespace valise::marmot
