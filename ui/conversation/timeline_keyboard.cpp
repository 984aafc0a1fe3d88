// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyboard in the timeline: from message to message, inside of one, and what the keys do to it.
#include "ui/conversation/timeline_view.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace valise::ui {

void TimelineView::moveFocus(int index) {
    const int n = static_cast<int>(m_rows.size());
    if (n == 0)
        return;
    setFocused(std::clamp(index, 0, n - 1));
    const QRect rect = rowRect(m_focused);
    if (rect.isNull()) {
        m_stick = false;
        m_anchor = m_focused;
        m_anchorY = m_visible.empty() || m_focused < m_visible.front().index
                        ? kTopPadding
                        : viewport()->height() - kBottomPadding - rowHeight(m_focused);
        relayout();
    } else {
        bringIntoView(rect);
    }
    viewport()->update();
    tellFocus();
}

void TimelineView::setFocused(int index) {
    if (m_focused != index)
        m_part = -1;
    m_focused = index;
}

void TimelineView::focusPart(int index, int part) {
    if (index != m_focused || rowRect(index).isNull())
        moveFocus(index);
    m_part = part;
    const QRect rect = partRect(index, part);
    if (!rect.isNull())
        bringIntoView(rect);
    viewport()->update();
    tellFocus();
}

bool TimelineView::stepPart(int by) {
    const MessageBody* body = m_choosing ? nullptr : bodyAt(m_focused);
    if (!body)
        return false;
    int part = m_part;
    do
        part += by;
    while (part >= 0 && part < body->partCount() && !body->part(part).tabStop);
    if (part >= body->partCount() || part < -1 || (part < 0 && m_part < 0))
        return false;
    focusPart(m_focused, part);
    return true;
}

void TimelineView::keepPart(int index, const QString& target) {
    m_part = -1;
    const MessageBody* body = bodyAt(index);
    for (int i = 0; body && i < body->partCount(); ++i) {
        const BodyPart part = body->part(i);
        if (part.tabStop && part.hit.target == target)
            m_part = i;
    }
}

bool TimelineView::focusNextPrevChild(bool next) {
    // Inside the focused message first.
    if (stepPart(next ? 1 : -1))
        return true;
    m_part = -1;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void TimelineView::tellFocus() {
    if (m_focused < 0 || !QAccessible::isActive())
        return;
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(this);
    QAccessibleInterface* message = list ? list->child(m_focused) : nullptr;
    if (message && m_part >= 0)
        message = message->child(m_part);
    if (!message)
        return;
    QAccessibleEvent event(message, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void TimelineView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    if (m_focused < 0 && m_model->count() > 0 && event->reason() != Qt::MouseFocusReason)
        setFocused(m_visible.empty() ? m_model->count() - 1 : m_visible.back().index);
    viewport()->update();
    tellFocus();
}

void TimelineView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const int n = m_model->count();
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Up:
        if (m_part >= 0 && stepPart(-1))
            return;
        moveFocus(m_focused < 0 ? n - 1 : m_focused - 1);
        return;
    case Qt::Key_Down:
        if (m_part >= 0 && stepPart(1))
            return;
        moveFocus(m_focused < 0 ? n - 1 : m_focused + 1);
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (stepPart((event->key() == Qt::Key_Right) != isRtl() ? 1 : -1))
            return;
        break;
    case Qt::Key_Home:
        moveFocus(0);
        return;
    case Qt::Key_End:
        setFocused(n - 1);
        scrollToNewest();
        return;
    case Qt::Key_PageUp:
        scrollBy(-verticalScrollBar()->pageStep());
        if (!m_visible.empty())
            setFocused(m_visible.front().index);
        viewport()->update();
        return;
    case Qt::Key_PageDown:
        scrollBy(verticalScrollBar()->pageStep());
        if (!m_visible.empty())
            setFocused(m_visible.back().index);
        viewport()->update();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_part >= 0) {
            triggerPart(m_focused, m_part);
            return;
        }
        act(m_choosing ? MessageAction::Select : MessageAction::Reply, m_focused);
        return;
    case Qt::Key_Space:
        if (m_part >= 0) {
            triggerPart(m_focused, m_part);
            return;
        }
        break;
    case Qt::Key_Backspace:
        goBack();
        return;
    case Qt::Key_Escape:
        if (m_part >= 0) {
            focusPart(m_focused, -1);
            return;
        }
        if (m_choosing) {
            endSelecting();
            return;
        }
        if (!selectedText().isEmpty()) {
            m_selection.clear();
            viewport()->update();
            return;
        }
        break;
    case Qt::Key_O:
        if (m_focused >= 0 && m_focused < n && m_model->at(m_focused).quote.row > 0) {
            jump(m_model->at(m_focused).quote.row, m_model->at(m_focused).row);
            return;
        }
        break;
    case Qt::Key_M:
        if (bodyAt(m_focused) && morePart(m_focused) >= 0) {
            expand(m_focused);
            return;
        }
        break;
    case Qt::Key_Menu:
        if (m_focused >= 0) {
            openMenu(m_focused, viewport()->mapToGlobal(bubbleRect(m_focused).center()));
            return;
        }
        break;
    default:
        break;
    }
    if (m_focused >= 0 && m_focused < n && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
        for (const MessageAction action : actionsFor(m_model->at(m_focused), m_mayWrite)) {
            const QKeySequence key = actionKey(action);
            if (key.count() == 1 && key[0].keyboardModifiers() == Qt::NoModifier &&
                key[0].key() == event->key()) {
                act(action, m_focused);
                return;
            }
        }
    }
    QAbstractScrollArea::keyPressEvent(event);
}

} // namespace valise::ui
