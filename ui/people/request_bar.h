// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace valise::ui {

//! Stands in the message field's place while an invitation to the conversation is not answered yet.
class RequestBar : public QWidget {
    Q_OBJECT

public:
    explicit RequestBar(QWidget* parent = nullptr);
    //! Hidden unless the conversation is a request.
    void setConversation(const client::ConversationRecord& conversation);
    QPushButton* acceptButton() const { return m_accept; }

signals:
    void acceptWanted(const QByteArray& conversation);
    void declineWanted(const valise::client::ConversationRecord& conversation);

private:
    client::ConversationRecord m_conversation;
    QLabel* m_text;
    QPushButton* m_accept;
    QPushButton* m_decline;
};

} // namespace valise::ui
