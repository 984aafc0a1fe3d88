// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/client.h"
#include "ui/shell/main_window.h"

namespace valise::ui {

class Sheet;

//! What administrators change in a conversation besides its people and name: asks, explains, and hands it to
//! the client. One for each window.
class GroupChanges : public QObject {
    Q_OBJECT

public:
    GroupChanges(client::Client* client, const Theme* theme, MainWindow* window);

private:
    void showAdministrator(const client::ConversationId& id, const client::MemberRecord& member, bool on);
    void showRetention(const client::ConversationId& id);
    void showServers(const client::ConversationId& id);
    void showDisband(const client::ConversationId& id);

    client::Client* m_client;
    const Theme* m_theme;
    MainWindow* m_window;
};

} // namespace valise::ui
