// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QLineEdit;
class QListWidget;

namespace valise::ui {

//! Chooses one or several conversations to forward messages to.
class ForwardSheet : public Sheet {
    Q_OBJECT

public:
    //! Offers only conversations in which one can write.
    ForwardSheet(const QVector<client::MessageRecord>& messages,
                 const QVector<client::ConversationRecord>& conversations, const Theme* theme,
                 QWidget* parent);
    QLineEdit* filterField() const { return m_filter; }
    QListWidget* list() const { return m_list; }

signals:
    void chosen(const QVector<QByteArray>& conversations);

private:
    void submit();
    QLineEdit* m_filter;
    QListWidget* m_list;
};

} // namespace valise::ui
