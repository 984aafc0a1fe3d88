// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

#include <optional>

namespace valise::ui {

//! The meaning of a line's colour. The words of the line say the same.
enum class CardTone { Plain, Good, Warning, Bad };

//! The square at the beginning of a card's title: a date, or the picture of a kind of file.
struct CardTile {
    QString icon;  //!< by its file name; or
    QString above; //!< a small word
    QString text;  //!< and a large one below it
};

//! A change since the card was first sent, or a failure.
struct CardNotice {
    QString icon;
    QString text;
    QString former; //!< struck through: what held before
    QString moment; //!< at the end of the line
};

//! One of several answers, or a result.
struct CardRow {
    //! The mark of a row that can be chosen.
    enum class Mark { None, Radio, Check };
    QString id; //!< of the action of choosing it; empty: it is only read
    QString label;
    QString value{};                  //!< at the end of the line: a number
    QString secondary{};              //!< names, an explanation
    std::optional<double> share = {}; //!< of a bar, 0 to 1
    Mark mark = Mark::None;
    bool chosen = false;
    bool enabled = true;
    CardTone tone = CardTone::Plain;
};

//! A button of a card.
struct CardButton {
    enum class Kind {
        Answer,  //!< one of a few side by side, of which one may be chosen; stands above the rows
        Primary, //!< filled; at most one
        Plain,   //!< with an edge
        Quiet,   //!< only its text
    };
    QString id;
    QString text;
    Kind kind = Kind::Plain;
    bool enabled = true;
    bool checked = false;
};

//! A message that is more than a text: a poll, a meeting, a file. Its maker writes all words in the window's
//! language. Members' texts go in as they came; the body makes them safe and bounds them.
struct Card {
    QString icon{}; //!< before `kind`
    QString kind{}; //!< a line above the title: "Poll · one answer"
    std::optional<CardTile> tile = {};
    QString title;
    QString subtitle{};
    QString detail{}; //!< less important than the subtitle
    CardTone detailTone = CardTone::Plain;
    std::optional<CardNotice> notice = {};
    QVector<CardRow> rows{};
    QString note{}; //!< below the rows: "2 of 6 have voted"
    QVector<CardButton> buttons{};
};

} // namespace valise::ui
