// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/notify/notifier.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <functional>

namespace valise::ui {

//! Notifies of messages that others wrote into conversations that are neither muted nor archived. It does not
//! if the message is in sight, or if the person does not want to be disturbed. Messages that come within a
//! moment get one notification for each conversation. A notification is withdrawn when its messages are read.
class NotificationCenter : public QObject {
    Q_OBJECT

public:
    //! Takes ownership of nothing. `inSight` says whether a conversation is open in a window that has the
    //! focus; it is asked when a message comes and again when it would be told. `now` gives seconds since
    //! 1970.
    NotificationCenter(Notifier* notifier, std::function<bool(const QByteArray&)> inSight,
                       std::function<qint64()> now, QObject* parent = nullptr);

    void setSettings(const NotificationSettings& settings);
    const NotificationSettings& settings() const { return m_settings; }
    //! The conversations as they are when the profile is opened: nothing is told of these.
    void start(const QVector<client::ConversationRecord>& conversations);
    //! A conversation appeared or changed. Notifies of an invitation, and withdraws the notification of
    //! messages that were read elsewhere.
    void onConversation(const client::ConversationRecord& conversation);
    void onMessages(const QVector<client::MessageRecord>& messages);
    //! The person looks at a conversation.
    void onSeen(const QByteArray& conversation);
    void stop();

    //! Unread messages of conversations that are neither muted nor archived, and requests: for the tray.
    int waiting() const;

signals:
    void waitingChanged(int count);

private:
    struct Pending {
        client::MessageRecord last;
        int count = 0;
    };

    void flush();
    void tellWaiting();

    Notifier* m_notifier;
    std::function<bool(const QByteArray&)> m_inSight;
    std::function<qint64()> m_now;
    NotificationSettings m_settings;
    QHash<QByteArray, client::ConversationRecord> m_conversations;
    QHash<QByteArray, Pending> m_pending;
    QHash<QByteArray, int> m_told; //!< messages told and not yet read
    QTimer m_timer;
    int m_waiting = 0;
    bool m_started = false;
};

} // namespace valise::ui
