// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/marmot/content/traits.h"
#include "core/marmot/inner_event.h"

namespace valise::marmot {

//! Octets of text a message may have, so that it fits with its JSON escapes.
inline constexpr std::size_t kMaxText = 40 * 1024;
//! Accounts one message may mention.
inline constexpr std::size_t kMaxMentions = 64;

//! A chat message (kind 9, NIP-C7).
struct Text {
    static constexpr nostr::Kind kKind = nostr::kind::kChat;
    static constexpr ContentTraits kTraits{
        .name = "text", .shown = true, .unread = true, .announced = true, .searched = true, .editable = true};

    std::string text;
    std::optional<Id32> replyTo = std::nullopt; //!< the inner event it answers

    //! Bounds for what is written here. Errors: InvalidArgument for an empty text or one that is not UTF-8,
    //! LimitExceeded.
    Result<void> check() const;
    //! The `q` tag names what is answered, else the `e` tag (NIP-C7, NIP-10); a malformed one counts as none.
    static Result<Text> read(const InnerEvent& event);
    //! Adds the tags `e` and `q` of a reply, and a `p` tag for each account that is mentioned.
    void write(InnerEvent& event) const;
    const std::string& plainText() const { return text; }
    //! A reply belongs nowhere else: none.
    std::vector<Id32> targets() const { return {}; }

    friend bool operator==(const Text&, const Text&) = default;
};

//! The accounts a text mentions as `nostr:npub1...` (NIP-27), each once, in order, at most kMaxMentions.
//! Takes time in proportion to the text.
std::vector<Id32> mentionsIn(std::string_view text);

} // namespace valise::marmot
