// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/argon2.h"
#include "core/crypto/random.h"
#include "core/storage/reader.h"
#include "core/storage/stores.h"
#include "core/storage/transaction.h"

#include <filesystem>
#include <functional>

namespace valise::storage {

class ProfileLock;

//! The choices in creating or opening a profile.
struct OpenOptions {
    //! The cost of the key derivation of a new profile or passphrase. open() reads it from the profile.
    crypto::Argon2Cost cost;
    //! For tests: called before each operation on a file ("lock", "write_kdf", "create_db", "open_db",
    //! "copy_aside", ...). A code that it returns is the operation's failure.
    std::function<std::optional<ErrorCode>(std::string_view operation)> fault;
};

//! The encrypted database of a profile and its only writing connection. In the profile's folder: `valise.db`
//! (SQLCipher, raw key), `valise.kdf` (how the key comes from the passphrase), `valise.lock` (locked while
//! open), `valise.open` (there while open, so that an unclean stop shows). Not thread-safe; one owner.
class Database {
public:
    //! True if the folder holds a profile.
    static bool exists(const std::filesystem::path& folder);
    //! Makes the folder (private to the user) and a new, empty profile in it. The passphrase may be empty
    //! only if the caller has decided so. Errors: AlreadyExists, StorageBusy, StorageFull, StorageReadOnly,
    //! StorageFailed.
    static Result<std::unique_ptr<Database>> create(const std::filesystem::path& folder, ByteView passphrase,
                                                    crypto::Random& random, const OpenOptions& options = {});
    //! Opens and, if written by an older version, migrates. Errors: NotFound; StorageBusy (detail names the
    //! process); WrongPassphrase (nothing on disk has changed); StorageDamaged (a copy stands beside the
    //! file); StorageVersion; StorageFull; StorageReadOnly; StorageFailed.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder, ByteView passphrase,
                                                  const OpenOptions& options = {});
    //! Opens, for reading only, a profile that open() refused with `why`, StorageReadOnly or StorageDamaged.
    //! Writes, repairs and migrates nothing. If the folder cannot be written, changes since the last
    //! checkpoint of the log are left out. Errors: `why` itself where nothing can be read; WrongPassphrase;
    //! StorageBusy.
    static Result<std::unique_ptr<Database>> openForReading(const std::filesystem::path& folder,
                                                            ByteView passphrase, const Error& why);
    //! The reason for which only reading is possible, if that is so.
    const std::optional<Error>& restriction() const { return m_restriction; }
    //! Closes cleanly: the log is folded into the file and the marker removed.
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Connection& connection() { return *m_connection; }
    Stores& stores() { return *m_stores; }
    //! Another connection, read-only, for another thread.
    Result<std::unique_ptr<Reader>> openReader() const;
    //! Encrypts everything anew under another passphrase. Every Reader must be closed. Survives a crash at
    //! any point: the old or the new passphrase opens. Errors: WrongPassphrase if `current` is wrong;
    //! StorageFull; StorageFailed.
    Result<void> changePassphrase(ByteView current, ByteView next, crypto::Random& random,
                                  const OpenOptions& options = {});
    //! A full check, for the diagnostics page; reads everything. Error: StorageDamaged.
    Result<void> checkIntegrity();
    const std::filesystem::path& folder() const { return m_folder; }

private:
    Database();
    Result<void> attach(bool check);
    std::filesystem::path m_folder;
    std::unique_ptr<ProfileLock> m_lock;
    crypto::Secret m_key;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Stores> m_stores;
    std::optional<Error> m_restriction;
    bool m_markerSet = false;
};

} // namespace valise::storage
