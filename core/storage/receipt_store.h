// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! The receipt of one member for one own message.
struct Receipt {
    Id32 reader{};
    std::int64_t deliveredAt = 0; //!< seconds, by the reader's clock; 0 if not said
    std::int64_t readAt = 0;      //!< the same; 0 if not said
};

//! The number of members that have a message.
struct ReceiptCount {
    int delivered = 0; //!< those who read it included
    int read = 0;
};

//! A receipt that this account owes to an author.
struct DueReceipt {
    Id32 target{}; //!< the message's event id
    bool read = false;
};

//! Receipts of own messages, and receipts that are still to be sent. Functions that name a group not in
//! GroupStore give NotFound when they write, and nothing when they read.
class ReceiptStore {
public:
    //! Receipts that one group may owe; those of the oldest messages are forgotten first.
    static constexpr std::size_t kMaxDue = 2048;

    explicit ReceiptStore(Connection& connection)
        : m_db(connection) {}

    //! Keeps the first time of each kind. True if the receipt says something new.
    Result<bool> add(ByteView groupId, const Id32& target, const Id32& reader, std::int64_t at, bool read);
    Result<ReceiptCount> count(ByteView groupId, const Id32& target);
    //! Members who read the message first, then those to whom it was only delivered; both in the order of
    //! time.
    Result<std::vector<Receipt>> list(ByteView groupId, const Id32& target);

    //! Forgets the receipts of a message, and the one that is owed for it.
    Result<void> forget(ByteView groupId, const Id32& target);

    //! Remembers a receipt to be sent; one that says "read" takes the place of one that says "delivered".
    Result<void> owe(ByteView groupId, const Id32& target, bool read);
    //! Forgets the oldest receipts that a group owes beyond kMaxDue. Called once after many owe().
    Result<void> boundDue(ByteView groupId);
    //! At most `limit` owed receipts, all of one kind: those that say "read" before any others.
    Result<std::vector<DueReceipt>> due(ByteView groupId, std::size_t limit);
    //! Groups in which a receipt is owed.
    Result<std::vector<Bytes>> groupsDue();
    Result<void> removeDue(ByteView groupId, const Id32& target);
    //! Forgets all owed receipts of a kind. For when the person does not want to send them any more.
    Result<void> forgetDue(bool read);

private:
    Connection& m_db;
};

} // namespace valise::storage
