// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/timeline_view.h"

#include "ui/format.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace valise::ui {
namespace {

constexpr double kTopPadding = 14;
constexpr double kBottomPadding = 14;
constexpr int kNear = 12; //!< rows from the end of what is held at which more is asked for

} // namespace

TimelineView::TimelineView(TimelineModel* model, const Theme* theme, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_model(model)
    , m_theme(theme)
    , m_jump(new QToolButton(this)) {
    setObjectName(QStringLiteral("timeline"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setAccessibleName(tr("Messages"));
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    m_jump->setObjectName(QStringLiteral("jumpButton"));
    m_jump->setFixedSize(36, 36);
    m_jump->setIconSize(QSize(18, 18));
    m_jump->setToolTip(tr("Go to the newest message"));
    m_jump->setAccessibleName(tr("Go to the newest message"));
    m_jump->hide();
    connect(m_jump, &QToolButton::clicked, this, &TimelineView::scrollToNewest);
    connect(m_model, &TimelineModel::reset, this, &TimelineView::onReset);
    connect(m_model, &TimelineModel::inserted, this, &TimelineView::onInserted);
    connect(m_model, &TimelineModel::removed, this, &TimelineView::onRemoved);
    connect(m_model, &TimelineModel::changedAt, this, &TimelineView::onChanged);
    const auto restyle = [this] {
        m_jump->setIcon(m_theme->icon(QStringLiteral("down")));
        invalidateAll();
        relayout();
    };
    connect(m_theme, &Theme::changed, this, restyle);
    restyle();
}

TimelineView::~TimelineView() = default;

double TimelineView::rowWidth() const {
    return width();
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
}

void TimelineView::onReset() {
    m_rows.clear();
    m_rows.resize(static_cast<std::size_t>(m_model->count()));
    invalidateAll();
    m_focused = -1;
    m_selectedRow = -1;
    m_seenRow = -1;
    m_stick = true;
    if (m_unreadOnOpen > 0 && m_model->count() > 0) {
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
        fresh[static_cast<std::size_t>(i)].height =
            MessageLayout::estimate(m_model->at(first + i), rowWidth());
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
        m_rows[i].height = MessageLayout::estimate(m_model->at(static_cast<int>(i)), rowWidth());
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
        row.layout =
            std::make_unique<MessageLayout>(m_model->at(index), context, rowWidth(), isRtl(), *m_theme);
        row.height = row.layout->height();
        row.exact = true;
    }
    return *row.layout;
}

void TimelineView::relayout() {
    if (m_updating)
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
            y -= layoutOf(i).height();
            m_visible.insert(m_visible.begin(), Place{i, y});
        }
    };
    if (!m_stick) {
        // Upwards from the anchor, then downwards.
        double y = m_anchorY;
        int i = m_anchor;
        while (i > 0 && y > 0) {
            --i;
            y -= layoutOf(i).height();
        }
        if (i == 0 && y > kTopPadding)
            y = kTopPadding;
        for (; i < n && y < vh; ++i) {
            const double h = layoutOf(i).height();
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
    m_jump->setVisible(!m_stick || m_model->hasNewer());
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

void TimelineView::scrollToNewest() {
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
                        : vh - kBottomPadding - layoutOf(m_focused).height();
        relayout();
    } else if (rect.top() < 0) {
        scrollBy(rect.top() - kTopPadding);
    } else if (rect.bottom() > vh - kBottomPadding) {
        scrollBy(std::min<double>(rect.bottom() - vh + kBottomPadding + 1, rect.top()));
    }
    viewport()->update();
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(m_focused);
    QAccessible::updateAccessibility(&event);
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

QRect TimelineView::bubbleRect(int index) const {
    for (const Place& p : m_visible) {
        const Row& row = m_rows[static_cast<std::size_t>(p.index)];
        if (p.index == index && row.layout)
            return row.layout->bubble().translated(originX(), p.y).toRect();
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
    for (const Place& p : m_visible) {
        const auto& layout = layoutOf(p.index);
        if (p.y > event->rect().bottom() || p.y + layout.height() < event->rect().top())
            continue;
        const auto& message = m_model->at(p.index);
        std::pair<int, int> selection{0, 0};
        if (message.row == m_selectedRow)
            selection = std::minmax(m_selectionAnchor, m_selectionEnd);
        painter.save();
        painter.translate(originX(), p.y);
        layout.paint(painter, message, *m_theme, selection, hasFocus() && p.index == m_focused);
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
    const int x = isRtl() ? r.left() + 18 : r.right() - 18 - m_jump->width();
    m_jump->move(x, r.bottom() - 14 - m_jump->height());
    m_jump->raise();
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
    case Qt::Key_R:
        if (m_focused >= 0 && m_focused < n && m_model->at(m_focused).system == client::SystemKind::None) {
            emit replyRequested(m_model->at(m_focused));
            return;
        }
        break;
    case Qt::Key_Menu:
        if (m_focused >= 0) {
            QContextMenuEvent menu(QContextMenuEvent::Keyboard, bubbleRect(m_focused).center(),
                                   viewport()->mapToGlobal(bubbleRect(m_focused).center()));
            contextMenuEvent(&menu);
            return;
        }
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    double top = 0;
    const int index = indexAt(event->position(), &top);
    m_selectedRow = -1;
    m_selecting = false;
    if (index >= 0) {
        m_focused = index;
        const auto& layout = layoutOf(index);
        const QPointF inside = event->position() - QPointF(originX(), top);
        const int at = layout.characterAt(inside);
        if (at >= 0 && m_model->at(index).system == client::SystemKind::None) {
            m_selectedRow = m_model->at(index).row;
            m_selectionAnchor = m_selectionEnd = at;
            m_selecting = true;
        }
    }
    viewport()->update();
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    double top = 0;
    if (m_selecting) {
        const int index = m_model->indexOfRow(m_selectedRow);
        for (const Place& p : m_visible) {
            if (p.index == index) {
                m_selectionEnd =
                    layoutOf(index).nearestCharacter(event->position() - QPointF(originX(), p.y));
                viewport()->update();
            }
        }
        return;
    }
    const int index = indexAt(event->position(), &top);
    const bool text =
        index >= 0 && layoutOf(index).characterAt(event->position() - QPointF(originX(), top)) >= 0;
    viewport()->setCursor(text ? Qt::IBeamCursor : Qt::ArrowCursor);
}

void TimelineView::mouseReleaseEvent(QMouseEvent*) {
    m_selecting = false;
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    double top = 0;
    const int index = indexAt(event->position(), &top);
    if (index < 0)
        return;
    const int at = layoutOf(index).characterAt(event->position() - QPointF(originX(), top));
    if (at < 0)
        return;
    m_selectedRow = m_model->at(index).row;
    std::tie(m_selectionAnchor, m_selectionEnd) = layoutOf(index).wordAt(at);
    viewport()->update();
}

void TimelineView::wheelEvent(QWheelEvent* event) {
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
            const QString when = QLocale().toString(QDateTime::fromSecsSinceEpoch(m.createdAt).toLocalTime(),
                                                    QLocale::LongFormat);
            QToolTip::showText(help->globalPos(), m.own ? when + QLatin1Char('\n') + deliveryText(m) : when,
                               this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event) {
    const int index = event->reason() == QContextMenuEvent::Keyboard ? m_focused : indexAt(event->pos());
    if (index < 0 || m_model->at(index).system != client::SystemKind::None)
        return;
    m_focused = index;
    viewport()->update();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const qint64 row = m_model->at(index).row;
    const auto record = m_model->at(index);
    menu->addAction(m_theme->icon(QStringLiteral("reply")), tr("Reply"), this,
                    [this, record] { emit replyRequested(record); });
    if (!selectedText().isEmpty())
        menu->addAction(m_theme->icon(QStringLiteral("copy")), tr("Copy the selected text"), this,
                        &TimelineView::copySelection);
    menu->addAction(m_theme->icon(QStringLiteral("copy")), tr("Copy the message"), this,
                    [this, row] { copyIndex(m_model->indexOfRow(row)); });
    menu->popup(event->globalPos());
}

QString TimelineView::selectedText() const {
    const int index = m_model->indexOfRow(m_selectedRow);
    if (m_selectedRow < 0 || index < 0)
        return {};
    const auto [from, to] = std::minmax(m_selectionAnchor, m_selectionEnd);
    return m_model->at(index).text.mid(from, to - from);
}

void TimelineView::copySelection() {
    const QString text = selectedText();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
    else
        copyIndex(m_focused);
}

void TimelineView::copyIndex(int index) {
    if (index >= 0 && index < m_model->count())
        QApplication::clipboard()->setText(m_model->at(index).text);
}

QString TimelineView::describe(int index) const {
    if (index < 0 || index >= m_model->count())
        return {};
    const auto& m = m_model->at(index);
    if (m.system != client::SystemKind::None)
        return systemText(m.system, m.senderName, m.own, m.systemSubject);
    const QString quote = m.replyToSender.isEmpty()
                              ? QString()
                              : tr("in reply to %1: %2. ").arg(m.replyToSender, m.replyToText);
    //: For screen readers: author, time, quote, text, delivery state
    return tr("%1, %2. %3%4. %5")
        .arg(m.own ? tr("You") : m.senderName, clockTime(m.createdAt), quote, m.text,
             m.own ? deliveryText(m) : QString());
}

} // namespace valise::ui
