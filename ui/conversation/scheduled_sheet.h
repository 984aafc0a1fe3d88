// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QListWidget;

namespace valise::ui {

//! The messages of a conversation that are to be sent later.
class ScheduledSheet : public Sheet {
    Q_OBJECT

public:
    ScheduledSheet(const Theme* theme, QWidget* parent);
    void setMessages(const QVector<client::ScheduledRecord>& messages);
    QListWidget* list() const { return m_list; }
    QPushButton* sendButton() const { return m_send; }
    QPushButton* timeButton() const { return m_time; }
    QPushButton* editButton() const { return m_edit; }
    QPushButton* deleteButton() const { return m_delete; }

signals:
    void sendWanted(const valise::client::ScheduledRecord& message);
    void timeWanted(const valise::client::ScheduledRecord& message);
    //! Back into the message field.
    void editWanted(const valise::client::ScheduledRecord& message);
    void deleteWanted(const valise::client::ScheduledRecord& message);

private:
    void refresh();
    const client::ScheduledRecord* current() const;

    QVector<client::ScheduledRecord> m_messages;
    QListWidget* m_list;
    QLabel* m_none;
    QPushButton* m_send;
    QPushButton* m_time;
    QPushButton* m_edit;
    QPushButton* m_delete;
};

} // namespace valise::ui
