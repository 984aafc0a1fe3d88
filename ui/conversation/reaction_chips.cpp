// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/reaction_chips.h"

#include "core/client/history/shown_text.h"

#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

constexpr double kGap = 5;
constexpr std::size_t kMost = 12;

} // namespace

void ReactionChips::layOut(const QVector<client::ReactionRecord>& reactions, double room,
                           const Theme& theme) {
    if (reactions.isEmpty())
        return;
    const QFontMetricsF metrics(theme.font(12));
    const QFontMetricsF emojiMetrics(theme.emojiFont(12.5));
    double x = 0;
    double y = 0;
    const auto all = static_cast<std::size_t>(reactions.size());
    const std::size_t shown = std::min(all, kMost);
    for (std::size_t i = 0; i < shown + (all > shown ? 1 : 0); ++i) {
        Chip chip;
        if (i == shown) {
            // Isolated: in a line from right to left the sign would stand behind the number.
            chip.count = QChar(0x2066) + QStringLiteral("+") +
                         QLocale().toString(static_cast<int>(all - shown)) + QChar(0x2069);
        } else {
            const auto& reaction = reactions.at(static_cast<qsizetype>(i));
            chip.emoji = emojiMetrics.elidedText(client::shownText(reaction.emoji), Qt::ElideRight, 90);
            chip.emojiWidth = std::ceil(emojiMetrics.horizontalAdvance(chip.emoji)) + 4;
            chip.count = QLocale().toString(reaction.count);
        }
        const double w = chip.emojiWidth + std::ceil(metrics.horizontalAdvance(chip.count)) + 16;
        if (x > 0 && x + w > room) {
            x = 0;
            y += kHeight + kGap;
        }
        chip.rect = QRectF(x, y, w, kHeight);
        m_width = std::max(m_width, x + w);
        x += w + kGap;
        m_chips.push_back(std::move(chip));
    }
}

void ReactionChips::place(QPointF origin) {
    for (Chip& chip : m_chips)
        chip.rect.translate(origin);
}

void ReactionChips::mirror(double rowWidth) {
    for (Chip& chip : m_chips)
        chip.rect.moveLeft(rowWidth - chip.rect.right());
}

int ReactionChips::at(QPointF point) const {
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        if (m_chips[i].rect.contains(point))
            return static_cast<int>(i);
    return -1;
}

void ReactionChips::paint(QPainter& painter, const QVector<client::ReactionRecord>& reactions, bool rtl,
                          const Theme& theme) const {
    if (m_chips.empty())
        return;
    const Palette& c = theme.palette();
    const QFont plain = theme.font(12);
    const QFont emoji = theme.emojiFont(12.5);
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const Chip& chip = m_chips[i];
        const bool own = static_cast<qsizetype>(i) < reactions.size() && i < kMost &&
                         reactions.at(static_cast<qsizetype>(i)).own;
        const QRectF rect = chip.rect.adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(own ? c.acc : c.line, 1));
        painter.setBrush(own ? c.acc2 : c.pane);
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
        painter.setPen(own ? c.acc : c.ink);
        // The emoji stands before the count, whichever side that is.
        const QRectF inner = chip.rect.adjusted(8, 0, -8, 0);
        const double countWidth = inner.width() - chip.emojiWidth;
        const QRectF first(rtl ? inner.right() - chip.emojiWidth : inner.left(), inner.top(), chip.emojiWidth,
                           inner.height());
        const QRectF second(rtl ? inner.left() : inner.right() - countWidth, inner.top(), countWidth,
                            inner.height());
        painter.setFont(emoji);
        painter.drawText(first, Qt::AlignVCenter | Qt::AlignAbsolute | (rtl ? Qt::AlignRight : Qt::AlignLeft),
                         chip.emoji);
        painter.setFont(plain);
        painter.drawText(second,
                         Qt::AlignVCenter | Qt::AlignAbsolute | (rtl ? Qt::AlignLeft : Qt::AlignRight),
                         chip.count);
    }
}

} // namespace valise::ui
