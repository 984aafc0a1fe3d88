// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace valise {

//! The source of the time. It is injected, so that tests and the simulator can set the time.
class Clock {
public:
    virtual ~Clock() = default;
    //! Milliseconds since 1970-01-01T00:00:00Z.
    virtual std::int64_t nowMs() const = 0;
    //! Milliseconds from an arbitrary start. They never go back and never jump when somebody sets the
    //! machine's clock. For waiting, never for dates.
    virtual std::int64_t monotonicMs() const;
    //! Seconds since 1970-01-01T00:00:00Z, as Nostr and MLS count them.
    std::int64_t now() const { return nowMs() / 1000; }
};

//! The machine's clock.
class SystemClock final : public Clock {
public:
    std::int64_t nowMs() const override;
};

} // namespace valise
