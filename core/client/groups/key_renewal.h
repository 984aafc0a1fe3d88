// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/group_commits.h"
#include "core/client/spine/hold_rules.h"

namespace valise::client {

//! Renews this client's own keys in the tree of each group by a commit with a path (RFC 9420 section 7), so
//! that stolen keys read nothing for long.
class KeyRenewal : public QObject, public GroupFollower {
    Q_OBJECT

public:
    KeyRenewal(Profile& profile, GroupSessions& sessions, const HoldRules& rules, GroupCommits& commits,
               QObject* parent);

    //! When keys are renewed next, milliseconds: soon after joining, later every month or so.
    static std::int64_t next(const Profile& profile, bool joined);

    Result<void> record(const marmot::GroupEngine& engine, const marmot::Step& step,
                        Effects& effects) override;
    void resume() override { renewDue(); }

private:
    void renewDue();

    Profile& m_profile;
    GroupSessions& m_sessions;
    const HoldRules& m_rules;
    GroupCommits& m_commits;
    QTimer m_timer;
};

} // namespace valise::client
