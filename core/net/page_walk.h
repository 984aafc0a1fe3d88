// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

#include <cstddef>
#include <cstdint>

namespace valise::net {

//! Reads the stored events of a filter page by page, newest first (NIP-01). Each page asks for events that
//! are not newer than the oldest event of the previous page. If one second may hold more events than a page,
//! the walk asks for that second alone, because `until` cannot select a part of a second.
class PageWalk {
public:
    enum class Step {
        Page,   //!< ask for a page that ends with until()
        Second, //!< ask for all events of the second until(), by comparing (NIP-77) or with the relay's
                //!< largest limit
        Done,
    };
    enum class Ended {
        Normally,
        Saturated, //!< the second holds more events than the relay gives at once, so the others cannot be
                   //!< read
    };
    //! A second counts as busy if a whole page of at least this many events is of that second. With fewer
    //! events the second counts as complete, also at a relay that does not announce its cap.
    static constexpr std::size_t kBusySecond = 20;

    PageWalk() = default;
    //! `wanted` is false for a filter that has only a first answer, because the caller gave a limit. Events
    //! older than `since` (Unix seconds) are not asked for.
    PageWalk(bool wanted, std::uint64_t since)
        : m_wanted(wanted)
        , m_since(since) {}
    //! A walk without a first answer. Its first page ends with `until`.
    static PageWalk between(std::uint64_t since, std::uint64_t until) {
        PageWalk walk(true, since);
        walk.m_until = until;
        return walk;
    }
    bool wanted() const { return m_wanted; }

    Step step() const { return m_done ? Step::Done : m_busy ? Step::Second : Step::Page; }
    std::uint64_t until() const { return m_until; }

    //! Call it before sending a request.
    void begin() { m_count = 0; }
    //! Call it for each event of the answer.
    void note(const nostr::Event& event);
    //! The first answer has ended. Its request had no `until`.
    void endFirst();
    //! The answer to a page has ended.
    void endPage();
    //! The answer to a whole second has ended. `most` is the number of events that the relay gives at once.
    Ended endSecond(std::uint64_t most);
    //! Ends the current second: no further request could give more of its events.
    void leaveSecond();
    void finish() { m_done = true; }

private:
    bool m_wanted = true;
    bool m_done = false;
    bool m_busy = false;
    std::uint64_t m_since = 0;
    std::uint64_t m_until = 0;
    std::size_t m_count = 0; // events in the current answer
    std::uint64_t m_oldest = 0;
};

} // namespace valise::net
