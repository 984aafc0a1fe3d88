// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/people/member_row.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

namespace valise::ui {
namespace {

constexpr int kInset = 8; //!< of the content from the edge of the row

} // namespace

MemberRow::MemberRow(const client::MemberRecord& member, bool manages, bool group, const Theme* theme,
                     QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    theme->fixHeight(this, 42);
    setFocusPolicy(Qt::TabFocus);
    setMember(member, manages, group);
}

void MemberRow::setMember(const client::MemberRecord& member, bool manages, bool group) {
    m_member = member;
    m_manages = manages;
    m_group = group;
    setAccessibleName(member.name);
    setToolTip(member.address);
    update();
}

void MemberRow::paintEvent(QPaintEvent*) {
    const Palette& c = m_theme->palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_hover || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(c.acc, 1.2) : QPen(Qt::NoPen));
        painter.setBrush(m_hover ? c.hover : QColor(Qt::transparent));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    }
    // Painted in the design's sizes by a scaled painter.
    const Theme& theme = m_theme->atDesignSize();
    const double z = m_theme->scale();
    const double wide = width() / z;
    const double high = height() / z;
    painter.scale(z, z);
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](QRectF r) {
        if (rtl)
            r.moveLeft(wide - r.right());
        return r;
    };
    theme.paintAvatar(painter, place(QRectF(kInset, 6, 30, 30)), m_member.key, m_member.name, false);
    const double left = kInset + 40;
    const QString label = m_member.self && m_member.admin ? tr("You · manages")
                          : m_member.self                 ? tr("You")
                          : m_member.admin                ? tr("Manages")
                                                          : QString();
    const QFont bold = theme.font(13, QFont::Medium);
    const QFont small = theme.font(11.5);
    const double labelWidth = label.isEmpty() ? 0 : QFontMetricsF(small).horizontalAdvance(label) + 8;
    const double room = wide - left - kInset - labelWidth;
    painter.setPen(c.ink);
    painter.setFont(bold);
    const QString shownName =
        QFontMetricsF(bold).elidedText(m_member.name, Qt::ElideRight, room - (m_member.verified ? 18 : 0));
    Theme::paintLine(painter, place(QRectF(left, 0, room, high)), shownName, rtl);
    if (m_member.verified) {
        const double x = left + QFontMetricsF(bold).horizontalAdvance(shownName) + 4;
        Theme::paintIcon(painter, QStringLiteral("check"), place(QRectF(x, (high - 13) / 2.0, 13, 13)), c.ok);
    }
    painter.setFont(small);
    painter.setPen(c.dim);
    Theme::paintLine(painter, place(QRectF(wide - kInset - labelWidth, 0, labelWidth, high)), label, rtl,
                     true);
}

void MemberRow::showMenu(QPoint where) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("memberMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString address = m_member.address;
    menu->addAction(m_theme->icon(QStringLiteral("copy")), tr("Copy the address"), this,
                    [address] { QApplication::clipboard()->setText(address); });
    if (m_manages && m_group) {
        const bool on = !m_member.admin;
        const QString text = on              ? tr("Let manage the conversation…")
                             : m_member.self ? tr("Give up managing the conversation…")
                                             : tr("Take the right to manage…");
        menu->addAction(m_theme->icon(QStringLiteral("shield")), text, this,
                        [this, on] { emit administratorWanted(m_member, on); });
    }
    if (m_manages && !m_member.self)
        menu->addAction(m_theme->icon(QStringLiteral("remove"), m_theme->palette().rest), tr("Remove…"), this,
                        [this] { emit removeWanted(m_member); });
    menu->popup(where);
}

void MemberRow::contextMenuEvent(QContextMenuEvent* event) {
    showMenu(event->globalPos());
}

void MemberRow::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        showMenu(event->globalPosition().toPoint());
}

void MemberRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space ||
        event->key() == Qt::Key_Menu) {
        showMenu(mapToGlobal(rect().center()));
        return;
    }
    QWidget::keyPressEvent(event);
}

void MemberRow::enterEvent(QEnterEvent*) {
    m_hover = true;
    update();
}

void MemberRow::leaveEvent(QEvent*) {
    m_hover = false;
    update();
}

} // namespace valise::ui
