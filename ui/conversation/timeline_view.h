// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/conversation/bodies/message_bodies.h"
#include "ui/conversation/hover_bar.h"
#include "ui/conversation/layout_work.h"
#include "ui/conversation/message_actions.h"
#include "ui/conversation/message_layout.h"
#include "ui/conversation/text_selection.h"
#include "ui/conversation/timeline_model.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

class QPushButton;
class QToolButton;

namespace valise::ui {

//! Shows a TimelineModel. Lays out and paints only what is visible; the position is kept as (message,
//! offset), so that older pages arrive above without a jump; stays at the newest message while the person is
//! there.
class TimelineView : public QAbstractScrollArea {
    Q_OBJECT

public:
    //! `bodies` makes what stands in the bubbles.
    TimelineView(TimelineModel* model, const Theme* theme, QWidget* parent = nullptr,
                 BodyFactory bodies = &makeBody);
    ~TimelineView() override;

    TimelineModel* model() const { return m_model; }
    //! In a direct conversation no names and pictures are drawn.
    void setGroup(bool group);
    //! The number of unread messages of others when the conversation opens. The line stands
    //! where the page says, or before that many.
    void setUnreadOnOpen(int unread);
    //! Whether this account may write here: what the menus offer.
    void setMayWrite(bool may);
    //! The emoji of the menu's first line.
    void setQuickReactions(const QStringList& emoji) { m_quick = emoji; }
    //! Scrolls to a row that is held, focuses it and lights it up for a moment.
    void showRow(qint64 row);
    //! As showRow, or asks for the page around it; the way back leads to `from`.
    void jump(qint64 row, qint64 from);
    //! The row the way back leads to, or -1.
    qint64 returnRow() const { return m_returnRow; }
    //! Goes to the first unread message.
    void showUnread();
    QPushButton* unreadButton() const { return m_unreadButton; }
    HoverBar* hoverBar() const { return m_hoverBar; }

    //! Choosing several messages, to copy, forward or delete them together.
    bool isSelecting() const { return m_choosing; }
    void endSelecting();
    //! In the order of the timeline.
    QVector<client::MessageRecord> selectedMessages() const;
    //! Author, time and text of each, as they are copied.
    QString selectedMessagesText() const;

