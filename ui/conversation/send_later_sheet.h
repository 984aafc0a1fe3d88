// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

#include <QDateTime>
#include <QTimeZone>

class QButtonGroup;
class QComboBox;
class QDateTimeEdit;

namespace valise::ui {

//! Chooses when a message is sent, by the clock of a place, such as the reader's.
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
    //! The sheet's sentence about when the message will be sent.
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

} // namespace valise::ui
