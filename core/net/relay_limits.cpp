// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/relay_limits.h"

#include <algorithm>

namespace valise::net {

namespace {

// A relay with lower limits could carry no events. Such values in a document are ignored as mistakes.
constexpr std::uint64_t kLeastMessage = 1024;
constexpr std::uint64_t kLeastContent = 256;
constexpr std::uint64_t kLeastTags = 1;
constexpr std::uint64_t kLeastAge = 60; // seconds
// Larger values limit nothing. Ignoring them also keeps sums of times small.
constexpr std::uint64_t kMostSeconds = 1ull << 40;
constexpr std::size_t kEventFrame = 12; // ["EVENT", and ]

std::optional<std::uint64_t> atLeast(const std::optional<std::uint64_t>& value, std::uint64_t least) {
    return value && *value >= least ? value : std::nullopt;
}

std::optional<std::int64_t> seconds(const std::optional<std::uint64_t>& value, std::uint64_t least) {
    if (!value || *value < least || *value > kMostSeconds)
        return std::nullopt;
    return static_cast<std::int64_t>(*value);
}

std::string refusal(const char* what, std::uint64_t most) {
    return "restricted: this server takes " + std::string(what) + " of at most " + std::to_string(most);
}

std::size_t characters(const std::string& utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

} // namespace

RelayLimits::RelayLimits(const RelayOptions& options)
    : requests(std::max(2, options.maxRequests))
    , pageSize(static_cast<std::uint64_t>(std::max(1, options.pageSize))) {}

void RelayLimits::apply(const nostr::RelayInfo& info) {
    if (info.maxSubscriptions && *info.maxSubscriptions > 0)
        requests = static_cast<int>(
            std::clamp<std::uint64_t>(*info.maxSubscriptions, 2, static_cast<std::uint64_t>(requests)));
    if (info.maxLimit && *info.maxLimit > 0) {
        pageSize = std::min(pageSize, *info.maxLimit);
        mostAtOnce = std::min(kMostAtOnce, *info.maxLimit);
    }
    authRequired = info.authRequired.value_or(false);
    paymentRequired = info.paymentRequired.value_or(false);
    reconciles = info.supports(77);
    m_messageLength = atLeast(info.maxMessageLength, kLeastMessage);
    m_contentLength = atLeast(info.maxContentLength, kLeastContent);
    m_eventTags = atLeast(info.maxEventTags, kLeastTags);
    oldest = seconds(info.createdAtLowerLimit, kLeastAge);
    m_newest = seconds(info.createdAtUpperLimit, 0);
}

std::optional<std::string> RelayLimits::refusesMessage(std::size_t octets) const {
    if (m_messageLength && octets > *m_messageLength)
        return refusal("messages", *m_messageLength) + " octets";
    return std::nullopt;
}

std::optional<std::string> RelayLimits::refusesEvent(const std::string& eventJson, std::int64_t now) const {
    if (auto refused = refusesMessage(eventJson.size() + kEventFrame))
        return refused;
    if (!m_contentLength && !m_eventTags && !oldest && !m_newest)
        return std::nullopt;
    const auto event = nostr::parseEvent(eventJson);
    if (!event)
        return std::nullopt;
    if (m_contentLength && characters(event->content) > *m_contentLength)
        return refusal("content", *m_contentLength) + " characters";
    if (m_eventTags && event->tags.size() > *m_eventTags)
        return refusal("events", *m_eventTags) + " tags";
    const auto createdAt =
        static_cast<std::int64_t>(std::min<std::uint64_t>(event->createdAt, 2 * kMostSeconds));
    if (oldest && createdAt < now - *oldest)
        return "restricted: this server takes events of the last " + std::to_string(*oldest) + " seconds";
    if (m_newest && createdAt > now + *m_newest)
        return "rate-limited: this server takes events dated at most " + std::to_string(*m_newest) +
               " seconds ahead";
    return std::nullopt;
}

} // namespace valise::net
