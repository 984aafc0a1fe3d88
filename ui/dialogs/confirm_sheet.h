// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

namespace valise::ui {

//! Asks before something that cannot be undone.
class ConfirmSheet : public Sheet {
    Q_OBJECT

public:
    ConfirmSheet(const QString& title, const QString& explanation, const QString& action, const Theme* theme,
                 QWidget* parent);

signals:
    void confirmed();
};

} // namespace valise::ui
