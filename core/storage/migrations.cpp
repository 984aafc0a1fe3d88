// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/log.h"
#include "core/storage/schema.h"

#include <array>

namespace valise::storage {
namespace {

using Step = Result<void> (*)(Connection&);

Result<void> toVersion2(Connection& connection) {
    VALISE_CHECK(connection.execute(kCountersV2));
    VALISE_CHECK(connection.execute(kSearchV2));
    return connection.execute("INSERT INTO message_search(message_search) VALUES('rebuild')");
}

Result<void> toVersion3(Connection& connection) {
    return connection.execute(kBranchesV3);
}

// Earlier versions kept events of these kinds as hidden rows without looking into them. The client looks now,
// once.
Result<void> toVersion4(Connection& connection) {
    VALISE_CHECK(connection.execute(kChangesV4));
    return connection.execute("INSERT OR REPLACE INTO settings(key, value) SELECT 'changes.kept', 1 WHERE "
                              "EXISTS(SELECT 1 FROM messages"
                              " WHERE shown = 0 AND target IS NULL AND kind IN (5, 7, 1009))");
}

Result<void> toVersion5(Connection& connection) {
    VALISE_CHECK(connection.execute(kTalkV5));
    // Earlier versions did not keep when messages expire. The client gives them their time, once.
    return connection.execute("INSERT OR REPLACE INTO settings(key, value) SELECT 'expiry.adopt', 1 WHERE "
                              "EXISTS(SELECT 1 FROM messages)");
}

Result<void> toVersion6(Connection& connection) {
    return connection.execute(kScheduledV6);
}

Result<void> toVersion7(Connection& connection) {
    return connection.execute(kFormerV7);
}

// The step at [n] leads from version n + 1 to n + 2. Never changed once released; new ones are added at the
// end.
constexpr std::array<Step, kSchemaVersion - 1> kSteps{&toVersion2, &toVersion3, &toVersion4,
                                                      &toVersion5, &toVersion6, &toVersion7};

} // namespace

Result<void> migrate(Connection& connection) {
    VALISE_TRY(auto version, connection.integer("PRAGMA user_version"));
    const std::int64_t found = version.value_or(0);
    if (found > kSchemaVersion)
        return {ErrorCode::StorageVersion, "schema version " + std::to_string(found)};
    if (found < 1)
        return {ErrorCode::StorageDamaged, "the database has no schema"};
    for (std::int64_t at = found; at < kSchemaVersion; ++at) {
        log(LogLevel::Info, "storage", "migrating to schema version " + std::to_string(at + 1));
        VALISE_CHECK(connection.execute("BEGIN IMMEDIATE"));
        Result<void> done = kSteps[static_cast<std::size_t>(at - 1)](connection);
        if (done.ok())
            done = connection.execute("PRAGMA user_version = " + std::to_string(at + 1));
        if (done.ok())
            done = connection.execute("COMMIT");
        if (!done.ok()) {
            if (connection.inTransaction())
                (void)connection.execute("ROLLBACK").ok();
            return done;
        }
    }
    return {};
}

} // namespace valise::storage
