// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/nostr/event.h"
#include "core/nostr/filter.h"
#include "core/nostr/negentropy.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace valise::host {

//! The result of storing an event.
enum class StoreOutcome {
    Stored,
    Duplicate, //!< the event is stored already
    Outdated,  //!< a newer replaceable or addressable event is stored
    Deleted,   //!< its author deleted it (NIP-09)
    Expired,   //!< its expiration has passed (NIP-40)
};

//! The events of the embedded relay in a plain SQLite file. The events are signed and mostly ciphertext, so
//! the file contains no secret from the relay's operator.
class EventStore {
public:
    EventStore() = default;
    ~EventStore();
    EventStore(const EventStore&) = delete;
    EventStore& operator=(const EventStore&) = delete;

    //! `path` may be ":memory:". Errors: StorageFailed, StorageReadOnly, StorageVersion.
    Result<void> open(const std::string& path);
    void close();
    bool isOpen() const { return m_db != nullptr; }

    //! Stores a verified event that is not ephemeral, by the rules of NIP-01 (replacing), NIP-09 and NIP-40.
    //! `json` is its text. Errors: StorageFailed, StorageFull.
    Result<StoreOutcome> put(const nostr::Event& event, const std::string& json, std::int64_t now);
    //! The authenticated keys of a client (lowercase hexadecimal). Gift wraps are given only to these
    //! recipients.
    using Readers = std::vector<std::string>;
    //! Calls `each` with the JSON of the newest `limit` matches, newest first. Error: StorageFailed.
    Result<void> query(const nostr::Filter& filter, const Readers& readers, std::int64_t now,
                       std::int64_t limit,
                       const std::function<void(const nostr::EventId&, std::string_view json)>& each);
    //! created_at and id of all matching events, for NIP-77. Errors: LimitExceeded for more than `limit` of
    //! them, StorageFailed.
    Result<std::vector<nostr::NegentropyItem>> items(const nostr::Filter& filter, const Readers& readers,
                                                     std::int64_t now, std::int64_t limit);
    //! The number of events that match at least one filter. Error: StorageFailed.
    Result<std::uint64_t> count(const std::vector<nostr::Filter>& filters, const Readers& readers,
                                std::int64_t now);
    //! Removes expired events. Error: StorageFailed.
    Result<void> purgeExpired(std::int64_t now);
    //! Removes the oldest events until at most `max` remain. Error: StorageFailed.
    Result<void> trim(std::int64_t max);
    std::uint64_t size() const { return m_size; }

private:
    class Statement;
    Result<void> exec(const char* sql);
    Result<void> removeWhere(const char* where, const std::function<void(Statement&)>& bind);
    Result<StoreOutcome> putInside(const nostr::Event& event, const std::string& json, std::int64_t now);
    Result<void> applyDeletion(const nostr::Event& event);
    Error failure(const char* what) const;

    sqlite3* m_db = nullptr;
    std::uint64_t m_size = 0;
};

} // namespace valise::host
