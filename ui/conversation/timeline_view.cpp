// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/timeline_view.h"

#include "core/client/shown_text.h"
#include "ui/format.h"
#include "ui/links/link_finder.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace valise::ui {
namespace {

constexpr double kTopPadding = 14;
constexpr double kBottomPadding = 14;
constexpr int kLitMs = 1600;
constexpr qsizetype kMostSpoken = 4000; //!< characters of a message a screen reader is given at once
constexpr int kNear = 12;               //!< rows from the end of what is held at which more is asked for

} // namespace

TimelineView::TimelineView(TimelineModel* model, const Theme* theme, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_model(model)
    , m_theme(theme)
    , m_jump(new QToolButton(this))
    , m_unreadButton(new QPushButton(this))
    , m_hoverBar(new HoverBar(theme, viewport())) {
    setObjectName(QStringLiteral("timeline"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setAccessibleName(tr("Messages"));
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    m_jump->setObjectName(QStringLiteral("jumpButton"));
    theme->fixSize(m_jump, 36, 36);
    theme->iconSize(m_jump, 18);
    m_jump->setToolTip(tr("Go to the newest message"));
    m_jump->setAccessibleName(tr("Go to the newest message"));
    m_jump->hide();
    m_unreadButton->setObjectName(QStringLiteral("unreadButton"));
    m_unreadButton->setText(tr("New messages above"));
    m_unreadButton->setAutoDefault(false);
    m_unreadButton->hide();
    m_litTimer.setSingleShot(true);
    m_litTimer.setInterval(kLitMs);
    connect(&m_litTimer, &QTimer::timeout, this, [this] {
        m_litRow = -1;
        viewport()->update();
    });
    connect(m_unreadButton, &QPushButton::clicked, this, &TimelineView::showUnread);
    connect(m_hoverBar, &HoverBar::actionChosen, this,
            [this](MessageAction action) { act(action, m_hovered); });
    connect(m_hoverBar, &HoverBar::menuWanted, this, [this] {
        openMenu(m_hovered, m_hoverBar->menuButton()->mapToGlobal(QPoint(0, m_hoverBar->height())));
    });
    connect(m_jump, &QToolButton::clicked, this, [this] {
        if (m_returnRow >= 0)
            goBack();
        else
            scrollToNewest();
    });
    connect(m_model, &TimelineModel::reset, this, &TimelineView::onReset);
    connect(&m_edgeTimer, &QTimer::timeout, this, &TimelineView::scrollAtEdge);
    connect(m_model, &TimelineModel::batchBegan, this, [this] { m_batch = true; });
    connect(m_model, &TimelineModel::batchEnded, this, [this] {
        m_batch = false;
        relayout();
    });
    connect(m_model, &TimelineModel::inserted, this, &TimelineView::onInserted);
    connect(m_model, &TimelineModel::removed, this, &TimelineView::onRemoved);
    connect(m_model, &TimelineModel::changedAt, this, &TimelineView::onChanged);
    const auto restyle = [this] {
        m_jump->setIcon(m_theme->icon(QStringLiteral("down")));
        m_unreadButton->setIcon(m_theme->icon(QStringLiteral("up"), m_theme->palette().acc));
        m_unreadButton->setFont(m_theme->font(12, QFont::DemiBold));
        invalidateAll();
        relayout();
    };
    connect(m_theme, &Theme::changed, this, restyle);
    restyle();
}

TimelineView::~TimelineView() = default;

double TimelineView::rowWidth() const {
    return width() / m_theme->scale();
}

double TimelineView::rowHeight(int index) {
    layoutOf(index);
    return m_rows[static_cast<std::size_t>(index)].height;
}

double TimelineView::estimate(int index) const {
    return MessageLayout::estimate(m_model->at(index), rowWidth()) * m_theme->scale();
}

QPointF TimelineView::inRow(QPointF point, double top) const {
    return (point - QPointF(originX(), top)) / m_theme->scale();
}

QRect TimelineView::fromRow(const QRectF& rect, double top) const {
    const double z = m_theme->scale();
    return QRectF(rect.topLeft() * z, rect.size() * z).translated(originX(), top).toRect();
}

double TimelineView::originX() const {
    return isRtl() ? -(width() - viewport()->width()) : 0;
}

void TimelineView::setGroup(bool group) {
    if (m_group == group)
        return;
    m_group = group;
    invalidateAll();
    relayout();
}

void TimelineView::setUnreadOnOpen(int unread) {
    m_unreadOnOpen = unread;
    m_unreadRow = -1;
    m_offerUnread = false;
    m_returnRow = -1;
    m_unfolded.clear();
    endSelecting();
}

void TimelineView::setMayWrite(bool may) {
    m_mayWrite = may;
}

void TimelineView::onReset() {
    m_rows.clear();
    m_rows.resize(static_cast<std::size_t>(m_model->count()));
    invalidateAll();
    m_focused = -1;
    m_selection.clear();
    m_seenRow = -1;
    hover(-1);
    m_stick = true;
    if (m_unreadOnOpen > 0 && m_model->indexOfRow(m_model->firstUnreadRow()) >= 0) {
        m_unreadRow = m_model->firstUnreadRow();
        m_unreadOnOpen = 0;
    } else if (m_unreadOnOpen > 0 && m_model->count() > 0) {
        int left = m_unreadOnOpen;
        for (int i = m_model->count() - 1; i >= 0 && left > 0; --i) {
            const auto& m = m_model->at(i);
            if (m.own || m.system != client::SystemKind::None)
                continue;
            m_unreadRow = m.row;
            --left;
        }
        m_unreadOnOpen = 0;
    }
    relayout();
    if (m_unreadRow >= 0 && m_model->count() > 0) {
        // Open at the line if it would stand above the window.
        const int index = m_model->indexOfRow(m_unreadRow);
        if (index >= 0 && !m_visible.empty() && index < m_visible.front().index) {
            m_stick = false;
            m_anchor = index;
            m_anchorY = kTopPadding;
            relayout();
        }
    }
}

void TimelineView::onInserted(int first, int count) {
    const auto at = m_rows.begin() + first;
    std::vector<Row> fresh(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        fresh[static_cast<std::size_t>(i)].height = estimate(first + i);
    m_rows.insert(at, std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    if (m_anchor >= first && !(m_anchor == 0 && static_cast<int>(m_rows.size()) == count))
        m_anchor += count;
    if (m_focused >= first)
        m_focused += count;
    invalidate(first - 1);
    invalidate(first + count);
    const bool ownAtEnd = first + count == m_model->count() && count == 1 && m_model->at(first).own &&
                          m_model->at(first).state == client::DeliveryState::Queued;
    if (ownAtEnd) {
        // What one writes oneself is always shown.
        m_stick = true;
        m_unreadRow = -1;
    }
    relayout();
}

void TimelineView::onRemoved(int first, int count) {
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + first + count);
    if (m_anchor >= first + count)
        m_anchor -= count;
    else if (m_anchor >= first)
        m_anchor = std::max(0, first - 1);
    if (m_focused >= first + count)
        m_focused -= count;
    else if (m_focused >= first)
        m_focused = -1;
    hover(-1);
    invalidate(first - 1);
    invalidate(first);
    relayout();
}

void TimelineView::onChanged(int index) {
    invalidate(index);
    relayout();
}

void TimelineView::invalidate(int index) {
    if (index < 0 || index >= static_cast<int>(m_rows.size()))
        return;
    Row& row = m_rows[static_cast<std::size_t>(index)];
    row.layout.reset();
    row.exact = false;
}

void TimelineView::invalidateAll() {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].layout.reset();
        m_rows[i].exact = false;
        m_rows[i].height = estimate(static_cast<int>(i));
    }
}

RowContext TimelineView::contextOf(int index) const {
    const auto& m = m_model->at(index);
    const auto dayOf = [](const client::MessageRecord& r) {
        return QDateTime::fromSecsSinceEpoch(r.createdAt).toLocalTime().date();
    };
    const auto sameRun = [&](const client::MessageRecord& a, const client::MessageRecord& b) {
        return a.system == client::SystemKind::None && b.system == client::SystemKind::None &&
               a.sender == b.sender && a.own == b.own && std::abs(a.createdAt - b.createdAt) < 600 &&
               dayOf(a) == dayOf(b);
    };
    RowContext context;
    context.group = m_group;
    context.selecting = m_choosing;
    context.unfolded = m_unfolded.value(m.row);
    const bool first = index == 0;
    if (first ? !m_model->hasOlder() : dayOf(m_model->at(index - 1)) != dayOf(m))
        context.dayTitle = dayTitle(dayOf(m));
    context.unreadHere = m.row == m_unreadRow;
    context.runStart = first || context.unreadHere || !sameRun(m_model->at(index - 1), m);
    context.runEnd = index + 1 >= m_model->count() || m_model->at(index + 1).row == m_unreadRow ||
                     !sameRun(m, m_model->at(index + 1));
    return context;
}

const MessageLayout& TimelineView::layoutOf(int index) {
    Row& row = m_rows[static_cast<std::size_t>(index)];
    const RowContext context = contextOf(index);
    if (!row.layout || !(row.layout->context() == context)) {
        row.layout = std::make_unique<MessageLayout>(m_model->at(index), context, rowWidth(), isRtl(),
                                                     m_theme->atDesignSize());
        row.height = row.layout->height() * m_theme->scale();
        row.exact = true;
        ++m_work.layouts;
        m_work.lines += row.layout->lineCount();
    }
    return *row.layout;
}

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
    m_focused = index;
    m_litRow = row;
    m_litTimer.start();
    relayout();
}

void TimelineView::moveFocus(int index) {
    const int n = static_cast<int>(m_rows.size());
    if (n == 0)
        return;
    m_focused = std::clamp(index, 0, n - 1);
    const QRect rect = rowRect(m_focused);
    const int vh = viewport()->height();
    if (rect.isNull()) {
        m_stick = false;
        m_anchor = m_focused;
        m_anchorY = m_visible.empty() || m_focused < m_visible.front().index
                        ? kTopPadding
                        : vh - kBottomPadding - rowHeight(m_focused);
        relayout();
    } else if (rect.top() < 0) {
        scrollBy(rect.top() - kTopPadding);
    } else if (rect.bottom() > vh - kBottomPadding) {
        scrollBy(std::min<double>(rect.bottom() - vh + kBottomPadding + 1, rect.top()));
    }
    viewport()->update();
    tellFocus();
}

void TimelineView::tellFocus() {
    if (m_focused < 0 || !QAccessible::isActive())
        return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(m_focused);
    QAccessible::updateAccessibility(&event);
}

void TimelineView::expand(int index) {
    ++m_unfolded[m_model->at(index).row];
    invalidate(index);
    relayout();
}

QRect TimelineView::rowRect(int index) const {
    for (const Place& p : m_visible) {
        if (p.index == index) {
            const double h = m_rows[static_cast<std::size_t>(index)].height;
            return QRectF(0, p.y, viewport()->width(), h).toRect();
        }
    }
    return {};
}

QRect TimelineView::inViewport(int index, QRectF (MessageLayout::*part)() const) const {
    for (const Place& p : m_visible) {
        const Row& row = m_rows[static_cast<std::size_t>(p.index)];
        if (p.index == index && row.layout)
            return fromRow((row.layout.get()->*part)(), p.y);
    }
    return {};
}

QRect TimelineView::bubbleRect(int index) const {
    return inViewport(index, &MessageLayout::bubble);
}

QRect TimelineView::quoteRect(int index) const {
    return inViewport(index, &MessageLayout::quote);
}

QRect TimelineView::moreRect(int index) const {
    return inViewport(index, &MessageLayout::moreLink);
}

QRect TimelineView::linkRect(int index, int link) const {
    for (const Place& p : m_visible) {
        const Row& row = m_rows[static_cast<std::size_t>(p.index)];
        if (p.index == index && row.layout)
            return fromRow(row.layout->linkRect(link), p.y);
    }
    return {};
}

QRect TimelineView::reactionRect(int index, int reaction) const {
    for (const Place& p : m_visible) {
        const Row& row = m_rows[static_cast<std::size_t>(p.index)];
        if (p.index == index && row.layout)
            return fromRow(row.layout->reaction(reaction), p.y);
    }
    return {};
}

int TimelineView::indexAt(QPointF point, double* top) const {
    for (const Place& p : m_visible) {
        const double h = m_rows[static_cast<std::size_t>(p.index)].height;
        if (point.y() >= p.y && point.y() < p.y + h) {
            if (top)
                *top = p.y;
            return p.index;
        }
    }
    return -1;
}

void TimelineView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme->palette().bg);
    if (m_model->loaded() && m_model->count() == 0) {
        painter.setPen(m_theme->palette().dim);
        painter.setFont(m_theme->font(13.5));
        painter.drawText(viewport()->rect(), Qt::AlignCenter,
                         tr("No messages yet. What you write here is sealed."));
        return;
    }
    const auto selected = m_selection.span(*m_model);
    for (const Place& p : m_visible) {
        const MessageLayout& layout = layoutOf(p.index);
        if (p.y > event->rect().bottom() || p.y + rowHeight(p.index) < event->rect().top())
            continue;
        const auto& message = m_model->at(p.index);
        RowLook look;
        if (selected)
            look.selection = selected->of(p.index);
        look.focused = hasFocus() && p.index == m_focused;
        look.selected = m_choosing && m_chosen.contains(message.row);
        look.highlighted = message.row == m_litRow;
        look.visible =
            QRectF(inRow(event->rect().topLeft(), p.y), QSizeF(event->rect().size()) / m_theme->scale());
        painter.save();
        painter.translate(originX(), p.y);
        ++m_work.paintedRows;
        painter.scale(m_theme->scale(), m_theme->scale());
        m_work.paintedLines += layout.paint(painter, message, m_theme->atDesignSize(), look);
        painter.restore();
    }
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        invalidateAll();
    relayout();
    placeButton();
}

