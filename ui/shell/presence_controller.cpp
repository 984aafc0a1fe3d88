// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/presence_controller.h"

#include "ui/notify/desktop_presence.h"

namespace valise::ui {

using client::Client;

PresenceController::PresenceController(Client* client, DesktopPresence* presence, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_presence(presence) {
    NotificationCenter* center = presence->center();
    connect(client, &Client::conversationChanged, center, &NotificationCenter::onConversation);
    connect(client, &Client::messagesAdded, center,
            [center](const QByteArray&, const QVector<client::MessageRecord>& messages) {
                center->onMessages(messages);
            });
    connect(presence, &DesktopPresence::openWanted, this, &PresenceController::openWanted);
    connect(presence, &DesktopPresence::replyWritten, this, &PresenceController::reply);
}

void PresenceController::start(const QVector<client::ConversationRecord>& conversations) {
    m_started = true;
    m_presence->center()->start(conversations);
}

void PresenceController::stop() {
    m_started = false;
    m_presence->center()->stop();
}

void PresenceController::onSeen(const client::ConversationId& conversation) {
    m_presence->center()->onSeen(conversation);
}

void PresenceController::reply(const client::ConversationId& id, const QString& text) {
    if (!m_started)
        return;
    m_client->messages()->sendText(id, text, {}, this, [this, id](Result<client::MessageRecord> r) {
        if (!r) {
            emit failed(r.error());
            return;
        }
        emit replied(*r);
        onSeen(id);
    });
}

} // namespace valise::ui
