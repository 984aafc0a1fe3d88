// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/message_layout.h"

#include "core/client/shown_text.h"
#include "ui/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainterPath>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

constexpr double kPadX = 13; // 12 and the border
constexpr double kPadTop = 9;
constexpr double kPadBottom = 7;
constexpr double kCompactPad = 5;
constexpr double kCompactRunGap = 5;
constexpr double kTextPx = 13.5;
constexpr double kLine = 19.17; // 13.5 * 1.42
constexpr double kTimeGap = 12;
constexpr double kRadius = 14;
constexpr double kCorner = 4;
constexpr double kMark = 13;
constexpr double kMaxShare = 0.74;
constexpr double kQuoteHeight = 43;
constexpr double kChipHeight = 24;
constexpr double kChipGap = 5;
constexpr std::size_t kMostChips = 12;
// A message that is longer than the most is folded to less, so that a fold always hides something worth it.
constexpr qsizetype kMostCharacters = 1600;
constexpr qsizetype kFoldCharacters = 1200;
constexpr qsizetype kMostLines = 36;
constexpr qsizetype kFoldLines = 28;
// The rest is shown in steps, so that no message costs more than a few screens at once.
constexpr qsizetype kStepCharacters = 12'000;
constexpr qsizetype kStepLines = 400;
// Lines on the screen a folded text may take: wide characters and tabs make many of a few.
constexpr qint64 kFoldRows = 64;
constexpr qint64 kStepRows = 800;

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
    , m_context(context)
    , m_deleted(message.deleted) {
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
    y += context.runStart && context.dayTitle.isEmpty() && !context.unreadHere
             ? (theme.isCompact() ? kCompactRunGap : kRunGap)
             : kRowGap;

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
    const double select = context.selecting ? kSelectRoom : 0;
    const double content = width - 2 * kSidePadding - select;
    const double indent = message.own || !context.group ? 0 : kAvatar + kAvatarGap;
    const double maxBubble = std::floor(std::max(140.0, content * kMaxShare) - indent);
    const double maxText = maxBubble - 2 * kPadX;

    // Time, what happened to the message, and delivery mark.
    m_timeText = message.editedAt > 0 ? Timeline::tr("edited %1").arg(clockTime(message.createdAt))
                                      : clockTime(message.createdAt);
    const QFontMetricsF timeMetrics(theme.font(10.5));
    const double timeWidth = std::ceil(timeMetrics.horizontalAdvance(m_timeText)) +
                             (message.own ? 4 + kMark : 0) + (message.starred ? 4 + kMark : 0) +
                             (message.expiresAt > 0 ? 4 + kMark : 0);

    const qsizetype stepCharacters = context.unfolded * kStepCharacters;
    const qsizetype stepLines = context.unfolded * kStepLines;
    QString text = message.deleted
                       ? deletedText(message)
                       : client::shownText(message.text, kMostCharacters + stepCharacters + kStepCharacters);
    const qsizetype whole = text.size();
    bool folded = false;
    if (!message.deleted && (whole > kMostCharacters + stepCharacters ||
                             text.count(QLatin1Char('\n')) >= kMostLines + stepLines)) {
        qsizetype end = std::min(kFoldCharacters + stepCharacters, whole);
        qsizetype line = -1;
        for (qsizetype n = 0; n < kFoldLines + stepLines && line < end; ++n) {
            line = text.indexOf(QLatin1Char('\n'), line + 1);
            if (line < 0)
                break;
        }
        if (line >= 0)
            end = std::min(end, line);
        if (end > 0 && text.at(end - 1).isHighSurrogate())
            --end;
        text.truncate(end);
        folded = true;
        text += QChar(0x2026);
    }
    if (!layOutText(text, message.mentions, maxText, theme))
        folded = true;

    if (folded)
        m_moreText = whole < kMostCharacters + stepCharacters + kStepCharacters
                         ? Timeline::tr("Show the whole message")
                         : Timeline::tr("Show more");
    const QFontMetricsF moreMetrics(theme.font(12.5, QFont::DemiBold));
    double inner = m_textUsed;
    if (folded)
        inner = std::max(inner, std::ceil(moreMetrics.horizontalAdvance(m_moreText)));
    // With reactions the time stands in their row.
    const double chips = layOutChips(message, maxText, timeWidth, theme);
    bool timeOwnLine = false;
    if (chips > 0) {
        inner = std::max(inner, chips);
    } else if (!folded && m_lastPlain && m_lastRtl == rtl && m_lastLine + kTimeGap + timeWidth <= maxText) {
        inner = std::max(inner, m_lastLine + kTimeGap + timeWidth);
    } else {
        timeOwnLine = true;
        inner = std::max(inner, timeWidth);
    }
    if (showName)
        inner = std::max(inner, std::min(maxText, std::ceil(QFontMetricsF(theme.font(12.5, QFont::DemiBold))
                                                                .horizontalAdvance(message.senderName))));
    const bool quoted = !message.replyTo.isEmpty() || !message.replyToSender.isEmpty();
    if (quoted) {
        const double quoteWidth =
            std::max(QFontMetricsF(theme.font(12.5)).horizontalAdvance(quoteText(message)),
                     QFontMetricsF(theme.font(12, QFont::Bold)).horizontalAdvance(quoteTitle(message))) +
            24;
        inner = std::max(inner, std::min(maxText, quoteWidth));
    }
    inner = std::ceil(inner);
    const double bubbleWidth = std::min(maxBubble, inner + 2 * kPadX);
    inner = bubbleWidth - 2 * kPadX;

    // Everything is placed for left-to-right and mirrored at the end.
    const double left = message.own ? width - kSidePadding - bubbleWidth : kSidePadding + select + indent;
    double inside = y + (theme.isCompact() ? kCompactPad : kPadTop);
    if (showName) {
        m_name = QRectF(left + kPadX, inside, inner, 18);
        inside += kLine;
    }
    if (quoted) {
        m_quote = QRectF(left + kPadX, inside, inner, kQuoteHeight);
        inside += kQuoteHeight + 5;
    }
    const double textTop = inside;
    inside += m_textHeight;
    if (folded) {
        m_more = QRectF(left + kPadX, inside + 2, std::ceil(moreMetrics.horizontalAdvance(m_moreText)), 18);
        inside += 22;
    }
    if (!m_chips.empty()) {
        inside += 6;
        for (Chip& chip : m_chips)
            chip.rect.translate(left + kPadX, inside);
        const QRectF last = m_chips.back().rect;
        const bool fits = last.right() + kTimeGap + timeWidth <= left + kPadX + inner + 0.5;
        inside = last.bottom();
        m_time = QRectF(left + kPadX + inner - timeWidth, fits ? inside - 17 : inside + 3, timeWidth, 14);
        inside += fits ? 2 : 17;
    } else {
        if (timeOwnLine)
            inside += 14;
        m_time = QRectF(left + kPadX + inner - timeWidth, inside - 15.5, timeWidth, 14);
    }
    m_bubble =
        QRectF(left, y, bubbleWidth, std::ceil(inside + (theme.isCompact() ? kCompactPad : kPadBottom) - y));
    m_height = m_bubble.bottom();
    if (context.group && !message.own && context.runEnd)
        m_avatar = QRectF(kSidePadding + select, m_bubble.bottom() - kAvatar, kAvatar, kAvatar);
    if (context.selecting)
        m_check = QRectF(kSidePadding - 4, m_bubble.center().y() - 10, 20, 20);

    for (QRectF* rect : {&m_bubble, &m_name, &m_quote, &m_more, &m_time, &m_avatar, &m_check})
        *rect = mirrored(*rect);
    for (Chip& chip : m_chips)
        chip.rect = mirrored(chip.rect);
    // A paragraph's lines stand on the side where its writing begins, within the width the bubble got.
    double top = textTop;
    for (Paragraph& p : m_paragraphs) {
        p.at = QPointF(m_bubble.left() + kPadX, top);
        top += p.height;
        for (int i = 0; i < p.layout->lineCount(); ++i) {
            QTextLine line = p.layout->lineAt(i);
            line.setPosition(
                QPointF(p.rtl ? inner - p.indent - line.naturalTextWidth() : p.indent, line.y()));
        }
    }
}

