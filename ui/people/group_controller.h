// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/controller.h"

namespace valise::ui {

class RequestBar;
class SidePanel;

//! Changes a conversation as a whole, or this account's place in it: its name, its servers, how long messages
//! are kept, its administrators, joining, leaving and the end. Asks the person, explains, and hands the
//! change to the client.
class GroupController : public Controller {
    Q_OBJECT

public:
    GroupController(client::Client* client, const Theme* theme, SidePanel* panel, RequestBar* request);

signals:
    //! A request was accepted.
    void joined(const QByteArray& conversation);

private:
    void accept(const client::ConversationId& id);
    void showRename(const client::ConversationRecord& conversation);
    void showDecline(const client::ConversationRecord& conversation);
    void showLeave(const client::ConversationRecord& conversation);
    void showAdministrator(const client::ConversationRecord& conversation, const client::MemberRecord& member,
                           bool on);
    void showRetention(const client::ConversationRecord& conversation);
    void showServers(const client::ConversationRecord& conversation);
    void showDisband(const client::ConversationRecord& conversation);
    //! Asks, and leaves the conversation.
    void confirmLeaving(const client::ConversationId& id, const QString& title, const QString& explanation,
                        const QString& action);

    RequestBar* m_request;
};

} // namespace valise::ui
