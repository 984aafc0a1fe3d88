// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/theme/appearance.h"

#include <algorithm>

namespace valise::ui {

int boundedText(int percent) {
    return std::clamp(percent, Appearance::kLeastText, Appearance::kMostText);
}

} // namespace valise::ui
