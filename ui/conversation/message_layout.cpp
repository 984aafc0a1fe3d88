// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/message_layout.h"

#include "ui/conversation/bodies/message_bodies.h"
#include "ui/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

constexpr double kPadX = 13; // 12 and the border
constexpr double kPadTop = 9;
constexpr double kPadBottom = 7;
constexpr double kCompactPad = 5;
constexpr double kCompactRunGap = 5;
constexpr double kNameLine = 19.17;
constexpr double kTimeGap = 12;
constexpr double kRadius = 14;
constexpr double kCorner = 4;
constexpr double kMaxShare = 0.74;
constexpr double kQuoteHeight = 43;
constexpr double kQuoteGap = 5;
constexpr double kChipsGap = 6;

struct Timeline {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

//! A bubble: rounded, with one small corner at the top on its author's side.
QPainterPath bubblePath(const QRectF& r, bool smallTopLeft, bool smallTopRight) {
    const double tl = smallTopLeft ? kCorner : kRadius;
    const double tr = smallTopRight ? kCorner : kRadius;
    const double radius = std::min(kRadius, r.height() / 2);
    QPainterPath path;
    path.moveTo(r.left() + tl, r.top());
    path.lineTo(r.right() - tr, r.top());
    path.arcTo(QRectF(r.right() - 2 * tr, r.top(), 2 * tr, 2 * tr), 90, -90);
    path.lineTo(r.right(), r.bottom() - radius);
    path.arcTo(QRectF(r.right() - 2 * radius, r.bottom() - 2 * radius, 2 * radius, 2 * radius), 0, -90);
    path.lineTo(r.left() + radius, r.bottom());
    path.arcTo(QRectF(r.left(), r.bottom() - 2 * radius, 2 * radius, 2 * radius), 270, -90);
    path.lineTo(r.left(), r.top() + tl);
    path.arcTo(QRectF(r.left(), r.top(), 2 * tl, 2 * tl), 180, -90);
    path.closeSubpath();
    return path;
}

} // namespace

MessageLayout::MessageLayout(const client::MessageRecord& message, std::unique_ptr<MessageBody> body,
                             const RowContext& context, double width, bool rtl, const Theme& theme)
    : m_width(width)
    , m_rtl(rtl)
    , m_context(context)
    , m_body(std::move(body)) {
    const double top = layOutHead(theme);
    if (m_body)
        layOutBubble(message, top, theme);
    else
        layOutSystem(message, top, theme);
}

double MessageLayout::layOutHead(const Theme& theme) {
    double y = 0;
    if (!m_context.dayTitle.isEmpty()) {
        const QFontMetricsF metrics(theme.font(11.5));
        const double pill = std::ceil(metrics.horizontalAdvance(m_context.dayTitle)) + 24;
        m_day = QRectF((m_width - pill) / 2, y + 8, pill, 22);
        y += 38;
    }
    if (m_context.unreadHere) {
        m_unread = QRectF(kSidePadding, y + 4, m_width - 2 * kSidePadding, 20);
        y += 28;
    }
    const bool apart = m_context.runStart && m_context.dayTitle.isEmpty() && !m_context.unreadHere;
    return y + (!apart ? kRowGap : theme.isCompact() ? kCompactRunGap : kRunGap);
}

void MessageLayout::layOutSystem(const client::MessageRecord& message, double top, const Theme& theme) {
    m_systemText = systemText(message.system(), message.senderName, message.own, message.systemSubject());
    const QFontMetricsF metrics(theme.font(12));
    const double room = m_width - 2 * kSidePadding - 60;
    const QRectF text =
        metrics.boundingRect(QRectF(0, 0, room, 10000), Qt::AlignHCenter | Qt::TextWordWrap, m_systemText);
    m_bubble = QRectF((m_width - room) / 2, top + 5, room, std::ceil(text.height()));
    m_height = m_bubble.bottom() + 5;
}

