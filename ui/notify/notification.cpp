// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/notify/notification.h"

#include "core/client/history/shown_text.h"
#include "ui/format.h"

#include <QCoreApplication>

namespace valise::ui {
namespace {

constexpr qsizetype kMostBody = 240;

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
        QString text = client::shownText(message.text(), kMostBody + 1).simplified();
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
