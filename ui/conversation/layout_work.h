// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace valise::ui {

//! The cost of laying out and painting; counted, so that tests can bound it.
struct LayoutWork {
    qint64 layouts = 0;      //!< rows laid out
    qint64 lines = 0;        //!< lines of text in them
    qint64 paintedRows = 0;  //!< rows painted
    qint64 paintedLines = 0; //!< lines of text painted in them
};

} // namespace valise::ui
