// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QListWidget;
class QListWidgetItem;

namespace valise::ui {

//! The starred messages of a conversation, or of all.
class StarredSheet : public Sheet {
    Q_OBJECT

public:
    StarredSheet(const Theme* theme, QWidget* parent);
    void setMessages(const QVector<client::SearchHit>& messages);
    QListWidget* list() const { return m_list; }

signals:
    void chosen(const valise::client::MessageRecord& message);

private:
    void take(QListWidgetItem* item);
    QVector<client::SearchHit> m_messages;
    QListWidget* m_list;
    QLabel* m_none;
};

} // namespace valise::ui