void MessageLayout::layOutBubble(const client::MessageRecord& message, double top, const Theme& theme) {
    const bool showName = m_context.group && !message.own && m_context.runStart;
    const double select = m_context.selecting ? kSelectRoom : 0;
    const double content = m_width - 2 * kSidePadding - select;
    const double indent = message.own || !m_context.group ? 0 : kAvatar + kAvatarGap;
    const double most = std::floor(std::max(140.0, content * kMaxShare) - indent) - 2 * kPadX;

    m_stamp = MessageStamp(message, theme);
    const double timeWidth = m_stamp.width();
    const BodySize size = m_body->measure({most, m_rtl, m_context.unfolded}, theme);
    const double room = size.rigid ? std::min(most, std::ceil(size.width)) : most;
    m_lines = size.lines;
    m_chips.layOut(message.reactions, room, theme);
    double inner = size.width;
    bool timeOwnLine = false;
    // With reactions the time stands in their row.
    if (!m_chips.isEmpty()) {
        const double withTime = m_chips.last().right() + kTimeGap + timeWidth;
        inner = std::max({inner, m_chips.width(), withTime <= room ? withTime : timeWidth});
    } else if (size.lastLine >= 0 && size.lastLine + kTimeGap + timeWidth <= room) {
        inner = std::max(inner, size.lastLine + kTimeGap + timeWidth);
    } else {
        timeOwnLine = true;
        inner = std::max(inner, timeWidth);
    }
    if (showName)
        inner = std::max(inner, std::min(room, std::ceil(QFontMetricsF(theme.font(12.5, QFont::DemiBold))
                                                             .horizontalAdvance(message.senderName))));
    const bool quoted = !message.quote.eventId.isEmpty() || !message.quote.sender.isEmpty();
    if (quoted) {
        const double quoteWidth =
            std::max(QFontMetricsF(theme.font(12.5)).horizontalAdvance(quoteText(message)),
                     QFontMetricsF(theme.font(12, QFont::Bold)).horizontalAdvance(quoteTitle(message))) +
            24;
        inner = std::max(inner, std::min(room, quoteWidth));
    }
    const double bubbleWidth = std::min(room, std::ceil(inner)) + 2 * kPadX;
    inner = bubbleWidth - 2 * kPadX;

    // Everything is placed for left-to-right and mirrored at the end.
    const double left = message.own ? m_width - kSidePadding - bubbleWidth : kSidePadding + select + indent;
    double y = top + (theme.isCompact() ? kCompactPad : kPadTop);
    if (showName) {
        m_name = QRectF(left + kPadX, y, inner, 18);
        y += kNameLine;
    }
    if (quoted) {
        m_quote = QRectF(left + kPadX, y, inner, kQuoteHeight);
        y += kQuoteHeight + kQuoteGap;
    }
    const QRectF body(left + kPadX, y, inner, size.height);
    y += size.height;
    const double timeLeft = left + kPadX + inner - timeWidth;
    double timeTop = 0;
    if (!m_chips.isEmpty()) {
        m_chips.place(QPointF(left + kPadX, y + kChipsGap));
        const QRectF last = m_chips.last();
        const bool fits = last.right() + kTimeGap + timeWidth <= left + kPadX + inner + 0.5;
        y = last.bottom();
        timeTop = fits ? y - 17 : y + 3;
        y += fits ? 2 : 17;
    } else if (timeOwnLine) {
        y += MessageStamp::kHeight;
        timeTop = y - 15.5;
    } else {
        timeTop = y - size.timeUp;
    }
    m_bubble =
        QRectF(left, top, bubbleWidth, std::ceil(y + (theme.isCompact() ? kCompactPad : kPadBottom) - top));
    m_height = m_bubble.bottom();
    if (m_context.group && !message.own && m_context.runEnd)
        m_avatar = QRectF(kSidePadding + select, m_bubble.bottom() - kAvatar, kAvatar, kAvatar);
    if (m_context.selecting)
        m_check = QRectF(kSidePadding - 4, m_bubble.center().y() - 10, 20, 20);

    for (QRectF* rect : {&m_bubble, &m_name, &m_quote, &m_avatar, &m_check})
        *rect = mirrored(*rect);
    m_stamp.place(mirrored(QRectF(timeLeft, timeTop, timeWidth, MessageStamp::kHeight)));
    if (m_rtl)
        m_chips.mirror(m_width);
    m_body->place(QRectF(m_bubble.left() + kPadX, body.top(), inner, body.height()));
}

QRectF MessageLayout::mirrored(QRectF rect) const {
    if (!m_rtl || rect.isEmpty())
        return rect;
    rect.moveLeft(m_width - rect.right());
    return rect;
}

BodyHit MessageLayout::hitTest(QPointF point) const {
    return m_body && m_bubble.contains(point) ? m_body->hitTest(point) : BodyHit();
}

void MessageLayout::paintQuote(QPainter& painter, const client::MessageRecord& message,
                               const Theme& theme) const {
    const Palette& c = theme.palette();
    QPainterPath quote;
    quote.addRoundedRect(m_quote, 6, 6);
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setClipPath(quote);
    painter.fillRect(m_quote, c.acc2);
    painter.fillRect(m_rtl ? QRectF(m_quote.right() - 3, m_quote.top(), 3, m_quote.height())
                           : QRectF(m_quote.left(), m_quote.top(), 3, m_quote.height()),
                     c.acc);
    painter.restore();
    const QRectF inner = m_rtl ? m_quote.adjusted(9, 4, -12, -4) : m_quote.adjusted(12, 4, -9, -4);
    painter.setFont(theme.font(12, QFont::Bold));
    painter.setPen(c.acc);
    Theme::paintLine(painter, QRectF(inner.left(), inner.top(), inner.width(), 17), quoteTitle(message),
                     m_rtl);
    QFont plain = theme.font(12.5);
    plain.setItalic(message.quote.text.isEmpty());
    painter.setFont(plain);
    painter.setPen(c.dim);
    Theme::paintLine(painter, QRectF(inner.left(), inner.top() + 17, inner.width(), 18), quoteText(message),
                     m_rtl);
}

