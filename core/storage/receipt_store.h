// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! What one member's devices said about one own message.
struct Receipt {
    Id32 reader{};
    std::int64_t deliveredAt = 0; //!< seconds, by the reader's clock; 0 if not said
    std::int64_t readAt = 0;      //!< the same; 0 if not said
};

//! How many members have a message.
struct ReceiptCount {
    int delivered = 0; //!< those who read it included
    int read = 0;
};

//! A receipt this account owes somebody.
struct DueReceipt {
    Id32 target{}; //!< the message's event id
    bool read = false;
};

//! Receipts of own messages, and those that are still to be sent. Functions that name a group not in
//! GroupStore give NotFound when they write, and nothing when they read.
class ReceiptStore {
public:
    //! Receipts that may wait in one group; the oldest messages' are forgotten first.
    static constexpr std::size_t kMaxDue = 2048;

    explicit ReceiptStore(Connection& connection)
        : m_db(connection) {}

    //! Keeps the first time of each. True if it said something new.
    Result<bool> add(ByteView groupId, const Id32& target, const Id32& reader, std::int64_t at, bool read);
    Result<ReceiptCount> count(ByteView groupId, const Id32& target);
    //! Readers first, then those it was only delivered to; each in the order of time.
    Result<std::vector<Receipt>> list(ByteView groupId, const Id32& target);

    //! Everything about a message is forgotten, also what is owed for it.
    Result<void> forget(ByteView groupId, const Id32& target);

    //! Remembers a receipt to be sent; one that says "read" takes the place of one that says "delivered".
    Result<void> owe(ByteView groupId, const Id32& target, bool read);
    //! Forgets the oldest of what is owed in a group beyond kMaxDue; called once after many owe().
    Result<void> boundDue(ByteView groupId);
    //! At most `limit`, all of one kind, those that say "read" first.
    Result<std::vector<DueReceipt>> due(ByteView groupId, std::size_t limit);
    //! Groups that have any.
    Result<std::vector<Bytes>> groupsDue();
    Result<void> removeDue(ByteView groupId, const Id32& target);
    //! Forgets what is owed of a kind, everywhere: the person does not want to say it any more.
    Result<void> forgetDue(bool read);

private:
    Connection& m_db;
};

} // namespace valise::storage
