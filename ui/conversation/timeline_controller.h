// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/controller.h"

namespace valise::ui {

class ConversationPage;

//! Fills the timeline: loads its pages, follows new and changed messages, goes to a day or a starred message,
//! and reports the messages that were seen.
class TimelineController : public Controller {
    Q_OBJECT

public:
    TimelineController(client::Client* client, const Theme* theme, ConversationPage* page);

signals:
    //! Everything up to the newest message of a conversation was on the screen.
    void seen(const QByteArray& conversation);

private:
    void connectPages();
    void connectClient();
    //! A page around a row, which is shown.
    void showPage(Result<client::MessagePage> page, qint64 row);
    void showSince(Result<client::MessagePage> page, qint64 seconds);
    void showStarred(const client::ConversationId& id);
    void showDate();

    ConversationPage* m_page;
};

} // namespace valise::ui
