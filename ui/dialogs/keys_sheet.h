// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

namespace valise::ui {

//! The keys that work, by where they work. Scrolls where the screen is too small.
class KeysSheet : public Sheet {
    Q_OBJECT

public:
    KeysSheet(const Theme* theme, QWidget* parent);
};

} // namespace valise::ui
