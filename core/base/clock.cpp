// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/clock.h"

#include <chrono>

namespace valise {

std::int64_t Clock::monotonicMs() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::int64_t SystemClock::nowMs() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace valise
