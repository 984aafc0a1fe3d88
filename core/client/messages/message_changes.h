// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/messages/sender.h"
#include "core/client/spine/group_sessions.h"

namespace valise::client {

//! Reactions, edits and deletions, received and own. Amendments holds their effects on messages.
//! Errors of all: NotFound, NotMember, GroupDisbanded.
class MessageChanges : public GroupFollower {
public:
    MessageChanges(Profile& profile, GroupSessions& sessions, const HoldRules& rules, Amendments& amendments,
                   HeldMessages& held, Sender& sender)
        : m_profile(profile)
        , m_sessions(sessions)
        , m_rules(rules)
        , m_amendments(amendments)
        , m_held(held)
        , m_sender(sender) {}

    //! Error, too: InvalidArgument for a text that cannot be a reaction.
    Result<void> react(const Bytes& group, const storage::Id32& message, const std::string& emoji, bool on);
    //! Errors, too: NotAuthorized, InvalidArgument, LimitExceeded.
    Result<void> edit(const Bytes& group, const storage::Id32& message, const std::string& text);
    //! Errors, too: NotAuthorized, LimitExceeded.
    Result<void> deleteForEveryone(const Bytes& group, const std::vector<storage::Id32>& messages);
    //! Rows of whatever kind; on this device only.
    Result<void> deleteForMe(const Bytes& group, const std::vector<std::int64_t>& rows);

    Result<void> start() override;
    Result<void> record(const marmot::GroupEngine& engine, const marmot::Step& step,
                        Effects& effects) override;
    Result<bool> receive(const Bytes& group, const marmot::DeliveredMessage& delivered,
                         const marmot::Content& content, Effects& effects) override;

private:
    Result<storage::MessageRow> message(const Bytes& group, const storage::Id32& eventId);

    Profile& m_profile;
    GroupSessions& m_sessions;
    const HoldRules& m_rules;
    Amendments& m_amendments;
    HeldMessages& m_held;
    Sender& m_sender;
};

} // namespace valise::client
