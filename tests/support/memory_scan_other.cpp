// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/memory_scan.h"

namespace valise::test {

bool MemoryScan::isPossible() {
    return false;
}

void MemoryScan::watch(std::string, ByteView) {}

std::vector<std::string> MemoryScan::found() const {
    return {};
}

} // namespace valise::test
