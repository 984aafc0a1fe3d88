// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/pinned_strip.h"

#include "ui/format.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace valise::ui {

PinnedStrip::PinnedStrip(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_unpin(new QToolButton(this)) {
    setObjectName(QStringLiteral("pinnedStrip"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    theme->fixSize(m_unpin, 30, 30);
    theme->iconSize(m_unpin, 16);
    m_unpin->setAccessibleName(tr("Do not pin this message any more"));
    m_unpin->setToolTip(tr("Do not pin this message any more"));
    m_unpin->setCursor(Qt::ArrowCursor);
    connect(m_unpin, &QToolButton::clicked, this, [this] { emit unpinWanted(m_messages.at(m_current)); });
    connect(m_theme, &Theme::changed, this, &PinnedStrip::restyle);
    restyle();
    hide();
}

void PinnedStrip::restyle() {
    setFixedHeight(m_theme->px(44));
    m_unpin->setIcon(m_theme->icon(QStringLiteral("close")));
    update();
}

void PinnedStrip::setConversation(const client::ConversationRecord& conversation) {
    if (conversation.id == m_conversation)
        return;
    m_conversation = conversation.id;
    show({});
    if (!m_conversation.isEmpty())
        emit messagesWanted(m_conversation);
}

void PinnedStrip::setMessages(const client::ConversationId& conversation,
                              const QVector<client::MessageRecord>& messages) {
    if (conversation == m_conversation)
        show(messages);
}

void PinnedStrip::changeMessage(const client::MessageRecord& message) {
    if (message.conversation != m_conversation)
        return;
    if (!message.pinned)
        return removeMessage(message.conversation, message.row);
    const auto at = std::find_if(m_messages.begin(), m_messages.end(),
                                 [&](const client::MessageRecord& m) { return m.row == message.row; });
    if (at == m_messages.end()) {
        emit messagesWanted(m_conversation);
        return;
    }
    *at = message;
    describe();
    update();
}

void PinnedStrip::removeMessage(const client::ConversationId& conversation, qint64 row) {
    if (conversation != m_conversation || !holds(row))
        return;
    QVector<client::MessageRecord> left = m_messages;
    left.removeIf([row](const client::MessageRecord& m) { return m.row == row; });
    show(left);
}

void PinnedStrip::show(const QVector<client::MessageRecord>& messages) {
    m_messages = messages;
    m_current = std::min(m_current, std::max<qsizetype>(0, messages.size() - 1));
    setVisible(!messages.isEmpty());
    describe();
    update();
}

bool PinnedStrip::holds(qint64 row) const {
    return std::any_of(m_messages.begin(), m_messages.end(), [&](const auto& m) { return m.row == row; });
}

void PinnedStrip::describe() {
    if (m_messages.isEmpty())
        return;
    const client::MessageRecord& m = m_messages.at(m_current);
    setAccessibleName(tr("Pinned message by %1: %2").arg(isolated(m.senderName), isolated(firstWords(m))));
}

void PinnedStrip::follow() {
    if (m_messages.isEmpty())
        return;
    emit chosen(m_messages.at(m_current).row);
    m_current = (m_current + 1) % m_messages.size();
    describe();
    update();
}

void PinnedStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int margin = m_theme->px(14);
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    m_unpin->move(rtl ? margin : width() - margin - m_unpin->width(), (height() - m_unpin->height()) / 2);
}

void PinnedStrip::paintEvent(QPaintEvent*) {
    const Palette& c = m_theme->palette();
    QPainter painter(this);
    painter.fillRect(rect(), c.pane);
    painter.fillRect(QRect(0, height() - 1, width(), 1), c.line);
    if (m_messages.isEmpty())
        return;
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](QRectF r) {
        if (rtl)
            r.moveLeft(width() - r.right());
        return r;
    };
    const client::MessageRecord& m = m_messages.at(m_current);
    const double scale = m_theme->px(100) / 100.0;
    const double left = 44 * scale;
    Theme::paintIcon(painter, QStringLiteral("pin"),
                     place(QRectF(18 * scale, height() / 2.0 - 9 * scale, 18 * scale, 18 * scale)), c.acc);
    const double room = width() - left - 60 * scale;
    painter.setFont(m_theme->font(12, QFont::DemiBold));
    painter.setPen(c.acc);
    const QString count =
        m_messages.size() > 1
            ? QStringLiteral(" · ") +
                  isolated(QStringLiteral("%1/%2").arg(QLocale().toString(m_current + 1),
                                                       QLocale().toString(m_messages.size())))
            : QString();
    Theme::paintLine(painter, place(QRectF(left, 4 * scale, room, 18 * scale)),
                     QChar(rtl ? 0x200F : 0x200E) + tr("Pinned") + QStringLiteral(" · ") +
                         isolated(m.senderName) + count,
                     rtl);
    painter.setFont(m_theme->font(12.5));
    painter.setPen(c.dim);
    Theme::paintLine(painter, place(QRectF(left, 22 * scale, room, 18 * scale)), firstWords(m), rtl);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(c.acc, 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(3, 3, -3, -4), 6, 6);
    }
}

void PinnedStrip::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        follow();
}

void PinnedStrip::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        follow();
    else
        QWidget::keyPressEvent(event);
}

void PinnedStrip::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void PinnedStrip::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

} // namespace valise::ui
