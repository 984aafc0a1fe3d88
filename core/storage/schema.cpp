// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/schema.h"

namespace valise::storage {

const char* const kSchemaV1 = R"sql(
CREATE TABLE settings(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE account(
    id INTEGER PRIMARY KEY CHECK(id = 1), name TEXT NOT NULL,
    secret_key BLOB NOT NULL CHECK(length(secret_key) = 32),
    public_key BLOB NOT NULL CHECK(length(public_key) = 32), created_ms INTEGER NOT NULL);
CREATE TABLE account_relays(
    role INTEGER NOT NULL, position INTEGER NOT NULL, url TEXT NOT NULL, enabled INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY(role, url)) WITHOUT ROWID;
CREATE TABLE contacts(
    public_key BLOB PRIMARY KEY CHECK(length(public_key) = 32), petname TEXT NOT NULL, profile_name TEXT NOT NULL,
    profile_created_at INTEGER NOT NULL, relays TEXT NOT NULL, added_ms INTEGER NOT NULL, verified INTEGER NOT NULL,
    blocked INTEGER NOT NULL, known INTEGER NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE key_packages(
    reference BLOB PRIMARY KEY CHECK(length(reference) = 32), slot TEXT NOT NULL, bundle BLOB NOT NULL,
    event_id BLOB NOT NULL CHECK(length(event_id) = 32), event_json BLOB NOT NULL, created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL, state INTEGER NOT NULL);
CREATE INDEX key_packages_slot ON key_packages(slot);
CREATE INDEX key_packages_event ON key_packages(event_id);

CREATE TABLE groups(
    id INTEGER PRIMARY KEY, group_id BLOB NOT NULL UNIQUE,
    nostr_group_id BLOB NOT NULL CHECK(length(nostr_group_id) = 32), name TEXT NOT NULL, description TEXT NOT NULL,
    status INTEGER NOT NULL, inviter BLOB, peer BLOB, epoch INTEGER NOT NULL, created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL, welcome_event_id BLOB, welcome BLOB NOT NULL, welcome_json TEXT NOT NULL,
    draft TEXT NOT NULL, muted INTEGER NOT NULL, pinned INTEGER NOT NULL, archived INTEGER NOT NULL,
    read_epoch INTEGER, read_position INTEGER, read_event_id BLOB, unread INTEGER NOT NULL,
    last_message INTEGER, activity_ms INTEGER NOT NULL, extra TEXT NOT NULL);
CREATE INDEX groups_nostr ON groups(nostr_group_id);
CREATE TABLE group_states(
    group_row INTEGER PRIMARY KEY REFERENCES groups(id) ON DELETE CASCADE, state BLOB NOT NULL);
CREATE TABLE group_epochs(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE, epoch INTEGER NOT NULL, tag TEXT NOT NULL,
    commit_digest BLOB, created_ms INTEGER NOT NULL, state BLOB NOT NULL, PRIMARY KEY(group_row, epoch, tag));
CREATE TABLE group_routes(
    nostr_group_id BLOB PRIMARY KEY CHECK(length(nostr_group_id) = 32),
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE, from_epoch INTEGER NOT NULL,
    relays TEXT NOT NULL, active INTEGER NOT NULL);
CREATE INDEX group_routes_group ON group_routes(group_row);
CREATE TABLE pending_commits(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE, event_json BLOB NOT NULL,
    event_id BLOB NOT NULL UNIQUE CHECK(length(event_id) = 32), prior_epoch INTEGER NOT NULL,
    next_state BLOB NOT NULL, created_ms INTEGER NOT NULL, attempts INTEGER NOT NULL, state INTEGER NOT NULL,
    outbox_id INTEGER, extra TEXT NOT NULL);
CREATE INDEX pending_commits_group ON pending_commits(group_row);
CREATE TABLE pending_welcomes(
    commit_id INTEGER NOT NULL REFERENCES pending_commits(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    welcome BLOB NOT NULL, PRIMARY KEY(commit_id, position));

CREATE TABLE messages(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    event_id BLOB NOT NULL CHECK(length(event_id) = 32), sender BLOB NOT NULL CHECK(length(sender) = 32),
    kind INTEGER NOT NULL, body TEXT NOT NULL, tags TEXT NOT NULL, position INTEGER NOT NULL,
    received_ms INTEGER NOT NULL, epoch INTEGER NOT NULL, direction INTEGER NOT NULL, state INTEGER NOT NULL,
    accepted INTEGER NOT NULL, total INTEGER NOT NULL, outer_id BLOB, reply_to BLOB, target BLOB, original TEXT,
    edited_at INTEGER NOT NULL, deleted INTEGER NOT NULL, shown INTEGER NOT NULL, counts INTEGER NOT NULL,
    system_json TEXT NOT NULL, failure TEXT NOT NULL, UNIQUE(group_row, event_id));
CREATE INDEX messages_order ON messages(group_row, shown, epoch, position, event_id);
CREATE INDEX messages_unread ON messages(group_row, epoch, position, event_id)
    WHERE direction = 0 AND shown = 1 AND counts = 1;
CREATE INDEX messages_waiting ON messages(group_row, state) WHERE state IN (0, 4);
CREATE INDEX messages_outer ON messages(outer_id) WHERE outer_id IS NOT NULL;
CREATE INDEX messages_target ON messages(group_row, target) WHERE target IS NOT NULL;

CREATE TABLE outbox(
    id INTEGER PRIMARY KEY AUTOINCREMENT, group_id BLOB, purpose INTEGER NOT NULL, event_json BLOB NOT NULL,
    event_id BLOB NOT NULL UNIQUE CHECK(length(event_id) = 32), created_ms INTEGER NOT NULL,
    blocked_by INTEGER REFERENCES outbox(id) ON DELETE SET NULL, message_id BLOB, note TEXT NOT NULL);
CREATE INDEX outbox_group ON outbox(group_id);
CREATE INDEX outbox_blocked ON outbox(blocked_by) WHERE blocked_by IS NOT NULL;
CREATE TABLE outbox_targets(
    outbox_id INTEGER NOT NULL REFERENCES outbox(id) ON DELETE CASCADE, relay TEXT NOT NULL, position INTEGER NOT NULL,
    state INTEGER NOT NULL, reason TEXT NOT NULL, attempts INTEGER NOT NULL, last_try_ms INTEGER NOT NULL,
    next_try_ms INTEGER NOT NULL, PRIMARY KEY(outbox_id, relay)) WITHOUT ROWID;
CREATE INDEX outbox_targets_due ON outbox_targets(next_try_ms) WHERE state = 0;
CREATE TABLE queued_messages(
    id INTEGER PRIMARY KEY AUTOINCREMENT, group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    kind INTEGER NOT NULL, content TEXT NOT NULL, tags TEXT NOT NULL, created_ms INTEGER NOT NULL,
    position INTEGER NOT NULL, message_id BLOB);
CREATE INDEX queued_messages_group ON queued_messages(group_row, position);

CREATE TABLE inbox(
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id BLOB NOT NULL UNIQUE CHECK(length(event_id) = 32),
    event_json BLOB NOT NULL, group_hint BLOB NOT NULL, reason TEXT NOT NULL, tries INTEGER NOT NULL,
    first_seen_ms INTEGER NOT NULL, last_try_ms INTEGER NOT NULL);
CREATE INDEX inbox_hint ON inbox(group_hint, id);
CREATE TABLE seen_scopes(id INTEGER PRIMARY KEY, scope BLOB NOT NULL UNIQUE, held INTEGER NOT NULL);
CREATE TABLE seen(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope_row INTEGER NOT NULL REFERENCES seen_scopes(id) ON DELETE CASCADE,
    digest BLOB NOT NULL CHECK(length(digest) = 32), seen_ms INTEGER NOT NULL, UNIQUE(scope_row, digest));
CREATE INDEX seen_age ON seen(scope_row, id);
CREATE TABLE cursors(
    relay TEXT NOT NULL, subscription TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY(relay, subscription)) WITHOUT ROWID;
)sql";

const char* const kCountersV2 = R"sql(
CREATE TABLE counters(
    scope TEXT NOT NULL, category TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL,
    first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, last_detail TEXT NOT NULL,
    PRIMARY KEY(scope, category, reason)) WITHOUT ROWID;
)sql";

// The index takes its text from messages; the triggers hand it the old text, which it needs to forget a row.
// They also note that SearchStore::forgetDeleted() has work: 1 to begin, 2 under way, 3 under way and to
// begin again.
const char* const kSearchV2 = R"sql(
CREATE VIRTUAL TABLE message_search USING fts5(
    body, content='messages', content_rowid='id', tokenize='trigram', columnsize=0);
CREATE TRIGGER message_search_insert AFTER INSERT ON messages BEGIN
    INSERT INTO message_search(rowid, body) VALUES(new.id, new.body);
END;
CREATE TRIGGER message_search_delete AFTER DELETE ON messages BEGIN
    INSERT INTO message_search(message_search, rowid, body) VALUES('delete', old.id, old.body);
    INSERT INTO settings(key, value) VALUES('search.forget', 1)
        ON CONFLICT(key) DO UPDATE SET value = CASE value WHEN 1 THEN 1 ELSE 3 END;
END;
CREATE TRIGGER message_search_update AFTER UPDATE OF body ON messages WHEN old.body IS NOT new.body BEGIN
    INSERT INTO message_search(message_search, rowid, body) VALUES('delete', old.id, old.body);
    INSERT INTO message_search(rowid, body) VALUES(new.id, new.body);
    INSERT INTO settings(key, value) VALUES('search.forget', 1)
        ON CONFLICT(key) DO UPDATE SET value = CASE value WHEN 1 THEN 1 ELSE 3 END;
END;
)sql";

// A group's engine is stored in named parts. Which branch of its group a row stands on is kept only while
// branches can compete.
const char* const kBranchesV3 = R"sql(
CREATE TABLE group_parts(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE, name TEXT NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY(group_row, name));
CREATE TABLE branch_messages(
    message_row INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    state BLOB NOT NULL CHECK(length(state) = 32));
CREATE INDEX branch_messages_state ON branch_messages(group_row, state);
)sql";

