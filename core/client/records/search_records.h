// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records/message_record.h"

#include <utility>

namespace valise::client {

//! Limits a search to some messages. A member that is not set leaves nothing out.
struct SearchFilter {
    ConversationId conversation{};
    AccountKey sender{};
    qint64 from = 0;        //!< sent at this second since 1970 or later; 0: whenever
    qint64 before = 0;      //!< sent before this second; 0: whenever
    bool withLinks = false; //!< only messages in which an address stands

    friend bool operator==(const SearchFilter&, const SearchFilter&) = default;
};

//! One hit of a search.
struct SearchHit {
    MessageRecord message;
    QString conversationName;
    QString snippet{}; //!< a part of the text around the first match; empty for starred messages
    QVector<std::pair<int, int>> marks{}; //!< first and length of each match in the snippet, UTF-16 units
};

} // namespace valise::client

Q_DECLARE_METATYPE(valise::client::SearchHit)
