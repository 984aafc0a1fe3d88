// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/later_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace valise::ui {
namespace {

struct Later {
    Q_DECLARE_TR_FUNCTIONS(Later)
};

//! Inside a sentence: names of places are Latin in every language.
QString cityIn(const QTimeZone& zone) {
    return QChar(0x2068) + cityOf(zone.id()) + QChar(0x2069);
}

QString dayAndTime(const QDateTime& when) {
    const bool soon = std::abs(QDate::currentDate().daysTo(when.date())) < 180;
    return Later::tr("%1 at %2")
        .arg(QLocale().toString(when.date(),
                                soon ? QStringLiteral("dddd, d MMMM") : QStringLiteral("dddd, d MMMM yyyy")),
             clockText(when));
}

} // namespace

QString cityOf(const QByteArray& zone) {
    return QString::fromLatin1(zone)
        .section(QLatin1Char('/'), -1)
        .replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString clockText(const QDateTime& when) {
    return QLocale().toString(when.time(), QStringLiteral("HH:mm"));
}

QString laterText(const QDateTime& when, const QTimeZone& zone) {
    const QDateTime there = when.toTimeZone(zone);
    const QDateTime here = when.toLocalTime();
    if (there.date() == here.date() && there.time() == here.time())
        return dayAndTime(here);
    const QString own = there.date() == here.date() ? clockText(here) : dayAndTime(here);
    return Later::tr("%1 in %2 (your time: %3)").arg(dayAndTime(there), cityIn(zone), own);
}

} // namespace valise::ui
