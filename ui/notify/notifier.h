// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/notify/notification.h"

#include <QObject>

class QSystemTrayIcon;

namespace valise::ui {

//! The desktop's own notifications. One implementation for each kind of desktop, in a file named for it.
class Notifier : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    //! The one of this desktop. `tray` is where balloons hang on desktops that have no service for it; it may
    //! be null.
    static Notifier* make(QSystemTrayIcon* tray, QObject* parent);

    //! Shows a notification, in the place of the one of its conversation.
    virtual void show(const Notification& notification) = 0;
    //! Takes the one of a conversation away: it was read.
    virtual void withdraw(const client::ConversationId& conversation) = 0;
    //! Takes all away: the window closes.
    virtual void withdrawAll() = 0;

signals:
    //! The person wants to see the conversation.
    void activated(const QByteArray& conversation);
    //! The person wrote an answer into the notification.
    void replied(const QByteArray& conversation, const QString& text);
};

} // namespace valise::ui
