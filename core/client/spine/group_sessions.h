// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/profile.h"
#include "core/client/spine/engine_copies.h"
#include "core/client/spine/group_follower.h"

#include <QTimer>

namespace valise::client {

//! How long after a removal earlier messages are read, and how far back an event may be dated when it reaches
//! a relay: clock skew, and a message that was encrypted just before the connection broke. Messages written
//! offline are dated when they leave.
inline constexpr std::int64_t kOverlapSeconds = 3 * 3600;

//! Owns the engines of the groups. Only a step changes one: it copies the engine, writes one transaction,
//! brings the committed copy into memory, and then reports the effects. No other object holds an engine
//! between two steps.
class GroupSessions : public QObject {
    Q_OBJECT

public:
    using Engines = std::map<Bytes, marmot::GroupEngine>;
    using Work = std::function<Result<marmot::Step>(marmot::GroupEngine&)>;

    GroupSessions(Profile& profile, QObject* parent);

    //! `follower` outlives this object's last step.
    void addFollower(GroupFollower* follower) { m_followers.push_back(follower); }
    //! Loads every group from the database and starts the followers. A group that cannot be read becomes
    //! Damaged, the others load.
    Result<void> load();
    //! Lets what waited go on: a relay can be written to, or the time is right.
    void resume();

    //! The engine of a group as it stands between two steps, or nullptr; not to be kept.
    const marmot::GroupEngine* engine(const Bytes& group) const;
    const Engines& engines() const { return m_engines; }
    const FormerEngines& formers() const { return m_formers; }
    //! Some events of the group can still be read.
    bool listens(const Bytes& group) const { return m_engines.count(group) > 0 || m_formers.contains(group); }

    //! One step of one group. Its consequences are stored with it. Errors: NotFound, those of `work` and of
    //! the database; nothing has changed then.
    Result<void> step(const Bytes& group, const Work& work, Effects& effects);
    //! One step of several groups, or one that founds, joins or gives up a group. `committed` is called after
    //! the commit and before the effects are told.
    Result<void> stepAll(const std::function<Result<void>(EngineCopies&)>& work, Effects& effects,
                         const std::function<void()>& committed = {});
    //! Stores what an engine's step means, within the transaction of stepAll().
    Result<void> record(marmot::GroupEngine& engine, const marmot::Step& step, Effects& effects);
    //! Tells the followers of a row that was added to the timeline, within the transaction of a step.
    Result<void> rowAdded(const storage::MessageRow& row, Effects& effects);
    //! Writes what the engine says about its group into the row of the list. In the caller's transaction.
    Result<void> storeRow(const marmot::GroupEngine& engine, storage::GroupRow& row);
    //! Tells effects of a committed change that needed no engine.
    void tell(const Effects& effects);

signals:
    void changed();
    //! The state of a group moved on, or this account is out of one.
    void groupsMoved();

private:
    Result<marmot::GroupEngine> restore(const Bytes& group);
    Result<void> loadFormers(const Bytes& group);
    Result<void> store(EngineCopies& copies, const Effects& effects);
    Result<void> storeEngine(marmot::GroupEngine& engine);
    Result<void> storeEnded(marmot::GroupEngine& engine, std::int64_t untilMs);
    void keep(EngineCopies& copies, const Effects& effects);
    Result<void> receive(const Bytes& group, const marmot::DeliveredMessage& message, Effects& effects);
    Result<void> storeStanding(const marmot::GroupEngine& engine, Effects& effects);
    //! Erases former engines that have had their time. The effects are to be told.
    Effects forgetFormers();
    void forgetDue();
    void armFormers();

    Profile& m_profile;
    std::vector<GroupFollower*> m_followers;
    Engines m_engines;
    FormerEngines m_formers;
    QTimer m_formersTimer; // the next one to be erased
};

} // namespace valise::client
