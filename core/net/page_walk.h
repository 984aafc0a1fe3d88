// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

#include <cstddef>
#include <cstdint>

namespace valise::net {

//! One filter's way down through what a relay stores, newest first (NIP-01), page by page: each asks for what
//! is not newer than the oldest of the one before. A second that may hold more than a page is asked for by
//! itself, because `until` cannot lead into it.
class PageWalk {
public:
    enum class Step {
        Page,   //!< ask for a page that ends with until()
        Second, //!< compare the second until() (NIP-77), or ask for as much of it as the relay gives
        Done,
    };
    enum class Ended {
        Normally,
        Saturated, //!< the second holds more than the relay hands over at once: the rest cannot be asked for
    };
    //! Fewer events of one second at the end of a page are taken for all there are, also from a relay that
    //! does not say how many it hands over.
    static constexpr std::size_t kBusySecond = 20;

    PageWalk() = default;
    //! `wanted` is false for a filter whose first answer is the only one: one with the caller's own limit.
    //! Nothing older than `since` (Unix seconds) is asked for.
    PageWalk(bool wanted, std::uint64_t since)
        : m_wanted(wanted)
        , m_since(since) {}
    //! One without a first answer: its first page ends with `until`.
    static PageWalk between(std::uint64_t since, std::uint64_t until) {
        PageWalk walk(true, since);
        walk.m_until = until;
        return walk;
    }
    bool wanted() const { return m_wanted; }

    Step step() const { return m_done ? Step::Done : m_busy ? Step::Second : Step::Page; }
    std::uint64_t until() const { return m_until; }

    //! Before a request goes out.
    void begin() { m_count = 0; }
    //! An event of the answer under way.
    void note(const nostr::Event& event);
    //! The first answer is over, which had no `until`.
    void endFirst();
    //! The answer of a page is over.
    void endPage();
    //! The answer of a whole second is over; `most` is what the relay hands over at once.
    Ended endSecond(std::uint64_t most);
    //! Nothing more is to be had of this second.
    void leaveSecond();
    void finish() { m_done = true; }

private:
    bool m_wanted = true;
    bool m_done = false;
    bool m_busy = false;
    std::uint64_t m_since = 0;
    std::uint64_t m_until = 0;
    std::size_t m_count = 0; // of the answer under way
    std::uint64_t m_oldest = 0;
};

} // namespace valise::net
