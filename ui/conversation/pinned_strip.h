// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QToolButton;

namespace valise::ui {

//! The pinned messages of the open conversation, one at a time: a click or Enter goes to it, and the next
//! time to the next. Hidden without any.
class PinnedStrip : public QWidget {
    Q_OBJECT

public:
    PinnedStrip(const Theme* theme, QWidget* parent);

    //! Another conversation is open, or none; its messages are asked for.
    void setConversation(const client::ConversationRecord& conversation);
    //! The pinned messages of a conversation, last pinned first; those of another one than the open are left.
    void setMessages(const client::ConversationId& conversation,
                     const QVector<client::MessageRecord>& messages);
    //! A message changed. One that is pinned anew is asked for, as the order of the others may be another.
    void changeMessage(const client::MessageRecord& message);
    void removeMessage(const client::ConversationId& conversation, qint64 row);
    const QVector<client::MessageRecord>& messages() const { return m_messages; }
    bool holds(qint64 row) const;
    QToolButton* unpinButton() const { return m_unpin; }

signals:
    //! setMessages() answers.
    void messagesWanted(const QByteArray& conversation);
    void chosen(qint64 row);
    void unpinWanted(const valise::client::MessageRecord& message);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void show(const QVector<client::MessageRecord>& messages);
    void follow();
    void restyle();
    void describe();

    const Theme* m_theme;
    client::ConversationId m_conversation;
    QVector<client::MessageRecord> m_messages;
    qsizetype m_current = 0;
    QToolButton* m_unpin;
};

} // namespace valise::ui