qint64 MessageLayout::paintBody(QPainter& painter, const Theme& theme, const RowLook& look) const {
    painter.save();
    // Marks that are stacked without end stay inside the bubble.
    painter.setClipRect(m_bubble, Qt::IntersectClip);
    BodyLook body = look.body;
    if (body.visible.isEmpty())
        body.visible = QRectF(0, 0, m_width, m_height);
    const qint64 painted = m_body->paint(painter, theme, body);
    painter.restore();
    return painted;
}

void MessageLayout::paintHead(QPainter& painter, const Theme& theme) const {
    const Palette& c = theme.palette();
    if (!m_day.isEmpty()) {
        painter.setPen(QPen(c.line, 1));
        painter.setBrush(c.pane);
        const QRectF pill = m_day.adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
        painter.setPen(c.dim);
        painter.setFont(theme.font(11.5));
        painter.drawText(m_day, Qt::AlignCenter, m_context.dayTitle);
    }
    if (!m_unread.isEmpty()) {
        painter.setFont(theme.font(11.5, QFont::DemiBold));
        const QString text = Timeline::tr("New messages");
        const double w = painter.fontMetrics().horizontalAdvance(text) + 20;
        const double mid = m_unread.center().y();
        painter.setPen(QPen(c.acc, 1));
        painter.drawLine(QPointF(m_unread.left(), mid), QPointF(m_unread.center().x() - w / 2, mid));
        painter.drawLine(QPointF(m_unread.center().x() + w / 2, mid), QPointF(m_unread.right(), mid));
        painter.drawText(m_unread, Qt::AlignCenter, text);
    }
}

void MessageLayout::paintSystem(QPainter& painter, const Theme& theme, const RowLook& look) const {
    const Palette& c = theme.palette();
    painter.setPen(c.dim);
    painter.setFont(theme.font(12));
    painter.drawText(m_bubble, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_systemText);
    if (look.focused) {
        painter.setPen(QPen(c.acc, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(m_bubble.adjusted(-4, -3, 4, 3), 8, 8);
    }
}

void MessageLayout::paintBubble(QPainter& painter, bool own, const Theme& theme, const RowLook& look) const {
    const Palette& c = theme.palette();
    if (!m_check.isEmpty()) {
        painter.setPen(QPen(c.highContrast ? c.ink : look.selected ? c.acc : c.dim, 1.5));
        painter.setBrush(look.selected ? QBrush(c.acc) : QBrush(Qt::NoBrush));
        painter.drawEllipse(m_check.adjusted(1, 1, -1, -1));
        if (look.selected)
            Theme::paintIcon(painter, QStringLiteral("check"), m_check.adjusted(3, 3, -3, -3), c.accInk);
    }
    const bool ownSideRight = own != m_rtl;
    const QPainterPath path =
        bubblePath(own ? m_bubble : m_bubble.adjusted(0.5, 0.5, -0.5, -0.5), !ownSideRight, ownSideRight);
    // With high contrast every bubble has an edge, for its ground may be that of a selected row.
    painter.setPen(own && !c.highContrast ? QPen(Qt::NoPen) : QPen(c.line, 1));
    painter.setBrush(own ? c.own : c.their);
    painter.drawPath(path);
    if (look.focused) {
        painter.setPen(QPen(c.acc, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }
}

qint64 MessageLayout::paint(QPainter& painter, const client::MessageRecord& message, const Theme& theme,
                            const RowLook& look) const {
    const Palette& c = theme.palette();
    painter.setRenderHint(QPainter::Antialiasing);
    if (look.selected || look.highlighted)
        painter.fillRect(QRectF(0, m_bubble.top() - kRowGap, m_width, m_bubble.height() + 2 * kRowGap),
                         c.highContrast ? c.sel : c.line);
    paintHead(painter, theme);
    if (!m_body) {
        paintSystem(painter, theme, look);
        return 1;
    }
    paintBubble(painter, message.own, theme, look);
    if (!m_name.isEmpty()) {
        painter.setFont(theme.font(12.5, QFont::DemiBold));
        painter.setPen(identityTextColour(message.sender, c));
        Theme::paintLine(painter, m_name, message.senderName, m_rtl);
    }
    if (!m_quote.isEmpty())
        paintQuote(painter, message, theme);
    const qint64 painted = paintBody(painter, theme, look);
    m_chips.paint(painter, message.reactions, m_rtl, theme);
    m_stamp.paint(painter, message, m_rtl, theme);
    if (!m_avatar.isEmpty())
        theme.paintAvatar(painter, m_avatar, message.sender, message.senderName, false);
    return painted;
}

double MessageLayout::estimate(const client::MessageRecord& message, double width) {
    if (message.system() != client::SystemKind::None)
        return 30;
    const double room = std::max(120.0, (width - 2 * kSidePadding) * kMaxShare - 60);
    return kPadTop + kPadBottom + kRowGap + estimateBody(message, room) + (message.own ? 0 : kNameLine) +
           (message.quote.eventId.isEmpty() ? 0 : kQuoteHeight + kQuoteGap) +
           (message.reactions.isEmpty() ? 0 : ReactionChips::kHeight + kChipsGap);
}

} // namespace valise::ui
