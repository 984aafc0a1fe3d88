// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace valise {

//! Where the time comes from. Injected, so that tests and the simulator hold the hands of the clock.
class Clock {
public:
    virtual ~Clock() = default;
    //! Milliseconds since 1970-01-01T00:00:00Z.
    virtual std::int64_t nowMs() const = 0;
    //! Milliseconds from an arbitrary start that never go back or jump, whatever is done to the wall clock:
    //! for waiting, never for dates.
    virtual std::int64_t monotonicMs() const;
    //! Seconds since 1970-01-01T00:00:00Z, as Nostr and MLS count them.
    std::int64_t now() const { return nowMs() / 1000; }
};

//! The machine's clock.
class SystemClock final : public Clock {
public:
    std::int64_t nowMs() const override;
};

//! A clock that moves only when told to.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::int64_t startMs)
        : m_nowMs(startMs) {}
    std::int64_t nowMs() const override { return m_nowMs; }
    void advanceMs(std::int64_t by) { m_nowMs += by; }
    void setMs(std::int64_t to) { m_nowMs = to; }

private:
    std::int64_t m_nowMs;
};

} // namespace valise
