// SPDX-License-Identifier: AGPL-3.0-or-later
// The places of a card's contents: head, notice, answers, rows and buttons, one section below the other.
#include "ui/conversation/bodies/card_body.h"

#include <algorithm>
#include <cmath>

namespace valise::ui {
namespace {

// The measures of the design.
constexpr double kWidth = 354;      // a card with rows
constexpr double kLeastWidth = 236; // one without
constexpr double kGap = 10;
constexpr double kTitleLine = 20;
constexpr double kSubtitleLine = 18;
constexpr double kSmallLine = 16;
constexpr double kRowLine = 19;
constexpr double kIcon = 16;
constexpr double kTileGap = 12;
constexpr double kTileTop = 3;
constexpr double kTileWidth = 230; // of a card, from which a tile stands beside its title and not above it
constexpr double kDateWidth = 52;
constexpr double kDateHeight = 56;
constexpr double kPictureTile = 44;
constexpr double kNoticePad = 10;
constexpr double kNoticeGap = 8;
constexpr double kNoticeHeight = 32;
constexpr double kAnswerHeight = 34;
constexpr double kAnswerGap = 6;
constexpr double kChoiceHeight = 40;
constexpr double kChoicePad = 12;
constexpr double kChoiceGap = 8;
constexpr double kMark = 18;
constexpr double kMarkRoom = 28;
constexpr double kBar = 6;
constexpr double kButtonHeight = 28;
constexpr double kButtonPad = 14;
constexpr double kQuietPad = 6;
constexpr double kCompactLess = 6;  // of answers and choices
constexpr double kMostColumn = 0.4; // of the width, for the labels of rows that are read

constexpr int kTitleLines = 5;
constexpr int kTextLines = 3;
constexpr int kRowLines = 3;
constexpr int kSecondaryLines = 2;

} // namespace

FittedText CardBody::fitted(const QString& text, const QFont& font, double lineHeight, int lines) const {
    return FittedText(text, font, lineHeight, lines, m_rtl);
}

double CardBody::put(std::vector<Line>& lines, FittedText text, QPointF at, double width, Ink ink,
                     Side side) {
    if (text.isEmpty())
        return 0;
    text.layOut(std::max(1.0, width));
    const double height = text.height();
    m_textLines += text.lines();
    lines.push_back({std::move(text), QRectF(at, QSizeF(width, height)), ink, side});
    return height;
}

double CardBody::naturalWidth(const Theme& theme) const {
    const bool date = m_card.tile && m_card.tile->icon.isEmpty();
    const double tile = m_card.tile ? (date ? kDateWidth : kPictureTile) + kTileGap : 0;
    double head = fitted(m_card.title, theme.font(15, QFont::DemiBold), kTitleLine).naturalWidth();
    head = std::max(head, fitted(m_card.subtitle, theme.font(13), kSubtitleLine).naturalWidth());
    head = std::max(head, fitted(m_card.detail, theme.font(12), kSmallLine).naturalWidth());
    return std::max(kLeastWidth, tile + head);
}

BodySize CardBody::measure(const BodyRoom& room, const Theme& theme) {
    m_rtl = room.rtl;
    m_compact = theme.isCompact();
    m_width = std::min(room.width, kWidth);
    const bool small = std::none_of(m_parts.begin(), m_parts.end(),
                                    [&](const Part& p) { return p.kind == Part::Kind::Row || isAnswer(p); });
    if (small && !m_card.notice)
        m_width = std::min(m_width, naturalWidth(theme));
    BodySize size;
    size.rigid = true;
    size.width = m_width;
    double y = layOutHead(0, theme);
    y = layOutNotice(y, theme);
    y = layOutAnswers(y, theme);
    y = layOutRows(y, theme);
    size.height = layOutFoot(y, theme, size);
    size.lines = m_textLines;
    return size;
}

double CardBody::layOutHead(double y, const Theme& theme) {
    if (!m_card.kind.isEmpty()) {
        double x = 0;
        if (!m_card.icon.isEmpty()) {
            m_pictures.push_back({m_card.icon, QRectF(0, y, kIcon, kIcon), Ink::Dim});
            x = kIcon + 5;
        }
        y += put(m_lines, fitted(m_card.kind, theme.font(12), kSmallLine, kTextLines), QPointF(x, y),
                 m_width - x, Ink::Dim);
        y += 4;
    }
    double x = 0;
    if (m_card.tile) {
        y += kTileTop;
        const bool date = m_card.tile->icon.isEmpty();
        m_tile = date ? QRectF(0, y, kDateWidth, kDateHeight) : QRectF(0, y, kPictureTile, kPictureTile);
        if (m_width >= kTileWidth)
            x = m_tile.width() + kTileGap;
        else
            y = m_tile.bottom() + kTileGap / 2;
    }
    std::vector<Line>& title = m_parts.front().lines;
    const std::size_t first = m_lines.size();
    double end = y;
    end += put(title, fitted(m_card.title, theme.font(15, QFont::DemiBold), kTitleLine, kTitleLines),
               QPointF(x, end), m_width - x, Ink::Plain);
    if (!m_card.subtitle.isEmpty())
        end += 2;
    end += put(m_lines, fitted(m_card.subtitle, theme.font(13), kSubtitleLine, kTextLines), QPointF(x, end),
               m_width - x, Ink::Plain);
    if (!m_card.detail.isEmpty())
        end += 1;
    const Ink ink = m_card.detailTone == CardTone::Plain     ? Ink::Dim
                    : m_card.detailTone == CardTone::Good    ? Ink::Good
                    : m_card.detailTone == CardTone::Warning ? Ink::Warning
                                                             : Ink::Bad;
    end += put(m_lines, fitted(m_card.detail, theme.font(12), kSmallLine, kTextLines), QPointF(x, end),
               m_width - x, ink);
    if (m_card.tile) {
        // Text that is lower than the tile beside it stands in its middle.
        const double down = x > 0 ? std::max(0.0, std::floor((m_tile.height() - (end - y)) / 2)) : 0;
        for (Line& line : title)
            line.at.translate(0, down);
        for (std::size_t i = first; i < m_lines.size(); ++i)
            m_lines[i].at.translate(0, down);
        end = std::max(end, m_tile.bottom());
        const CardTile& tile = *m_card.tile;
        if (!tile.icon.isEmpty()) {
            m_pictures.push_back({tile.icon, QRectF(m_tile.center() - QPointF(11, 11), QSizeF(22, 22)),
                                  m_card.detailTone == CardTone::Bad ? Ink::Bad : Ink::Accent});
        } else {
            const double inner = m_tile.width() - 8;
            put(m_lines, fitted(tile.above, theme.font(11, QFont::DemiBold), 14),
                m_tile.topLeft() + QPointF(4, 8), inner, Ink::Accent, Side::Middle);
            put(m_lines, fitted(tile.text, theme.font(20, QFont::DemiBold), 24),
                m_tile.topLeft() + QPointF(4, 24), inner, Ink::Accent, Side::Middle);
        }
    }
    QRectF& at = m_parts.front().at;
    for (const Line& line : title)
        at = line.at;
    return end;
}

double CardBody::layOutNotice(double y, const Theme& theme) {
    if (!m_card.notice)
        return y;
    const CardNotice& notice = *m_card.notice;
    y += kGap;
    double x = kNoticePad;
    if (!notice.icon.isEmpty()) {
        m_pictures.push_back(
            {notice.icon, QRectF(x, y + (kNoticeHeight - kIcon) / 2, kIcon, kIcon), Ink::Warning});
        x += kIcon + 8;
    }
    FittedText text = fitted(notice.text, theme.font(13, QFont::DemiBold), kSubtitleLine, kTextLines);
    QFont struck = theme.font(13);
    struck.setStrikeOut(true);
    FittedText former = fitted(notice.former, struck, kSubtitleLine);
    FittedText moment = fitted(notice.moment, theme.font(11.5), kSubtitleLine);
    const double room = m_width - kNoticePad - x;
    double line = y + (kNoticeHeight - kSubtitleLine) / 2; // the upper edge of the line that is filled
    double taken = std::min(text.naturalWidth() + 1, room);
    double bottom = line + put(m_lines, std::move(text), QPointF(x, line), room, Ink::Warning);
    for (FittedText* next : {&former, &moment}) {
        if (next->isEmpty())
            continue;
        const double width = std::min(next->naturalWidth() + 1, room);
        const bool shared = taken + kNoticeGap + width <= room;
        if (!shared)
            line = bottom;
        const double at = !shared ? 0 : next == &moment ? room - width : taken + kNoticeGap;
        const double height = put(m_lines, std::move(*next), QPointF(x + at, line), width, Ink::Warning);
        bottom = std::max(bottom, line + height);
        taken = at + width;
    }
    m_notice = QRectF(0, y, m_width, std::max(kNoticeHeight, bottom + 7 - y));
    return m_notice.bottom();
}

double CardBody::layOutAnswers(double y, const Theme& theme) {
    const QFont font = theme.font(13, QFont::DemiBold);
    int count = 0;
    double widest = 0;
    for (const Part& part : m_parts) {
        if (!isAnswer(part))
            continue;
        ++count;
        widest = std::max(widest, fitted(buttonOf(part).text, font, kSubtitleLine).naturalWidth());
    }
    if (count == 0)
        return y;
    y += kGap;
    const double height = kAnswerHeight - (m_compact ? kCompactLess : 0);
    const double side = std::floor((m_width - (count - 1) * kAnswerGap) / count);
    // All have room for the mark of the chosen one, so that choosing moves nothing.
    const bool stacked = widest + kIcon + 5 + 12 > side;
    double x = 0;
    for (Part& part : m_parts) {
        if (!isAnswer(part))
            continue;
        part.at = QRectF(x, y, stacked ? m_width : side, height);
        FittedText text = fitted(buttonOf(part).text, font, kSubtitleLine);
        const double mark = buttonOf(part).checked ? kIcon + 5 : 0;
        const double room = part.at.width() - 12 - mark;
        const double width = std::min(text.naturalWidth() + 1, room);
        const double left = part.at.left() + (part.at.width() - mark - width) / 2;
        if (mark > 0)
            part.mark = QRectF(left, part.at.center().y() - kIcon / 2, kIcon, kIcon);
        put(part.lines, std::move(text), QPointF(left + mark, part.at.center().y() - kSubtitleLine / 2),
            width, Ink::Button, Side::Begin);
        if (stacked)
            y += height + kAnswerGap;
        else
            x += side + kAnswerGap;
    }
    return stacked ? y - kAnswerGap : y + height;
}

double CardBody::layOutRows(double y, const Theme& theme) {
    // Names behind the labels of results begin at one place.
    double column = 0;
    for (const CardRow& row : m_card.rows)
        if (row.id.isEmpty() && !row.share && !row.secondary.isEmpty())
            column =
                std::max(column, fitted(row.label, theme.font(13, QFont::DemiBold), kRowLine).naturalWidth());
    // If one label is too long, the names of all stand below their labels.
    column = column > m_width * kMostColumn ? 0 : column + 1;
    bool first = true;
    for (Part& part : m_parts) {
        if (part.kind != Part::Kind::Row)
            continue;
        const bool choice = !rowOf(part).id.isEmpty();
        y += first ? kGap : choice || rowOf(part).share ? kChoiceGap : 4;
        first = false;
        y = choice ? layOutChoice(part, y, theme) : layOutResult(part, y, column, theme);
    }
    if (!m_moreText.isEmpty())
        y += 6 + put(m_lines, fitted(m_moreText, theme.font(12), kSmallLine), QPointF(0, y + 6), m_width,
                     Ink::Dim);
    if (!m_card.note.isEmpty())
        y += kGap + put(m_lines, fitted(m_card.note, theme.font(12), kSmallLine, kTextLines),
                        QPointF(0, y + kGap), m_width, Ink::Dim);
    return y;
}

double CardBody::layOutChoice(Part& part, double y, const Theme& theme) {
    const CardRow& row = rowOf(part);
    const double least = kChoiceHeight - (m_compact ? kCompactLess : 0);
    const double pad = (least - kRowLine) / 2;
    double x = kChoicePad;
    if (row.mark != CardRow::Mark::None) {
        part.mark = QRectF(x, y + (least - kMark) / 2, kMark, kMark);
        x += kMarkRoom;
    }
    double end = m_width - kChoicePad;
    FittedText value = fitted(row.value, theme.font(13, QFont::DemiBold), kRowLine);
    if (!value.isEmpty()) {
        const double width = std::min(value.naturalWidth() + 1, std::floor(m_width * kMostColumn));
        put(part.lines, std::move(value), QPointF(end - width, y + pad), width, Ink::Plain, Side::End);
        end -= width + 10;
    }
    const Ink ink = row.enabled ? Ink::Plain : Ink::Dim;
    double bottom = y + pad;
    bottom += put(part.lines, fitted(row.label, theme.font(13.5), kRowLine, kRowLines), QPointF(x, bottom),
                  end - x, ink);
    bottom += put(part.lines, fitted(row.secondary, theme.font(12), kSmallLine, kSecondaryLines),
                  QPointF(x, bottom), end - x, Ink::Dim);
    if (row.share) {
        part.bar = QRectF(x, bottom + 5, m_width - kChoicePad - x, kBar);
        bottom = part.bar.bottom();
    }
    part.at = QRectF(0, y, m_width, std::max(least, bottom + pad - y));
    return part.at.bottom();
}

double CardBody::layOutResult(Part& part, double y, double column, const Theme& theme) {
    const CardRow& row = rowOf(part);
    const bool marked = std::any_of(m_card.rows.begin(), m_card.rows.end(),
                                    [](const CardRow& r) { return r.id.isEmpty() && r.chosen; });
    const double lead = marked ? kMarkRoom : 0;
    if (row.chosen)
        part.mark = QRectF(2, y + (kRowLine - kIcon) / 2, kIcon, kIcon);
    double end = m_width;
    FittedText value = fitted(row.value, theme.font(13.5, QFont::DemiBold), kRowLine);
    if (!value.isEmpty()) {
        const double width = std::min(value.naturalWidth() + 1, std::floor(m_width * kMostColumn));
        put(part.lines, std::move(value), QPointF(end - width, y), width, Ink::Plain, Side::End);
        end -= width + 12;
    }
    const bool toned = row.tone != CardTone::Plain;
    const Ink ink = row.tone == CardTone::Good      ? Ink::Good
                    : row.tone == CardTone::Warning ? Ink::Warning
                    : row.tone == CardTone::Bad     ? Ink::Bad
                                                    : Ink::Plain;
    FittedText label = fitted(row.label,
                              toned        ? theme.font(13, QFont::DemiBold)
                              : row.chosen ? theme.font(13.5, QFont::DemiBold)
                                           : theme.font(13.5),
                              kRowLine, kRowLines);
    FittedText secondary = fitted(row.secondary, theme.font(12), kRowLine, kSecondaryLines);
    const double room = end - lead;
    double bottom = y;
    if (secondary.isEmpty()) {
        bottom += put(part.lines, std::move(label), QPointF(lead, y), room, ink);
    } else if (row.share && label.naturalWidth() + 12 + secondary.naturalWidth() <= room) {
        const double width = secondary.naturalWidth() + 1;
        put(part.lines, std::move(secondary), QPointF(end - width, y), width, Ink::Dim, Side::End);
        bottom += put(part.lines, std::move(label), QPointF(lead, y), room - width - 10, ink);
    } else if (!row.share && label.naturalWidth() <= column) {
        bottom += put(part.lines, std::move(label), QPointF(lead, y), column, ink);
        const double x = lead + column + 12;
        bottom =
            std::max(bottom, y + put(part.lines, std::move(secondary), QPointF(x, y), end - x, Ink::Dim));
    } else {
        bottom += put(part.lines, std::move(label), QPointF(lead, y), room, ink);
        bottom += put(part.lines, std::move(secondary), QPointF(lead, bottom), room, Ink::Dim);
    }
    bottom = std::max(bottom, y + kRowLine);
    if (row.share) {
        part.bar = QRectF(lead, bottom + 4, m_width - lead, kBar);
        bottom = part.bar.bottom();
    }
    part.at = QRectF(0, y, m_width, bottom - y);
    return bottom;
}

double CardBody::layOutFoot(double y, const Theme& theme, BodySize& size) {
    const QFont font = theme.font(13, QFont::DemiBold);
    bool any = false;
    bool quietOnly = true;
    for (const Part& part : m_parts) {
        if (part.kind != Part::Kind::Button || isAnswer(part))
            continue;
        any = true;
        quietOnly = quietOnly && buttonOf(part).kind == CardButton::Kind::Quiet;
    }
    if (!any) {
        if (!m_card.note.isEmpty()) {
            size.lastLine = m_lines.back().text.lastWidth();
            size.timeUp = 14.5;
        }
        return y;
    }
    y += kGap;
    if (quietOnly && !m_card.rows.isEmpty()) {
        m_rule = QRectF(0, y, m_width, 1);
        y += 7;
    }
    double x = 0;
    for (Part& part : m_parts) {
        if (part.kind != Part::Kind::Button || isAnswer(part))
            continue;
        const bool quiet = buttonOf(part).kind == CardButton::Kind::Quiet;
        const double pad = quiet ? kQuietPad : kButtonPad;
        FittedText text = fitted(buttonOf(part).text, font, kSubtitleLine);
        const double width = std::min(text.naturalWidth() + 1, m_width - 2 * pad);
        // A quiet button begins with its text; its room reaches beyond.
        double left = quiet && x == 0 ? -pad : x;
        if (x > 0 && left + width + (quiet ? pad : 2 * pad) > m_width) {
            left = quiet ? -pad : 0;
            y += kButtonHeight + 4;
        }
        part.at = QRectF(left, y, width + 2 * pad, kButtonHeight);
        put(part.lines, std::move(text), QPointF(left + pad, y + (kButtonHeight - kSubtitleLine) / 2), width,
            Ink::Button, quiet ? Side::Begin : Side::Middle);
        x = part.at.right() + (quiet ? 4 : 8);
        size.lastLine = part.at.right() - (quiet ? pad : 0);
    }
    size.timeUp = 20.5;
    return y + kButtonHeight;
}

void CardBody::place(const QRectF& area) {
    m_area = area;
    const auto placed = [&](QRectF& rect) {
        if (rect.isNull())
            return;
        rect.moveLeft(m_rtl ? area.right() - rect.right() : area.left() + rect.left());
        rect.moveTop(area.top() + rect.top());
    };
    const auto lines = [&](std::vector<Line>& all) {
        for (Line& line : all)
            placed(line.at);
    };
    lines(m_lines);
    for (Part& part : m_parts) {
        lines(part.lines);
        for (QRectF* rect : {&part.at, &part.mark, &part.bar})
            placed(*rect);
    }
    for (Picture& picture : m_pictures)
        placed(picture.at);
    for (QRectF* rect : {&m_tile, &m_notice, &m_rule})
        placed(*rect);
}

} // namespace valise::ui
