// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/hold_rules.h"

namespace valise::client {

Result<void> HoldRules::mayWrite(const Bytes& group) const {
    VALISE_TRY(const storage::GroupRow row, m_profile.group(group));
    if (row.status == storage::GroupStatus::Disbanded)
        return {ErrorCode::GroupDisbanded, "a message to a group that has ended"};
    if (!m_sessions.engine(group) ||
        (row.status != storage::GroupStatus::Joined && row.status != storage::GroupStatus::Request))
        return {ErrorCode::NotMember, "this account is not in the group"};
    return {};
}

bool HoldRules::holds(const Bytes& group) const {
    const marmot::GroupEngine* engine = m_sessions.engine(group);
    return !engine || m_pool.isClockAwaited() || m_pool.clockAheadMs() != 0 || !m_feeds.isWritable(*engine) ||
           !m_feeds.isCurrent(group) || !engine->settled() || !engine->departing().empty();
}

bool HoldRules::mayLeaveSoon(const marmot::GroupEngine& engine) const {
    const std::vector<std::string> relays = m_feeds.relaysOf(engine);
    return m_pool.clockAheadMs() == 0 &&
           std::any_of(relays.begin(), relays.end(), [&](const std::string& relay) {
               const net::RelayState state = m_pool.status(relay).state;
               return state == net::RelayState::Connected || state == net::RelayState::Connecting ||
                      state == net::RelayState::Authenticating;
           });
}

} // namespace valise::client
