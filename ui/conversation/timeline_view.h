// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/conversation/message_layout.h"
#include "ui/conversation/timeline_model.h"

#include <QAbstractScrollArea>

#include <memory>
#include <vector>

class QToolButton;

namespace valise::ui {

//! Shows a TimelineModel. Lays out and paints only what is visible; the position is kept as (message,
//! offset), so that older pages arrive above without a jump; stays at the newest message while the person is
//! there.
class TimelineView : public QAbstractScrollArea {
    Q_OBJECT

public:
    TimelineView(TimelineModel* model, const Theme* theme, QWidget* parent = nullptr);
    ~TimelineView() override;

    TimelineModel* model() const { return m_model; }
    //! In a direct conversation no names and pictures are drawn.
    void setGroup(bool group);
    //! How many of the newest messages of others are unread when the conversation opens: where the line
    //! stands.
    void setUnreadOnOpen(int unread);
    //! Scrolls to a row that is held, and focuses it.
    void showRow(qint64 row);
    void scrollToNewest();
    bool atNewest() const { return m_stick; }
    //! The keyboard's row, or -1.
    int focusedIndex() const { return m_focused; }
    //! Where a message's bubble is in the viewport; empty if it is not laid out. For tests and screen
    //! readers.
    QRect bubbleRect(int index) const;
    //! The row's place in the viewport, empty if it is not visible.
    QRect rowRect(int index) const;
    QString selectedText() const;
    //! What a screen reader says for a message.
    QString describe(int index) const;
    const Theme* theme() const { return m_theme; }

public slots:
    void copySelection();

signals:
    void replyRequested(const valise::client::MessageRecord& message);
    //! Everything up to this row has been on the screen.
    void seen(qint64 row);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Row {
        double height = 0;
        bool exact = false;
        std::unique_ptr<MessageLayout> layout;
    };
    struct Place {
        int index;
        double y;
    };

    void onReset();
    void onInserted(int first, int count);
    void onRemoved(int first, int count);
    void onChanged(int index);
    void invalidate(int index);
    void invalidateAll();
    RowContext contextOf(int index) const;
    const MessageLayout& layoutOf(int index);
    void relayout();
    void scrollBy(double dy);
    void moveFocus(int index);
    int indexAt(QPointF point, double* top = nullptr) const;
    void copyIndex(int index);
    void placeButton();
    void reportSeen();
    //! The scroll bar stands in the side padding: rows are laid out as wide as the whole view.
    double rowWidth() const;
    double originX() const;
    bool isRtl() const { return layoutDirection() == Qt::RightToLeft; }

    TimelineModel* m_model;
    const Theme* m_theme;
    QToolButton* m_jump;
    std::vector<Row> m_rows;
    std::vector<Place> m_visible;
    int m_anchor = 0;     //!< index of the message the position hangs on
    double m_anchorY = 0; //!< of its top in the viewport
    bool m_stick = true;
    bool m_updating = false;
    bool m_group = true;
    int m_unreadOnOpen = 0;
    qint64 m_unreadRow = -1;
    int m_focused = -1;
    qint64 m_selectedRow = -1;
    int m_selectionAnchor = 0;
    int m_selectionEnd = 0;
    bool m_selecting = false;
    qint64 m_seenRow = -1;
};

//! Lets screen readers walk the messages of every TimelineView. Call once, after the application object is
//! made.
void installTimelineAccessibility();

} // namespace valise::ui
