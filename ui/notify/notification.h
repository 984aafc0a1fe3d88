// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QMetaType>
#include <QString>

namespace valise::ui {

//! How much a notification tells whoever sees the screen.
enum class NotificationContent {
    Full,   //!< who wrote what, and where
    Sender, //!< who wrote, and where
    Bare,   //!< that something came
    Off,    //!< no notifications
};

//! How this person wants to be told of what comes. Says nothing about anybody, and is kept with the window's
//! settings.
struct NotificationSettings {
    NotificationContent content = NotificationContent::Sender;
    bool persistent = false; //!< stays until it is read, where the desktop can
    qint64 quietUntil = 0;   //!< do not disturb until then; seconds since 1970, 0: disturb

    bool quietAt(qint64 seconds) const { return seconds < quietUntil; }
    friend bool operator==(const NotificationSettings&, const NotificationSettings&) = default;
};

//! One notification: of one conversation there is at most one, the newest.
struct Notification {
    client::ConversationId conversation;
    QString title;
    QString body;
    bool mayReply = false;   //!< an answer can be written in it, where the desktop can
    bool persistent = false; //!< stays until it is withdrawn
};

//! How much is said of a conversation: as it was chosen for it, or for all. Who wants no notifications gets
//! none.
NotificationContent contentFor(const client::ConversationRecord& conversation,
                               const NotificationSettings& settings);
//! What is said of a message that came; plain text, one line each, made safe to be shown. Empty title:
//! nothing is said.
Notification describeMessage(const client::ConversationRecord& conversation,
                             const client::MessageRecord& message, int count,
                             const NotificationSettings& settings);
//! What is said of an invitation by somebody who is not a contact.
Notification describeRequest(const client::ConversationRecord& conversation,
                             const NotificationSettings& settings);

} // namespace valise::ui

Q_DECLARE_METATYPE(valise::ui::NotificationSettings)
