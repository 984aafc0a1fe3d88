// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/suite.h"
#include "tests/support/catch.h"
#include "tests/support/vectors.h"

namespace valise::test {

//! Calls `body(suite, vector)` for every vector of a supported suite. Fails if there is none.
template <typename F>
void forSupportedSuites(const std::string& file, F&& body) {
    const auto vectors = openVectors(file);
    if (!vectors)
        return;
    std::size_t ran = 0;
    for (const auto v : simdjson::dom::array(vectors->root())) {
        const auto suite = mls::cipherSuiteFrom(static_cast<std::uint16_t>(intMember(v, "cipher_suite")));
        if (!suite.ok())
            continue;
        ++ran;
        INFO(file << " vector " << ran);
        body(*suite, v);
    }
    REQUIRE(ran > 0);
}

} // namespace valise::test
