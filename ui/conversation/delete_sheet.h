// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

namespace valise::ui {

//! Asks whether messages go for oneself or for everybody.
class DeleteSheet : public Sheet {
    Q_OBJECT

public:
    //! For everybody is offered if all messages are one's own, are not deleted yet, and `mayWrite`.
    DeleteSheet(const QVector<client::MessageRecord>& messages, bool mayWrite, const Theme* theme,
                QWidget* parent);
    QPushButton* forMeButton() const { return m_forMe; }
    //! Null if it is not offered.
    QPushButton* forEveryoneButton() const { return m_forEveryone; }

signals:
    void forMe();
    void forEveryone();

private:
    QPushButton* m_forMe;
    QPushButton* m_forEveryone = nullptr;
};

} // namespace valise::ui
