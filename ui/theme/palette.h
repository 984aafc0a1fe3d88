// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

namespace valise::ui {

//! The colours of one appearance. The names are those of the design's variables.
struct Palette {
    bool dark = false;
    bool highContrast = false;
    QColor bg;     //!< behind the timeline and inside fields
    QColor pane;   //!< rail, lists, headers, side panel
    QColor line;   //!< hairlines and borders
    QColor ink;    //!< text
    QColor dim;    //!< secondary text
    QColor acc;    //!< accent: links, badges, focus
    QColor acc2;   //!< the accent's quiet ground
    QColor accInk; //!< text on the accent
    QColor own;    //!< own bubbles
    QColor their;  //!< other people's bubbles
    QColor sel;    //!< the selected row
    QColor hover;  //!< a row or button under the pointer
    QColor warn;   //!< text of warnings
    QColor warnBg; //!< ground of warnings
    QColor ok;     //!< good news
    QColor rest;   //!< restrictions, failures, things that cannot be undone

    static Palette light();
    static Palette darkOne();
    //! Every text at least 7:1 against its ground (WCAG 2.2, 1.4.6), every border 4.5:1.
    static Palette lightContrast();
    static Palette darkContrast();
    static Palette of(bool dark, bool highContrast);
};

//! The contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio").
double contrastRatio(const QColor& a, const QColor& b);
//! The stable colour of a person or group: the same name always has the same colour, in both appearances.
QColor identityColour(const QByteArray& key);
//! The identity colour as text on a bubble: lighter in the dark appearance, so that it stays readable.
QColor identityTextColour(const QByteArray& key, const Palette& palette);

} // namespace valise::ui
