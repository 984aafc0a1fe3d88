// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QTimeZone>

namespace valise::ui {

//! "New York" of "America/New_York".
QString cityOf(const QByteArray& zone);
//! A time of day, hours from 0 to 23.
QString clockText(const QDateTime& when);
//! A time, said by the clock of a zone, and by the own one where that is another.
QString laterText(const QDateTime& when, const QTimeZone& zone);

} // namespace valise::ui
