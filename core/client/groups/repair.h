// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/people/directory.h"
#include "core/client/spine/group_commits.h"
#include "core/client/spine/hold_rules.h"

namespace valise::client {

//! Pays what an administrator owes to people whom it let in or out on a branch of the group that lost
//! afterwards. A member that took up a Welcome of that branch cannot follow the one that won. A member that
//! followed its removal there is out for good, because a removal is final for a leaf. The others would see
//! both in the list of members and wait for them in vain.
class Repair : public QObject, public GroupFollower {
    Q_OBJECT

public:
    Repair(Profile& profile, GroupSessions& sessions, const HoldRules& rules, GroupCommits& commits,
           Directory& directory, QObject* parent);

    Result<void> record(const marmot::GroupEngine& engine, const marmot::Step& step,
                        Effects& effects) override;
    void follow(const Effects& effects) override;
    void resume() override;

private:
    void continueRepair(const Bytes& group);
    void finished(const Bytes& group, const Result<void>& result);

    Profile& m_profile;
    GroupSessions& m_sessions;
    const HoldRules& m_rules;
    GroupCommits& m_commits;
    Directory& m_directory;
    std::set<Bytes> m_repairing; // a step is on its way, or waits to be tried again
};

} // namespace valise::client
