// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/people/requests.h"

namespace valise::client {

Result<void> Requests::accept(const Bytes& group) {
    VALISE_TRY(const storage::GroupRow row, m_profile.group(group));
    if (row.status != storage::GroupStatus::Request)
        return {};
    VALISE_CHECK(m_profile.write([&] {
        return m_profile.stores().groups.setStatus(group, storage::GroupStatus::Joined,
                                                   m_profile.clock.nowMs());
    }));
    Effects effects;
    effects.touched.insert(group);
    m_sessions.tell(effects);
    return {};
}

} // namespace valise::client
