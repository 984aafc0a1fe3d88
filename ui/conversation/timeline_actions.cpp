// SPDX-License-Identifier: AGPL-3.0-or-later
// Actions on a message of the timeline: its menus and tool tips, and the parts of its body.
#include "ui/conversation/message_menu.h"
#include "ui/conversation/timeline_view.h"
#include "ui/format.h"
#include "ui/links/link_finder.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QToolTip>

#include <algorithm>

namespace valise::ui {

void TimelineView::act(MessageAction action, int index) {
    if (index < 0 || index >= m_model->count())
        return;
    const client::MessageRecord message = m_model->at(index);
    if (!actionsFor(message, m_mayWrite).contains(action))
        return;
    switch (action) {
    case MessageAction::Reply:
        emit replyRequested(message);
        return;
    case MessageAction::Copy:
        copyIndex(index);
        return;
    case MessageAction::Select:
        toggleSelected(index);
        return;
    case MessageAction::OpenLink:
        chooseLink(message, viewport()->mapToGlobal(bubbleRect(index).center()));
        return;
    case MessageAction::React:
    case MessageAction::Edit:
    case MessageAction::Forward:
    case MessageAction::Star:
    case MessageAction::Pin:
    case MessageAction::Details:
    case MessageAction::Delete:
        emit actionRequested(action, message, viewport()->mapToGlobal(bubbleRect(index).center()));
        return;
    }
}

void TimelineView::chooseLink(const client::MessageRecord& message, QPoint global) {
    const QStringList links = linksOf(message.text());
    if (links.size() == 1) {
        emit linkChosen(links.first());
        return;
    }
    constexpr int kRoom = 420;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("linkMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString& link : links) {
        QString shown = menu->fontMetrics().elidedText(link, Qt::ElideRight, kRoom);
        shown.replace(QLatin1Char('&'), QLatin1String("&&"));
        menu->addAction(shown, this, [this, link] { emit linkChosen(link); });
    }
    menu->popup(global);
}

void TimelineView::openMenu(int index, QPoint global) {
    if (index < 0 || index >= m_model->count() || actionsFor(m_model->at(index), m_mayWrite).isEmpty())
        return;
    setFocused(index);
    viewport()->update();
    const client::MessageRecord message = m_model->at(index);
    auto* menu = new MessageMenu(message, m_mayWrite, !selectedText().isEmpty(), m_quick, m_theme, this);
    // The row may move while the menu is open.
    connect(menu, &MessageMenu::actionChosen, this,
            [this, row = message.row](MessageAction action) { act(action, m_model->indexOfRow(row)); });
    connect(menu, &MessageMenu::reactionChosen, this,
            [this, message](const QString& emoji, bool on) { emit reactionChosen(message, emoji, on); });
    connect(menu, &MessageMenu::copySelectionWanted, this, &TimelineView::copySelection);
    menu->popup(global);
}

void TimelineView::hover(int index) {
    if (index >= 0 && (m_choosing || m_dragging || index >= m_model->count()))
        index = -1;
    m_hovered = index;
    if (index < 0) {
        m_hoverBar->hide();
        return;
    }
    m_hoverBar->showFor(m_model->at(index), m_mayWrite);
    // Over the upper corner on the side away from the author's edge.
    const QRect bubble = bubbleRect(index);
    const bool right = m_model->at(index).own == isRtl();
    const int x = right ? bubble.right() - m_hoverBar->width() + 14 : bubble.left() - 14;
    const int most = std::max(4, viewport()->width() - m_hoverBar->width() - 4);
    m_hoverBar->move(std::clamp(x, 4, most), std::max(2, bubble.top() - m_hoverBar->height() / 2 - 4));
    m_hoverBar->raise();
}

void TimelineView::leaveEvent(QEvent* event) {
    QAbstractScrollArea::leaveEvent(event);
    hover(-1);
    hoverPart(-1, -1);
}

void TimelineView::trigger(int index, const BodyHit& hit) {
    switch (hit.kind) {
    case BodyHit::Link:
        emit linkChosen(hit.target);
        return;
    case BodyHit::Button:
        emit cardAction(m_model->at(index), hit.target);
        return;
    case BodyHit::More:
        expand(index);
        return;
    case BodyHit::None:
    case BodyHit::Character:
        return;
    }
}

void TimelineView::triggerPart(int index, int part) {
    const MessageBody* body = bodyAt(index);
    if (body && part >= 0 && part < body->partCount())
        trigger(index, body->part(part).hit);
}

void TimelineView::expand(int index) {
    ++m_unfolded[m_model->at(index).row];
    invalidate(index);
    relayout();
}

bool TimelineView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = indexAt(help->pos());
        if (index >= 0 && bubbleRect(index).contains(help->pos()) &&
            m_model->at(index).system() == client::SystemKind::None) {
            const auto& m = m_model->at(index);
            double top = 0;
            indexAt(help->pos(), &top);
            const QPointF inside = inRow(help->pos(), top);
            const int reaction = layoutOf(index).reactions().at(inside);
            if (reaction >= 0 && reaction < m.reactions.size()) {
                QToolTip::showText(help->globalPos(), plainToolTip(reactionText(m.reactions.at(reaction))),
                                   this);
                return true;
            }
            const BodyHit hit = layoutOf(index).hitTest(inside);
            if (const BodyPart part = hit.part < 0 ? BodyPart() : layoutOf(index).body()->part(hit.part);
                part.cut) {
                QToolTip::showText(help->globalPos(), plainToolTip(part.name), this);
                return true;
            }
            QStringList lines{momentText(m.createdAt)};
            if (m.own)
                lines << deliveryText(m);
            if (m.expiresAt > 0)
                lines << disappearsText(m);
            QToolTip::showText(help->globalPos(), plainToolTip(lines.join(QLatin1Char('\n'))), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event) {
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int index = keyboard ? m_focused : indexAt(event->pos());
    if (index >= 0)
        openMenu(index, keyboard ? viewport()->mapToGlobal(bubbleRect(index).center()) : event->globalPos());
}

} // namespace valise::ui
