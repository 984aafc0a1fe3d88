// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/marks.h"

namespace valise::client {

Result<storage::MessageRow> Marks::shown(const Bytes& group, std::int64_t row) {
    VALISE_TRY(auto about, m_profile.stores().messages.byRow(row));
    if (!about || about->groupId != group || !about->shown)
        return {ErrorCode::NotFound, "no such message in this conversation"};
    return std::move(*about);
}

void Marks::tellRow(std::int64_t row) {
    Effects effects;
    effects.changedRows.push_back(row);
    m_sessions.tell(effects);
}

Result<void> Marks::setStarred(const Bytes& group, std::int64_t row, bool on) {
    VALISE_CHECK(shown(group, row));
    VALISE_CHECK(m_profile.write(
        [&] { return m_profile.stores().changes.setStarred(row, on, m_profile.clock.nowMs()); }));
    tellRow(row);
    return {};
}

Result<void> Marks::setMessagePinned(const Bytes& group, std::int64_t row, bool on) {
    VALISE_TRY(const storage::MessageRow about, shown(group, row));
    if (about.direction == storage::MessageDirection::System)
        return {ErrorCode::NotFound, "no such message in this conversation"};
    VALISE_CHECK(m_profile.write(
        [&] { return m_profile.stores().marks.setPinned(row, on, m_profile.clock.nowMs()); }));
    tellRow(row);
    return {};
}

Result<void> Marks::changeGroup(const Bytes& group,
                                const std::function<Result<void>(storage::GroupStore&)>& change) {
    VALISE_CHECK(m_profile.write([&] { return change(m_profile.stores().groups); }));
    Effects effects;
    effects.touched.insert(group);
    m_sessions.tell(effects);
    return {};
}

Result<void> Marks::saveDraft(const Bytes& group, const std::string& text) {
    return changeGroup(group, [&](storage::GroupStore& groups) { return groups.setDraft(group, text); });
}

Result<void> Marks::setNotificationDetail(const Bytes& group,
                                          const std::optional<NotificationDetail>& detail) {
    return changeGroup(group, [&](storage::GroupStore& groups) {
        return groups.setNotification(group,
                                      detail ? std::optional(static_cast<int>(*detail)) : std::nullopt);
    });
}

Result<void> Marks::setMuted(const Bytes& group, bool on) {
    return changeGroup(group, [&](storage::GroupStore& groups) { return groups.setMuted(group, on); });
}

Result<void> Marks::setPinned(const Bytes& group, bool on) {
    return changeGroup(group, [&](storage::GroupStore& groups) { return groups.setPinned(group, on); });
}

Result<void> Marks::setArchived(const Bytes& group, bool on) {
    return changeGroup(group, [&](storage::GroupStore& groups) { return groups.setArchived(group, on); });
}

} // namespace valise::client