// Events may come before the message they speak of, so these tables name it by its event id; only what is
// this person's own (stars) or can only come after it (servers) names its row.
const char* const kChangesV4 = R"sql(
CREATE TABLE edits(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    target BLOB NOT NULL CHECK(length(target) = 32), author BLOB NOT NULL CHECK(length(author) = 32),
    created_at INTEGER NOT NULL, event_id BLOB NOT NULL CHECK(length(event_id) = 32), body TEXT NOT NULL,
    PRIMARY KEY(group_row, target, author, created_at, event_id)) WITHOUT ROWID;
CREATE UNIQUE INDEX edits_event ON edits(group_row, event_id);
CREATE TABLE reactions(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    target BLOB NOT NULL CHECK(length(target) = 32), author BLOB NOT NULL CHECK(length(author) = 32),
    emoji TEXT NOT NULL, event_id BLOB NOT NULL CHECK(length(event_id) = 32), created_at INTEGER NOT NULL,
    PRIMARY KEY(group_row, target, author, emoji, event_id)) WITHOUT ROWID;
CREATE UNIQUE INDEX reactions_event ON reactions(group_row, event_id);
CREATE TABLE deletions(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    target BLOB NOT NULL CHECK(length(target) = 32), author BLOB NOT NULL CHECK(length(author) = 32),
    event_id BLOB NOT NULL CHECK(length(event_id) = 32),
    PRIMARY KEY(group_row, target, author, event_id)) WITHOUT ROWID;
