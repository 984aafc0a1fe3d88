// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/host/event_store.h"

#include "core/base/encoding.h"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace valise::host {

namespace {

constexpr int kSchemaVersion = 1;
constexpr std::int64_t kCountLimit = 1'000'000;

const char* const kSchema = R"(
CREATE TABLE event (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pubkey BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    expires INTEGER,
    address TEXT UNIQUE,
    json TEXT NOT NULL
);
CREATE INDEX event_time ON event (created_at);
CREATE INDEX event_kind ON event (kind, created_at);
CREATE INDEX event_author ON event (pubkey, created_at);
CREATE INDEX event_expires ON event (expires) WHERE expires IS NOT NULL;
CREATE TABLE tag (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (name, value, created_at, event)
) WITHOUT ROWID;
CREATE INDEX tag_event ON tag (event);
CREATE TABLE deleted (id BLOB NOT NULL, pubkey BLOB NOT NULL, PRIMARY KEY (id, pubkey)) WITHOUT ROWID;
CREATE TABLE deleted_address (address TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
)";

//! The address (as in an `a` tag) under which a newer event replaces this one. Empty for events that are not
//! replaceable.
std::string addressOf(const nostr::Event& event) {
    const bool addressable = nostr::isAddressable(event.kind);
    if (!addressable && !nostr::isReplaceable(event.kind))
        return {};
    std::string address = std::to_string(event.kind) + ":" + toHex(event.pubkey) + ":";
    if (addressable)
        if (auto d = nostr::tagValue(event.tags, "d"))
            address += *d;
    return address;
}

std::int64_t clampTime(std::uint64_t t) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(t, std::uint64_t{1} << 53));
}

std::optional<std::int64_t> expirationOf(const nostr::Event& event) {
    auto text = nostr::tagValue(event.tags, "expiration");
    if (!text)
        return {};
    std::int64_t at = 0;
    auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), at);
    if (error != std::errc() || end != text->data() + text->size() || at < 0)
        return {};
    return at;
}

} // namespace

class EventStore::Statement {
public:
    Statement(sqlite3* db, const std::string& sql) {
        m_ok =
            sqlite3_prepare_v2(db, sql.c_str(), static_cast<int>(sql.size()), &m_stmt, nullptr) == SQLITE_OK;
    }
    ~Statement() { sqlite3_finalize(m_stmt); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    bool ok() const { return m_ok; }
    void bind(std::int64_t v) { note(sqlite3_bind_int64(m_stmt, ++m_at, v)); }
    void bind(std::string_view v) {
        note(sqlite3_bind_text(m_stmt, ++m_at, v.data(), static_cast<int>(v.size()), SQLITE_TRANSIENT));
    }
    void bind(ByteView v) {
        note(sqlite3_bind_blob(m_stmt, ++m_at, v.data(), static_cast<int>(v.size()), SQLITE_TRANSIENT));
    }
    void bindNull() { note(sqlite3_bind_null(m_stmt, ++m_at)); }
    //! SQLITE_ROW, SQLITE_DONE or an error.
    int step() { return m_ok ? sqlite3_step(m_stmt) : SQLITE_ERROR; }
    void rewind() {
        sqlite3_reset(m_stmt);
        m_at = 0;
    }
    std::int64_t integer(int column) const { return sqlite3_column_int64(m_stmt, column); }
    std::string_view text(int column) const {
        const auto* p = reinterpret_cast<const char*>(sqlite3_column_text(m_stmt, column));
        return {p ? p : "", static_cast<std::size_t>(sqlite3_column_bytes(m_stmt, column))};
    }
    ByteView blob(int column) const {
        const auto* p = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_stmt, column));
        return {p, static_cast<std::size_t>(sqlite3_column_bytes(m_stmt, column))};
    }

private:
    void note(int rc) { m_ok = m_ok && rc == SQLITE_OK; }
    sqlite3_stmt* m_stmt = nullptr;
    int m_at = 0;
    bool m_ok = false;
};

