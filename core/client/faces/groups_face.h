// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/call.h"
#include "core/client/records.h"

namespace valise::client {

//! Conversations as a whole: founding, members, rights, and how they stand in the list. Errors of changes
//! that the members see: NotFound, NotAuthorized, Offline, RelayRefused.
class GroupsFace : public Face {
public:
    using Face::Face;

    //! Founds a conversation with the people named by address (as in PeopleFace::addContact): name,
    //! addresses. With one person and an empty name it is a direct conversation. Errors: InvalidArgument,
    //! NoInvitation (a person cannot be invited yet), Offline.
    Call<ConversationRecord(QString, QStringList)> create{this};
    //! Accepts a request; declining is leave().
    Call<void(ConversationId)> accept{this};
    Call<void(ConversationId, QStringList)> addMembers{this};
    Call<void(ConversationId, AccountKey)> removeMember{this};
    Call<void(ConversationId, QString)> rename{this};
    //! Gives a member the rights of an administrator, or takes them. Error: NotAuthorized, also for the last
    //! administrator.
    Call<void(ConversationId, AccountKey, bool)> setAdministrator{this};
    //! How long messages are kept on every device, in seconds; 0: without end.
    Call<void(ConversationId, quint64)> setRetention{this};
    //! Moves a conversation to other servers; those before are listened to for some time. Errors, too:
    //! InvalidUrl, InsecureUrl, LimitExceeded.
    Call<void(ConversationId, QStringList)> setRelays{this};
    //! Ends a conversation for everybody; its history stays.
    Call<void(ConversationId)> disband{this};
    Call<void(ConversationId)> leave{this};
    Call<QVector<MemberRecord>(ConversationId)> members{this};
    //! The readers of a message that is written now.
    Call<AudienceRecord(ConversationId)> audience{this};

    Call<void(ConversationId, bool)> setMuted{this};
    //! How much notifications from a conversation say; nothing: as everywhere else.
    Call<void(ConversationId, std::optional<NotificationDetail>)> setNotificationDetail{this};
    Call<void(ConversationId, bool)> setPinned{this};
    Call<void(ConversationId, bool)> setArchived{this};
};

} // namespace valise::client
