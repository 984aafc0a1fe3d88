// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/storage/schema.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

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

// Version 7 kept the targets of a held message as hexadecimal ids without anything between them.
// A part that is no id is left out: a profile must open, and the sender fails a message without its target.
std::string targetsToTags(std::uint32_t kind, const std::string& targets) {
    constexpr std::size_t kHexId = 64;
    constexpr std::uint32_t kChat = 9;
    std::string out = "[";
    const auto add = [&](std::string_view name, std::string_view id) {
        out += (out.size() > 1 ? ",[\"" : "[\"") + std::string(name) + "\",\"" + std::string(id) + "\"]";
    };
    for (std::size_t at = 0; at < targets.size(); at += kHexId) {
        const std::string id = targets.substr(at, kHexId);
        if (!fromHexFixed<32>(id))
            continue;
        add("e", id);
        if (kind == kChat)
            add("q", id);
    }
    return out + "]";
}

Result<void> toVersion8(Connection& connection) {
    VALISE_CHECK(connection.execute(kGroupFactsV8));
    // Numbers of 64 bits stood as texts in the JSON. A group without a readable text keeps the defaults; its
    // engine writes most of them anew with the next step.
    VALISE_CHECK(connection.execute(R"sql(
UPDATE groups SET members = coalesce(json_extract(extra, '$.members'), 0),
    admin = coalesce(json_extract(extra, '$.admin'), 0),
    retention = coalesce(CAST(json_extract(extra, '$.retention') AS INTEGER), 0),
    relays = (SELECT coalesce(group_concat(value || char(10), ''), '') FROM json_each(extra, '$.relays')),
    notification = nullif(json_extract(extra, '$.notify'), -1),
    invited_at = coalesce(CAST(json_extract(extra, '$.invited') AS INTEGER), 0),
    renew_ms = coalesce(CAST(json_extract(extra, '$.renew') AS INTEGER), 0),
    missed_since = coalesce(CAST(json_extract(extra, '$.missed') AS INTEGER), 0)
    WHERE json_valid(extra)
)sql"));
    struct Owed {
        std::int64_t group = 0;
        std::string account;
        int debt = 0;
    };
    std::vector<Owed> debts;
    for (const auto& [path, debt] : {std::pair("$.inviteAgain", 0), std::pair("$.removeAgain", 1)})
        VALISE_CHECK(connection.query(
            "SELECT g.id, j.value FROM groups g, json_each(CASE WHEN json_valid(g.extra) THEN g.extra ELSE "
            "'{}'"
            " END, ?1) j",
            [&, owed = debt](const Statement& row) {
                debts.push_back({row.integer(0), row.text(1), owed});
            },
            path));
    for (const Owed& one : debts)
        if (const auto account = fromHexFixed<32>(one.account))
            VALISE_CHECK(connection.run(
                "INSERT OR IGNORE INTO group_debts(group_row, account, debt) VALUES(?1, ?2, ?3)", one.group,
                *account, one.debt));
    VALISE_CHECK(connection.execute(kDropExtraV8));

    struct Held {
        std::int64_t id = 0;
        std::uint32_t kind = 0;
        std::string targets;
    };
    std::vector<Held> all;
    VALISE_CHECK(connection.query("SELECT id, kind, tags FROM held_messages", [&](const Statement& row) {
        all.push_back({row.integer(0), static_cast<std::uint32_t>(row.integer(1)), row.text(2)});
    }));
    for (const Held& held : all) {
        const std::string tags = targetsToTags(held.kind, held.targets);
        VALISE_CHECK(connection.run("UPDATE held_messages SET tags = ?2 WHERE id = ?1", held.id, tags));
    }
    // Hidden rows of kinds that version 7 did not know are bounded from now on.
    return connection.execute("INSERT INTO unknown_messages(message_row, group_row, octets)"
                              " SELECT id, group_row, length(CAST(body AS BLOB)) + length(CAST(tags AS BLOB))"
                              " FROM messages WHERE shown = 0 AND direction <> 2 AND target IS NULL"
                              " AND kind NOT IN (5, 7, 9, 1009)");
}

// The step at [n] leads from version n + 1 to n + 2. Never changed once released; new ones are added at the
// end.
constexpr std::array<Step, kSchemaVersion - 1> kSteps{&toVersion2, &toVersion3, &toVersion4, &toVersion5,
                                                      &toVersion6, &toVersion7, &toVersion8};

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
