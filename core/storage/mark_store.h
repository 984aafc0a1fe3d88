// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/message_store.h"

#include <vector>

namespace valise::storage {

//! Marks on messages that stay on this device: mentions of this account, and pins. A mark goes with its
//! message.
class MarkStore {
public:
    //! Pinned messages of one conversation.
    static constexpr std::size_t kMaxPins = 50;

    explicit MarkStore(Connection& connection)
        : m_db(connection) {}

    //! Notes that the message mentions this account. Error: NotFound.
    Result<void> addMention(std::int64_t messageRow);

    //! Errors: NotFound; LimitExceeded beyond kMaxPins.
    Result<void> setPinned(std::int64_t messageRow, bool on, std::int64_t nowMs);
    Result<bool> isPinned(std::int64_t messageRow);
    //! Last pinned first, without deleted and hidden messages.
    Result<std::vector<MessageRow>> pinned(ByteView groupId);

private:
    Connection& m_db;
};

} // namespace valise::storage
