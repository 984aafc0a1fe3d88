// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainter>
#include <QTextLayout>

#include <memory>

namespace valise::ui {

//! A short text broken into at most a few lines, the last of which ends in an ellipsis where more would
//! follow. Laid out once and painted without another allocation. Its lines stand on the side where the
//! window's lines begin, in the text's own order.
class FittedText {
public:
    FittedText() = default;
    //! `rtl`: the window's direction, which a text without letters takes.
    FittedText(const QString& text, const QFont& font, double lineHeight, int mostLines, bool rtl);

    //! A member's text fit to be shown: its beginning, on one line, without what disturbs.
    static QString shown(const QString& text);

    bool isEmpty() const { return m_text.isEmpty(); }
    //! The width of all of it on one line.
    double naturalWidth() const { return m_natural; }
    double lineHeight() const { return m_lineHeight; }
    //! Breaks it into lines of that width.
    void layOut(double width);
    int lines() const { return m_lines; }
    double height() const { return m_lines * m_lineHeight; }
    //! Of the widest line, and of the last one.
    double width() const { return m_width; }
    double lastWidth() const { return m_lastWidth; }
    //! The text that is painted, with the ellipsis.
    QString laidOut() const { return m_layout ? m_layout->text() : QString(); }
    //! Not all of it is there.
    bool isCut() const { return m_cut; }
    //! In the painter's pen, from the upper edge of `area`; `side` is where its lines stand.
    void paint(QPainter& painter, const QRectF& area, Qt::Alignment side) const;

    //! Characters that are looked at.
    static constexpr qsizetype kMost = 300;

private:
    //! False if there are more lines than may be.
    bool breakLines(double width);

    QString m_text;
    QFont m_font;
    double m_lineHeight = 0;
    int m_mostLines = 1;
    bool m_rtl = false;
    std::unique_ptr<QTextLayout> m_layout;
    int m_lines = 0;
    double m_natural = 0;
    double m_width = 0;
    double m_lastWidth = 0;
    bool m_cut = false;
};

} // namespace valise::ui
