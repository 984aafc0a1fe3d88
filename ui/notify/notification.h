// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QMetaType>
#include <QString>

namespace valise::ui {

//! How much a notification tells people who see the screen.
enum class NotificationContent {
    Full,   //!< the sender, the text and the conversation
    Sender, //!< the sender and the conversation
    Bare,   //!< only that something came
    Off,    //!< no notifications
};

//! How this person wants to be notified. The settings say nothing about people, so they are kept with the
//! window's.
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

//! How much a notification says of a conversation: the choice for it, or else the one for all. A person who
//! wants no notifications gets none.
NotificationContent contentFor(const client::ConversationRecord& conversation,
                               const NotificationSettings& settings);
//! The notification of a message that came: plain text, one line each, safe to show. An empty title: there
//! is no notification.
Notification describeMessage(const client::ConversationRecord& conversation,
                             const client::MessageRecord& message, int count,
                             const NotificationSettings& settings);
//! The notification of an invitation by a person who is not a contact.
Notification describeRequest(const client::ConversationRecord& conversation,
                             const NotificationSettings& settings);

} // namespace valise::ui

Q_DECLARE_METATYPE(valise::ui::NotificationSettings)
