// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QFrame>
#include <QKeySequence>
#include <QMenu>

class QToolButton;

namespace valise::ui {

//! The actions that a message can offer.
enum class MessageAction { Reply, React, Edit, OpenLink, Copy, Forward, Star, Pin, Details, Select, Delete };

//! The actions a message allows, in the order of the menu. `mayWrite`: this account may write here.
QVector<MessageAction> actionsFor(const client::MessageRecord& message, bool mayWrite);
QString actionText(MessageAction action, const client::MessageRecord& message);
QString actionIcon(MessageAction action, const client::MessageRecord& message);
//! The key that does it on the focused message; empty if there is none.
QKeySequence actionKey(MessageAction action);

//! A row of emoji to react with at once, and a button for all others.
class QuickReactions : public QWidget {
    Q_OBJECT

public:
    QuickReactions(const QStringList& emoji, const client::MessageRecord& message, const Theme* theme,
                   QWidget* parent);

signals:
    //! `on`: false takes the person's own reaction back.
    void chosen(const QString& emoji, bool on);
    void moreWanted();
};

//! The menu of a message.
class MessageMenu : public QMenu {
    Q_OBJECT

public:
    //! `selectedText`: whether a part of its text is selected, which can be copied alone.
    MessageMenu(const client::MessageRecord& message, bool mayWrite, bool selectedText,
                const QStringList& quickEmoji, const Theme* theme, QWidget* parent);

signals:
    void actionChosen(valise::ui::MessageAction action);
    void reactionChosen(const QString& emoji, bool on);
    void copySelectionWanted();
};

//! The few buttons that stand at a message while the pointer is over it.
class HoverBar : public QFrame {
    Q_OBJECT

public:
    HoverBar(const Theme* theme, QWidget* parent);
    //! Offers what this message allows; hides itself if that is nothing.
    void showFor(const client::MessageRecord& message, bool mayWrite);
    QToolButton* button(MessageAction action) const;
    QToolButton* menuButton() const { return m_menu; }

signals:
    void actionChosen(valise::ui::MessageAction action);
    void menuWanted();

private:
    void restyle();
    const Theme* m_theme;
    QToolButton* m_react;
    QToolButton* m_reply;
    QToolButton* m_menu;
};

} // namespace valise::ui
