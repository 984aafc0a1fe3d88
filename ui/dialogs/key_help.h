// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>
#include <QVector>

namespace valise::ui {

//! One line of the help sheet: keys, and what they do.
struct KeyHelp {
    QVector<QKeySequence> keys; //!< each does it
    QString what;
};

//! A group of lines: where these keys work.
struct KeyHelpSection {
    QString title;
    QVector<KeyHelp> keys;
};

//! Every key of the program, in the language of now.
QVector<KeyHelpSection> keyHelp();

} // namespace valise::ui
