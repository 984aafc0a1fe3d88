// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace valise::ui {

//! The most octets of a link; a longer one is text.
inline constexpr qsizetype kMaxLink = 2048;

//! A place in a text that can be opened.
struct FoundLink {
    qsizetype start = 0;
    qsizetype length = 0;
    QString target; //!< with its scheme, also where the text has none ("www.")

    friend bool operator==(const FoundLink&, const FoundLink&) = default;
};

//! The links of a line, in order: what begins with http://, https://, mailto: or www. at the beginning of a
//! word. No other scheme is ever one. A link ends before blanks, controls, invisible and direction
//! characters, quotation marks and backslashes, and without the punctuation of the sentence around it. Takes
//! time in proportion to the line.
QVector<FoundLink> findLinks(const QString& line);

//! The targets of a text, each once, at most `most`.
QStringList linksOf(const QString& text, int most = 20);

} // namespace valise::ui
