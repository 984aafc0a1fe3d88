// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/client.h"

#include <QObject>

namespace valise::ui {

class DesktopPresence;

//! Shows the state of the open profile on the desktop outside its window, while the profile is open.
//! Outlives the windows.
class PresenceController : public QObject {
    Q_OBJECT

public:
    //! Both outlive it.
    PresenceController(client::Client* client, DesktopPresence* presence, QObject* parent = nullptr);

    //! The profile is open; these are its conversations.
    void start(const QVector<client::ConversationRecord>& conversations);
    void stop();
    void onSeen(const client::ConversationId& conversation);

signals:
    //! The window is wanted, and in it a conversation; empty: whichever is open.
    void openWanted(const QByteArray& conversation);
    //! A reply was written in a notification.
    void replied(const valise::client::MessageRecord& message);
    void failed(const valise::Error& error);

private:
    void reply(const client::ConversationId& id, const QString& text);

    client::Client* m_client;
    DesktopPresence* m_presence;
    bool m_started = false;
};

} // namespace valise::ui
