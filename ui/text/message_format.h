// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/links/link_finder.h"

#include <QString>
#include <QVector>

namespace valise::ui {

//! A part of a block's text in one style.
struct TextSpan {
    enum Style { Bold = 1, Italic = 2, Strike = 4, Code = 8, Link = 16, Mention = 32 };
    int start = 0;
    int length = 0;
    int style = 0; //!< of Style
    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

//! One paragraph of a message, without its marks.
struct TextBlock {
    enum Kind { Plain, Quote, Bullet, Number, Code };
    Kind kind = Plain;
    QString text;
    QString marker; //!< of a numbered line: "3."
    QVector<TextSpan> spans;
    QVector<FoundLink> links; //!< places of `text`
    friend bool operator==(const TextBlock&, const TextBlock&) = default;
};

//! Reads the marks people write by hand: **bold**, *italic* or _italic_, ~~strike~~, `code`, lines that begin
//! with `> `, `- `, `* ` or `1. `, and code between lines of ```. Other text stays as it is. A backslash
//! makes a mark a character. Links (link_finder.h) are found outside of code, and no mark is looked for
//! inside of them. Takes time in proportion to the text.
//! Addresses that `mentions` knows are shown as @ and the name.
QVector<TextBlock> parseText(const QString& text, const QVector<client::MentionRecord>& mentions = {});

} // namespace valise::ui
