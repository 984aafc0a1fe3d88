// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/storage/database.h"

#include "core/base/clock.h"
#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/storage/durable_file.h"
#include "core/storage/key_file.h"
#include "core/storage/profile_lock.h"
#include "core/storage/schema.h"

#include <sqlite3.h>

namespace valise::storage {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kKeyFileMax = 1024;

fs::path databaseFile(const fs::path& folder) {
    return folder / "valise.db";
}
fs::path keyFilePath(const fs::path& folder) {
    return folder / "valise.kdf";
}
fs::path nextKeyFilePath(const fs::path& folder) {
    return folder / "valise.kdf.next";
}
fs::path markerFile(const fs::path& folder) {
    return folder / "valise.open";
}

fs::path withSuffix(const fs::path& file, const char* suffix) {
    fs::path out = file;
    out += suffix;
    return out;
}

Result<void> askFault(const OpenOptions& options, std::string_view operation) {
    if (options.fault) {
        if (const auto code = options.fault(operation))
            return {*code, "injected at " + std::string(operation)};
    }
    return {};
}

// SQLCipher takes a key of this form as it is, and derives none from it.
crypto::Secret rawKeyText(const crypto::Secret& key) {
    static constexpr char kDigits[] = "0123456789abcdef";
    crypto::Secret out(key.size() * 2 + 3);
    auto text = out.mutableView();
    std::size_t at = 0;
    text[at++] = 'x';
    text[at++] = '\'';
    for (std::uint8_t octet : key.view()) {
        text[at++] = static_cast<std::uint8_t>(kDigits[octet >> 4]);
        text[at++] = static_cast<std::uint8_t>(kDigits[octet & 15]);
    }
    text[at] = '\'';
    return out;
}

Result<std::unique_ptr<Connection>> openConnection(const std::string& name, const crypto::Secret& key,
                                                   int flags) {
    sqlite3* handle = nullptr;
    const int rc = sqlite3_open_v2(name.c_str(), &handle,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nullptr);
    if (!handle)
        return {ErrorCode::Internal, "no memory for a database connection"};
    auto connection = std::make_unique<Connection>(handle);
    if (rc != SQLITE_OK)
        return connection->failure(rc, "open");
    const crypto::Secret text = rawKeyText(key);
    const int keyed = sqlite3_key(handle, text.view().data(), static_cast<int>(text.size()));
    if (keyed != SQLITE_OK)
        return connection->failure(keyed, "key");
    VALISE_CHECK(connection->execute("PRAGMA cipher_page_size = 4096"));
    VALISE_CHECK(connection->execute("PRAGMA foreign_keys = ON"));
    VALISE_CHECK(connection->execute("PRAGMA secure_delete = ON"));
    VALISE_CHECK(connection->execute("PRAGMA temp_store = MEMORY"));
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return connection;
}

// A file name as SQLite reads it from a URI: absolute, with slashes, on Windows with three before the drive.
std::string uriOf(const fs::path& file) {
    std::error_code code;
    const std::u8string name = fs::absolute(file, code).generic_u8string();
    std::string out = name.starts_with(u8'/') ? "file:" : "file:///";
    for (const char8_t c : name) {
        const auto octet = static_cast<unsigned char>(c);
        const bool plain = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') ||
                           (octet >= '0' && octet <= '9') || octet == '/' || octet == '.' || octet == '_' ||
                           octet == '-' || octet == ':' || octet == '\\';
        if (plain)
            out += static_cast<char>(octet);
        else
            out += "%" + toHex(ByteView(&octet, 1));
    }
    return out;
}

// 16 MiB of decrypted pages: enough for the indexes of a large profile's recent part.
Result<void> tune(Connection& connection) {
    VALISE_CHECK(connection.execute("PRAGMA cache_size = -16384"));
    return connection.execute("PRAGMA busy_timeout = 5000");
}

void removeQuietly(const fs::path& file) {
    std::error_code ignored;
    fs::remove(file, ignored);
}

// The copy has everything that can hold a part of the history: the file and its log.
Result<fs::path> copyAside(const fs::path& folder) {
    const fs::path file = databaseFile(folder);
    const std::string stamp = ".damaged-" + std::to_string(SystemClock().now());
    fs::path target = withSuffix(file, stamp.c_str());
    std::error_code code;
    for (int n = 2; fs::exists(target, code) && n < 1000; ++n)
        target = withSuffix(file, (stamp + "-" + std::to_string(n)).c_str());
    fs::copy_file(file, target, code);
    if (code == std::errc::no_space_on_device)
        return {ErrorCode::StorageFull, "the damaged database cannot be copied aside"};
    if (code)
        return {ErrorCode::StorageFailed, "the damaged database cannot be copied aside"};
    if (fs::exists(withSuffix(file, "-wal"), code))
        fs::copy_file(withSuffix(file, "-wal"), withSuffix(target, "-wal"), code);
    return target;
}

Error damaged(const fs::path& folder, const OpenOptions& options, const std::string& why) {
    log(LogLevel::Error, "storage", "the database is damaged: " + why);
    if (Result<void> fault = askFault(options, "copy_aside"); !fault.ok())
        return {ErrorCode::StorageDamaged, why + "; no copy could be made"};
    auto copy = copyAside(folder);
    if (!copy.ok())
        return {ErrorCode::StorageDamaged, why + "; " + copy.error().detail};
    return {ErrorCode::StorageDamaged, why + "; copied to " + copy->filename().string()};
}

Result<void> quickCheck(Connection& connection, const char* pragma) {
    std::string first;
    VALISE_CHECK(connection.query(pragma, [&](const Statement& row) {
        if (first.empty())
            first = row.text(0);
    }));
    if (first != "ok")
        return {ErrorCode::StorageDamaged, "the integrity check failed"};
    return {};
}

Result<std::unique_ptr<Connection>> openConnection(const fs::path& file, const crypto::Secret& key,
                                                   int flags) {
    const std::u8string name = file.u8string();
    return openConnection(std::string(reinterpret_cast<const char*>(name.c_str())), key, flags);
}

// In a folder that cannot be written SQLite cannot make the log's shared index, so it is told that the file
// does not change.
Result<std::unique_ptr<Connection>> openToRead(const fs::path& folder, const crypto::Secret& key,
                                               const std::optional<Error>& restriction) {
    const fs::path file = databaseFile(folder);
    const bool unchanging = restriction && restriction->code == ErrorCode::StorageReadOnly;
    VALISE_TRY(auto connection, unchanging ? openConnection(uriOf(file) + "?immutable=1", key,
                                                            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
                                           : openConnection(file, key, SQLITE_OPEN_READWRITE));
    VALISE_CHECK(tune(*connection));
    VALISE_CHECK(connection->execute("PRAGMA query_only = ON"));
    // The key belongs to the database, which outlives its connections.
    connection->setReopen([folder, &key, restriction] { return openToRead(folder, key, restriction); });
    return connection;
}

Result<KeyFile> readKeyFile(const fs::path& file) {
    VALISE_TRY(Bytes text, readSmallFile(file, kKeyFileMax));
    return decodeKeyFile(textOf(text));
}

// The key of the profile. An interrupted change of passphrase leaves two key files. `next` says that the key
// comes from the second.
Result<crypto::Secret> findKey(const fs::path& folder, ByteView passphrase, bool& next) {
    next = false;
    auto file = readKeyFile(keyFilePath(folder));
    if (!file.ok()) {
        if (file.error().code == ErrorCode::Unsupported)
            return {ErrorCode::StorageVersion, file.error().detail};
        return {ErrorCode::StorageDamaged, "valise.kdf: " + file.error().detail};
    }
    auto key = unlockKey(*file, passphrase);
    if (key.ok() || key.error().code != ErrorCode::WrongPassphrase)
        return key;
    auto second = readKeyFile(nextKeyFilePath(folder));
    if (!second.ok())
        return key;
    next = true;
    return unlockKey(*second, passphrase);
}

} // namespace

Database::Database() = default;

bool Database::exists(const fs::path& folder) {
    std::error_code code;
    return fs::exists(databaseFile(folder), code);
}

Result<std::unique_ptr<Database>> Database::create(const fs::path& folder, ByteView passphrase,
                                                   crypto::Random& random, const OpenOptions& options) {
    if (exists(folder))
        return {ErrorCode::AlreadyExists, "the folder holds a profile"};
    VALISE_CHECK(askFault(options, "make_folder"));
    VALISE_CHECK(makePrivateFolder(folder));
    VALISE_CHECK(askFault(options, "lock"));
    std::unique_ptr<Database> database(new Database());
    database->m_folder = folder;
    VALISE_TRY(database->m_lock, ProfileLock::acquire(folder / "valise.lock"));
    if (exists(folder))
        return {ErrorCode::AlreadyExists, "the folder holds a profile"};
    VALISE_TRY(NewKey key, makeKey(passphrase, options.cost, random));

    // The file is built beside its place and renamed when it is whole, so that a crash leaves no half-made
    // profile.
    const fs::path building = withSuffix(databaseFile(folder), ".new");
    removeQuietly(building);
    removeQuietly(withSuffix(building, "-journal"));
    VALISE_CHECK(askFault(options, "create_db"));
    {
        VALISE_TRY(auto connection,
                   openConnection(building, key.key, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
        VALISE_CHECK(connection->execute("PRAGMA journal_mode = DELETE"));
        VALISE_CHECK(connection->execute("PRAGMA synchronous = FULL"));
        VALISE_CHECK(connection->execute("BEGIN IMMEDIATE"));
        VALISE_CHECK(createSchema(*connection));
        VALISE_CHECK(connection->execute("COMMIT"));
    }
    std::error_code ignored;
    fs::permissions(building, fs::perms::owner_read | fs::perms::owner_write, ignored);
    removeQuietly(nextKeyFilePath(folder));
    VALISE_CHECK(askFault(options, "write_kdf"));
    VALISE_CHECK(writeDurably(keyFilePath(folder), viewOf(encodeKeyFile(key.file))));
    VALISE_CHECK(renameDurably(building, databaseFile(folder)));

    database->m_key = std::move(key.key);
    VALISE_CHECK(askFault(options, "open_db"));
    VALISE_CHECK(database->attach(false));
    return database;
}

Result<std::unique_ptr<Database>> Database::open(const fs::path& folder, ByteView passphrase,
                                                 const OpenOptions& options) {
    if (!exists(folder))
        return {ErrorCode::NotFound, "the folder holds no profile"};
    VALISE_CHECK(askFault(options, "lock"));
    std::unique_ptr<Database> database(new Database());
    database->m_folder = folder;
    VALISE_TRY(database->m_lock, ProfileLock::acquire(folder / "valise.lock"));
    bool next = false;
    VALISE_TRY(database->m_key, findKey(folder, passphrase, next));
    // The passphrase is right, or the one being changed to, so the files may be changed from here on.
    VALISE_CHECK(askFault(options, "open_db"));
    std::error_code code;
    const bool changing = fs::exists(nextKeyFilePath(folder), code);
    const bool unclean = fs::exists(markerFile(folder), code);
    Result<void> attached = database->attach(unclean);
    if (!attached.ok()) {
        database->m_connection.reset();
        if (attached.error().code != ErrorCode::StorageDamaged)
            return attached.error();
        // During a change of passphrase, a key that fits a key file but not the database belongs to the other
        // passphrase.
        if (changing)
            return {ErrorCode::WrongPassphrase,
                    "a change of passphrase was interrupted; this is the other one"};
        return damaged(folder, options, attached.error().detail);
    }
    if (changing) {
        if (next)
            VALISE_CHECK(renameDurably(nextKeyFilePath(folder), keyFilePath(folder)));
        else
            VALISE_CHECK(removeDurably(nextKeyFilePath(folder)));
    }
    return database;
}

Result<std::unique_ptr<Database>> Database::openForReading(const fs::path& folder, ByteView passphrase,
                                                           const Error& why) {
    std::unique_ptr<Database> database(new Database());
    database->m_folder = folder;
    database->m_restriction = why;
    auto lock = ProfileLock::acquire(folder / "valise.lock");
    if (lock)
        database->m_lock = std::move(*lock);
    else if (lock.error().code != ErrorCode::StorageReadOnly)
        return lock.error();
    bool next = false;
    VALISE_TRY(database->m_key, findKey(folder, passphrase, next));
    auto connection = openToRead(folder, database->m_key, database->m_restriction);
    if (!connection)
        return why;
    const auto version = (*connection)->integer("PRAGMA user_version");
    if (!version || version->value_or(0) != kSchemaVersion)
        return why;
    database->m_connection = std::move(*connection);
    database->m_stores = std::make_unique<Stores>(*database->m_connection);
    return database;
}

Result<void> Database::attach(bool check) {
    VALISE_TRY(m_connection, openConnection(databaseFile(m_folder), m_key, SQLITE_OPEN_READWRITE));
    VALISE_CHECK(tune(*m_connection));
    // This is the first read. The key is right, so a first page that it does not open is damaged.
    VALISE_CHECK(m_connection->integer("PRAGMA user_version"));
    if (check) {
        VALISE_CHECK(quickCheck(*m_connection, "PRAGMA quick_check(1)"));
        log(LogLevel::Info, "storage", "the profile was not closed the last time; its database is intact");
    }
    VALISE_CHECK(m_connection->execute("PRAGMA journal_mode = WAL"));
    VALISE_CHECK(m_connection->execute("PRAGMA synchronous = FULL"));
    VALISE_CHECK(m_connection->execute("PRAGMA journal_size_limit = 16777216"));
    VALISE_CHECK(migrate(*m_connection));
    VALISE_CHECK(writeDurably(markerFile(m_folder), viewOf("open\n")));
    m_markerSet = true;
    m_lock->sign();
    m_stores = std::make_unique<Stores>(*m_connection);
    return {};
}

Database::~Database() {
    const bool wasOpen = m_connection != nullptr;
    if (wasOpen && m_connection->inTransaction())
        (void)m_connection->execute("ROLLBACK").ok();
    m_stores.reset();
    m_connection.reset();
    if (m_markerSet && !removeDurably(markerFile(m_folder)).ok())
        log(LogLevel::Warning, "storage", "the marker of the open profile could not be removed");
}

Result<std::unique_ptr<Reader>> Database::openReader() const {
    // WAL writes its shared index, so the connection opens the file for writing and then forbids itself to
    // write.
    VALISE_TRY(auto connection, openToRead(m_folder, m_key, m_restriction));
    VALISE_CHECK(connection->integer("PRAGMA user_version"));
    return std::unique_ptr<Reader>(new Reader(std::move(connection)));
}

Result<void> Database::changePassphrase(ByteView current, ByteView next, crypto::Random& random,
                                        const OpenOptions& options) {
    VALISE_TRY(KeyFile file, readKeyFile(keyFilePath(m_folder)));
    VALISE_TRY(crypto::Secret old, unlockKey(file, current));
    if (m_connection->inTransaction())
        return {ErrorCode::InvalidArgument, "a transaction is open"};
    VALISE_TRY(NewKey key, makeKey(next, options.cost, random));
    VALISE_CHECK(askFault(options, "write_kdf"));
    VALISE_CHECK(writeDurably(nextKeyFilePath(m_folder), viewOf(encodeKeyFile(key.file))));
    // With a rollback journal the new encryption is one step. The log would hold pages under both keys.
    const auto rekey = [&]() -> Result<void> {
        m_stores.reset();
        m_connection.reset();
        VALISE_TRY(m_connection, openConnection(databaseFile(m_folder), m_key, SQLITE_OPEN_READWRITE));
        VALISE_CHECK(tune(*m_connection));
        std::string mode;
        VALISE_CHECK(m_connection->query("PRAGMA journal_mode = DELETE",
                                         [&](const Statement& row) { mode = row.text(0); }));
        if (mode != "delete")
            return {ErrorCode::StorageBusy, "a reader is open"};
        VALISE_CHECK(m_connection->execute("PRAGMA synchronous = FULL"));
        VALISE_CHECK(askFault(options, "rekey"));
        const crypto::Secret text = rawKeyText(key.key);
        const int rc =
            sqlite3_rekey(m_connection->handle(), text.view().data(), static_cast<int>(text.size()));
        if (rc != SQLITE_OK)
            return m_connection->failure(rc, "rekey");
        m_key = std::move(key.key);
        m_connection.reset();
        return {};
    };
    Result<void> done = rekey();
    if (done.ok()) {
        VALISE_CHECK(askFault(options, "rename_kdf"));
        done = renameDurably(nextKeyFilePath(m_folder), keyFilePath(m_folder));
    } else {
        m_connection.reset();
        removeQuietly(nextKeyFilePath(m_folder));
    }
    VALISE_CHECK(attach(false));
    return done;
}

Result<void> Database::checkIntegrity() {
    bool intact = true;
    VALISE_CHECK(
        m_connection->query("PRAGMA cipher_integrity_check", [&](const Statement&) { intact = false; }));
    if (!intact)
        return {ErrorCode::StorageDamaged, "a page does not authenticate"};
    return quickCheck(*m_connection, "PRAGMA integrity_check(1)");
}

} // namespace valise::storage
