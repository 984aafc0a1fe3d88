// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/net/relay_types.h"
#include "core/nostr/event.h"
#include "core/nostr/nip11.h"

#include <cstdint>
#include <optional>
#include <string>

namespace valise::net {

//! What a relay allows: the product's own bounds, made narrower by what its NIP-11 document says. A document
//! can only narrow, never widen.
struct RelayLimits {
    RelayLimits() = default;
    explicit RelayLimits(const RelayOptions& options);
    void apply(const nostr::RelayInfo& info);

    int requests = 20;            //!< open subscriptions (max_subscriptions), at least 2
    std::uint64_t pageSize = 500; //!< `limit` of a filter (max_limit)
    //! `limit` of a filter for one second, which cannot be asked for in parts: as many as the relay says it
    //! gives, within kMostAtOnce, and kMostAtOnce where it does not say.
    std::uint64_t mostAtOnce = kMostAtOnce;
    static constexpr std::uint64_t kMostAtOnce = 5'000;
    bool authRequired = false; //!< answers nothing before NIP-42 authentication
    bool paymentRequired = false;
    bool reconciles = false;            //!< NIP-77
    std::optional<std::int64_t> oldest; //!< seconds that an event may lie back (created_at_lower_limit)

    //! Why the relay would not take this client message (max_message_length), in the form of an OK's reason;
    //! nothing if it may.
    std::optional<std::string> refusesMessage(std::size_t octets) const;
    //! The same of an event: its length, its content (max_content_length, counted in characters as NIP-11 has
    //! it), its tags (max_event_tags), its date (created_at_lower_limit, created_at_upper_limit). `now` in
    //! seconds since 1970 as the relay's clock shows it. What is dated too far ahead is "rate-limited:", for
    //! it can be sent later; everything else is "restricted:".
    std::optional<std::string> refusesEvent(const std::string& eventJson, std::int64_t now) const;

private:
    std::optional<std::uint64_t> m_messageLength;
    std::optional<std::uint64_t> m_contentLength;
    std::optional<std::uint64_t> m_eventTags;
    std::optional<std::int64_t> m_newest;
};

} // namespace valise::net