bool MessageLayout::layOutText(const QString& text, const QVector<client::MentionRecord>& mentions,
                               double maxText, const Theme& theme) {
    // One layout for each paragraph, each in its own direction.
    QFont font = theme.font(kTextPx);
    if (m_deleted)
        font.setItalic(true);
    const QFont code = theme.codeFont(kTextPx - 1);
    int start = 0;
    m_lastRtl = m_rtl;
    QVector<TextBlock> blocks;
    if (m_deleted)
        blocks.append({TextBlock::Plain, text, {}, {}, {}});
    else
        blocks = parseText(text, mentions);
    const qint64 most = kFoldRows + m_context.unfolded * kStepRows;
    for (const TextBlock& block : blocks) {
        if (m_lines >= most)
            return false;
        Paragraph p;
        p.kind = block.kind;
        p.marker = block.kind == TextBlock::Bullet ? QString(QChar(0x2022)) : block.marker;
        p.start = start;
        p.rtl = block.text.isRightToLeft() || (block.text.isEmpty() && m_lastRtl);
        // Without a strong character the window's direction decides.
        const bool neutral =
            std::none_of(block.text.begin(), block.text.end(), [](QChar c) { return c.isLetter(); });
        if (neutral)
            p.rtl = m_rtl;
        if (block.kind == TextBlock::Code)
            p.rtl = false;
        if (block.kind == TextBlock::Quote)
            p.indent = 12;
        else if (block.kind == TextBlock::Code)
            p.indent = 8;
        else if (!p.marker.isEmpty())
            p.indent = std::ceil(QFontMetricsF(font).horizontalAdvance(p.marker)) + 8;
        m_plain += (start > 0 ? QStringLiteral("\n") : QString()) + block.text;
        for (const FoundLink& link : block.links)
            m_links.push_back(
                {start + static_cast<int>(link.start), static_cast<int>(link.length), link.target});
        start += static_cast<int>(block.text.size()) + 1;
        p.layout = std::make_unique<QTextLayout>(block.text, block.kind == TextBlock::Code ? code : font);
        QVector<QTextLayout::FormatRange> formats;
        for (const TextSpan& span : block.spans) {
            QTextLayout::FormatRange range;
            range.start = span.start;
            range.length = span.length;
            if (span.style & TextSpan::Code)
                range.format.setFont(code);
            if (span.style & TextSpan::Bold)
                range.format.setFontWeight(QFont::Bold);
            if (span.style & TextSpan::Italic)
                range.format.setFontItalic(true);
            if (span.style & TextSpan::Strike)
                range.format.setFontStrikeOut(true);
            if (span.style & TextSpan::Link) {
                range.format.setFontUnderline(true);
                range.format.setForeground(theme.palette().acc);
            }
            if (span.style & TextSpan::Mention) {
                range.format.setFontWeight(QFont::DemiBold);
                range.format.setForeground(theme.palette().acc);
            }
            formats.append(range);
        }
        p.layout->setFormats(formats);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        option.setTextDirection(p.rtl ? Qt::RightToLeft : Qt::LeftToRight);
        option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute);
        p.layout->setTextOption(option);
        p.layout->setCacheEnabled(true);
        p.layout->beginLayout();
        bool complete = false;
        while (m_lines < most) {
            QTextLine line = p.layout->createLine();
            complete = !line.isValid();
            if (complete)
                break;
            ++m_lines;
            line.setLineWidth(maxText - p.indent);
            m_lastLine = p.indent + line.naturalTextWidth();
            m_textUsed = std::max(m_textUsed, m_lastLine);
            line.setPosition(QPointF(0, p.height + (kLine - line.height()) / 2));
            p.height += kLine;
        }
        p.layout->endLayout();
        if (block.kind == TextBlock::Code)
            m_textUsed = std::max(m_textUsed, m_lastLine + 8);
        m_textHeight += p.height;
        m_lastRtl = p.rtl;
        m_lastPlain = block.kind != TextBlock::Code;
        m_paragraphs.push_back(std::move(p));
        if (!complete)
            return false;
    }
    return true;
}

