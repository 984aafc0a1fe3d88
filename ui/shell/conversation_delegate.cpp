// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/conversation_delegate.h"

#include "core/client/history/shown_text.h"
#include "ui/format.h"
#include "ui/shell/conversation_list_model.h"

#include <QFontMetricsF>

#include <cmath>

namespace valise::ui {
namespace {

constexpr double kPadX = 14;
constexpr double kAvatar = 42;
constexpr double kCompactAvatar = 34;
constexpr int kRow = 62;
constexpr int kCompactRow = 48;
constexpr double kGap = 11;
constexpr double kMark = 15;
constexpr double kMarkGap = 4;
constexpr qsizetype kPreview = 600;

QString stateIcon(client::DeliveryState state) {
    using client::DeliveryState;
    switch (state) {
    case DeliveryState::Sent:
        return QStringLiteral("check");
    case DeliveryState::Delivered:
    case DeliveryState::Read:
        return QStringLiteral("double-check");
    default:
        return {};
    }
}

//! The snippet as it is shown, and in `marks` where its matches stand when `before` units stand before it. It
//! is made safe piece by piece, because that may change its length.
QString shownSnippet(const client::SearchHit& hit, int before, QVector<std::pair<int, int>>& marks) {
    QString out;
    const auto take = [&](qsizetype from, qsizetype length) {
        out += client::shownText(hit.snippet.mid(from, length)).replace(QLatin1Char('\n'), QLatin1Char(' '));
    };
    qsizetype at = 0;
    for (const auto& [first, length] : hit.marks) {
        take(at, first - at);
        const auto begin = static_cast<int>(out.size());
        take(first, length);
        marks.append({before + begin, static_cast<int>(out.size()) - begin});
        at = first + length;
    }
    take(at, hit.snippet.size() - at);
    return out;
}

} // namespace

ConversationDelegate::ConversationDelegate(const Theme* theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme) {}

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const int kind = index.data(ConversationListModel::KindRole).toInt();
    const int row = m_theme->isCompact() ? kCompactRow : kRow;
    return {m_theme->px(200), m_theme->px(kind == ConversationListModel::Heading ? 34 : row)};
}

void ConversationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const Palette& c = m_theme->palette();
    const bool rtl = option.direction == Qt::RightToLeft;
    // Painted in the design's sizes by a scaled painter.
    const Theme& theme = m_theme->atDesignSize();
    const double z = m_theme->scale();
    const QRectF row(QPointF(0, 0), QSizeF(option.rect.size()) / z);
    const double lift = m_theme->isCompact() ? (kRow - kCompactRow) / 2.0 : 0;
    const double avatar = m_theme->isCompact() ? kCompactAvatar : kAvatar;
    painter->save();
    painter->translate(option.rect.topLeft());
    painter->scale(z, z);
    painter->setRenderHint(QPainter::Antialiasing);
    const auto place = [&](QRectF rect) {
        if (rtl)
            rect.moveLeft(row.left() + row.right() - rect.right());
        return rect;
    };

    const int kind = index.data(ConversationListModel::KindRole).toInt();
    if (kind == ConversationListModel::Heading) {
        painter->setFont(theme.font(11.5, QFont::DemiBold));
        painter->setPen(c.dim);
        Theme::paintLine(*painter, row.adjusted(kPadX, 6, -kPadX, 0), index.data(Qt::DisplayRole).toString(),
                         rtl);
        painter->restore();
        return;
    }

    if (option.state & QStyle::State_Selected)
        painter->fillRect(row, c.sel);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(row, c.hover);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Active)) {
        painter->setPen(QPen(c.acc, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(row.adjusted(3, 3, -3, -3), 8, 8);
    }

    QString title;
    QString preview;
    QString time;
    QByteArray key;
    bool square = false;
    int unread = 0;
    int mentions = 0;
    bool muted = false;
    bool pinned = false;
    QString icon;
    QColor iconColour = c.dim;
    QVector<std::pair<int, int>> marks;
    QString prefix;
    QColor prefixColour = c.rest;
    if (kind == ConversationListModel::Hit) {
        const auto m = index.data(ConversationListModel::HitRole).value<client::MessageRecord>();
        title = index.data(ConversationListModel::HitTitleRole).toString();
        const auto hit = index.data(ConversationListModel::HitRecordRole).value<client::SearchHit>();
        if (!m.own)
            preview = isolated(m.senderName.section(QLatin1Char(' '), 0, 0)) + QStringLiteral(": ");
        // In a snippet mentions stand as they are sent; where there are any, the names are shown instead.
        const QString said = wordsOf(m);
        preview += hit.snippet.isEmpty() || said != m.text()
                       ? client::shownText(said, kPreview).simplified()
                       : shownSnippet(hit, static_cast<int>(preview.size()), marks);
        time = listTime(m.createdAt);
        title = title.isEmpty() ? m.senderName : title;
        // The face of the conversation it opens, as in the list.
        const QVariant its = index.data(ConversationListModel::ConversationRole);
        const auto r = its.value<client::ConversationRecord>();
        key = its.isValid() ? conversationColourKey(r) : m.conversation;
        square = its.isValid() && !r.direct;
    } else {
        const auto r =
            index.data(ConversationListModel::ConversationRole).value<client::ConversationRecord>();
        title = conversationTitle(r);
        preview = previewText(r);
        time = listTime(r.lastAt);
        key = conversationColourKey(r);
        square = !r.direct;
        unread = r.unread;
        mentions = r.mentions;
        muted = r.muted;
        pinned = r.pinned;
        if (r.state == client::ConversationState::Request) {
            icon = QStringLiteral("requests");
            iconColour = c.acc;
        } else if (r.failed > 0) {
            icon = QStringLiteral("warning");
            iconColour = c.rest;
        } else if (r.queued > 0) {
            icon = QStringLiteral("clock");
        } else if (r.lastOwn && r.lastSystem == client::SystemKind::None) {
            icon = stateIcon(r.lastState);
            if (r.lastState == client::DeliveryState::Read)
                iconColour = c.acc;
        }
        if (!r.draft.isEmpty()) {
            prefix = tr("Draft: ");
            preview = r.draft.simplified();
        }
    }

    theme.paintAvatar(*painter,
                      place(QRectF(row.left() + kPadX, (row.height() - avatar) / 2, avatar, avatar)), key,
                      title, square);

    // The column at the end: time, and below it a badge or a mark.
    const QFont timeFont = theme.font(11.5);
    const double timeWidth = std::ceil(QFontMetricsF(timeFont).horizontalAdvance(time));
    const QFont badgeFont = theme.font(11, QFont::DemiBold);
    const QString badge = unread > 999 ? QStringLiteral("999+") : QString::number(unread);
    const double badgeWidth =
        unread > 0 ? std::max(20.0, std::ceil(QFontMetricsF(badgeFont).horizontalAdvance(badge)) + 14) : 0;
    // From the edge inwards: the number of unread messages, the state of the last own message, and the marks
    // of the conversation.
    struct Mark {
        QString icon;
        QColor colour;
    };
    QVector<Mark> icons;
    if (!icon.isEmpty() &&
        (unread == 0 || icon == QLatin1String("clock") || icon == QLatin1String("warning")))
        icons.append({icon, iconColour});
    if (muted)
        icons.append({QStringLiteral("mute"), c.dim});
    if (pinned)
        icons.append({QStringLiteral("pin"), c.dim});
    const double marksWidth = badgeWidth + (badgeWidth > 0 ? kMarkGap : 0) +
                              (mentions > 0 ? 16 + kMarkGap : 0) +
                              static_cast<double>(icons.size()) * (kMark + kMarkGap);
    const bool second = marksWidth > 0;
    const double endWidth = std::max(timeWidth, marksWidth);
    const double endLeft = row.right() - kPadX - endWidth;
    painter->setFont(timeFont);
    painter->setPen(c.dim);
    Theme::paintLine(*painter,
                     place(QRectF(row.right() - kPadX - timeWidth - 4,
                                  (second ? row.top() + 12 : row.top() + 22) - lift, timeWidth + 4, 18)),
                     time, rtl, true);
    double edge = row.right() - kPadX;
    if (unread > 0) {
        const QRectF pill = place(QRectF(edge - badgeWidth, row.top() + 33 - lift, badgeWidth, 16));
        painter->setPen(Qt::NoPen);
        painter->setBrush(muted ? c.dim : c.acc);
        painter->drawRoundedRect(pill, 8, 8);
        painter->setFont(badgeFont);
        painter->setPen(muted ? c.pane : c.accInk);
        painter->drawText(pill, Qt::AlignCenter, badge);
        edge -= badgeWidth + kMarkGap;
    }
    if (mentions > 0) {
        const QRectF circle = place(QRectF(edge - 16, row.top() + 33 - lift, 16, 16));
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.acc);
        painter->drawEllipse(circle);
        painter->setFont(badgeFont);
        painter->setPen(c.accInk);
        painter->drawText(circle.translated(0, -0.5), Qt::AlignCenter, QStringLiteral("@"));
        edge -= 16 + kMarkGap;
    }
    for (const Mark& mark : icons) {
        Theme::paintIcon(*painter, mark.icon,
                         place(QRectF(edge - kMark, row.top() + 33.5 - lift, kMark, kMark)), mark.colour);
        edge -= kMark + kMarkGap;
    }

    // Name and preview.
    const double left = row.left() + kPadX + avatar + kGap;
    const double nameWidth = (second ? row.right() - kPadX - timeWidth : endLeft) - 8 - left;
    const QFont nameFont = theme.font(13.5, QFont::DemiBold);
    painter->setFont(nameFont);
    painter->setPen(c.ink);
    Theme::paintLine(*painter, place(QRectF(left, row.top() + 12 - lift, nameWidth, 19)), title, rtl);
    const QFont plain = theme.font(13.5);
    painter->setFont(plain);
    const QRectF line(left, row.top() + 31 - lift,
                      (second ? row.right() - kPadX - marksWidth : endLeft) - 8 - left, 19);
    double used = 0;
    if (!prefix.isEmpty()) {
        painter->setPen(prefixColour);
        used = QFontMetricsF(plain).horizontalAdvance(prefix);
        Theme::paintLine(*painter, place(QRectF(line.left(), line.top(), used + 2, line.height())), prefix,
                         rtl);
    }
    painter->setPen(c.dim);
    const QRectF words = place(QRectF(line.left() + used, line.top(), line.width() - used, line.height()));
    if (marks.isEmpty())
        Theme::paintLine(*painter, words, preview, rtl);
    else
        Theme::paintMarked(*painter, words, preview, marks, c.acc, rtl);
    painter->restore();
}

} // namespace valise::ui
