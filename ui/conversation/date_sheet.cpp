// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/date_sheet.h"

#include <QCalendarWidget>
#include <QLocale>
#include <QPushButton>
#include <QTextCharFormat>
#include <QToolButton>
#include <QVBoxLayout>

namespace valise::ui {

DateSheet::DateSheet(const QDate& day, const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Go to a date"), {}, parent)
    , m_calendar(new QCalendarWidget(this)) {
    m_calendar->setAccessibleName(tr("Date"));
    m_calendar->setMaximumDate(QDate::currentDate());
    m_calendar->setSelectedDate(day);
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setFirstDayOfWeek(QLocale().firstDayOfWeek());
    // The week's end in red is not everybody's custom.
    for (const Qt::DayOfWeek weekday : {Qt::Saturday, Qt::Sunday})
        m_calendar->setWeekdayTextFormat(weekday, QTextCharFormat());
    QTextCharFormat header;
    header.setForeground(theme->palette().dim);
    header.setBackground(theme->palette().pane);
    m_calendar->setHeaderTextFormat(header);
    for (const auto& [name, icon] :
         {std::pair(QStringLiteral("qt_calendar_prevmonth"), QStringLiteral("back")),
          std::pair(QStringLiteral("qt_calendar_nextmonth"), QStringLiteral("forward"))}) {
        if (auto* button = m_calendar->findChild<QToolButton*>(name)) {
            button->setIcon(theme->icon(icon));
            button->setAccessibleName(name.endsWith(QLatin1String("prevmonth")) ? tr("Month before")
                                                                                : tr("Month after"));
        }
    }
    content()->addWidget(m_calendar);
    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Go there")), &QPushButton::clicked, this, [this] {
        emit chosen(m_calendar->selectedDate());
        accept();
    });
    connect(m_calendar, &QCalendarWidget::activated, this, [this](const QDate& chosenDay) {
        emit chosen(chosenDay);
        accept();
    });
    m_calendar->setFocus();
}

} // namespace valise::ui