namespace {

std::string marks(std::size_t n) {
    std::string out = "(";
    for (std::size_t i = 0; i < n; ++i)
        out += i == 0 ? "?" : ",?";
    return out + ")";
}

//! The WHERE clause of a filter. bindCondition binds its values in the same order.
std::string conditionOf(const nostr::Filter& f, std::size_t readers) {
    std::string sql = "(expires IS NULL OR expires > ?)";
    if (f.ids)
        sql += " AND id IN " + marks(f.ids->size());
    if (f.authors)
        sql += " AND pubkey IN " + marks(f.authors->size());
    if (f.kinds)
        sql += " AND kind IN " + marks(f.kinds->size());
    if (f.since)
        sql += " AND created_at >= ?";
    if (f.until)
        sql += " AND created_at <= ?";
    for (const auto& [name, values] : f.tags)
        sql += " AND row IN (SELECT event FROM tag WHERE name = ? AND value IN " + marks(values.size()) +
               (f.since ? " AND created_at >= ?" : "") + (f.until ? " AND created_at <= ?" : "") + ")";
    if (readers == 0)
        sql += " AND kind <> 1059";
    else
        sql += " AND (kind <> 1059 OR row IN (SELECT event FROM tag WHERE name = 'p' AND value IN " +
               marks(readers) + "))";
    return sql;
}

template <typename S>
void bindCondition(S& s, const nostr::Filter& f, const EventStore::Readers& readers, std::int64_t now) {
    s.bind(now);
    if (f.ids)
        for (const auto& id : *f.ids)
            s.bind(ByteView(id));
    if (f.authors)
        for (const auto& key : *f.authors)
            s.bind(ByteView(key));
    if (f.kinds)
        for (auto k : *f.kinds)
            s.bind(static_cast<std::int64_t>(k));
    if (f.since)
        s.bind(clampTime(*f.since));
    if (f.until)
        s.bind(clampTime(*f.until));
    for (const auto& [name, values] : f.tags) {
        s.bind(std::string_view(&name, 1));
        for (const auto& v : values)
            s.bind(std::string_view(v));
        if (f.since)
            s.bind(clampTime(*f.since));
        if (f.until)
            s.bind(clampTime(*f.until));
    }
    for (const auto& r : readers)
        s.bind(std::string_view(r));
}

} // namespace

EventStore::~EventStore() {
    close();
}

Error EventStore::failure(const char* what) const {
    const int code = m_db ? sqlite3_errcode(m_db) & 0xff : SQLITE_ERROR;
    const std::string detail = std::string(what) + ": " + (m_db ? sqlite3_errmsg(m_db) : "closed");
    if (code == SQLITE_FULL)
        return {ErrorCode::StorageFull, detail};
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM)
        return {ErrorCode::StorageReadOnly, detail};
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        return {ErrorCode::StorageDamaged, detail};
    return {ErrorCode::StorageFailed, detail};
}

