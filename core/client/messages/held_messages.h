// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/messages/amendments.h"
#include "core/client/profile.h"
#include "core/client/spine/effects.h"

namespace valise::client {

//! Own words that are not sealed yet: a row of the timeline (or a hidden one, of an amendment) and what it
//! will be made from. Every function runs in the caller's transaction.
class HeldMessages {
public:
    HeldMessages(Profile& profile, Amendments& amendments)
        : m_profile(profile)
        , m_amendments(amendments) {}

    //! Holds a content under the id that its row has now, dated `createdAt` seconds.
    Result<void> add(const Bytes& group, const marmot::Content& content, const storage::Id32& eventId,
                     std::int64_t createdAt);
    //! The held message that a row stands for, or nothing.
    Result<std::optional<storage::HeldMessage>> find(const Bytes& group, const storage::Id32& eventId);
    //! Its words as they will be sealed. Errors of restoreContent().
    static Result<marmot::Content> content(const storage::HeldMessage& held);
    //! Takes a held message back as if it had never been written, with what was said about it here. False if
    //! it is not held.
    Result<bool> drop(const Bytes& group, const storage::Id32& eventId, Effects& effects);
    //! A message, held or sealed, reaches nobody. An amendment is undone, because nobody else sees it.
    Result<void> fail(const Bytes& group, const storage::Id32& eventId, const std::string& reason,
                      Effects& effects);
    //! The conversation has ended: all held messages of it fail. The caller tells the conversation anew.
    Result<void> failAll(const Bytes& group);

private:
    Profile& m_profile;
    Amendments& m_amendments;
};

} // namespace valise::client
