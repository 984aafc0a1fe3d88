// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/bodies/fitted_text.h"

#include "core/client/history/shown_text.h"

#include <QFontMetricsF>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

constexpr double kEndless = 1e6;
// An ellipsis is tried in ever less room, until the line with it is not broken any more.
constexpr double kShrink = 0.97;
constexpr double kLeastRoom = 8;

} // namespace

QString FittedText::shown(const QString& text) {
    QString out = client::shownText(text, kMost);
    const bool cut = out.size() >= kMost;
    out = out.simplified();
    return cut ? out + QChar(0x2026) : out;
}

FittedText::FittedText(const QString& text, const QFont& font, double lineHeight, int mostLines, bool rtl)
    : m_text(shown(text))
    , m_font(font)
    , m_lineHeight(lineHeight)
    , m_mostLines(mostLines)
    , m_cut(m_text.size() >= kMost) {
    const bool letters = std::any_of(m_text.begin(), m_text.end(), [](QChar c) { return c.isLetter(); });
    m_rtl = letters ? m_text.isRightToLeft() : rtl;
    if (m_text.isEmpty())
        return;
    m_layout = std::make_unique<QTextLayout>(m_text, m_font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(m_rtl ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);
    m_layout->setTextOption(option);
    m_layout->setCacheEnabled(true);
    // Not by QFontMetricsF: it disagrees where a text takes its letters from several fonts.
    breakLines(kEndless);
    m_natural = std::ceil(m_lastWidth);
}

bool FittedText::breakLines(double width) {
    m_lines = 0;
    m_width = 0;
    int end = 0;
    m_layout->beginLayout();
    while (m_lines < m_mostLines) {
        QTextLine line = m_layout->createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        end = line.textStart() + line.textLength();
        line.setPosition(QPointF(0, m_lines * m_lineHeight + (m_lineHeight - line.height()) / 2));
        m_lastWidth = line.naturalTextWidth();
        m_width = std::max(m_width, m_lastWidth);
        ++m_lines;
    }
    m_layout->endLayout();
    return end >= static_cast<int>(m_layout->text().size());
}

void FittedText::layOut(double width) {
    if (m_text.isEmpty() || breakLines(width))
        return;
    m_cut = true;
    const int start = m_layout->lineAt(m_lines - 1).textStart();
    const QString kept = m_text.left(start);
    const QString rest = m_text.mid(start);
    const QFontMetricsF metrics(m_font);
    double room = width;
    do {
        room = room * kShrink - 1;
        m_layout->setText(kept + metrics.elidedText(rest, Qt::ElideRight, room));
    } while (!breakLines(width) && room > kLeastRoom);
}

void FittedText::paint(QPainter& painter, const QRectF& area, Qt::Alignment side) const {
    if (!m_layout)
        return;
    // Line by line: each stands on its side by itself.
    for (int i = 0; i < m_lines; ++i) {
        const QTextLine line = m_layout->lineAt(i);
        const double free = area.width() - line.naturalTextWidth();
        const double x = side & Qt::AlignRight ? free : side & Qt::AlignHCenter ? free / 2 : 0;
        line.draw(&painter, QPointF(area.left() + x, area.top()));
    }
}

} // namespace valise::ui
