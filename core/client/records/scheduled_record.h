// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records/message_record.h"

namespace valise::client {

//! A message that is to be sent later.
struct ScheduledRecord {
    enum class State {
        Waiting,
        Missed,  //!< Valise did not run at its time
        Refused, //!< at its time nothing could be written there
    };
    qint64 id = 0;
    ConversationId conversation;
    QString conversationName;
    QString text;
    QByteArray replyTo;              //!< event id; empty without a quote
    qint64 dueMs = 0;                //!< milliseconds since 1970
    QString zone;                    //!< in which the time was chosen (IANA)
    QVector<MentionRecord> mentions; //!< in `text`
    State state = State::Waiting;
};

} // namespace valise::client
