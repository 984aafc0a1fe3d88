// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace valise::client {

//! Characters of a name.
inline constexpr qsizetype kMaxName = 64;

//! A trimmed name. Error: InvalidArgument unless it has 1 to kMaxName characters.
inline Result<QString> checkedName(const QString& name) {
    QString shown = name.trimmed();
    if (shown.isEmpty() || shown.size() > kMaxName)
        return {ErrorCode::InvalidArgument, "a name of 1 to 64 characters is needed"};
    return shown;
}

} // namespace valise::client
