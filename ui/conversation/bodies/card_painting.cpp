// SPDX-License-Identifier: AGPL-3.0-or-later
// A card in pixels. Everything was laid out before; nothing is measured here.
#include "ui/conversation/bodies/card_body.h"

#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace valise::ui {
namespace {

constexpr double kBoxRadius = 9;
constexpr double kButtonRadius = 8;
constexpr double kTileRadius = 12;
constexpr double kCheckRadius = 5;
constexpr float kTrack = 0.13F; // of the ink, for what a bar has not reached
constexpr float kRule = 0.16F;  // of the ink, for a hairline on a bubble of any colour
constexpr float kVeil = 0.12F;  // of the accent, under the pointer and on what is selected

QColor faint(QColor colour, float share) {
    colour.setAlphaF(share);
    return colour;
}

void box(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& edge) {
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.setPen(edge.isValid() ? QPen(edge, 1) : QPen(Qt::NoPen));
    const QRectF inner = edge.isValid() ? rect.adjusted(0.5, 0.5, -0.5, -0.5) : rect;
    painter.drawRoundedRect(inner, radius, radius);
}

//! The tick of the icons, as a line.
void tick(QPainter& painter, const QRectF& rect, const QColor& colour, double width) {
    const double z = rect.width() / 24;
    const std::array<QPointF, 3> points{rect.topLeft() + QPointF(5, 12.8) * z,
                                        rect.topLeft() + QPointF(9.6, 17.4) * z,
                                        rect.topLeft() + QPointF(19.5, 7) * z};
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(points.data(), static_cast<int>(points.size()));
}

} // namespace

QColor CardBody::colour(Ink ink, const Palette& c) {
    switch (ink) {
    case Ink::Plain:
    case Ink::Button:
        return c.ink;
    case Ink::Dim:
        return c.dim;
    case Ink::Accent:
        return c.acc;
    case Ink::Good:
        return c.ok;
    case Ink::Warning:
        return c.warn;
    case Ink::Bad:
        return c.rest;
    }
    return c.ink;
}

void CardBody::paintText(QPainter& painter, const Line& line, const QColor& colour) const {
    const bool right = line.side == Side::End ? !m_rtl : m_rtl;
    painter.setPen(colour);
    line.text.paint(painter, line.at,
                    line.side == Side::Middle ? Qt::AlignHCenter
                    : right                   ? Qt::AlignRight
                                              : Qt::AlignLeft);
}

void CardBody::paintPicture(QPainter& painter, const Picture& picture, const Palette& c) const {
    Theme::paintIcon(painter, picture.icon, picture.at, colour(picture.ink, c));
}

void CardBody::paintMark(QPainter& painter, const Part& part, const Palette& c) const {
    if (part.mark.isNull())
        return;
    const CardRow& row = rowOf(part);
    const QRectF& rect = part.mark;
    if (row.id.isEmpty()) {
        tick(painter, rect, c.acc, 1.8);
        return;
    }
    const QColor on = row.enabled ? c.acc : c.dim;
    const double radius = row.mark == CardRow::Mark::Radio ? rect.width() / 2 : kCheckRadius;
    painter.setPen(QPen(row.chosen ? on : c.dim, 1.5));
    painter.setBrush(row.chosen ? QBrush(on) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius);
    if (!row.chosen)
        return;
    if (row.mark == CardRow::Mark::Check) {
        tick(painter, rect.adjusted(1.5, 1.5, -1.5, -1.5), c.accInk, 1.8);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.accInk);
    painter.drawEllipse(rect.center(), 3.6, 3.6);
}

void CardBody::paintBar(QPainter& painter, const Part& part, const Palette& c) const {
    if (part.bar.isNull())
        return;
    const CardRow& row = rowOf(part);
    const double share = row.share && std::isfinite(*row.share) ? std::clamp(*row.share, 0.0, 1.0) : 0;
    const double radius = part.bar.height() / 2;
    box(painter, part.bar, radius, c.highContrast ? QColor() : faint(c.ink, kTrack),
        c.highContrast ? c.line : QColor());
    if (share <= 0)
        return;
    QRectF full = part.bar;
    full.setWidth(std::max(full.height(), full.width() * share));
    if (m_rtl)
        full.moveRight(part.bar.right());
    // Alone it is compared with nothing: it tells how far something is.
    box(painter, full, radius, row.chosen || m_card.rows.size() == 1 ? c.acc : c.dim, QColor());
}

