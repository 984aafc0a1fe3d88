// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records/message_record.h"

namespace valise::client {

//! One page of a timeline, oldest first.
struct MessagePage {
    ConversationId conversation;
    QVector<MessageRecord> messages;
    bool hasOlder = false;
    bool hasNewer = false;
    qint64 firstUnreadRow = 0; //!< storage row of the conversation's first unread message; 0 if all is read
};

} // namespace valise::client

Q_DECLARE_METATYPE(valise::client::MessagePage)
