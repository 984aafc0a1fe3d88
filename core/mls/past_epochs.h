// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/group.h"

#include <deque>

namespace valise::mls {

//! Late messages (RFC 9420 sections 9.2 and 15.3): of the epochs that a group has left, the last few, reduced
//! to what reading takes. Each keeps its own window of unused keys (kRatchetBack); an older epoch's keys are
//! gone.
class PastEpochs {
public:
    //! Keeps `depth` epochs.
    explicit PastEpochs(std::size_t depth)
        : m_depth(depth) {}

    //! Keeps the epoch that `group` is in; call it when the group moves on, and drop the value.
    void add(const Group& group);
    //! As Group::unprotect, in the epoch that the message names. Error also WrongEpoch for one that is not
    //! kept.
    Result<ApplicationMessage> unprotect(ByteView mlsMessage);
    //! The epochs kept, newest last; each is for reading only.
    const std::deque<Group>& epochs() const { return m_epochs; }
    void clear() { m_epochs.clear(); }

private:
    std::size_t m_depth;
    std::deque<Group> m_epochs;
};

} // namespace valise::mls
