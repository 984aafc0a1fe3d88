// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/filter.h"
#include "core/nostr/negentropy.h"

#include <optional>
#include <set>
#include <vector>

namespace valise::net {

//! Finds the events of a time window that a relay has and this client lacks (NIP-77), and returns their ids
//! in portions. It is an error if a relay names more than kMaxNeeded ids or never finishes.
class Reconciliation {
public:
    static constexpr std::size_t kMaxNeeded = 50'000;
    static constexpr int kMaxRounds = 64;

    //! `known` are the client's own events, all within the window. Error: LimitExceeded.
    static Result<Reconciliation> start(nostr::Filter window, std::vector<nostr::NegentropyItem> known);

    const nostr::Filter& window() const { return m_window; }
    Bytes firstMessage() const { return m_negentropy.initiate(); }
    //! Takes the relay's answer. The result is the next message, or nothing when the comparison is complete.
    //! Errors: InvalidEncoding, LimitExceeded, Unsupported.
    Result<std::optional<Bytes>> take(ByteView message);
    //! A filter for at most `most` of the missing events. Nothing if all of them were returned.
    std::optional<nostr::Filter> nextNeeded(std::uint64_t most);
    //! Puts back ids of nextNeeded() whose events the relay did not deliver.
    void needAgain(const std::set<nostr::EventId>& ids);

private:
    Reconciliation(nostr::Filter window, nostr::Negentropy negentropy);

    nostr::Filter m_window;
    nostr::Negentropy m_negentropy;
    std::vector<nostr::EventId> m_needed;
    int m_rounds = 0;
};

} // namespace valise::net