double MessageLayout::layOutChips(const client::MessageRecord& message, double room, double timeWidth,
                                  const Theme& theme) {
    if (message.reactions.isEmpty())
        return 0;
    const QFontMetricsF metrics(theme.font(12));
    const QFontMetricsF emojiMetrics(theme.emojiFont(12.5));
    double x = 0;
    double y = 0;
    double used = 0;
    const auto all = static_cast<std::size_t>(message.reactions.size());
    const std::size_t shown = std::min(all, kMostChips);
    for (std::size_t i = 0; i < shown + (all > shown ? 1 : 0); ++i) {
        Chip chip;
        if (i == shown) {
            // Isolated: in a line from right to left the sign would stand behind the number.
            chip.count = QChar(0x2066) + QStringLiteral("+") +
                         QLocale().toString(static_cast<int>(all - shown)) + QChar(0x2069);
        } else {
            const auto& reaction = message.reactions.at(static_cast<qsizetype>(i));
            chip.emoji = emojiMetrics.elidedText(client::shownText(reaction.emoji), Qt::ElideRight, 90);
            chip.emojiWidth = std::ceil(emojiMetrics.horizontalAdvance(chip.emoji)) + 4;
            chip.count = QLocale().toString(reaction.count);
        }
        const double w = chip.emojiWidth + std::ceil(metrics.horizontalAdvance(chip.count)) + 16;
        if (x > 0 && x + w > room) {
            x = 0;
            y += kChipHeight + kChipGap;
        }
        chip.rect = QRectF(x, y, w, kChipHeight);
        used = std::max(used, x + w);
        x += w + kChipGap;
        m_chips.push_back(std::move(chip));
    }
    const double withTime = x - kChipGap + kTimeGap + timeWidth;
    return withTime <= room ? std::max(used, withTime) : std::max(used, timeWidth);
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

QString MessageLayout::linkAt(QPointF point) const {
    if (m_links.empty())
        return {};
    const int at = characterAt(point);
    for (const Link& link : m_links)
        if (at >= link.start && at < link.start + link.length)
            return link.target;
    return {};
}

QRectF MessageLayout::linkRect(int index) const {
    if (index < 0 || index >= static_cast<int>(m_links.size()))
        return {};
    const Link& link = m_links[static_cast<std::size_t>(index)];
    for (const Paragraph& p : m_paragraphs) {
        const int inside = link.start - p.start;
        if (inside < 0 || inside >= static_cast<int>(p.layout->text().size()))
            continue;
        const QTextLine line = p.layout->lineForTextPosition(inside);
        if (!line.isValid())
            return {};
        const double from = line.cursorToX(inside);
        const double to =
            line.cursorToX(std::min(inside + link.length, line.textStart() + line.textLength()));
        return QRectF(std::min(from, to), line.y(), std::abs(to - from), line.height()).translated(p.at);
    }
    return {};
}

int MessageLayout::reactionAt(QPointF point) const {
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        if (m_chips[i].rect.contains(point))
            return static_cast<int>(i);
    return -1;
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
    plain.setItalic(message.replyToText.isEmpty());
    painter.setFont(plain);
    painter.setPen(c.dim);
    Theme::paintLine(painter, QRectF(inner.left(), inner.top() + 17, inner.width(), 18), quoteText(message),
                     m_rtl);
}

qint64 MessageLayout::paintText(QPainter& painter, const Theme& theme, const RowLook& look) const {
    const Palette& c = theme.palette();
    painter.save();
    // Marks that are stacked without end stay inside the bubble.
    painter.setClipRect(m_bubble, Qt::IntersectClip);
    const double inner = m_bubble.width() - 2 * kPadX;
    const QRectF visible = look.visible.isEmpty() ? QRectF(0, 0, m_width, m_height) : look.visible;
    qint64 painted = 0;
    for (const Paragraph& p : m_paragraphs) {
        const QRectF area(p.at.x(), p.at.y(), inner, p.height);
        // Stacked marks may reach over a line's edge.
        const QRectF seen = area.intersected(visible.adjusted(0, -kLine, 0, kLine));
        if (seen.isEmpty())
            continue;
        painted += static_cast<qint64>(std::ceil(seen.height() / kLine));
        if (p.kind == TextBlock::Code)
            painter.fillRect(area, c.bg);
        if (p.kind == TextBlock::Quote) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(c.dim);
            const double x = p.rtl ? area.right() - 3 : area.left();
            painter.drawRect(QRectF(x, area.top() + 1, 3, area.height() - 2));
        }
        painter.setPen(p.kind == TextBlock::Quote || m_deleted ? c.dim : c.ink);
        if (!p.marker.isEmpty()) {
            painter.setFont(p.layout->font());
            painter.setLayoutDirection(p.rtl ? Qt::RightToLeft : Qt::LeftToRight);
            painter.drawText(QRectF(area.left(), area.top(), area.width(), kLine),
                             (p.rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter,
                             p.marker);
        }
        QVector<QTextLayout::FormatRange> ranges;
        const int length = static_cast<int>(p.layout->text().size());
        const int from = std::clamp(look.selection.first - p.start, 0, length);
        const int to = std::clamp(look.selection.second - p.start, 0, length);
        if (to > from) {
            QTextLayout::FormatRange range;
            range.start = from;
            range.length = to - from;
            range.format.setBackground(c.acc);
            range.format.setForeground(c.accInk);
            ranges.append(range);
        }
        p.layout->draw(&painter, p.at, ranges, seen.adjusted(-inner, -kLine, inner, kLine));
    }
    painter.restore();
    return painted;
}

void MessageLayout::paintChips(QPainter& painter, const client::MessageRecord& message,
                               const Theme& theme) const {
    const Palette& c = theme.palette();
    const QFont plain = theme.font(12);
    const QFont emoji = theme.emojiFont(12.5);
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const Chip& chip = m_chips[i];
        const bool own = static_cast<qsizetype>(i) < message.reactions.size() && i < kMostChips &&
                         message.reactions.at(static_cast<qsizetype>(i)).own;
        const QRectF rect = chip.rect.adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(own ? c.acc : c.line, 1));
        painter.setBrush(own ? c.acc2 : c.pane);
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
        painter.setPen(own ? c.acc : c.ink);
        // The emoji stands before the count, whichever side that is.
        const QRectF inner = chip.rect.adjusted(8, 0, -8, 0);
        const double countWidth = inner.width() - chip.emojiWidth;
        const QRectF first(m_rtl ? inner.right() - chip.emojiWidth : inner.left(), inner.top(),
                           chip.emojiWidth, inner.height());
        const QRectF second(m_rtl ? inner.left() : inner.right() - countWidth, inner.top(), countWidth,
                            inner.height());
        painter.setFont(emoji);
        painter.drawText(first,
                         Qt::AlignVCenter | Qt::AlignAbsolute | (m_rtl ? Qt::AlignRight : Qt::AlignLeft),
                         chip.emoji);
        painter.setFont(plain);
        painter.drawText(second,
                         Qt::AlignVCenter | Qt::AlignAbsolute | (m_rtl ? Qt::AlignLeft : Qt::AlignRight),
                         chip.count);
    }
}

