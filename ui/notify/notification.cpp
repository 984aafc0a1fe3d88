// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/notify/notification.h"

#include "core/client/history/shown_text.h"
#include "ui/format.h"

#include <QCoreApplication>
#include <QSettings>

namespace valise::ui {
namespace {

constexpr qsizetype kMostBody = 240;
const QString kContent = QStringLiteral("notifications/content");
const QString kPersistent = QStringLiteral("notifications/persistent");
const QString kQuiet = QStringLiteral("notifications/quietUntil");

struct Notices {
    Q_DECLARE_TR_FUNCTIONS(Notices)
};

Notification about(const client::ConversationRecord& conversation, const NotificationSettings& settings) {
    Notification n;
    n.conversation = conversation.id;
    n.persistent = settings.persistent;
    return n;
}

} // namespace

NotificationSettings loadNotificationSettings(const QSettings& settings) {
    NotificationSettings n;
    const int content = settings.value(kContent, static_cast<int>(n.content)).toInt();
    if (content >= 0 && content <= static_cast<int>(NotificationContent::Off))
        n.content = static_cast<NotificationContent>(content);
    n.persistent = settings.value(kPersistent, false).toBool();
    n.quietUntil = settings.value(kQuiet, 0).toLongLong();
    return n;
}

void saveNotificationSettings(QSettings& settings, const NotificationSettings& notifications) {
    settings.setValue(kContent, static_cast<int>(notifications.content));
    settings.setValue(kPersistent, notifications.persistent);
    settings.setValue(kQuiet, notifications.quietUntil);
}

NotificationContent contentFor(const client::ConversationRecord& conversation,
                               const NotificationSettings& settings) {
    if (settings.content == NotificationContent::Off || !conversation.notification)
        return settings.content;
    switch (*conversation.notification) {
    case client::NotificationDetail::Full:
        return NotificationContent::Full;
    case client::NotificationDetail::Sender:
        return NotificationContent::Sender;
    case client::NotificationDetail::Bare:
        break;
    }
    return NotificationContent::Bare;
}

Notification describeMessage(const client::ConversationRecord& conversation,
                             const client::MessageRecord& message, int count,
                             const NotificationSettings& settings) {
    Notification n = about(conversation, settings);
    const QString came = Notices::tr("%n new message(s)", nullptr, count);
    switch (contentFor(conversation, settings)) {
    case NotificationContent::Full: {
        n.title = conversationTitle(conversation);
        QString text = client::shownText(message.text, kMostBody + 1).simplified();
        if (text.size() > kMostBody) {
            text.truncate(kMostBody - 1);
            if (text.back().isHighSurrogate())
                text.chop(1);
            text += QChar(0x2026);
        }
        n.body = conversation.direct
                     ? text
                     //: A message in a notification: author, text
                     : Notices::tr("%1: %2").arg(isolated(message.senderName), isolated(text));
        n.mayReply = conversation.state == client::ConversationState::Active;
        break;
    }
    case NotificationContent::Sender:
        n.title = conversation.direct
                      ? message.senderName
                      //: Who wrote, and in which group
                      : Notices::tr("%1 in %2")
                            .arg(isolated(message.senderName), isolated(conversationTitle(conversation)));
        n.body = came;
        n.mayReply = conversation.state == client::ConversationState::Active;
        break;
    case NotificationContent::Bare:
        n.title = QStringLiteral("Valise");
        n.body = came;
        break;
    case NotificationContent::Off:
        break;
    }
    return n;
}

Notification describeRequest(const client::ConversationRecord& conversation,
                             const NotificationSettings& settings) {
    Notification n = about(conversation, settings);
    if (settings.content == NotificationContent::Off)
        return n;
    n.title = QStringLiteral("Valise");
    n.body = settings.content == NotificationContent::Bare || conversation.invitedBy.isEmpty()
                 ? Notices::tr("You are invited to a conversation")
                 : Notices::tr("%1 invites you to a conversation").arg(isolated(conversation.invitedBy));
    return n;
}

} // namespace valise::ui
