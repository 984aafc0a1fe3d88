// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace valise::ui {

//! What happened, what it means and what to do, in a person's words and language. Every code has a sentence
//! of its own.
QString errorText(ErrorCode code);
inline QString errorText(const Error& error) {
    return errorText(error.code);
}

} // namespace valise::ui
