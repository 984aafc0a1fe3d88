// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/support/private_bus.h"

namespace valise::uitest {

//! The session bus of this test program.
test::PrivateBus& bus();

} // namespace valise::uitest