Result<void> EventStore::exec(const char* sql) {
    if (sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure("statement");
    return {};
}

Result<void> EventStore::open(const std::string& path) {
    close();
    if (sqlite3_open_v2(path.c_str(), &m_db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        nullptr) != SQLITE_OK) {
        Error e = failure("open");
        close();
        return e;
    }
    sqlite3_busy_timeout(m_db, 5000);
    const auto prepare = [this]() -> Result<void> {
        VALISE_CHECK(
            exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;"));
        std::int64_t version = -1;
        {
            Statement s(m_db, "PRAGMA user_version");
            if (s.step() != SQLITE_ROW)
                return failure("user_version");
            version = s.integer(0);
        }
        if (version > kSchemaVersion)
            return {ErrorCode::StorageVersion, "the relay's events were written by a newer version"};
        if (version == 0) {
            VALISE_CHECK(exec("BEGIN IMMEDIATE"));
            VALISE_CHECK(exec(kSchema));
            VALISE_CHECK(exec("PRAGMA user_version = 1; COMMIT;"));
        }
        Statement s(m_db, "SELECT count(*) FROM event");
        if (s.step() != SQLITE_ROW)
            return failure("count");
        m_size = static_cast<std::uint64_t>(s.integer(0));
        return {};
    };
    auto prepared = prepare();
    if (!prepared)
        close();
    return prepared;
}

void EventStore::close() {
    if (m_db)
        sqlite3_close_v2(m_db);
    m_db = nullptr;
    m_size = 0;
}

Result<void> EventStore::removeWhere(const char* where, const std::function<void(Statement&)>& bind) {
    // The tags go first, because the subquery finds their rows by the events.
    {
        Statement s(m_db, std::string("DELETE FROM tag WHERE event IN (SELECT row FROM event WHERE ") +
                              where + ")");
        bind(s);
        if (s.step() != SQLITE_DONE)
            return failure("delete tags");
    }
    Statement s(m_db, std::string("DELETE FROM event WHERE ") + where);
    bind(s);
    if (s.step() != SQLITE_DONE)
        return failure("delete events");
    m_size -= std::min<std::uint64_t>(m_size, static_cast<std::uint64_t>(sqlite3_changes(m_db)));
    return {};
}

Result<StoreOutcome> EventStore::put(const nostr::Event& event, const std::string& json, std::int64_t now) {
    const std::uint64_t before = m_size;
    VALISE_CHECK(exec("BEGIN IMMEDIATE"));
    auto outcome = putInside(event, json, now);
    if (outcome) {
        if (auto committed = exec("COMMIT"); committed)
            return outcome;
        else
            outcome = committed.error();
    }
    m_size = before;
    sqlite3_exec(m_db, "ROLLBACK", nullptr, nullptr, nullptr);
    return outcome;
}

Result<StoreOutcome> EventStore::putInside(const nostr::Event& event, const std::string& json,
                                           std::int64_t now) {
    const auto expires = expirationOf(event);
    if (expires && *expires <= now)
        return StoreOutcome::Expired;
    {
        Statement s(m_db, "SELECT 1 FROM event WHERE id = ?");
        s.bind(ByteView(event.id));
        const int rc = s.step();
        if (rc == SQLITE_ROW)
            return StoreOutcome::Duplicate;
        if (rc != SQLITE_DONE)
            return failure("look up");
    }
    {
        Statement s(m_db, "SELECT 1 FROM deleted WHERE id = ? AND pubkey = ?");
        s.bind(ByteView(event.id));
        s.bind(ByteView(event.pubkey));
        if (s.step() == SQLITE_ROW && event.kind != nostr::kind::kDeletion)
            return StoreOutcome::Deleted;
    }
    const std::string address = addressOf(event);
    if (!address.empty()) {
        Statement d(m_db, "SELECT until FROM deleted_address WHERE address = ?");
        d.bind(std::string_view(address));
        if (d.step() == SQLITE_ROW && clampTime(event.createdAt) <= d.integer(0))
            return StoreOutcome::Deleted;
        bool replace = false;
        {
            Statement s(m_db, "SELECT created_at, id FROM event WHERE address = ?");
            s.bind(std::string_view(address));
            if (s.step() == SQLITE_ROW) {
                const std::int64_t have = s.integer(0);
                const ByteView id = s.blob(1);
                // Of two events of the same time the one with the lower id stays (NIP-01).
                const bool lower =
                    std::lexicographical_compare(event.id.begin(), event.id.end(), id.begin(), id.end());
                if (clampTime(event.createdAt) < have || (clampTime(event.createdAt) == have && !lower))
                    return StoreOutcome::Outdated;
                replace = true;
            }
        }
        if (replace)
            VALISE_CHECK(
                removeWhere("address = ?", [&](Statement& s) { s.bind(std::string_view(address)); }));
    }
    {
        Statement s(m_db, "INSERT INTO event (id, pubkey, created_at, kind, expires, address, json) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?)");
        s.bind(ByteView(event.id));
        s.bind(ByteView(event.pubkey));
        s.bind(clampTime(event.createdAt));
        s.bind(static_cast<std::int64_t>(event.kind));
        if (expires)
            s.bind(*expires);
        else
            s.bindNull();
        if (address.empty())
            s.bindNull();
        else
            s.bind(std::string_view(address));
        s.bind(std::string_view(json));
        if (s.step() != SQLITE_DONE)
            return failure("insert");
    }
    const std::int64_t row = sqlite3_last_insert_rowid(m_db);
    {
        Statement s(m_db, "INSERT OR IGNORE INTO tag (name, value, created_at, event) VALUES (?, ?, ?, ?)");
        for (const auto& tag : event.tags) {
            // NIP-01: only the first value of single-letter tags is indexed.
            if (tag.size() < 2 || tag[0].size() != 1)
                continue;
            s.rewind();
            s.bind(std::string_view(tag[0]));
            s.bind(std::string_view(tag[1]));
            s.bind(clampTime(event.createdAt));
            s.bind(row);
            if (s.step() != SQLITE_DONE)
                return failure("insert tag");
        }
    }
    ++m_size;
    if (event.kind == nostr::kind::kDeletion)
        VALISE_CHECK(applyDeletion(event));
    return StoreOutcome::Stored;
}

Result<void> EventStore::applyDeletion(const nostr::Event& event) {
    const std::string author = toHex(event.pubkey);
    for (const auto& tag : event.tags) {
        if (tag.size() < 2)
            continue;
        if (tag[0] == "e") {
            auto id = fromHexFixed<32>(tag[1]);
            if (!id)
                continue;
            VALISE_CHECK(removeWhere("id = ? AND pubkey = ? AND kind <> 5", [&](Statement& s) {
                s.bind(ByteView(*id));
                s.bind(ByteView(event.pubkey));
            }));
            Statement s(m_db, "INSERT OR IGNORE INTO deleted (id, pubkey) VALUES (?, ?)");
            s.bind(ByteView(*id));
            s.bind(ByteView(event.pubkey));
            if (s.step() != SQLITE_DONE)
                return failure("note a deletion");
        } else if (tag[0] == "a") {
            const std::size_t first = tag[1].find(':');
            if (first == std::string::npos || tag[1].compare(first + 1, 65, author + ":") != 0)
                continue;
            VALISE_CHECK(removeWhere("address = ? AND created_at <= ?", [&](Statement& s) {
                s.bind(std::string_view(tag[1]));
                s.bind(clampTime(event.createdAt));
            }));
            Statement s(m_db, "INSERT INTO deleted_address (address, until) VALUES (?, ?) "
                              "ON CONFLICT (address) DO UPDATE SET until = max(until, excluded.until)");
            s.bind(std::string_view(tag[1]));
            s.bind(clampTime(event.createdAt));
            if (s.step() != SQLITE_DONE)
                return failure("note a deletion");
        }
    }
    return {};
}

Result<void> EventStore::query(const nostr::Filter& filter, const Readers& readers, std::int64_t now,
                               std::int64_t limit,
                               const std::function<void(const nostr::EventId&, std::string_view)>& each) {
    if (limit <= 0)
        return {};
    Statement s(m_db, "SELECT id, json FROM event WHERE " + conditionOf(filter, readers.size()) +
                          " ORDER BY created_at DESC, id ASC LIMIT ?");
    bindCondition(s, filter, readers, now);
    s.bind(limit);
    if (!s.ok())
        return failure("query");
    for (;;) {
        const int rc = s.step();
        if (rc == SQLITE_DONE)
            return {};
        if (rc != SQLITE_ROW)
            return failure("query");
        each(fixedBytes<32>(s.blob(0)).value_or(nostr::EventId{}), s.text(1));
    }
}

Result<std::vector<nostr::NegentropyItem>>
EventStore::items(const nostr::Filter& filter, const Readers& readers, std::int64_t now, std::int64_t limit) {
    Statement s(m_db,
                "SELECT created_at, id FROM event WHERE " + conditionOf(filter, readers.size()) + " LIMIT ?");
    bindCondition(s, filter, readers, now);
    s.bind(limit + 1);
    if (!s.ok())
        return failure("items");
    std::vector<nostr::NegentropyItem> out;
    for (;;) {
        const int rc = s.step();
        if (rc == SQLITE_DONE)
            break;
        if (rc != SQLITE_ROW)
            return failure("items");
        if (const auto id = fixedBytes<32>(s.blob(1)))
            out.push_back({static_cast<std::uint64_t>(s.integer(0)), *id});
    }
    if (out.size() > static_cast<std::size_t>(limit))
        return {ErrorCode::LimitExceeded, "too many events to compare"};
    return out;
}

Result<std::uint64_t> EventStore::count(const std::vector<nostr::Filter>& filters, const Readers& readers,
                                        std::int64_t now) {
    std::set<std::int64_t> rows;
    for (const auto& f : filters) {
        Statement s(m_db, "SELECT row FROM event WHERE " + conditionOf(f, readers.size()) + " LIMIT ?");
        bindCondition(s, f, readers, now);
        s.bind(kCountLimit);
        if (!s.ok())
            return failure("count");
        for (;;) {
            const int rc = s.step();
            if (rc == SQLITE_DONE)
                break;
            if (rc != SQLITE_ROW)
                return failure("count");
            rows.insert(s.integer(0));
        }
    }
    return static_cast<std::uint64_t>(rows.size());
}

Result<void> EventStore::purgeExpired(std::int64_t now) {
    return removeWhere("expires IS NOT NULL AND expires <= ?", [&](Statement& s) { s.bind(now); });
}

Result<void> EventStore::trim(std::int64_t max) {
    const auto size = static_cast<std::int64_t>(m_size);
    if (size <= max)
        return {};
    // Removes 1 % more than needed, so that a full relay does not trim at every event.
    const std::int64_t remove = size - max + max / 100;
    return removeWhere("row IN (SELECT row FROM event ORDER BY created_at ASC LIMIT ?)",
                       [&](Statement& s) { s.bind(remove); });
}

} // namespace valise::host
