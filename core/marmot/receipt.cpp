// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/marmot/receipt.h"

#include "core/base/encoding.h"

#include <set>

namespace valise::marmot {

namespace {

constexpr std::string_view kDelivered = "delivered";
constexpr std::string_view kRead = "read";
constexpr std::string_view kTyping = "typing";
constexpr std::string_view kStopped = "stopped";

} // namespace

bool isSignal(nostr::Kind kind) {
    return kind == nostr::kind::kReceipt || kind == nostr::kind::kTyping;
}

bool isEphemeral(nostr::Kind kind) {
    return kind >= 20'000 && kind < 30'000;
}

InnerEvent makeReceipt(const Id32& author, const Receipt& receipt, std::uint64_t createdAt) {
    InnerEvent event;
    event.pubkey = author;
    event.createdAt = createdAt;
    event.kind = nostr::kind::kReceipt;
    event.content = receipt.read ? kRead : kDelivered;
    for (const Id32& target : receipt.targets)
        event.tags.push_back({"e", toHex(target)});
    return event;
}

Result<Receipt> readReceipt(const InnerEvent& event) {
    if (event.kind != nostr::kind::kReceipt || (event.content != kRead && event.content != kDelivered))
        return {ErrorCode::InvalidEvent, "not a receipt"};
    Receipt out;
    out.read = event.content == kRead;
    std::set<Id32> seen;
    for (const nostr::Tag& tag : event.tags) {
        if (tag.empty() || tag.front() != "e")
            continue;
        if (tag.size() < 2)
            return {ErrorCode::InvalidEvent, "a receipt for nothing"};
        const auto id = fromHexFixed<32>(tag[1]);
        if (!id)
            return {ErrorCode::InvalidEvent, "a receipt for something that is not an event id"};
        if (!seen.insert(*id).second)
            continue;
        if (out.targets.size() == kMaxReceipts)
            return {ErrorCode::LimitExceeded, "a receipt for too many messages"};
        out.targets.push_back(*id);
    }
    if (out.targets.empty())
        return {ErrorCode::InvalidEvent, "a receipt for nothing"};
    return out;
}

InnerEvent makeTyping(const Id32& author, bool typing, std::uint64_t createdAt) {
    InnerEvent event;
    event.pubkey = author;
    event.createdAt = createdAt;
    event.kind = nostr::kind::kTyping;
    event.content = typing ? kTyping : kStopped;
    return event;
}

Result<bool> readTyping(const InnerEvent& event) {
    if (event.kind != nostr::kind::kTyping || (event.content != kTyping && event.content != kStopped))
        return {ErrorCode::InvalidEvent, "not a typing event"};
    return event.content == kTyping;
}

} // namespace valise::marmot
