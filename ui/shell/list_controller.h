// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/controller.h"
#include "ui/conversation/conversation_menu.h"

#include <functional>

namespace valise::ui {

class QuickSwitcher;
class Workspace;

//! Fills and sorts the list of conversations, searches messages, and opens the window that goes to a
//! conversation.
class ListController : public Controller {
    Q_OBJECT

public:
    ListController(client::Client* client, const Theme* theme, Workspace* workspace);

    //! Reads all conversations; `then` is called when they stand in the list.
    void load(std::function<void(const QVector<client::ConversationRecord>&)> then);

private:
    void search(const QString& text);
    void serve(QuickSwitcher* switcher);
    void setFlag(const client::ConversationId& id, ListFlag flag, bool on);
    void setNotification(const client::ConversationId& id, std::optional<client::NotificationDetail> detail);

    Workspace* m_workspace;
    bool m_searching = false;
    bool m_searchAgain = false; //!< the text or the chips changed since the question was asked
};

} // namespace valise::ui
