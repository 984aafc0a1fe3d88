// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/faces/call.h"
#include "core/client/records.h"

namespace valise::client {

//! Questions to the encrypted history, answered by the reader thread.
class HistoryFace : public Face {
public:
    using Face::Face;

    Call<QVector<ConversationRecord>()> conversations{this};
    //! The newest `limit` messages: conversation, limit.
    Call<MessagePage(ConversationId, int)> latestPage{this};
    //! Messages before (older than) or after a row: conversation, row, limit.
    Call<MessagePage(ConversationId, qint64, int)> pageBefore{this};
    Call<MessagePage(ConversationId, qint64, int)> pageAfter{this};
    //! Messages around a row, the row included: conversation, row, limit.
    Call<MessagePage(ConversationId, qint64, int)> pageAround{this};
    //! The first page of a conversation that is opened: messages around the first unread one, or the newest.
    //! Arguments: conversation, limit.
    Call<MessagePage(ConversationId, int)> openingPage{this};
    //! Messages around the first one sent at a time, seconds since 1970, or later: conversation, time, limit.
    Call<MessagePage(ConversationId, qint64, int)> pageSince{this};
    //! Servers, versions and state of one message: conversation, row. Error: NotFound.
    Call<MessageDetails(ConversationId, qint64)> messageDetails{this};
    //! Own messages that wait, are not yet with every server, or were refused by all, in the order in which
    //! they were written; everywhere if the conversation is empty.
    Call<QVector<QueueRecord>(ConversationId)> queue{this};
    //! Messages to be sent later, by time; everywhere if the conversation is empty.
    Call<QVector<ScheduledRecord>(ConversationId)> scheduled{this};
    //! Starred messages, last starred first; everywhere if the conversation is empty: conversation, limit.
    Call<QVector<SearchHit>(ConversationId, int)> starred{this};
    //! Pinned messages of a conversation, last pinned first.
    Call<QVector<MessageRecord>(ConversationId)> pinned{this};
    //! Messages that contain a text (parts of words too) and pass the filter, newest first: text, filter,
    //! limit.
    Call<QVector<SearchHit>(QString, SearchFilter, int)> search{this};
};

} // namespace valise::client
