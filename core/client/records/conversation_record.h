// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records/message_record.h"

#include <QStringList>

#include <optional>

namespace valise::client {

enum class ConversationState {
    Request,   //!< invited by somebody; not accepted yet
    Active,    //!< joined
    Leaving,   //!< asked to leave; the others have not confirmed yet
    Left,      //!< left by this account
    Removed,   //!< removed by somebody else
    Disbanded, //!< ended for everybody
    Damaged,   //!< cannot follow the group any more; a new invitation repairs it
};

//! How much a notification says.
enum class NotificationDetail {
    Full = 0,   //!< who wrote what, and where
    Sender = 1, //!< who wrote, and where
    Bare = 2,   //!< that something came
};

//! One row of the list of conversations.
struct ConversationRecord {
    ConversationId id;
    QString name; //!< the group's name, or the other person's in a direct conversation
    QString description;
    bool direct = false; //!< two accounts and no name
    AccountKey peer;     //!< the other person of a direct conversation; empty otherwise
    ConversationState state = ConversationState::Active;
    QString invitedBy;  //!< for requests: who sent the invitation
    int members = 0;    //!< accounts, this one included
    bool admin = false; //!< this account may change the group
    int unread = 0;
    int mentions = 0; //!< unread messages that mention this account
    int queued = 0;
    int failed = 0;
    int scheduled = 0;            //!< own messages to be sent later
    bool scheduledMissed = false; //!< one of them was not sent at its time
    QString draft;
    QString lastText;
    QString lastSender; //!< empty for system rows
    bool lastOwn = false;
    DeliveryState lastState = DeliveryState::Received;
    SystemKind lastSystem = SystemKind::None;
    QString lastSystemSubject;
    bool lastDeleted = false;
    //! How much notifications from here say; nothing: as everywhere else.
    std::optional<NotificationDetail> notification = std::nullopt;
    bool muted = false; //!< no notification, and not counted as unread outside of the list
    bool pinned = false;
    bool archived = false;
    qint64 lastAt = 0;            //!< seconds since 1970; of the creation if there is no message
    quint64 retentionSeconds = 0; //!< messages disappear after; 0 = kept
    QStringList relays;
    quint64 epoch = 0; //!< for diagnostics
};

} // namespace valise::client

Q_DECLARE_METATYPE(valise::client::ConversationRecord)
