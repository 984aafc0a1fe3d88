// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/controller.h"

#include <QHash>
#include <QTimeZone>

namespace valise::ui {

class ConversationPage;
class ScheduledSheet;

//! Messages to be sent later: asks when, lists them, and hands it to the client.
class LaterController : public Controller {
    Q_OBJECT

public:
    LaterController(client::Client* client, const Theme* theme, ConversationPage* page);

private:
    void showLater(const client::ConversationId& id, const QString& text, const QByteArray& replyTo);
    void showScheduled(const client::ConversationId& id);
    void showTime(const client::ScheduledRecord& message, ScheduledSheet* list);
    void edit(const client::ScheduledRecord& message, ScheduledSheet* list);
    void load(const client::ConversationId& id, ScheduledSheet* list);
    //! Keeps the list right while it is open: one may leave by itself.
    void follow(const client::ConversationId& id, ScheduledSheet* list);
    //! After a change: the list as it is then, or why it could not be made.
    client::Client::Reply<void> reloading(const client::ConversationId& id, ScheduledSheet* list);

    ConversationPage* m_page;
    QHash<QByteArray, QTimeZone> m_zones; //!< chosen last, by conversation
};

} // namespace valise::ui
