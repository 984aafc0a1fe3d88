// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/confirm_sheet.h"

#include <QPushButton>

namespace valise::ui {

ConfirmSheet::ConfirmSheet(const QString& title, const QString& explanation, const QString& action,
                           const Theme* theme, QWidget* parent)
    : Sheet(theme, title, explanation, parent) {
    auto* cancel = addCloseButton(tr("Cancel"));
    cancel->setDefault(true);
    connect(addMainButton(action, true), &QPushButton::clicked, this, [this] {
        setBusy(true);
        emit confirmed();
    });
    cancel->setFocus();
}

} // namespace valise::ui