void MessageLayout::paintTime(QPainter& painter, const client::MessageRecord& message,
                              const Theme& theme) const {
    const Palette& c = theme.palette();
    painter.setFont(theme.font(10.5));
    const bool failed =
        message.state == client::DeliveryState::Failed || message.state == client::DeliveryState::Withdrawn;
    painter.setPen(failed ? c.rest : c.dim);
    const auto mark = [&](double x, const QString& icon, const QColor& colour) {
        QRectF rect(x, m_time.center().y() - kMark / 2 - 0.5, kMark, kMark);
        if (m_rtl)
            rect.moveLeft(m_time.left() + m_time.right() - rect.right());
        Theme::paintIcon(painter, icon, rect, colour);
    };
    double lead = 0;
    if (message.starred) {
        mark(m_time.left(), QStringLiteral("star-full"), c.warn);
        lead += kMark + 4;
    }
    if (message.expiresAt > 0) {
        mark(m_time.left() + lead, QStringLiteral("hourglass"), c.dim);
        lead += kMark + 4;
    }
    painter.drawText(m_rtl ? m_time.adjusted(0, 0, -lead, 0) : m_time.adjusted(lead, 0, 0, 0),
                     (m_rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter,
                     m_timeText);
    const QString icon = message.own ? markIcon(message) : QString();
    if (!icon.isEmpty())
        mark(m_time.right() - kMark, icon,
             failed                                         ? c.rest
             : message.state == client::DeliveryState::Read ? c.acc
                                                            : c.dim);
}

qint64 MessageLayout::paint(QPainter& painter, const client::MessageRecord& message, const Theme& theme,
                            const RowLook& look) const {
    const Palette& c = theme.palette();
    painter.setRenderHint(QPainter::Antialiasing);

    if (look.selected || look.highlighted)
        painter.fillRect(QRectF(0, m_bubble.top() - kRowGap, m_width, m_bubble.height() + 2 * kRowGap),
                         c.highContrast ? c.sel : c.line);
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
        if (look.focused) {
            painter.setPen(QPen(c.acc, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(m_bubble.adjusted(-4, -3, 4, 3), 8, 8);
        }
        return 1;
    }

    if (!m_check.isEmpty()) {
        painter.setPen(QPen(c.highContrast ? c.ink : look.selected ? c.acc : c.dim, 1.5));
        painter.setBrush(look.selected ? QBrush(c.acc) : QBrush(Qt::NoBrush));
        painter.drawEllipse(m_check.adjusted(1, 1, -1, -1));
        if (look.selected)
            Theme::paintIcon(painter, QStringLiteral("check"), m_check.adjusted(3, 3, -3, -3), c.accInk);
    }
    const bool ownSideRight = message.own != m_rtl;
    const QPainterPath path = bubblePath(message.own ? m_bubble : m_bubble.adjusted(0.5, 0.5, -0.5, -0.5),
                                         !ownSideRight, ownSideRight);
    // With high contrast every bubble has an edge, for its ground may be that of a selected row.
    painter.setPen(message.own && !c.highContrast ? QPen(Qt::NoPen) : QPen(c.line, 1));
    painter.setBrush(message.own ? c.own : c.their);
    painter.drawPath(path);
    if (look.focused) {
        painter.setPen(QPen(c.acc, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }

    if (!m_name.isEmpty()) {
        painter.setFont(theme.font(12.5, QFont::DemiBold));
        painter.setPen(identityTextColour(message.sender, c));
        Theme::paintLine(painter, m_name, message.senderName, m_rtl);
    }
    if (!m_quote.isEmpty())
        paintQuote(painter, message, theme);
    const qint64 painted = paintText(painter, theme, look);
    if (!m_more.isEmpty()) {
        painter.setFont(theme.font(12.5, QFont::DemiBold));
        painter.setPen(c.acc);
        painter.drawText(m_more, Qt::AlignVCenter | Qt::AlignLeft | Qt::AlignAbsolute | Qt::TextSingleLine,
                         m_moreText);
    }
    paintChips(painter, message, theme);
    paintTime(painter, message, theme);
    if (!m_avatar.isEmpty())
        theme.paintAvatar(painter, m_avatar, message.sender, message.senderName, false);
    return painted;
}

double MessageLayout::estimate(const client::MessageRecord& message, double width) {
    if (message.system != client::SystemKind::None)
        return 30;
    const double room = std::max(120.0, (width - 2 * kSidePadding) * kMaxShare - 60);
    const double lines = std::max(1.0, std::ceil(static_cast<double>(message.text.size()) * 7 / room));
    return kPadTop + kPadBottom + kRowGap + std::min(lines, kFoldLines + 1.0) * kLine +
           (message.own ? 0 : kLine) + (message.replyTo.isEmpty() ? 0 : kQuoteHeight + 5) +
           (message.reactions.isEmpty() ? 0 : kChipHeight + 6);
}

} // namespace valise::ui
