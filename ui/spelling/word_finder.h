// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

namespace valise::ui {

//! UTF-16 units a word may have; longer ones are no words.
inline constexpr qsizetype kMostWord = 64;

//! A word of a line whose spelling can be checked.
struct FoundWord {
    qsizetype start = 0;
    qsizetype length = 0;

    qsizetype end() const { return start + length; }
    friend bool operator==(const FoundWord&, const FoundWord&) = default;
};

//! The words of a line, in order. Left out is what no dictionary can know: links and addresses, mentions
//! (`names`: how members are written behind the @), :emoji:, code between backticks, names of files, words
//! with digits or over kMostWord, single letters, and short words all in capitals, which are names of
//! organisations. Apostrophes and hyphens inside a word belong to it. Takes time in proportion to the line.
QVector<FoundWord> findWords(const QString& line, const QStringList& names = {});

//! A word as dictionaries have it: composed, without soft hyphens and lengthening strokes, with the plain
//! apostrophe.
QString plainWord(const QString& word);

} // namespace valise::ui