void TimelineView::placeButton() {
    const QRect r = viewport()->geometry();
    // In the middle, as the other one: at the sides it would cover the times of bubbles.
    m_jump->move(r.center().x() - m_jump->width() / 2, r.bottom() - 14 - m_jump->height());
    m_jump->raise();
    m_unreadButton->adjustSize();
    m_unreadButton->move(r.center().x() - m_unreadButton->width() / 2, r.top() + 12);
    m_unreadButton->raise();
}

void TimelineView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    relayout();
}

bool TimelineView::event(QEvent* event) {
    const bool handled = QAbstractScrollArea::event(event);
    // Only the window itself is told by changeEvent(); its children get this one.
    if (event->type() == QEvent::WindowActivate)
        reportSeen();
    return handled;
}

void TimelineView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::FontChange) {
        invalidateAll();
        relayout();
    }
}

void TimelineView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    if (m_focused < 0 && m_model->count() > 0 && event->reason() != Qt::MouseFocusReason)
        m_focused = m_visible.empty() ? m_model->count() - 1 : m_visible.back().index;
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
        moveFocus(m_focused < 0 ? n - 1 : m_focused - 1);
        return;
    case Qt::Key_Down:
        moveFocus(m_focused < 0 ? n - 1 : m_focused + 1);
        return;
    case Qt::Key_Home:
        moveFocus(0);
        return;
    case Qt::Key_End:
        m_focused = n - 1;
        scrollToNewest();
        return;
    case Qt::Key_PageUp:
        scrollBy(-verticalScrollBar()->pageStep());
        if (!m_visible.empty())
            m_focused = m_visible.front().index;
        viewport()->update();
        return;
    case Qt::Key_PageDown:
        scrollBy(verticalScrollBar()->pageStep());
        if (!m_visible.empty())
            m_focused = m_visible.back().index;
        viewport()->update();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        act(m_choosing ? MessageAction::Select : MessageAction::Reply, m_focused);
        return;
    case Qt::Key_Backspace:
        goBack();
        return;
    case Qt::Key_Escape:
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
        if (m_focused >= 0 && m_focused < n && m_model->at(m_focused).replyToRow > 0) {
            jump(m_model->at(m_focused).replyToRow, m_model->at(m_focused).row);
            return;
        }
        break;
    case Qt::Key_M:
        if (m_focused >= 0 && m_focused < n && !layoutOf(m_focused).moreLink().isEmpty()) {
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
    const QStringList links = linksOf(message.text);
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
    m_focused = index;
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
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    hover(-1);
    const QPoint pixels = event->pixelDelta();
    scrollBy(!pixels.isNull() ? -pixels.y() : -event->angleDelta().y() * 0.6);
    event->accept();
}

