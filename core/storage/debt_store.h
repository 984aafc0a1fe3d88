// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! A debt of this account to a member, on the branch of a group that won. The values stand in the database.
enum class Debt {
    Invite = 0, //!< to be invited again
    Remove = 1, //!< to be removed again
};

struct DebtRow {
    Id32 account{};
    Debt debt = Debt::Invite;
};

//! People whom this account let into a group, or out of it, on a branch that lost.
class DebtStore {
public:
    explicit DebtStore(Connection& connection)
        : m_db(connection) {}
    //! Does nothing if it stands there already.
    Result<void> add(ByteView groupId, const Id32& account, Debt debt);
    //! Does nothing if it does not stand there.
    Result<void> remove(ByteView groupId, const Id32& account, Debt debt);
    //! Removes all of a group.
    Result<void> clear(ByteView groupId);
    //! By account.
    Result<std::vector<DebtRow>> list(ByteView groupId);

private:
    Connection& m_db;
};

} // namespace valise::storage
