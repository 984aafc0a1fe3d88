// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

class QPlainTextEdit;

namespace valise::ui {

//! Which servers carry a conversation.
class GroupServersSheet : public Sheet {
    Q_OBJECT

public:
    GroupServersSheet(const QStringList& urls, const Theme* theme, QWidget* parent);
    QPlainTextEdit* field() const { return m_field; }

signals:
    void chosen(const QStringList& urls);

private:
    QPlainTextEdit* m_field;
};

} // namespace valise::ui
