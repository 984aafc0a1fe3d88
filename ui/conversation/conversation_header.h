// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/conversation/conversation_menu.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QToolButton;

namespace valise::ui {

//! The strip above the timeline: picture, name, a line about the conversation, actions.
class ConversationHeader : public QWidget {
    Q_OBJECT

public:
    explicit ConversationHeader(const Theme* theme, QWidget* parent = nullptr);
    void setConversation(const client::ConversationRecord& conversation);
    //! The members who are writing at this moment, shown in place of the second line.
    void setWriting(const QStringList& names);
    const QStringList& writing() const { return m_writing; }
    void setSidePanelShown(bool shown);
    QToolButton* moreButton() const { return m_more; }

signals:
    void searchWanted();
    void sidePanelToggled();
    void addPeopleWanted(const valise::client::ConversationRecord& conversation);
    void renameWanted(const valise::client::ConversationRecord& conversation);
    void leaveWanted(const valise::client::ConversationRecord& conversation);
    void flagWanted(const QByteArray& conversation, valise::ui::ListFlag flag, bool on);
    void notificationWanted(const QByteArray& conversation,
                            std::optional<valise::client::NotificationDetail> detail);
    void starredWanted(const QByteArray& conversation);
    void dateWanted(const QByteArray& conversation);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();
    void showMenu();

    const Theme* m_theme;
    client::ConversationRecord m_conversation;
    QStringList m_writing;
    QToolButton* m_search;
    QToolButton* m_side;
    QToolButton* m_more;
};

} // namespace valise::ui
