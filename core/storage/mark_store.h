// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/message_store.h"

#include <vector>

namespace valise::storage {

//! Marks on messages that stay on this device: which of them mention this account, and which are pinned. They
//! go with the message.
class MarkStore {
public:
    //! Pinned messages of one conversation.
    static constexpr std::size_t kMaxPins = 50;

    explicit MarkStore(Connection& connection)
        : m_db(connection) {}

    //! The message mentions this account. Error: NotFound.
    Result<void> addMention(std::int64_t messageRow);

    //! Errors: NotFound; LimitExceeded beyond kMaxPins.
    Result<void> setPinned(std::int64_t messageRow, bool on, std::int64_t nowMs);
    Result<bool> isPinned(std::int64_t messageRow);
    //! Last pinned first; without what was deleted or hidden.
    Result<std::vector<MessageRow>> pinned(ByteView groupId);

private:
    Connection& m_db;
};

} // namespace valise::storage
