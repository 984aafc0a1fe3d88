// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/ids.h"

#include <optional>
#include <string>
#include <vector>

namespace valise::storage {

enum class ScheduledState {
    Waiting = 0,
    Missed = 1,  //!< the program did not run at its time
    Refused = 2, //!< at its time this account could not write there
};

//! A message of unknown state is not sent without the person.
template <>
struct StoredEnum<ScheduledState> {
    static constexpr auto kLast = ScheduledState::Refused;
    static constexpr auto kUnknown = ScheduledState::Missed;
};

//! A scheduled message: a text to be sent later, at a time. No timeline shows it before.
struct ScheduledMessage {
    std::int64_t id = 0; //!< set when read
    Bytes groupId;
    std::string text;
    std::optional<Id32> replyTo;
    std::int64_t dueMs = 0;     //!< milliseconds since 1970
    std::string zone;           //!< the time zone in which the person chose the time (IANA), to show it again
    std::int64_t createdMs = 0; //!< milliseconds since 1970
    ScheduledState state = ScheduledState::Waiting;
};

//! Scheduled messages. They go with their group.
class ScheduledStore {
public:
    static constexpr std::int64_t kMostPerGroup = 200;

    explicit ScheduledStore(Connection& connection)
        : m_db(connection) {}

    //! Returns the id. Errors: NotFound for the group; LimitExceeded beyond kMostPerGroup.
    Result<std::int64_t> add(const ScheduledMessage& message);
    Result<std::optional<ScheduledMessage>> get(std::int64_t id);
    //! Of one group or of all, by time.
    Result<std::vector<ScheduledMessage>> list(const std::optional<Bytes>& groupId = {});
    //! Sets another time. A missed or refused message waits again. Error: NotFound.
    Result<void> setDue(std::int64_t id, std::int64_t dueMs, std::string_view zone);
    //! Error: NotFound.
    Result<void> setState(std::int64_t id, ScheduledState state);
    //! Error: NotFound.
    Result<void> remove(std::int64_t id);
    //! Waiting messages whose time is `nowMs` or before, in the order of their times.
    Result<std::vector<ScheduledMessage>> due(std::int64_t nowMs);
    //! The time of the next waiting message, milliseconds since 1970.
    Result<std::optional<std::int64_t>> next();

private:
    Connection& m_db;
};

} // namespace valise::storage
