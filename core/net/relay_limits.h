// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/net/relay_types.h"
#include "core/nostr/event.h"
#include "core/nostr/nip11.h"

#include <cstdint>
#include <optional>
#include <string>

namespace valise::net {

//! The limits at one relay: the program's own limits, lowered by the relay's NIP-11 document. A document
//! never raises a limit.
struct RelayLimits {
    RelayLimits() = default;
    explicit RelayLimits(const RelayOptions& options);
    void apply(const nostr::RelayInfo& info);

    int requests = 20;            //!< open subscriptions (max_subscriptions), at least 2
    std::uint64_t pageSize = 500; //!< `limit` of a filter (max_limit)
    //! `limit` of a filter for one second, which cannot be split. It is the relay's max_limit, at most
    //! kMostAtOnce; without max_limit it is kMostAtOnce.
    std::uint64_t mostAtOnce = kMostAtOnce;
    static constexpr std::uint64_t kMostAtOnce = 5'000;
    bool authRequired = false; //!< answers nothing before NIP-42 authentication
    bool paymentRequired = false;
    bool reconciles = false;            //!< NIP-77
    std::optional<std::int64_t> oldest; //!< largest age of an event in seconds (created_at_lower_limit)

    //! The reason why the relay would refuse a client message of this length (max_message_length), in the
    //! form of an OK's reason. Absent if it would accept it.
    std::optional<std::string> refusesMessage(std::size_t octets) const;
    //! The same for an event. It checks the length, the content (max_content_length, counted in characters as
    //! in NIP-11), the tags (max_event_tags) and the date (created_at_lower_limit, created_at_upper_limit).
    //! `now` is the relay's time in seconds since 1970. The reason is "rate-limited:" for an event dated too
    //! far ahead, because it can be sent later. Otherwise it is "restricted:".
    std::optional<std::string> refusesEvent(const std::string& eventJson, std::int64_t now) const;

private:
    std::optional<std::uint64_t> m_messageLength;
    std::optional<std::uint64_t> m_contentLength;
    std::optional<std::uint64_t> m_eventTags;
    std::optional<std::int64_t> m_newest;
};

} // namespace valise::net
