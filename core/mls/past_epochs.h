// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/mls/group.h"

#include <deque>

namespace valise::mls {

//! The last few epochs that a group has left, for late messages (RFC 9420 sections 9.2 and 15.3). Only the
//! keys for reading are kept. Each epoch has its own window of unused keys (kRatchetBack). The keys of older
//! epochs are deleted.
class PastEpochs {
public:
    //! Keeps `depth` epochs.
    explicit PastEpochs(std::size_t depth)
        : m_depth(depth) {}

    //! Keeps the current epoch of `group`. Call it when the group moves to the next epoch, and drop the old
    //! value.
    void add(const Group& group);
    //! Like Group::unprotect, in the epoch that the message names. WrongEpoch if that epoch is not kept.
    Result<ApplicationMessage> unprotect(ByteView mlsMessage);
    //! The kept epochs, newest last. They are reading-only.
    const std::deque<Group>& epochs() const { return m_epochs; }
    void clear() { m_epochs.clear(); }

private:
    std::size_t m_depth;
    std::deque<Group> m_epochs;
};

} // namespace valise::mls