void CardBody::paintRow(QPainter& painter, const Part& part, bool hovered, bool pressed,
                        const Palette& c) const {
    const CardRow& row = rowOf(part);
    if (!row.id.isEmpty()) {
        const QColor fill = row.chosen ? c.acc2 : pressed ? c.sel : hovered ? c.hover : c.pane;
        box(painter, part.at, kBoxRadius, fill, row.chosen ? c.acc : c.line);
    }
    paintMark(painter, part, c);
    for (const Line& line : part.lines)
        paintText(painter, line, colour(line.ink, c));
    paintBar(painter, part, c);
}

void CardBody::paintButton(QPainter& painter, const Part& part, bool hovered, bool pressed,
                           const Palette& c) const {
    const CardButton& button = buttonOf(part);
    QColor text = button.enabled ? c.ink : c.dim;
    const QColor ground = pressed ? c.sel : hovered ? c.hover : c.pane;
    switch (button.kind) {
    case CardButton::Kind::Answer:
        if (button.checked)
            text = button.enabled ? c.acc : c.dim;
        box(painter, part.at, kBoxRadius, button.checked ? c.acc2 : ground, button.checked ? text : c.line);
        if (!part.mark.isNull())
            tick(painter, part.mark, text, 1.6);
        break;
    case CardButton::Kind::Primary:
        text = button.enabled ? c.accInk : c.dim;
        box(painter, part.at, kButtonRadius,
            !button.enabled      ? faint(c.ink, kTrack)
            : pressed            ? c.acc.darker(112)
            : hovered && !c.dark ? c.acc.lighter(118)
            : hovered            ? c.acc.darker(108)
                                 : c.acc,
            c.highContrast && !button.enabled ? c.line : QColor());
        break;
    case CardButton::Kind::Plain:
        box(painter, part.at, kButtonRadius, button.checked ? c.acc2 : ground,
            button.checked ? c.acc : c.line);
        break;
    case CardButton::Kind::Quiet:
        text = button.enabled ? c.acc : c.dim;
        if (hovered || pressed)
            box(painter, part.at, kButtonRadius, faint(c.acc, pressed ? 2 * kVeil : kVeil), QColor());
        break;
    }
    for (const Line& line : part.lines)
        paintText(painter, line, text);
}

qint64 CardBody::paint(QPainter& painter, const Theme& theme, const BodyLook& look) const {
    const Palette& c = theme.palette();
    if (look.selection.second > look.selection.first)
        box(painter, m_area.adjusted(-4, -3, 4, 3), kBoxRadius, faint(c.acc, kVeil), c.acc);
    qint64 painted = 0;
    const auto seen = [&](const QRectF& rect) { return rect.intersects(look.visible); };
    if (!m_tile.isNull() && seen(m_tile))
        box(painter, m_tile, kTileRadius, faint(m_card.detailTone == CardTone::Bad ? c.rest : c.acc, kVeil),
            c.highContrast ? c.line : QColor());
    if (!m_notice.isNull() && seen(m_notice))
        box(painter, m_notice, kButtonRadius, c.warnBg, c.highContrast ? c.line : QColor());
    if (!m_rule.isNull())
        painter.fillRect(m_rule, c.highContrast ? c.line : faint(c.ink, kRule));
    for (const Picture& picture : m_pictures)
        if (seen(picture.at))
            paintPicture(painter, picture, c);
    for (const Line& line : m_lines) {
        if (!seen(line.at))
            continue;
        painted += line.text.lines();
        paintText(painter, line, colour(line.ink, c));
    }
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const Part& part = m_parts[i];
        if (!seen(part.at))
            continue;
        const int number = static_cast<int>(i);
        const bool hovered = look.hovered == number && look.pressed < 0 && isEnabled(part);
        const bool pressed = look.hovered == number && look.pressed == number;
        if (part.kind == Part::Kind::Row) {
            paintRow(painter, part, hovered, pressed, c);
        } else if (part.kind == Part::Kind::Button) {
            paintButton(painter, part, hovered, pressed, c);
        } else {
            for (const Line& line : part.lines)
                paintText(painter, line, colour(line.ink, c));
        }
        for (const Line& line : part.lines)
            painted += line.text.lines();
        if (look.focused != number)
            continue;
        // Outside of the part, with a gap: a filled button has the ring's colour.
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(c.acc, 2));
        painter.drawRoundedRect(part.at.adjusted(-2.5, -2.5, 2.5, 2.5), kBoxRadius + 2, kBoxRadius + 2);
    }
    return painted;
}

} // namespace valise::ui
