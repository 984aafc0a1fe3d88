// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

class QComboBox;

namespace valise::ui {

//! How long the messages of a conversation are kept on every member's device.
class RetentionSheet : public Sheet {
    Q_OBJECT

public:
    //! `seconds` as it is now; 0: without limit.
    RetentionSheet(quint64 seconds, const Theme* theme, QWidget* parent);
    QComboBox* box() const { return m_box; }

signals:
    void chosen(quint64 seconds);

private:
    QComboBox* m_box;
};

} // namespace valise::ui
