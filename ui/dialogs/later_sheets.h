// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

#include <QDateTime>
#include <QTimeZone>

class QButtonGroup;
class QComboBox;
class QDateTimeEdit;
class QListWidget;

namespace valise::ui {

//! A time, said by the clock of a zone, and by the own one where that is another.
QString laterText(const QDateTime& when, const QTimeZone& zone);

//! Chooses when a message is sent, by the clock of whoever will read it.
class SendLaterSheet : public Sheet {
    Q_OBJECT

public:
    //! `now` is the present; `zone` is chosen at first. With `chosen` that time is offered.
    SendLaterSheet(const QDateTime& now, const QTimeZone& zone, const QDateTime& chosen, const Theme* theme,
                   QWidget* parent);
    QButtonGroup* choices() const { return m_choices; }
    QComboBox* zoneBox() const { return m_zones; }
    QDateTimeEdit* timeField() const { return m_time; }
    //! The chosen time; invalid if it is over.
    QDateTime when() const;
    QTimeZone zone() const;
    //! What the sheet says will happen.
    QString summary() const;

signals:
    void chosen(const QDateTime& when, const QTimeZone& zone);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum Choice { InAnHour, ThisEvening, TomorrowMorning, MondayMorning, Other };
    QDateTime timeOf(Choice choice) const;
    void takePlace();
    void refresh();
    void submit();

    QDateTime m_now;
    QButtonGroup* m_choices;
    QDateTimeEdit* m_time;
    QComboBox* m_zones;
    QLabel* m_summary;
};

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
