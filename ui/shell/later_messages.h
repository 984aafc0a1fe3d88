// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/client.h"
#include "ui/conversation/scheduled_sheet.h"
#include "ui/conversation/send_later_sheet.h"
#include "ui/shell/main_window.h"

namespace valise::ui {

//! Messages to be sent later: asks when, lists them, and hands it to the client. One for each window.
class LaterMessages : public QObject {
    Q_OBJECT

public:
    LaterMessages(client::Client* client, const Theme* theme, MainWindow* window);

private:
    void showLater(const client::ConversationId& id, const QString& text, const QByteArray& replyTo);
    void showScheduled(const client::ConversationId& id);
    void showTime(const client::ScheduledRecord& message, ScheduledSheet* list);
    void edit(const client::ScheduledRecord& message, ScheduledSheet* list);
    void load(const client::ConversationId& id, ScheduledSheet* list);
    //! After a change: the list as it is then, or why it could not be made.
    client::Client::Reply<void> reloading(const client::ConversationId& id, ScheduledSheet* list);

    client::Client* m_client;
    const Theme* m_theme;
    MainWindow* m_window;
    QHash<QByteArray, QTimeZone> m_zones; // chosen last, by conversation
};

} // namespace valise::ui
