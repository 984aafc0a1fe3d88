// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/client/profile_options.h"
#include "core/client/qt_conversions.h"
#include "core/crypto/secp256k1.h"
#include "core/net/proxy.h"
#include "core/storage/database.h"
#include "core/storage/transaction.h"

namespace valise::client {

//! An open profile: the writing database connection, the account and what the parts of the engine share.
//! Lives on the core thread.
struct Profile {
    Profile(const Clock& time, crypto::Random& source)
        : clock(time)
        , random(source) {}

    ProfileOptions options;
    std::unique_ptr<storage::Database> database;
    crypto::SchnorrKeyPair account;
    std::string name;
    net::ProxySettings proxy; //!< as kept in the database
    const Clock& clock;
    crypto::Random& random;

    storage::Stores& stores() { return database->stores(); }
    //! Runs `work` in one transaction and commits it; an error of `work` or of the commit rolls everything
    //! back.
    template <typename Work>
    Result<void> write(Work work) {
        if (database->restriction())
            return *database->restriction();
        VALISE_TRY(storage::Transaction transaction, storage::Transaction::begin(*database));
        VALISE_CHECK(work());
        return transaction.commit();
    }
    //! Counts something for the diagnostics; `scope` is a relay, a group (hex) or empty.
    Result<void> count(std::string_view scope, std::string_view category, std::string_view reason,
                       std::string_view detail = {}) {
        return stores().counters.add(scope, category, reason, clock.nowMs(), detail.substr(0, 200));
    }
    //! The row of a group. Error: NotFound.
    Result<storage::GroupRow> group(ByteView id) {
        VALISE_TRY(auto found, stores().groups.get(id));
        if (!found)
            return {ErrorCode::NotFound, "no such conversation"};
        return std::move(*found);
    }
};

} // namespace valise::client
