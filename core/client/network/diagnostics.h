// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_sessions.h"
#include "core/net/relay_pool.h"

namespace valise::client {

//! The lines of the diagnostics: counters, deferred events, how each group stands and why it followed its
//! branch, and the relays.
class Diagnostics {
public:
    Diagnostics(Profile& profile, const net::RelayPool& pool, const GroupSessions& sessions)
        : m_profile(profile)
        , m_pool(pool)
        , m_sessions(sessions) {}

    Result<QVector<DiagnosticRecord>> report();

private:
    void addGroups(QVector<DiagnosticRecord>& out) const;

    Profile& m_profile;
    const net::RelayPool& m_pool;
    const GroupSessions& m_sessions;
};

} // namespace valise::client
