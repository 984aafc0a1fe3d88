// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <functional>

namespace valise::test {

//! Does something after the last test and before main() returns: while the statics of every library are still
//! there.
void atEnd(std::function<void()> ending);

} // namespace valise::test
