// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/network_watch.h"

namespace valise::test {

NetworkWatch::NetworkWatch() = default;
NetworkWatch::~NetworkWatch() = default;

bool NetworkWatch::works() {
    return false;
}
std::vector<std::string> NetworkWatch::lookups() const {
    return {};
}
std::vector<std::string> NetworkWatch::connections() const {
    return {};
}

} // namespace valise::test
