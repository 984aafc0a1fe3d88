// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/message_layout.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainterPath>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

constexpr double kPadX = 13; // 12 and the border
constexpr double kPadTop = 9;
constexpr double kPadBottom = 7;
constexpr double kTextPx = 13.5;
constexpr double kLine = 19.17; // 13.5 * 1.42
constexpr double kTimeGap = 12;
constexpr double kRadius = 14;
constexpr double kCorner = 4;
constexpr double kMark = 13;
constexpr double kMaxShare = 0.74;

struct Timeline {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

QString markIcon(const client::MessageRecord& m) {
    using client::DeliveryState;
    switch (m.state) {
    case DeliveryState::Queued:
        return QStringLiteral("clock");
    case DeliveryState::Sent:
        return QStringLiteral("check");
    case DeliveryState::Delivered:
    case DeliveryState::Read:
        return QStringLiteral("double-check");
    case DeliveryState::Failed:
    case DeliveryState::Withdrawn:
        return QStringLiteral("warning");
    case DeliveryState::Received:
        break;
    }
    return {};
}

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

MessageLayout::MessageLayout(const client::MessageRecord& message, const RowContext& context, double width,
                             bool rtl, const Theme& theme)
    : m_width(width)
    , m_rtl(rtl)
    , m_context(context) {
    double y = 0;
    if (!context.dayTitle.isEmpty()) {
        const QFontMetricsF metrics(theme.font(11.5));
        const double pill = std::ceil(metrics.horizontalAdvance(context.dayTitle)) + 24;
        m_day = QRectF((width - pill) / 2, y + 8, pill, 22);
        y += 38;
    }
    if (context.unreadHere) {
        m_unread = QRectF(kSidePadding, y + 4, width - 2 * kSidePadding, 20);
        y += 28;
    }
    y += context.runStart && context.dayTitle.isEmpty() && !context.unreadHere ? kRunGap : kRowGap;

    if (message.system != client::SystemKind::None) {
        m_systemText = systemText(message.system, message.senderName, message.own, message.systemSubject);
        const QFontMetricsF metrics(theme.font(12));
        const double room = width - 2 * kSidePadding - 60;
        const QRectF text = metrics.boundingRect(QRectF(0, 0, room, 10000),
                                                 Qt::AlignHCenter | Qt::TextWordWrap, m_systemText);
        m_bubble = QRectF((width - room) / 2, y + 5, room, std::ceil(text.height()));
        m_height = m_bubble.bottom() + 5;
        return;
    }

    const bool showName = context.group && !message.own && context.runStart;
    const double content = width - 2 * kSidePadding;
    const double indent = message.own || !context.group ? 0 : kAvatar + kAvatarGap;
    const double maxBubble = std::floor(std::max(140.0, content * kMaxShare) - indent);
    const double maxText = maxBubble - 2 * kPadX;

    // Time and delivery mark.
    m_timeText = clockTime(message.createdAt);
    const QFontMetricsF timeMetrics(theme.font(10.5));
    const double timeWidth =
        std::ceil(timeMetrics.horizontalAdvance(m_timeText)) + (message.own ? 4 + kMark : 0);

    // Text, one layout for each paragraph, each in its own direction.
    const QFont font = theme.font(kTextPx);
    double used = 0;
    double textHeight = 0;
    double lastLine = 0;
    bool lastRtl = rtl;
    int start = 0;
    const QStringList lines = message.text.split(QLatin1Char('\n'));
    for (const QString& line : lines) {
        Paragraph p;
        p.start = start;
        p.rtl = line.isRightToLeft() || (line.isEmpty() && lastRtl);
        // Without a strong character the window's direction decides.
        const bool neutral = std::none_of(line.begin(), line.end(), [](QChar c) { return c.isLetter(); });
        if (neutral)
            p.rtl = rtl;
        start += static_cast<int>(line.size()) + 1;
        p.layout = std::make_unique<QTextLayout>(line, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        option.setTextDirection(p.rtl ? Qt::RightToLeft : Qt::LeftToRight);
        option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);
        p.layout->setTextOption(option);
        p.layout->setCacheEnabled(true);
        p.layout->beginLayout();
        for (;;) {
            QTextLine textLine = p.layout->createLine();
            if (!textLine.isValid())
                break;
            textLine.setLineWidth(maxText);
            lastLine = textLine.naturalTextWidth();
            used = std::max(used, lastLine);
            textLine.setPosition(QPointF(0, textHeight + (kLine - textLine.height()) / 2));
            textHeight += kLine;
        }
        p.layout->endLayout();
        lastRtl = p.rtl;
        m_paragraphs.push_back(std::move(p));
    }

    double inner = used;
    bool timeOwnLine = false;
    if (lastRtl == rtl && lastLine + kTimeGap + timeWidth <= maxText)
        inner = std::max(inner, lastLine + kTimeGap + timeWidth);
    else {
        timeOwnLine = true;
        inner = std::max(inner, timeWidth);
    }
    if (showName)
        inner = std::max(inner, std::min(maxText, std::ceil(QFontMetricsF(theme.font(12.5, QFont::DemiBold))
                                                                .horizontalAdvance(message.senderName))));
    const bool quoted = !message.replyToSender.isEmpty() || !message.replyToText.isEmpty();
    if (quoted) {
        const double quoteWidth =
            std::max(QFontMetricsF(theme.font(12.5)).horizontalAdvance(message.replyToText.simplified()),
                     QFontMetricsF(theme.font(12, QFont::Bold)).horizontalAdvance(message.replyToSender)) +
            24;
        inner = std::max(inner, std::min(maxText, quoteWidth));
    }
    inner = std::ceil(inner);
    const double bubbleWidth = std::min(maxBubble, inner + 2 * kPadX);
    inner = bubbleWidth - 2 * kPadX;

    // Everything is placed for left-to-right and mirrored at the end.
    const double left = message.own ? width - kSidePadding - bubbleWidth : kSidePadding + indent;
    double inside = y + kPadTop;
    if (showName) {
        m_name = QRectF(left + kPadX, inside, inner, 18);
        inside += kLine;
    }
    if (quoted) {
        m_quote = QRectF(left + kPadX, inside, inner, 43);
        inside += 43 + 5;
    }
    const double textTop = inside;
    inside += textHeight;
    if (timeOwnLine)
        inside += 14;
    m_time = QRectF(left + kPadX + inner - timeWidth, inside - 15.5, timeWidth, 14);
    m_bubble = QRectF(left, y, bubbleWidth, std::ceil(inside + kPadBottom - y));
    m_height = m_bubble.bottom();
    if (context.group && !message.own && context.runEnd)
        m_avatar = QRectF(kSidePadding, m_bubble.bottom() - kAvatar, kAvatar, kAvatar);

    m_bubble = mirrored(m_bubble);
    m_name = mirrored(m_name);
    m_quote = mirrored(m_quote);
    m_time = mirrored(m_time);
    m_avatar = mirrored(m_avatar);
    // A paragraph's lines stand on the side where its writing begins, within the width the bubble got.
    for (Paragraph& p : m_paragraphs) {
        p.at = QPointF(m_bubble.left() + kPadX, textTop);
        for (int i = 0; p.rtl && i < p.layout->lineCount(); ++i) {
            QTextLine line = p.layout->lineAt(i);
            line.setPosition(QPointF(inner - line.naturalTextWidth(), line.y()));
        }
    }
}

QRectF MessageLayout::mirrored(QRectF rect) const {
    if (!m_rtl || rect.isEmpty())
        return rect;
    rect.moveLeft(m_width - rect.right());
    return rect;
}

int MessageLayout::characterAt(QPointF point) const {
    if (!m_bubble.contains(point))
        return -1;
    for (const Paragraph& p : m_paragraphs) {
        for (int i = 0; i < p.layout->lineCount(); ++i) {
            const QTextLine line = p.layout->lineAt(i);
            const QRectF rect = line.naturalTextRect().translated(p.at).adjusted(-2, -2, 2, 2);
            if (rect.contains(point))
                return p.start + line.xToCursor(point.x() - p.at.x());
        }
    }
    return -1;
}

int MessageLayout::nearestCharacter(QPointF point) const {
    int best = 0;
    double bestDistance = 1e9;
    for (const Paragraph& p : m_paragraphs) {
        for (int i = 0; i < p.layout->lineCount(); ++i) {
            const QTextLine line = p.layout->lineAt(i);
            const QRectF rect = line.naturalTextRect().translated(p.at);
            const double distance = point.y() < rect.top()      ? rect.top() - point.y()
                                    : point.y() > rect.bottom() ? point.y() - rect.bottom()
                                                                : 0;
            if (distance < bestDistance) {
                bestDistance = distance;
                best = p.start + line.xToCursor(point.x() - p.at.x());
            }
        }
    }
    return best;
}

std::pair<int, int> MessageLayout::wordAt(int character) const {
    for (const Paragraph& p : m_paragraphs) {
        const int length = static_cast<int>(p.layout->text().size());
        const int inside = character - p.start;
        if (inside < 0 || inside > length)
            continue;
        const QString text = p.layout->text();
        int from = inside;
        int to = inside;
        while (from > 0 && text.at(from - 1).isLetterOrNumber())
            --from;
        while (to < length && text.at(to).isLetterOrNumber())
            ++to;
        return {p.start + from, p.start + to};
    }
    return {0, 0};
}

void MessageLayout::paint(QPainter& painter, const client::MessageRecord& message, const Theme& theme,
                          std::pair<int, int> selection, bool focused) const {
    const Palette& c = theme.palette();
    painter.setRenderHint(QPainter::Antialiasing);
    const Qt::Alignment start = (m_rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute;

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
    if (message.system != client::SystemKind::None) {
        painter.setPen(c.dim);
        painter.setFont(theme.font(12));
        painter.drawText(m_bubble, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_systemText);
        if (focused) {
            painter.setPen(QPen(c.acc, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(m_bubble.adjusted(-4, -3, 4, 3), 8, 8);
        }
        return;
    }

    const bool ownSideRight = message.own != m_rtl;
    const QPainterPath path = bubblePath(message.own ? m_bubble : m_bubble.adjusted(0.5, 0.5, -0.5, -0.5),
                                         !ownSideRight, ownSideRight);
    painter.setPen(message.own ? QPen(Qt::NoPen) : QPen(c.line, 1));
    painter.setBrush(message.own ? c.own : c.their);
    painter.drawPath(path);
    if (focused) {
        painter.setPen(QPen(c.acc, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }

    if (!m_name.isEmpty()) {
        const QFont font = theme.font(12.5, QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(identityTextColour(message.sender, c));
        Theme::paintLine(painter, m_name, message.senderName, m_rtl);
    }
    if (!m_quote.isEmpty()) {
        QPainterPath quote;
        quote.addRoundedRect(m_quote, 6, 6);
        painter.setPen(Qt::NoPen);
        painter.save();
        painter.setClipPath(quote);
        painter.fillRect(m_quote, c.acc2);
        painter.fillRect(m_rtl ? QRectF(m_quote.right() - 3, m_quote.top(), 3, m_quote.height())
                               : QRectF(m_quote.left(), m_quote.top(), 3, m_quote.height()),
                         c.acc);
        painter.restore();
        const QRectF inner = m_rtl ? m_quote.adjusted(9, 4, -12, -4) : m_quote.adjusted(12, 4, -9, -4);
        const QFont bold = theme.font(12, QFont::Bold);
        painter.setFont(bold);
        painter.setPen(c.acc);
        Theme::paintLine(painter, QRectF(inner.left(), inner.top(), inner.width(), 17), message.replyToSender,
                         m_rtl);
        const QFont plain = theme.font(12.5);
        painter.setFont(plain);
        painter.setPen(c.dim);
        Theme::paintLine(painter, QRectF(inner.left(), inner.top() + 17, inner.width(), 18),
                         message.replyToText.simplified(), m_rtl);
    }

    painter.setPen(c.ink);
    for (const Paragraph& p : m_paragraphs) {
        QVector<QTextLayout::FormatRange> ranges;
        const int length = static_cast<int>(p.layout->text().size());
        const int from = std::clamp(selection.first - p.start, 0, length);
        const int to = std::clamp(selection.second - p.start, 0, length);
        if (to > from) {
            QTextLayout::FormatRange range;
            range.start = from;
            range.length = to - from;
            range.format.setBackground(c.acc);
            range.format.setForeground(c.accInk);
            ranges.append(range);
        }
        p.layout->draw(&painter, p.at, ranges);
    }

    painter.setFont(theme.font(10.5));
    painter.setPen(c.dim);
    const bool failed =
        message.state == client::DeliveryState::Failed || message.state == client::DeliveryState::Withdrawn;
    if (failed)
        painter.setPen(c.rest);
    painter.drawText(m_time, start | Qt::AlignVCenter, m_timeText);
    const QString icon = message.own ? markIcon(message) : QString();
    if (!icon.isEmpty()) {
        const QRectF mark(m_rtl ? m_time.left() : m_time.right() - kMark,
                          m_time.center().y() - kMark / 2 - 0.5, kMark, kMark);
        const QColor colour = failed ? c.rest : message.state == client::DeliveryState::Read ? c.acc : c.dim;
        Theme::paintIcon(painter, icon, mark, colour);
    }

    if (!m_avatar.isEmpty())
        theme.paintAvatar(painter, m_avatar, message.sender, message.senderName, false);
}

double MessageLayout::estimate(const client::MessageRecord& message, double width) {
    if (message.system != client::SystemKind::None)
        return 30;
    const double room = std::max(120.0, (width - 2 * kSidePadding) * kMaxShare - 60);
    const double lines = std::max(1.0, std::ceil(static_cast<double>(message.text.size()) * 7 / room));
    return kPadTop + kPadBottom + kRowGap + lines * kLine + (message.own ? 0 : kLine) +
           (message.replyToText.isEmpty() ? 0 : 48);
}

} // namespace valise::ui
