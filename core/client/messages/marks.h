// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_sessions.h"

namespace valise::client {

//! Marks that never leave this device: stars and pins on messages, drafts, and how a conversation stands in
//! the list. Error of all: NotFound.
class Marks {
public:
    Marks(Profile& profile, GroupSessions& sessions)
        : m_profile(profile)
        , m_sessions(sessions) {}

    Result<void> setStarred(const Bytes& group, std::int64_t row, bool on);
    //! Error, too: LimitExceeded beyond 50.
    Result<void> setMessagePinned(const Bytes& group, std::int64_t row, bool on);
    Result<void> saveDraft(const Bytes& group, const std::string& text);
    //! How much notifications from the conversation say; nothing: as everywhere else.
    Result<void> setNotificationDetail(const Bytes& group, const std::optional<NotificationDetail>& detail);
    Result<void> setMuted(const Bytes& group, bool on);
    Result<void> setPinned(const Bytes& group, bool on);
    Result<void> setArchived(const Bytes& group, bool on);

private:
    Result<void> changeGroup(const Bytes& group,
                             const std::function<Result<void>(storage::GroupStore&)>& change);
    Result<storage::MessageRow> shown(const Bytes& group, std::int64_t row);
    void tellRow(std::int64_t row);

    Profile& m_profile;
    GroupSessions& m_sessions;
};

} // namespace valise::client
