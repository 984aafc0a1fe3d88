// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Catch2 2.13 (Debian 12) and 3 name their headers differently.
#ifdef VALISE_CATCH2_V2
#include <catch2/catch.hpp>
#else
#include <catch2/catch_all.hpp>
using Catch::Approx; // where it stands in the other version
#endif

#include "core/base/result.h"

namespace valise {

//! The value of a result, or a test failure that names the error.
template <typename T>
T must(Result<T> result) {
    if (!result.ok())
        FAIL("failed: " << errorName(result.error().code) << ": " << result.error().detail);
    return std::move(result).value();
}
inline void must(Result<void> result) {
    if (!result.ok())
        FAIL("failed: " << errorName(result.error().code) << ": " << result.error().detail);
}

} // namespace valise
