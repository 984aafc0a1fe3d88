// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/former_engines.h"

#include <functional>

namespace valise::client {

//! The groups as a step changes them. A step copies an engine before its first change. The copies replace
//! the engines in memory once they are stored and committed.
class EngineCopies {
public:
    EngineCopies(const std::map<Bytes, marmot::GroupEngine>& followed, const FormerEngines& formers)
        : m_followed(followed)
        , m_formers(formers) {}

    //! The engine of a group as the step has it so far, or nullptr.
    marmot::GroupEngine* followed(const Bytes& group);
    //! Engines of memberships that ended, the last first: one that ended in this step too, if `ended`.
    std::vector<marmot::GroupEngine*> former(const Bytes& group, bool ended);
    //! A group that was founded, or joined in place of what was followed before.
    void put(marmot::GroupEngine engine);
    //! A group that is given up without a trace of its keys.
    void drop(const Bytes& group) { m_dropped.insert(group); }

private:
    friend class GroupSessions;
    const std::map<Bytes, marmot::GroupEngine>& m_followed;
    const FormerEngines& m_formers;
    std::map<Bytes, marmot::GroupEngine> m_copies;
    std::map<Bytes, std::vector<FormerEngine>> m_formerCopies;
    std::set<Bytes> m_dropped;
};

} // namespace valise::client
