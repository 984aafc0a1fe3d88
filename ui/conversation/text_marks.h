// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>
#include <QVector>

class QTextCursor;

namespace valise::ui {

//! The formatting one can put into a text that is being written (message_format.h reads it).
enum class TextMark { Bold, Italic, Strike, Code, Quote, List };

inline const QVector<TextMark> kTextMarks{TextMark::Bold, TextMark::Italic, TextMark::Strike,
                                          TextMark::Code, TextMark::Quote,  TextMark::List};

QString markName(TextMark mark);
QString markIconName(TextMark mark);
QKeySequence markKey(TextMark mark);

//! Puts a mark around the selection, or removes it if it is there. Without a selection the cursor stands
//! between the marks. Quotes and lists are marks of whole lines; code of several lines stands between lines
//! of ```. The selected text stays selected.
void toggleMark(QTextCursor& cursor, TextMark mark);

} // namespace valise::ui
