// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/page_walk.h"

#include <algorithm>

namespace valise::net {

void PageWalk::note(const nostr::Event& event) {
    m_oldest = m_count == 0 ? event.createdAt : std::min(m_oldest, event.createdAt);
    ++m_count;
}

void PageWalk::endFirst() {
    // Many relays do not announce their cap, and a repeated event makes a page look longer than it is. So
    // only an empty page proves that nothing more is stored.
    if (!m_wanted || m_count == 0)
        m_done = true;
    else
        m_until = m_oldest;
}

void PageWalk::endPage() {
    if (m_count == 0)
        m_done = true;
    else if (m_oldest < m_until)
        m_until = m_oldest;
    else if (m_count >= kBusySecond)
        m_busy = true;
    else
        leaveSecond();
}

PageWalk::Ended PageWalk::endSecond(std::uint64_t most) {
    const bool full = m_count >= most;
    leaveSecond();
    return full ? Ended::Saturated : Ended::Normally;
}

void PageWalk::leaveSecond() {
    m_busy = false;
    if (m_until == 0 || m_until <= m_since)
        m_done = true;
    else
        --m_until;
}

} // namespace valise::net
