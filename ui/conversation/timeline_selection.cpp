// SPDX-License-Identifier: AGPL-3.0-or-later
// The selection in the timeline: text, within a message or across several, and whole messages; with the
// mouse, and for copying.
#include "ui/conversation/timeline_view.h"

#include "ui/conversation/message_actions.h"
#include "ui/format.h"

#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

namespace valise::ui {

namespace {

// Moving the timeline while text is dragged over its edge: a step for each look, faster the further out.
constexpr int kEdgeLookMs = 30;
constexpr double kEdgeShare = 0.25;
constexpr double kEdgeMost = 60;

} // namespace

void TimelineView::toggleSelected(int index) {
    if (index < 0 || index >= m_model->count() || m_model->at(index).system() != client::SystemKind::None)
        return;
    const qint64 row = m_model->at(index).row;
    if (!m_choosing) {
        m_choosing = true;
        m_chosen.clear();
        hover(-1);
        invalidateAll();
    }
    if (!m_chosen.remove(row))
        m_chosen.insert(row);
    m_chooseAnchor = row;
    m_selection.clear();
    relayout();
    emit selectionChanged(static_cast<int>(m_chosen.size()));
}

void TimelineView::selectRange(int from, int to) {
    if (!m_choosing) {
        m_choosing = true;
        hover(-1);
        invalidateAll();
    }
    m_chosen.clear();
    const auto [first, last] = std::minmax(from, to);
    for (int i = std::max(0, first); i <= last && i < m_model->count(); ++i)
        if (m_model->at(i).system() == client::SystemKind::None)
            m_chosen.insert(m_model->at(i).row);
    m_selection.clear();
    relayout();
    emit selectionChanged(static_cast<int>(m_chosen.size()));
}

void TimelineView::endSelecting() {
    if (!m_choosing)
        return;
    m_choosing = false;
    m_chosen.clear();
    invalidateAll();
    relayout();
    emit selectionChanged(-1);
}

QVector<client::MessageRecord> TimelineView::selectedMessages() const {
    QVector<client::MessageRecord> out;
    for (int i = 0; i < m_model->count(); ++i)
        if (m_chosen.contains(m_model->at(i).row))
            out.append(m_model->at(i));
    return out;
}

QString TimelineView::copiedLine(const client::MessageRecord& message, const QString& text) {
    //: A copied message: author, time, text
    return tr("%1, %2: %3").arg(message.senderName, clockTime(message.createdAt), text);
}

QString TimelineView::selectedMessagesText() const {
    QStringList lines;
    for (const client::MessageRecord& message : selectedMessages())
        lines.append(copiedLine(message, wordsOfBody(message)));
    return lines.join(QLatin1Char('\n'));
}

bool TimelineView::pressInside(int index, QPointF inside) {
    const MessageLayout& layout = layoutOf(index);
    const client::MessageRecord message = m_model->at(index);
    if (layout.quote().contains(inside) && message.quote.row > 0) {
        jump(message.quote.row, message.row);
        return true;
    }
    const BodyHit hit = layout.hitTest(inside);
    if (hit.kind == BodyHit::More) {
        expand(index);
        return true;
    }
    const int reaction = layout.reactions().at(inside);
    if (reaction >= 0 && m_mayWrite && reaction < message.reactions.size()) {
        const auto& chosen = message.reactions.at(reaction);
        emit reactionChosen(message, chosen.emoji, !chosen.own);
        return true;
    }
    return false;
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    double top = 0;
    const int index = indexAt(event->position(), &top);
    const bool third = m_doubleClicked.isValid() &&
                       m_doubleClicked.elapsed() < QApplication::doubleClickInterval() && !m_choosing;
    m_doubleClicked.invalidate();
    m_dragging = false;
    m_pressed = {};
    const bool range = event->modifiers() & Qt::ShiftModifier;
    if (range && !m_choosing && m_selection.isStarted()) {
        extendSelection(event->position());
        m_dragging = true;
        return;
    }
    m_selection.clear();
    if (index >= 0) {
        setFocused(index);
        m_part = -1;
        if (m_choosing && range) {
            selectRange(m_model->indexOfRow(m_chooseAnchor), index);
            return;
        }
        if (m_choosing || event->modifiers() & Qt::ControlModifier) {
            toggleSelected(index);
            return;
        }
        const QPointF inside = inRow(event->position(), top);
        if (m_model->at(index).system() == client::SystemKind::None && pressInside(index, inside))
            return;
        const BodyHit hit = layoutOf(index).hitTest(inside);
        const qint64 row = m_model->at(index).row;
        if (hit.kind == BodyHit::Link || hit.kind == BodyHit::Button)
            m_pressed = {row, hit};
        if (hit.character >= 0) {
            m_selection.start({row, third ? 0 : hit.character});
            if (third)
                m_selection.extend({row, static_cast<int>(bodyAt(index)->plainText().size())});
            m_dragging = !third;
            hover(-1);
        }
    }
    viewport()->update();
}

void TimelineView::extendSelection(QPointF point) {
    if (m_visible.empty())
        return;
    double top = 0;
    int index = indexAt(point, &top);
    if (index < 0) {
        const Place& nearest = point.y() < m_visible.front().y ? m_visible.front() : m_visible.back();
        index = nearest.index;
        top = nearest.y;
    }
    // A line about the group is no text: up to the message before it.
    const MessageBody* body = bodyAt(index);
    m_selection.extend({m_model->at(index).row, body ? body->nearestCharacter(inRow(point, top)) : 0});
    viewport()->update();
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    double top = 0;
    const int index = indexAt(event->position(), &top);
    if (m_dragging) {
        m_dragPoint = event->position();
        extendSelection(m_dragPoint);
        const bool outside = m_dragPoint.y() < 0 || m_dragPoint.y() > viewport()->height();
        if (outside && !m_edgeTimer.isActive())
            m_edgeTimer.start(kEdgeLookMs);
        else if (!outside)
            m_edgeTimer.stop();
        return;
    }
    if (index != m_hovered)
        hover(index);
    Qt::CursorShape shape = Qt::ArrowCursor;
    BodyHit hit;
    if (index >= 0 && !m_choosing) {
        const QPointF inside = inRow(event->position(), top);
        const MessageLayout& layout = layoutOf(index);
        hit = layout.hitTest(inside);
        const bool leads = hit.kind == BodyHit::More || hit.kind == BodyHit::Link ||
                           hit.kind == BodyHit::Button || layout.reactions().at(inside) >= 0 ||
                           (layout.quote().contains(inside) && m_model->at(index).quote.row > 0);
        if (leads)
            shape = Qt::PointingHandCursor;
        else if (hit.kind == BodyHit::Character)
            shape = Qt::IBeamCursor;
    }
    hoverPart(hit.kind == BodyHit::Button ? m_model->at(index).row : -1, hit.part);
    viewport()->setCursor(shape);
}

void TimelineView::scrollAtEdge() {
    const double over = m_dragPoint.y() < 0 ? m_dragPoint.y() : m_dragPoint.y() - viewport()->height();
    if (!m_dragging || over == 0)
        return m_edgeTimer.stop();
    scrollBy(std::clamp(over * kEdgeShare, -kEdgeMost, kEdgeMost));
    extendSelection(m_dragPoint);
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    m_dragging = false;
    m_edgeTimer.stop();
    const Pressed pressed = std::exchange(m_pressed, Pressed());
    if (pressed.row < 0)
        return;
    viewport()->update();
    const bool selecting = pressed.hit.kind == BodyHit::Link && !selectedText().isEmpty();
    if (event->button() != Qt::LeftButton || m_choosing || selecting)
        return;
    double top = 0;
    const int index = indexAt(event->position(), &top);
    if (index < 0 || m_model->at(index).row != pressed.row)
        return;
    const BodyHit hit = layoutOf(index).hitTest(inRow(event->position(), top));
    if (hit.kind == pressed.hit.kind && hit.target == pressed.hit.target)
        trigger(index, hit);
}

void TimelineView::hoverPart(qint64 row, int part) {
    if (row < 0)
        part = -1;
    if (row == m_hoveredRow && part == m_hoveredPart)
        return;
    m_hoveredRow = row;
    m_hoveredPart = part;
    viewport()->update();
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    double top = 0;
    const int index = indexAt(event->position(), &top);
    if (index < 0 || m_choosing)
        return;
    const int at = layoutOf(index).hitTest(inRow(event->position(), top)).character;
    if (at < 0)
        return;
    const auto [from, to] = wordAt(bodyAt(index)->plainText(), at);
    const qint64 row = m_model->at(index).row;
    m_selection.start({row, from});
    m_selection.extend({row, to});
    m_doubleClicked.start();
    viewport()->update();
}

QString TimelineView::selectedText() {
    const auto span = m_selection.span(*m_model);
    if (!span || span->isEmpty())
        return {};
    const auto part = [&](int index) {
        const auto [from, to] = span->of(index);
        const MessageBody* body = bodyAt(index);
        return body ? body->plainText().mid(from, to == INT_MAX ? -1 : to - from) : QString();
    };
    if (span->first == span->last)
        return part(span->first);
    QStringList lines;
    for (int index = span->first; index <= span->last; ++index) {
        const client::MessageRecord& message = m_model->at(index);
        if (message.system() != client::SystemKind::None)
            continue;
        // All of a message is copied, also where only its beginning is shown.
        const bool whole = span->of(index) == std::pair(0, INT_MAX) && bodyAt(index) && morePart(index) >= 0;
        const QString text = whole ? wordsAt(index) : part(index);
        if (!text.isEmpty())
            lines.append(copiedLine(message, text));
    }
    // Only layouts near what is visible are kept.
    relayout();
    return lines.join(QLatin1Char('\n'));
}

void TimelineView::copySelection() {
    if (m_choosing) {
        QApplication::clipboard()->setText(selectedMessagesText());
        return;
    }
    const QString text = selectedText();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
    else
        copyIndex(m_focused);
}

void TimelineView::copyIndex(int index) {
    if (index >= 0 && index < m_model->count())
        QApplication::clipboard()->setText(wordsAt(index));
}

} // namespace valise::ui
