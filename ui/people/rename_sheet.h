// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

class QLineEdit;

namespace valise::ui {

//! Gives a conversation another name.
class RenameSheet : public Sheet {
    Q_OBJECT

public:
    RenameSheet(const QString& name, const Theme* theme, QWidget* parent);
    QLineEdit* field() const { return m_name; }

signals:
    void chosen(const QString& name);

private:
    QLineEdit* m_name;
};

} // namespace valise::ui
