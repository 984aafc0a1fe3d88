// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/timeline_view.h"

#include "ui/format.h"

#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

#include <cmath>

namespace valise::ui {
namespace {

constexpr int kLitMs = 1600;

} // namespace

TimelineView::TimelineView(TimelineModel* model, const Theme* theme, QWidget* parent, BodyFactory bodies)
    : QAbstractScrollArea(parent)
    , m_model(model)
    , m_theme(theme)
    , m_bodies(std::move(bodies))
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
    setFocused(-1);
    hoverPart(-1, -1);
    m_pressed = {};
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
            if (m.own || m.system() != client::SystemKind::None)
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
                          m_model->at(first).delivery.state == client::DeliveryState::Queued;
    if (ownAtEnd) {
        // A message of one's own is always shown.
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
        setFocused(-1);
    hover(-1);
    invalidate(first - 1);
    invalidate(first);
    relayout();
}

void TimelineView::onChanged(int index) {
    const Row& row = m_rows[static_cast<std::size_t>(index)];
    const MessageBody* before = row.layout ? row.layout->body() : nullptr;
    const bool inside = index == m_focused && m_part >= 0 && before;
    const QString target = inside ? before->part(m_part).hit.target : QString();
    invalidate(index);
    if (inside)
        keepPart(index, target);
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
        return a.system() == client::SystemKind::None && b.system() == client::SystemKind::None &&
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
        const client::MessageRecord& message = m_model->at(index);
        auto body = message.system() == client::SystemKind::None ? m_bodies(message) : nullptr;
        row.layout = std::make_unique<MessageLayout>(message, std::move(body), context, rowWidth(), isRtl(),
                                                     m_theme->atDesignSize());
        row.height = row.layout->height() * m_theme->scale();
        row.exact = true;
        ++m_work.layouts;
        m_work.lines += row.layout->lineCount();
    }
    return *row.layout;
}

const MessageBody* TimelineView::bodyAt(int index) {
    return index < 0 || index >= m_model->count() ? nullptr : layoutOf(index).body();
}

int TimelineView::morePart(int index) const {
    const Row& row = m_rows[static_cast<std::size_t>(index)];
    const MessageBody* body = row.layout ? row.layout->body() : nullptr;
    for (int i = body ? body->partCount() - 1 : -1; i >= 0; --i)
        if (body->part(i).hit.kind == BodyHit::More)
            return i;
    return -1;
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

QRect TimelineView::inViewport(int index, QRectF (*part)(const MessageLayout&, int), int which) const {
    for (const Place& p : m_visible) {
        const Row& row = m_rows[static_cast<std::size_t>(p.index)];
        if (p.index == index && row.layout)
            return fromRow(part(*row.layout, which), p.y);
    }
    return {};
}

QRect TimelineView::bubbleRect(int index) const {
    return inViewport(index, [](const MessageLayout& layout, int) { return layout.bubble(); });
}

QRect TimelineView::quoteRect(int index) const {
    return inViewport(index, [](const MessageLayout& layout, int) { return layout.quote(); });
}

QRect TimelineView::partRect(int index, int part) const {
    return inViewport(
        index,
        [](const MessageLayout& layout, int which) {
            const MessageBody* body = layout.body();
            return body && which >= 0 && which < body->partCount() ? body->part(which).rect : QRectF();
        },
        part);
}

QRect TimelineView::moreRect(int index) const {
    return partRect(index, morePart(index));
}

QRect TimelineView::linkRect(int index, int link) const {
    return partRect(index, link);
}

QRect TimelineView::reactionRect(int index, int reaction) const {
    return inViewport(
        index, [](const MessageLayout& layout, int which) { return QRectF(layout.reactions().rect(which)); },
        reaction);
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
        look.focused = hasFocus() && p.index == m_focused;
        if (selected)
            look.body.selection = selected->of(p.index);
        look.body.hovered = message.row == m_hoveredRow ? m_hoveredPart : -1;
        look.body.pressed = message.row == m_pressed.row ? m_pressed.hit.part : -1;
        look.body.focused = look.focused ? m_part : -1;
        look.selected = m_choosing && m_chosen.contains(message.row);
        look.highlighted = message.row == m_litRow;
        look.body.visible =
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

} // namespace valise::ui
