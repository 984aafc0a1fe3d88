// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace valise::test {

//! Sees what this process asks of the system's network while it lives: every name looked up (getaddrinfo) and
//! every address connected to (connect), by whatever library. At most one at a time.
class NetworkWatch {
public:
    NetworkWatch();
    ~NetworkWatch();
    NetworkWatch(const NetworkWatch&) = delete;
    NetworkWatch& operator=(const NetworkWatch&) = delete;

    //! False where the system does not allow it; then nothing is seen.
    static bool works();
    std::vector<std::string> lookups() const;
    //! "address:port" of TCP connections, IPv4 and IPv6.
    std::vector<std::string> connections() const;
};

} // namespace valise::test