bool TimelineView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = indexAt(help->pos());
        if (index >= 0 && bubbleRect(index).contains(help->pos()) &&
            m_model->at(index).system == client::SystemKind::None) {
            const auto& m = m_model->at(index);
            double top = 0;
            indexAt(help->pos(), &top);
            const int reaction = layoutOf(index).reactionAt(inRow(help->pos(), top));
            if (reaction >= 0 && reaction < m.reactions.size()) {
                QToolTip::showText(help->globalPos(), plainToolTip(reactionText(m.reactions.at(reaction))),
                                   this);
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

QString TimelineView::describe(int index) const {
    if (index < 0 || index >= m_model->count())
        return {};
    const auto& m = m_model->at(index);
    if (m.system != client::SystemKind::None)
        return systemText(m.system, m.senderName, m.own, m.systemSubject);
    const QString quote =
        m.replyTo.isEmpty() && m.replyToSender.isEmpty()
            ? QString()
            : tr("in reply to %1: %2. ").arg(isolated(quoteTitle(m)), isolated(quoteText(m)));
    QStringList more;
    if (m.editedAt > 0)
        more << tr("Edited");
    if (m.starred)
        more << tr("Starred");
    if (m.pinned)
        more << tr("Pinned");
    if (m.expiresAt > 0)
        more << disappearsText(m);
    for (const client::ReactionRecord& reaction : m.reactions)
        more << reactionText(reaction);
    if (m.own && !m.deleted)
        more << deliveryText(m);
    //: For screen readers: author, time
    QStringList sentences{
        tr("%1, %2").arg(m.own ? tr("You") : isolated(m.senderName), clockTime(m.createdAt)),
        quote + (m.deleted ? deletedText(m) : client::shownText(wordsOf(m), kMostSpoken))};
    sentences += more;
    for (QString& sentence : sentences)
        if (!sentence.isEmpty() && sentence.back().isLetterOrNumber())
            sentence += QLatin1Char('.');
    return sentences.join(QLatin1Char(' '));
}

} // namespace valise::ui
