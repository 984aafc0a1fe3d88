// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QRectF>

#include <vector>

namespace valise::ui {

//! The reactions to a message: chips with an emoji and a number, in rows. Of very many the first are shown,
//! and how many more there are.
class ReactionChips {
public:
    //! Lays them out in rows of `room`, from the origin and from left to right.
    void layOut(const QVector<client::ReactionRecord>& reactions, double room, const Theme& theme);
    bool isEmpty() const { return m_chips.empty(); }
    double width() const { return m_width; }
    //! The last of them, whose row the time may share.
    const QRectF& last() const { return m_chips.back().rect; }
    //! Puts their origin to a point of the row, and mirrors them in a row of that width.
    void place(QPointF origin);
    void mirror(double rowWidth);
    //! The one at a point of the row, or -1.
    int at(QPointF point) const;
    const QRectF& rect(int index) const { return m_chips.at(static_cast<std::size_t>(index)).rect; }
    void paint(QPainter& painter, const QVector<client::ReactionRecord>& reactions, bool rtl,
               const Theme& theme) const;

    static constexpr double kHeight = 24;

private:
    struct Chip {
        QRectF rect;
        QString emoji;
        QString count;
        double emojiWidth = 0;
    };
    std::vector<Chip> m_chips;
    double m_width = 0;
};

} // namespace valise::ui
