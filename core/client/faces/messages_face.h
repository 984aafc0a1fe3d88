// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/call.h"
#include "core/client/records.h"

namespace valise::client {

//! Writing, and changing what was written. A message is named by its event id, a line of the timeline by its
//! row. Errors of calls on a conversation or message: NotFound, NotMember, GroupDisbanded.
class MessagesFace : public Face {
public:
    using Face::Face;

    //! Writes a text in reply to a message if one is named: conversation, text, event id. The answer comes
    //! when the message is on the disk; it is sent, and sent again, by itself. Errors, too: InvalidArgument,
    //! LimitExceeded.
    Call<MessageRecord(ConversationId, QString, QByteArray)> sendText{this};

    // Messages to be sent later. They wait encrypted on this device and are sent by themselves while Valise
    // runs; one that missed its time by more than an hour waits for the person.
    // ConversationRecord::scheduled counts them.
    //! Keeps a text to be sent at a time, milliseconds since 1970, chosen by the clock of a zone (an IANA
    //! name): conversation, text, event id, time, zone. Errors: as sendText; InvalidArgument for a time that
    //! is over; LimitExceeded beyond a year, and beyond 200 in a conversation.
    Call<void(ConversationId, QString, QByteArray, qint64, QString)> scheduleText{this};
    //! Another time: conversation, id, time, zone. Errors: NotFound; InvalidArgument, LimitExceeded as above.
    Call<void(ConversationId, qint64, qint64, QString)> rescheduleText{this};
    //! Error: NotFound, also if it was sent meanwhile.
    Call<void(ConversationId, qint64)> cancelScheduled{this};
    //! Errors: NotFound; as sendText.
    Call<void(ConversationId, qint64)> sendScheduledNow{this};

    //! Adds or takes back this account's reaction: conversation, message, emoji, whether it is added. Error,
    //! too: InvalidArgument for a text that cannot be one.
    Call<void(ConversationId, QByteArray, QString, bool)> react{this};
    //! Replaces the text of an own message for everybody: conversation, message, text. Errors, too:
    //! NotAuthorized, InvalidArgument, LimitExceeded.
    Call<void(ConversationId, QByteArray, QString)> editMessage{this};
    //! Takes own messages back for everybody, at most 256. Errors, too: NotAuthorized, LimitExceeded.
    Call<void(ConversationId, QVector<QByteArray>)> deleteForEveryone{this};
    //! Removes rows of the timeline, of whatever kind, from this device only.
    Call<void(ConversationId, QVector<qint64>)> deleteForMe{this};
    //! Marks a message for oneself: conversation, row, whether it is starred.
    Call<void(ConversationId, qint64, bool)> setStarred{this};
    //! Pins a message in its conversation, for oneself (docs/protocol-extensions.md says why). Error, too:
    //! LimitExceeded beyond 50.
    Call<void(ConversationId, qint64, bool)> setMessagePinned{this};

    //! Keeps a text that is not sent yet.
    Call<void(ConversationId, QString)> saveDraft{this};
    //! Chooses the signals that others get from now on (docs/protocol-extensions.md); before, they get none.
    Call<void(SignalSettings)> setSignals{this};
    //! This person began to write in a conversation, or stopped. The signal goes out at once or not at all.
    Call<void(ConversationId, bool)> setTyping{this};
    //! The person saw everything up to this row.
    Call<void(ConversationId, qint64)> markRead{this};
};

} // namespace valise::client
