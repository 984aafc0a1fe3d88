// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace valise::fuzz {

//! Aborts the program, which a fuzzer reports as a finding.
inline void require(bool condition) {
    if (!condition)
        std::abort();
}

} // namespace valise::fuzz
