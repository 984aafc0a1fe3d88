// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/effects.h"
#include "core/marmot/group_engine.h"

namespace valise::client {

//! The engine of a group that this account is out of.
struct FormerEngine {
    marmot::GroupEngine engine;
    std::int64_t untilMs = 0; //!< its keys are erased then
};

//! Groups that this account is out of, with the keys of their last epochs. Messages of that time may come
//! later, from somebody whose connection broke. Nothing else follows from what comes: a removal is final for
//! a leaf. A value.
class FormerEngines {
public:
    //! An account may join and leave a group several times while its old keys are kept.
    static constexpr std::size_t kMostOfGroup = 4;

    //! Nullptr if there is none; the membership that ended last stands last.
    const std::vector<FormerEngine>* of(const Bytes& group) const;
    bool contains(const Bytes& group) const { return m_all.count(group) > 0; }
    bool empty() const { return m_all.empty(); }
    //! The one that add() would push out, or nullptr.
    const FormerEngine* pushedOutBy(const Bytes& group) const;
    void add(const Bytes& group, FormerEngine former);
    void replace(const Bytes& group, std::vector<FormerEngine> formers);
    //! Removes the engines whose time is over.
    void forget(std::int64_t nowMs);
    //! The time at which forget() has work next, milliseconds.
    std::optional<std::int64_t> nextEnd() const;

    auto begin() const { return m_all.begin(); }
    auto end() const { return m_all.end(); }

private:
    std::map<Bytes, std::vector<FormerEngine>> m_all;
};

} // namespace valise::client
