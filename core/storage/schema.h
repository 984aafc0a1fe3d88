// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

namespace valise::storage {

//! The version of the schema this build writes (PRAGMA user_version).
inline constexpr int kSchemaVersion = 8;
//! The tables of version 1; frozen, because profiles of that version exist.
extern const char* const kSchemaV1;
//! Counters and the search index, as version 2 has them.
extern const char* const kCountersV2;
extern const char* const kSearchV2;
//! Parts of group engines, and which branch a row stands on, as version 3 has them.
extern const char* const kBranchesV3;
//! Facts about messages, as version 4 has them: edits, reactions, deletions, stars, servers.
extern const char* const kChangesV4;
//! Facts of a conversation besides its messages, as version 5 has them: receipts, mentions, pins, and the
//! times at which messages expire.
extern const char* const kTalkV5;
//! Messages to be sent later, as version 6 has them.
extern const char* const kScheduledV6;
//! Engines of groups that this account is out of, as version 7 has them.
extern const char* const kFormerV7;
//! Facts of groups as columns, debts to members, held messages and deferred events under their names, and the
//! bound of unknown kinds, as version 8 has them.
extern const char* const kGroupFactsV8;
//! The JSON text that held those facts before version 8 goes last, after its content was taken over.
extern const char* const kDropExtraV8;

//! Makes the whole schema of the current version in an empty database, in the caller's transaction.
Result<void> createSchema(Connection& connection);
//! Brings an older database to the current version, one transaction a version. Error: StorageVersion for a
//! newer one.
Result<void> migrate(Connection& connection);

} // namespace valise::storage
