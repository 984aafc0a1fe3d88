// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <vector>

namespace valise::storage {

//! A foreign event that cannot be read yet.
struct DeferredEvent {
    std::int64_t id = 0;
    Bytes eventJson; //!< as received
    Id32 eventId{};
    Bytes groupHint; //!< a group id, a nostr_group_id or empty; the bound counts by it
    std::string reason;
    std::uint32_t tries = 0;
    std::int64_t firstSeenMs = 0;
    std::int64_t lastTryMs = 0;
};

//! The result of deferring an event.
struct DeferOutcome {
    bool stored = false;                //!< false: it was deferred already; its reason and tries were updated
    std::int64_t waiting = 0;           //!< of this group hint, afterwards
    std::vector<DeferredEvent> evicted; //!< the oldest, pushed out by the bound, to be counted by the caller
};

//! Foreign events that cannot be read until a key, a commit or a decision has come.
class DeferredStore {
public:
    explicit DeferredStore(Connection& connection)
        : m_db(connection) {}
    static constexpr std::int64_t kPerGroup = 256;

    Result<DeferOutcome> defer(const DeferredEvent& event, std::int64_t perGroup = kPerGroup);
    //! Oldest first.
    Result<std::vector<DeferredEvent>> list(ByteView groupHint);
    Result<std::vector<DeferredEvent>> listAll(std::size_t limit = 4096);
    Result<std::optional<DeferredEvent>> get(const Id32& eventId);
    Result<void> remove(std::int64_t id);

private:
    Connection& m_db;
};

} // namespace valise::storage
