// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace valise::ui {

class MemberRow;

//! The panel at the end: the conversation's members, its protection, and the actions on it.
class SidePanel : public QWidget {
    Q_OBJECT

public:
    explicit SidePanel(const Theme* theme, QWidget* parent = nullptr);
    void setConversation(const client::ConversationRecord& conversation);
    void setMembers(const QVector<client::MemberRecord>& members);
    void setConnection(const client::ConnectionRecord& connection);

signals:
    void addPeopleWanted(const valise::client::ConversationRecord& conversation);
    void renameWanted(const valise::client::ConversationRecord& conversation);
    void leaveWanted(const valise::client::ConversationRecord& conversation);
    void removeWanted(const valise::client::ConversationRecord& conversation,
                      const valise::client::MemberRecord& member);
    //! A member, or this account itself, is to get or lose the rights of an administrator.
    void administratorWanted(const valise::client::ConversationRecord& conversation,
                             const valise::client::MemberRecord& member, bool on);
    void retentionWanted(const valise::client::ConversationRecord& conversation);
    void serversWanted(const valise::client::ConversationRecord& conversation);
    void disbandWanted(const valise::client::ConversationRecord& conversation);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    //! Each member keeps the row it has, and with it the focus.
    void refreshRows(bool manages);
    QLabel* fact(const QString& name, QVBoxLayout* layout);

    const Theme* m_theme;
    client::ConversationRecord m_conversation;
    client::ConnectionRecord m_connection;
    QVector<client::MemberRecord> m_members;
    QLabel* m_title;
    QLabel* m_membersTitle;
    QWidget* m_membersBox;
    QVBoxLayout* m_membersLayout;
    QVector<MemberRow*> m_rows; //!< in the order of m_members
    QLabel* m_securityTitle;
    QLabel* m_actionsTitle;
    QLabel* m_encryption;
    QLabel* m_verified;
    QLabel* m_kept;
    QLabel* m_servers;
    QPushButton* m_add;
    QPushButton* m_rename;
    QPushButton* m_keep;
    QPushButton* m_carry;
    QPushButton* m_leave;
    QPushButton* m_disband;
};

} // namespace valise::ui
