// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace valise::ui {

//! A sentence of its own for every code, in the person's words and language. It says what happened, what this
//! means and what to do.
QString errorText(ErrorCode code);
inline QString errorText(const Error& error) {
    return errorText(error.code);
}

} // namespace valise::ui
