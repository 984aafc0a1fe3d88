// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

#include <vector>

namespace valise::storage {

//! A count of events that a person may want explained.
struct Counter {
    std::string scope;    //!< a relay URL, a group id in hexadecimal, or empty
    std::string category; //!< "rejected", "deferred", "relay", ...
    std::string reason;   //!< a stable word
    std::int64_t count = 0;
    std::int64_t firstMs = 0;
    std::int64_t lastMs = 0;
    std::string lastDetail; //!< at most 256 octets; never a secret or a plaintext
};

class CounterStore {
public:
    explicit CounterStore(Connection& connection)
        : m_db(connection) {}
    Result<void> add(std::string_view scope, std::string_view category, std::string_view reason,
                     std::int64_t nowMs, std::string_view detail = {}, std::int64_t by = 1);
    //! Latest first.
    Result<std::vector<Counter>> list();

private:
    Connection& m_db;
};

} // namespace valise::storage
