// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/history/record_mapping.h"
#include "core/client/messages/held_messages.h"
#include "core/client/spine/hold_rules.h"
#include "core/client/spine/outbox_pump.h"

namespace valise::client {

//! Writes own messages: into the timeline at once, sealed and into the outbox as soon as they can leave.
class Sender : public QObject, public GroupFollower {
    Q_OBJECT

public:
    Sender(Profile& profile, GroupSessions& sessions, const GroupFeeds& feeds, const HoldRules& rules,
           HeldMessages& held, RecordMapper& mapper, QObject* parent);

    //! Writes a text, in reply to a message if one is named. Errors: InvalidArgument, LimitExceeded,
    //! NotFound, NotMember, GroupDisbanded.
    Result<MessageRecord> sendText(const Bytes& group, const std::string& text,
                                   const std::optional<storage::Id32>& replyTo);
    //! Writes a content that has a line of its own. `also` runs in the same transaction. Errors as
    //! sendText().
    Result<MessageRecord> send(const Bytes& group, const marmot::Content& content,
                               const std::function<Result<void>()>& also = {});
    //! Writes a content that changes messages. Errors as sendText(), NotAuthorized.
    Result<void> sendAmendment(const Bytes& group, const marmot::Content& content, Amendments& amendments);
    //! No held message could go to a relay within reach.
    bool idle();

    //! Stores what a relay's acceptance means for a message, within the transaction that stores it.
    Result<void> storeAcceptance(const storage::OutboxRow& row, const storage::OutboxProgress& progress);
    void onOutboxAccepted(const storage::OutboxRow& row, bool first);
    void onOutboxFailed(const storage::OutboxRow& row, const std::string& reason);

    Result<void> record(const marmot::GroupEngine& engine, const marmot::Step& step,
                        Effects& effects) override;
    void follow(const Effects& effects) override;
    void resume() override;

private:
    //! Runs `write` in a transaction and seals what is held, if that can leave.
    Result<void> write(const Bytes& group, const std::function<Result<void>()>& write, Effects& effects);
    Result<void> sealHeld(marmot::GroupEngine& engine, Effects& effects);
    Result<void> sealOne(marmot::GroupEngine& engine, const storage::HeldMessage& held, Effects& effects);
    storage::MessageRow ownRow(const Bytes& group, const marmot::InnerEvent& inner) const;
    void flush(const Bytes& group);

    Profile& m_profile;
    GroupSessions& m_sessions;
    const GroupFeeds& m_feeds;
    const HoldRules& m_rules;
    HeldMessages& m_held;
    RecordMapper& m_mapper;
};

} // namespace valise::client
