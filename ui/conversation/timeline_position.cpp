// SPDX-License-Identifier: AGPL-3.0-or-later
// The position of the timeline: rows that can be seen, scrolling, and jumps to a message and back.
#include "ui/conversation/timeline_view.h"

#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>

namespace valise::ui {
namespace {

constexpr int kNear = 12; //!< rows from the end of what is held at which more is asked for

} // namespace

void TimelineView::relayout() {
    if (m_updating || m_batch)
        return;
    m_updating = true;
    const int n = static_cast<int>(m_rows.size());
    const double vh = viewport()->height();
    m_visible.clear();
    if (n == 0) {
        verticalScrollBar()->setRange(0, 0);
        verticalScrollBar()->setEnabled(false);
        m_jump->hide();
        m_updating = false;
        viewport()->update();
        return;
    }
    m_anchor = std::clamp(m_anchor, 0, n - 1);

    const auto fillFromBottom = [&] {
        m_visible.clear();
        double y = vh - kBottomPadding;
        for (int i = n - 1; i >= 0 && y > 0; --i) {
            y -= rowHeight(i);
            m_visible.insert(m_visible.begin(), Place{i, y});
        }
    };
    if (!m_stick) {
        // Upwards from the anchor, then downwards.
        double y = m_anchorY;
        int i = m_anchor;
        while (i > 0 && y > 0) {
            --i;
            y -= rowHeight(i);
        }
        if (i == 0 && y > kTopPadding)
            y = kTopPadding;
        for (; i < n && y < vh; ++i) {
            const double h = rowHeight(i);
            if (y + h > 0)
                m_visible.push_back(Place{i, y});
            y += h;
        }
        if (i == n && y <= vh - kBottomPadding + 0.5) {
            if (m_model->hasNewer()) {
                fillFromBottom();
            } else {
                m_stick = true;
            }
        }
    }
    if (m_stick)
        fillFromBottom();
    if (!m_visible.empty()) {
        m_anchor = m_visible.front().index;
        m_anchorY = m_visible.front().y;
    }

    double above = kTopPadding;
    double total = kTopPadding + kBottomPadding;
    for (int i = 0; i < n; ++i) {
        if (i < m_anchor)
            above += m_rows[static_cast<std::size_t>(i)].height;
        total += m_rows[static_cast<std::size_t>(i)].height;
    }
    const int maximum = std::max(0, static_cast<int>(std::ceil(total - vh)));
    verticalScrollBar()->setRange(0, maximum);
    verticalScrollBar()->setEnabled(maximum > 0);
    verticalScrollBar()->setPageStep(std::max(1, static_cast<int>(vh) - 40));
    verticalScrollBar()->setSingleStep(40);
    verticalScrollBar()->setValue(
        m_stick ? maximum : std::clamp(static_cast<int>(std::lround(above - m_anchorY)), 0, maximum));

    // Only a few hundred screens' worth of layouts are worth keeping; the rest is made again when needed.
    const int keepFrom = m_visible.empty() ? 0 : m_visible.front().index - 80;
    const int keepTo = m_visible.empty() ? n : m_visible.back().index + 80;
    for (int i = 0; i < n; ++i) {
        if (i < keepFrom || i > keepTo)
            m_rows[static_cast<std::size_t>(i)].layout.reset();
    }
    m_jump->setVisible(!m_stick || m_model->hasNewer() || m_returnRow >= 0);
    const QString where =
        m_returnRow >= 0 ? tr("Go back to where you came from") : tr("Go to the newest message");
    m_jump->setToolTip(where);
    m_jump->setAccessibleName(where);
    const int unread = m_unreadRow < 0 ? -1 : m_model->indexOfRow(m_unreadRow);
    const bool passed = unread >= 0 && !m_visible.empty() && unread >= m_visible.front().index;
    if (passed)
        m_offerUnread = false;
    m_unreadButton->setVisible(m_unreadRow >= 0 && m_offerUnread);
    placeButton();
    m_updating = false;
    viewport()->update();

    const int firstVisible = m_visible.empty() ? 0 : m_visible.front().index;
    const int lastVisible = m_visible.empty() ? 0 : m_visible.back().index;
    if (firstVisible < kNear)
        m_model->wantOlder();
    if (lastVisible >= n - kNear)
        m_model->wantNewer();
    reportSeen();
}

void TimelineView::reportSeen() {
    if (m_visible.empty() || !isVisible() || !window()->isActiveWindow())
        return;
    const qint64 row = m_model->at(m_visible.back().index).row;
    if (row == m_seenRow)
        return;
    m_seenRow = row;
    emit seen(row);
}

void TimelineView::scrollBy(double dy) {
    if (m_rows.empty() || qFuzzyIsNull(dy))
        return;
    const double vh = viewport()->height();
    if (std::abs(dy) > 4 * vh) {
        // A jump with the scroll bar: find the message by the heights known and guessed.
        double y = kTopPadding - verticalScrollBar()->value();
        int i = 0;
        while (i + 1 < static_cast<int>(m_rows.size()) &&
               y + m_rows[static_cast<std::size_t>(i)].height < 0) {
            y += m_rows[static_cast<std::size_t>(i)].height;
            ++i;
        }
        m_anchor = i;
        m_anchorY = y;
    } else {
        m_anchorY -= dy;
    }
    m_stick = false;
    relayout();
}

void TimelineView::scrollContentsBy(int, int dy) {
    if (!m_updating)
        scrollBy(-dy);
}

void TimelineView::jump(qint64 row, qint64 from) {
    m_returnRow = from;
    if (m_model->indexOfRow(row) >= 0)
        showRow(row);
    else
        m_model->wantAround(row);
}

void TimelineView::goBack() {
    const qint64 row = std::exchange(m_returnRow, -1);
    if (row < 0)
        return;
    if (m_model->indexOfRow(row) >= 0)
        showRow(row);
    else
        m_model->wantAround(row);
}

void TimelineView::showUnread() {
    if (m_unreadRow < 0)
        return;
    if (m_model->indexOfRow(m_unreadRow) >= 0)
        showRow(m_unreadRow);
    else
        m_model->wantAround(m_unreadRow);
}

void TimelineView::scrollToNewest() {
    m_offerUnread = m_unreadRow >= 0;
    if (m_model->hasNewer()) {
        m_model->wantNewest();
        return;
    }
    m_stick = true;
    relayout();
}

void TimelineView::showRow(qint64 row) {
    const int index = m_model->indexOfRow(row);
    if (index < 0)
        return;
    m_stick = false;
    m_anchor = index;
    m_anchorY = std::max(kTopPadding, viewport()->height() / 3.0);
    setFocused(index);
    m_litRow = row;
    m_litTimer.start();
    relayout();
}

void TimelineView::bringIntoView(const QRect& rect) {
    const int vh = viewport()->height();
    if (rect.top() < 0)
        scrollBy(rect.top() - kTopPadding);
    else if (rect.bottom() > vh - kBottomPadding)
        scrollBy(std::min<double>(rect.bottom() - vh + kBottomPadding + 1, rect.top()));
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    hover(-1);
    const QPoint pixels = event->pixelDelta();
    scrollBy(!pixels.isNull() ? -pixels.y() : -event->angleDelta().y() * 0.6);
    event->accept();
}

} // namespace valise::ui
