// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/bodies/text_body.h"

#include "core/client/history/mentions.h"
#include "core/client/history/shown_text.h"
#include "ui/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

constexpr double kTextPx = 13.5;
constexpr double kLine = 19.17; // 13.5 * 1.42
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

} // namespace

TextBody::TextBody(const client::MessageRecord& message)
    : m_text(message.isDeleted() ? deletedText(message) : message.text())
    , m_mentions(message.isDeleted() ? QVector<client::MentionRecord>() : message.mentions())
    , m_deleted(message.isDeleted()) {}

QString TextBody::words() const {
    return m_deleted ? m_text : client::withMentionNames(m_text, m_mentions);
}

double TextBody::estimate(const client::MessageRecord& message, double room) {
    const double lines = std::max(1.0, std::ceil(static_cast<double>(message.text().size()) * 7 / room));
    return std::min(lines, kFoldLines + 1.0) * kLine;
}

TextBody::Shown TextBody::shown(const BodyRoom& room) const {
    if (m_deleted)
        return {m_text, true, true};
    const qsizetype stepCharacters = room.unfolded * kStepCharacters;
    const qsizetype stepLines = room.unfolded * kStepLines;
    // More than this is not looked at, so that the length of the rest does not matter.
    const qsizetype looked = kMostCharacters + stepCharacters + kStepCharacters;
    QString text = client::shownText(m_text, looked);
    const qsizetype whole = text.size();
    const bool endKnown = whole < looked;
    if (whole <= kMostCharacters + stepCharacters && text.count(QLatin1Char('\n')) < kMostLines + stepLines)
        return {text, true, endKnown};
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
    text += QChar(0x2026);
    return {text, false, endKnown};
}

BodySize TextBody::measure(const BodyRoom& room, const Theme& theme) {
    m_rtl = room.rtl;
    const Shown what = shown(room);
    const bool all = layOut(what.text, room, theme) && what.complete;
    BodySize size;
    size.width = m_textUsed;
    size.height = m_textHeight;
    size.lines = m_lines;
    if (!all) {
        m_moreText = what.endKnown ? Timeline::tr("Show the whole message") : Timeline::tr("Show more");
        const QFontMetricsF metrics(theme.font(12.5, QFont::DemiBold));
        m_more = QRectF(0, m_textHeight + 2, std::ceil(metrics.horizontalAdvance(m_moreText)), 18);
        size.width = std::max(size.width, m_more.width());
        size.height += 22;
    } else if (m_lastPlain && m_lastRtl == room.rtl) {
        size.lastLine = m_lastLine;
    }
    return size;
}

bool TextBody::layOut(const QString& text, const BodyRoom& room, const Theme& theme) {
    // One layout for each paragraph, each in its own direction.
    QFont font = theme.font(kTextPx);
    if (m_deleted)
        font.setItalic(true);
    const QFont code = theme.codeFont(kTextPx - 1);
    int start = 0;
    m_lastRtl = room.rtl;
    QVector<TextBlock> blocks;
    if (m_deleted)
        blocks.append({TextBlock::Plain, text, {}, {}, {}});
    else
        blocks = parseText(text, m_mentions);
    const qint64 most = kFoldRows + room.unfolded * kStepRows;
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
            p.rtl = room.rtl;
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
            line.setLineWidth(room.width - p.indent);
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

void TextBody::place(const QRectF& area) {
    m_area = area;
    if (!m_more.isEmpty()) {
        m_more.moveTop(area.top() + m_more.top());
        m_more.moveLeft(m_rtl ? area.right() - m_more.width() : area.left());
    }
    // A paragraph's lines stand on the side where its writing begins, within the width the bubble got.
    double top = area.top();
    for (Paragraph& p : m_paragraphs) {
        p.at = QPointF(area.left(), top);
        top += p.height;
        for (int i = 0; i < p.layout->lineCount(); ++i) {
            QTextLine line = p.layout->lineAt(i);
            line.setPosition(
                QPointF(p.rtl ? area.width() - p.indent - line.naturalTextWidth() : p.indent, line.y()));
        }
    }
}

int TextBody::characterAt(QPointF point) const {
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

int TextBody::nearestCharacter(QPointF point) const {
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

BodyHit TextBody::hitTest(QPointF point) const {
    BodyHit hit;
    if (m_more.contains(point)) {
        hit.kind = BodyHit::More;
        hit.part = static_cast<int>(m_links.size());
        return hit;
    }
    hit.character = characterAt(point);
    if (hit.character < 0)
        return hit;
    hit.kind = BodyHit::Character;
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        const Link& link = m_links[i];
        if (hit.character >= link.start && hit.character < link.start + link.length) {
            hit.kind = BodyHit::Link;
            hit.part = static_cast<int>(i);
            hit.target = link.target;
            break;
        }
    }
    return hit;
}

QRectF TextBody::linkRect(const Link& link) const {
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

int TextBody::partCount() const {
    return static_cast<int>(m_links.size()) + (m_more.isEmpty() ? 0 : 1);
}

BodyPart TextBody::part(int index) const {
    BodyPart part;
    if (index < 0 || index >= partCount())
        return part;
    part.hit.part = index;
    if (index == static_cast<int>(m_links.size())) {
        part.role = QAccessible::Button;
        part.name = m_moreText;
        part.rect = m_more;
        part.hit.kind = BodyHit::More;
        return part;
    }
    const Link& link = m_links[static_cast<std::size_t>(index)];
    part.role = QAccessible::Link;
    part.name = m_plain.mid(link.start, link.length);
    part.rect = linkRect(link);
    part.hit.kind = BodyHit::Link;
    part.hit.character = link.start;
    part.hit.target = link.target;
    return part;
}

qint64 TextBody::paint(QPainter& painter, const Theme& theme, const BodyLook& look) const {
    const Palette& c = theme.palette();
    qint64 painted = 0;
    for (const Paragraph& p : m_paragraphs) {
        const QRectF area(p.at.x(), p.at.y(), m_area.width(), p.height);
        // Stacked marks may reach over a line's edge.
        const QRectF seen = area.intersected(look.visible.adjusted(0, -kLine, 0, kLine));
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
            const Qt::LayoutDirection outside = painter.layoutDirection();
            painter.setFont(p.layout->font());
            painter.setLayoutDirection(p.rtl ? Qt::RightToLeft : Qt::LeftToRight);
            painter.drawText(QRectF(area.left(), area.top(), area.width(), kLine),
                             (p.rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter,
                             p.marker);
            painter.setLayoutDirection(outside);
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
        p.layout->draw(&painter, p.at, ranges, seen.adjusted(-m_area.width(), -kLine, m_area.width(), kLine));
    }
    if (!m_more.isEmpty()) {
        painter.setFont(theme.font(12.5, QFont::DemiBold));
        painter.setPen(c.acc);
        painter.drawText(m_more, Qt::AlignVCenter | Qt::AlignLeft | Qt::AlignAbsolute | Qt::TextSingleLine,
                         m_moreText);
    }
    return painted;
}

} // namespace valise::ui
