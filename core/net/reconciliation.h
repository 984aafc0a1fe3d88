// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/filter.h"
#include "core/nostr/negentropy.h"

#include <optional>
#include <set>
#include <vector>

namespace valise::net {

//! Finds out which events of a window of time a relay has and this client has not (NIP-77), and hands their
//! ids over in portions. Bounded: a relay that names more than kMaxNeeded ids, or never comes to an end, is
//! an error.
class Reconciliation {
public:
    static constexpr std::size_t kMaxNeeded = 50'000;
    static constexpr int kMaxRounds = 64;

    //! `known` are the events that are here, all within the window. Errors: LimitExceeded.
    static Result<Reconciliation> start(nostr::Filter window, std::vector<nostr::NegentropyItem> known);

    const nostr::Filter& window() const { return m_window; }
    Bytes firstMessage() const { return m_negentropy.initiate(); }
    //! The relay's answer: what to send next, or nothing when all is compared. Errors: InvalidEncoding,
    //! LimitExceeded, Unsupported.
    Result<std::optional<Bytes>> take(ByteView message);
    //! A filter for at most `most` of the events that are missing here; nothing when all were handed over.
    std::optional<nostr::Filter> nextNeeded(std::uint64_t most);
    //! Puts back what nextNeeded() handed over and the relay did not.
    void needAgain(const std::set<nostr::EventId>& ids);

private:
    Reconciliation(nostr::Filter window, nostr::Negentropy negentropy);

    nostr::Filter m_window;
    nostr::Negentropy m_negentropy;
    std::vector<nostr::EventId> m_needed;
    int m_rounds = 0;
};

} // namespace valise::net