    void scrollToNewest();
    bool atNewest() const { return m_stick; }
    //! The keyboard's row, or -1.
    int focusedIndex() const { return m_focused; }
    //! The part of its body the keyboard is at; -1: at the message as a whole.
    int focusedPart() const { return m_part; }
    //! The place of a message's bubble in the viewport; empty if it is not laid out. For tests and screen
    //! readers.
    QRect bubbleRect(int index) const;
    //! The row's place in the viewport, empty if it is not visible.
    QRect rowRect(int index) const;
    //! The place of a reaction of a message, or of its quote, in the viewport; empty if it is not visible.
    QRect reactionRect(int index, int reaction) const;
    QRect quoteRect(int index) const;
    //! The place of a part of a message's body.
    QRect partRect(int index, int part) const;
    //! The place where a link of a text begins.
    QRect linkRect(int index, int link) const;
    //! The link that shows more of a long message.
    QRect moreRect(int index) const;
    //! Of several messages each with author and time.
    QString selectedText();
    //! The words of a screen reader for a message.
    QString describe(int index) const;
    //! The content of its bubble in words; of a very long one the beginning.
    QString spokenText(int index) const;
    //! The content of its bubble; null for a line about the group. Good until the next change of the model.
    const MessageBody* bodyAt(int index);
    //! Does what a part of a message's body offers.
    void triggerPart(int index, int part);
    //! The message under a point of the viewport, or -1.
    int indexAtPoint(QPoint point) const { return indexAt(point); }
    //! Whether a row is among those chosen.
    bool isChosen(qint64 row) const { return m_choosing && m_chosen.contains(row); }
    //! The actions of the message's menu, and doing one.
    QVector<MessageAction> actionsAt(int index) const { return actionsFor(m_model->at(index), m_mayWrite); }
    void act(MessageAction action, int index);
    //! Moves the keyboard's row, and scrolls to it.
    void moveFocus(int index);
    //! Moves the keyboard to a part of a message's body.
    void focusPart(int index, int part);
    const Theme* theme() const { return m_theme; }
    //! The work since the view was made.
    const LayoutWork& work() const { return m_work; }

public slots:
    void copySelection();

signals:
    void replyRequested(const valise::client::MessageRecord& message);
    //! Any action but Reply, Copy and Select, which are done here. `global` is where a window about it may
    //! open.
    void actionRequested(valise::ui::MessageAction action, const valise::client::MessageRecord& message,
                         QPoint global);
    void reactionChosen(const valise::client::MessageRecord& message, const QString& emoji, bool on);
    //! A link was clicked or chosen. It is not opened here.
    void linkChosen(const QString& target);
    //! A button or a line of a card was chosen; `id` is the card's name for it.
    void cardAction(const valise::client::MessageRecord& message, const QString& id);
    //! The number of chosen messages; -1 when choosing ended.
    void selectionChanged(int count);
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
    void leaveEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

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
    //! A part of a body that is held down with the mouse.
    struct Pressed {
        qint64 row = -1;
        BodyHit hit;
    };
    static constexpr double kTopPadding = 14;
    static constexpr double kBottomPadding = 14;

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
    int indexAt(QPointF point, double* top = nullptr) const;
    void copyIndex(int index);
    void openMenu(int index, QPoint global);
    //! One link at once; of several a menu asks which.
    void chooseLink(const client::MessageRecord& message, QPoint global);
    void toggleSelected(int index);
    void selectRange(int from, int to);
    void hover(int index);
    //! A part of the body of a row is under the pointer; -1: none.
    void hoverPart(qint64 row, int part);
    void trigger(int index, const BodyHit& hit);
    //! The part that shows more of a message that is laid out, or -1.
    int morePart(int index) const;
    void setFocused(int index);
    //! To the next part Tab stops at; false where there is none.
    bool stepPart(int by);
    //! Stays at what triggers `target` while its message changes.
    void keepPart(int index, const QString& target);
    //! Scrolls as little as shows a place of the viewport.
    void bringIntoView(const QRect& rect);
    //! Of a message that need not be laid out.
    QString wordsOfBody(const client::MessageRecord& message) const;
    QString wordsAt(int index) const;
    void goBack();
    static QString copiedLine(const client::MessageRecord& message, const QString& text);
    void extendSelection(QPointF point);
    void scrollAtEdge();
    bool pressInside(int index, QPointF inside);
    void expand(int index);
    void tellFocus();
    QRect inViewport(int index, QRectF (*part)(const MessageLayout&, int), int which = 0) const;
    void placeButton();
    void reportSeen();
    //! The scroll bar stands in the side padding: rows are laid out as wide as the whole view. In pixels of
    //! the design, as everything in a MessageLayout; heights and places of rows are pixels of the viewport.
    double rowWidth() const;
    double rowHeight(int index);
    double estimate(int index) const;
    //! A point of the viewport in the layout of the row whose top is given, and back.
    QPointF inRow(QPointF point, double top) const;
    QRect fromRow(const QRectF& rect, double top) const;
    double originX() const;
    bool isRtl() const { return layoutDirection() == Qt::RightToLeft; }

    TimelineModel* m_model;
    const Theme* m_theme;
    BodyFactory m_bodies;
    QToolButton* m_jump;
    QPushButton* m_unreadButton;
    HoverBar* m_hoverBar;
    std::vector<Row> m_rows;
    std::vector<Place> m_visible;
    int m_anchor = 0;     //!< index of the message the position hangs on
    double m_anchorY = 0; //!< of its top in the viewport
    bool m_stick = true;
    bool m_updating = false;
    bool m_batch = false; // of the model's changes
    bool m_group = true;
    int m_unreadOnOpen = 0;
    qint64 m_unreadRow = -1;
    bool m_offerUnread = false; //!< the person went past the unread messages to the newest
    int m_focused = -1;
    int m_part = -1; //!< of the focused message's body
    TextSelection m_selection;
    bool m_dragging = false;       //!< text is being selected with the mouse
    QPointF m_dragPoint;           // where the mouse was last
    QTimer m_edgeTimer;            // runs while it is beyond the edge
    QElapsedTimer m_doubleClicked; // for the third click
    bool m_choosing = false;
    QSet<qint64> m_chosen;
    qint64 m_chooseAnchor = -1;
    QHash<qint64, int> m_unfolded; //!< how often more of a long message was asked for
    qint64 m_seenRow = -1;
    qint64 m_litRow = -1;
    qint64 m_returnRow = -1;
    int m_hovered = -1;
    qint64 m_hoveredRow = -1; //!< of the part under the pointer
    int m_hoveredPart = -1;
    bool m_mayWrite = true;
    QStringList m_quick;
    QTimer m_litTimer;
    LayoutWork m_work;
    Pressed m_pressed; //!< triggered on release; a link not while text is selected
};

} // namespace valise::ui
