// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/controller.h"

#include <functional>

namespace valise::ui {

class ConversationPage;

//! Sends what the person writes, and carries out their actions on messages.
class MessageController : public Controller {
    Q_OBJECT

public:
    using Conversations = std::function<QVector<client::ConversationRecord>()>;

    //! `conversations`: those a message can be forwarded to.
    MessageController(client::Client* client, const Theme* theme, ConversationPage* page,
                      Conversations conversations);

private:
    void connectComposer();
    void connectMessages();
    void send(const client::ConversationId& id, const QString& text, const QByteArray& replyTo);
    void edit(const client::ConversationId& id, const QByteArray& event, const QString& text);
    void loadPinned(const client::ConversationId& id);
    //! Asks who will read the next message: when the members are known, and after a message that was sent
    //! while the line about the readers showed.
    void loadAudience();
    void showForward(const QVector<client::MessageRecord>& messages);
    void showDelete(const client::ConversationId& id, const QVector<client::MessageRecord>& messages,
                    bool mayWrite);
    void showDetails(const client::ConversationId& id, qint64 row);

    ConversationPage* m_page;
    Conversations m_conversations;
};

} // namespace valise::ui
