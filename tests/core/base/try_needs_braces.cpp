// SPDX-License-Identifier: AGPL-3.0-or-later
// Compiled twice by a test: with VALISE_BRACES it must compile, and without it must not.
#include "core/base/result.h"

valise::Result<int> given();
valise::Result<int> taken(bool wanted);

valise::Result<int> taken(bool wanted) {
    int value = 0;
#ifdef VALISE_BRACES
    if (wanted) {
        VALISE_TRY(value, given());
    }
#else
    if (wanted)
        VALISE_TRY(value, given());
#endif
    return value;
}
