// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/ui/desktop/bus.h"

#include "tests/ui/application.h"

namespace valise::uitest {

test::PrivateBus& bus() {
    application();
    static test::PrivateBus one;
    return one;
}

} // namespace valise::uitest
