// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

#include <QDate>

class QCalendarWidget;

namespace valise::ui {

//! Chooses the day to read from.
class DateSheet : public Sheet {
    Q_OBJECT

public:
    DateSheet(const QDate& day, const Theme* theme, QWidget* parent);
    QCalendarWidget* calendar() const { return m_calendar; }

signals:
    void chosen(const QDate& day);

private:
    QCalendarWidget* m_calendar;
};

} // namespace valise::ui
