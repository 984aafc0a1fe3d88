// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace valise::test {

//! A clock that moves only when told to.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::int64_t startMs)
        : m_nowMs(startMs) {}
    std::int64_t nowMs() const override { return m_nowMs; }
    void advanceMs(std::int64_t by) { m_nowMs += by; }

private:
    std::int64_t m_nowMs;
};

} // namespace valise::test