CREATE INDEX deletions_event ON deletions(group_row, event_id);
CREATE TABLE stars(
    message_row INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE, starred_ms INTEGER NOT NULL);
CREATE INDEX stars_age ON stars(starred_ms);
CREATE TABLE message_servers(
    message_row INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE, url TEXT NOT NULL,
    accepted_ms INTEGER NOT NULL, PRIMARY KEY(message_row, url)) WITHOUT ROWID;
CREATE INDEX messages_reply ON messages(group_row, reply_to) WHERE reply_to IS NOT NULL;
)sql";

// Receipts are kept of own messages only, so members times own messages bound them. Those this account still
// owes wait in receipts_due, so that none is lost with the connection or the program.
const char* const kTalkV5 = R"sql(
CREATE TABLE receipts(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    target BLOB NOT NULL CHECK(length(target) = 32), reader BLOB NOT NULL CHECK(length(reader) = 32),
    delivered_at INTEGER NOT NULL, read_at INTEGER NOT NULL,
    PRIMARY KEY(group_row, target, reader)) WITHOUT ROWID;
CREATE TABLE receipts_due(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    target BLOB NOT NULL CHECK(length(target) = 32), is_read INTEGER NOT NULL,
    PRIMARY KEY(group_row, target)) WITHOUT ROWID;
