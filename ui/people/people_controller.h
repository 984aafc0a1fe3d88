// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/controller.h"

namespace valise::ui {

class PeoplePicker;
class SidePanel;

//! The people one talks to: whom one knows, who is in the open conversation, whom one adds and removes, and
//! the invitation one gives to others.
class PeopleController : public Controller {
    Q_OBJECT

public:
    PeopleController(client::Client* client, const Theme* theme, SidePanel* panel);

    void setAccount(const client::AccountRecord& account) { m_account = account; }
    //! The members of this conversation are wanted from now on.
    void openConversation(const client::ConversationId& conversation);
    void startConversation();
    void showInvitation();
    //! How often the client was asked for members.
    int memberQuestions() const { return m_questions; }

signals:
    void membersRead(const QByteArray& conversation, const QVector<valise::client::MemberRecord>& members);
    //! A conversation was founded, and is to be opened.
    void founded(const valise::client::ConversationRecord& conversation);

private:
    void loadMembers();
    void addPeople(const client::ConversationRecord& conversation);
    void removeMember(const client::ConversationRecord& conversation, const client::MemberRecord& member);
    PeoplePicker* openPicker(bool forNew);

    client::AccountRecord m_account;
    client::ConversationId m_open;
    int m_questions = 0;
};

} // namespace valise::ui
