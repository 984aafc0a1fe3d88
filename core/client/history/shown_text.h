// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

//! The one place that makes what other people wrote fit to be shown. Names come safe out of RecordMapper;
//! texts stay as they were written in the records, so that copying and editing keep them, and are made safe
//! where they are drawn.
namespace valise::client {

//! UTF-16 units a shown name may have; longer ones end in an ellipsis.
inline constexpr qsizetype kMaxShownName = 64;

//! A name as one line that cannot pretend to be more than a name: without direction marks, invisible and
//! control characters, signs that look like this program's mark of a verified person, more than three marks
//! on one letter, and blanks at the ends or in a row. Joiners stay where the script needs them. Empty if
//! nothing visible is left. Applying it twice changes nothing.
QString shownName(const QString& name, qsizetype most = kMaxShownName);

//! A text without what only serves to disturb: direction overrides, more than eight combining marks on one
//! letter, more than eight invisible characters in a row, control characters other than tab and line feed;
//! every line separator is a line feed. Takes time in proportion to what is looked at, and stops when `most`
//! units are there (never inside a character); -1: the whole text.
QString shownText(const QString& text, qsizetype most = -1);

} // namespace valise::client