CREATE TABLE mentions(
    message_row INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE);
CREATE INDEX mentions_group ON mentions(group_row);
CREATE TABLE pins(
    message_row INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE, pinned_ms INTEGER NOT NULL);
CREATE INDEX pins_group ON pins(group_row, pinned_ms);
CREATE TABLE expiries(
    message_row INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE, expires_at INTEGER NOT NULL);
CREATE INDEX expiries_due ON expiries(expires_at);
)sql";

// Messages to be sent later.
const char* const kScheduledV6 = R"sql(
CREATE TABLE scheduled(
    id INTEGER PRIMARY KEY AUTOINCREMENT, group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    body TEXT NOT NULL, reply_to BLOB, due_ms INTEGER NOT NULL, zone TEXT NOT NULL, created_ms INTEGER NOT NULL,
    state INTEGER NOT NULL);
CREATE INDEX scheduled_group ON scheduled(group_row, due_ms);
CREATE INDEX scheduled_due ON scheduled(due_ms) WHERE state = 0;
)sql";

// The parts of a group's engine as group_parts has them, once this account is out of the group: kept for a
// while, since what was sent to it before may still come. It may be let in and out again meanwhile, so there
// can be several.
const char* const kFormerV7 = R"sql(
CREATE TABLE former_parts(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    state BLOB NOT NULL CHECK(length(state) = 32), until_ms INTEGER NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY(group_row, state, name));
)sql";

// Facts about a group stand in columns, so that lists need not open its engine. Debts are to members whom
// this account let in or out on a branch that lost. A row of an unknown kind is counted with its octets, so
// that a bound can hold.
const char* const kGroupFactsV8 = R"sql(
ALTER TABLE groups ADD COLUMN members INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN admin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN retention INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN relays TEXT NOT NULL DEFAULT '';
ALTER TABLE groups ADD COLUMN notification INTEGER;
ALTER TABLE groups ADD COLUMN invited_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN renew_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN missed_since INTEGER NOT NULL DEFAULT 0;
CREATE TABLE group_debts(
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
    account BLOB NOT NULL CHECK(length(account) = 32), debt INTEGER NOT NULL,
    PRIMARY KEY(group_row, account, debt)) WITHOUT ROWID;
CREATE TABLE unknown_messages(
    message_row INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    group_row INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE, octets INTEGER NOT NULL);
CREATE INDEX unknown_messages_group ON unknown_messages(group_row);
ALTER TABLE queued_messages RENAME TO held_messages;
DROP INDEX queued_messages_group;
CREATE INDEX held_messages_group ON held_messages(group_row, position);
ALTER TABLE inbox RENAME TO deferred_events;
DROP INDEX inbox_hint;
CREATE INDEX deferred_events_hint ON deferred_events(group_hint, id);
)sql";

const char* const kDropExtraV8 = "ALTER TABLE groups DROP COLUMN extra";

Result<void> createSchema(Connection& connection) {
    VALISE_CHECK(connection.execute(kSchemaV1));
    VALISE_CHECK(connection.execute(kCountersV2));
    VALISE_CHECK(connection.execute(kSearchV2));
    VALISE_CHECK(connection.execute(kBranchesV3));
    VALISE_CHECK(connection.execute(kChangesV4));
    VALISE_CHECK(connection.execute(kTalkV5));
    VALISE_CHECK(connection.execute(kScheduledV6));
    VALISE_CHECK(connection.execute(kFormerV7));
    VALISE_CHECK(connection.execute(kGroupFactsV8));
    VALISE_CHECK(connection.execute(kDropExtraV8));
    return connection.execute("PRAGMA user_version = " + std::to_string(kSchemaVersion));
}

} // namespace valise::storage
