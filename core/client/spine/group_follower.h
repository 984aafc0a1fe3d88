// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/spine/effects.h"
#include "core/marmot/content/content.h"
#include "core/marmot/group_engine.h"
#include "core/storage/message_store.h"

namespace valise::client {

//! A part of the client that follows what happens in groups. GroupSessions asks all of them, in the order in
//! which they were added. record(), receive() and added() run in the transaction of the step; their errors
//! undo it.
class GroupFollower {
public:
    virtual ~GroupFollower() = default;

    //! The groups were loaded: brings its subject up to date.
    virtual Result<void> start() { return {}; }
    //! Stores what a step means for its subject. The step's messages come through receive().
    virtual Result<void> record(const marmot::GroupEngine&, const marmot::Step&, Effects&) { return {}; }
    //! Takes a message over. True if it is of its subject: nobody else is asked then.
    virtual Result<bool> receive(const Bytes& /*group*/, const marmot::DeliveredMessage&,
                                 const marmot::Content&, Effects&) {
        return false;
    }
    //! A message by somebody else or another device was added to the timeline.
    virtual Result<void> added(const storage::MessageRow&, Effects&) { return {}; }
    //! The step was committed: memory, timers and the window follow.
    virtual void follow(const Effects&) {}
    //! The network came back, or the right time did: waiting work goes on.
    virtual void resume() {}
};

} // namespace valise::client
