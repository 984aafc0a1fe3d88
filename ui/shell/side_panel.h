// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace valise::ui {

//! The panel at the end: who is in the conversation, what protects it, what one can do with it.
class SidePanel : public QWidget {
    Q_OBJECT

public:
    explicit SidePanel(const Theme* theme, QWidget* parent = nullptr);
    void setConversation(const client::ConversationRecord& conversation);
    void setMembers(const QVector<client::MemberRecord>& members);
    void setConnection(const client::ConnectionRecord& connection);

signals:
    void addPeopleWanted();
    void renameWanted();
    void leaveWanted();
    void removeWanted(const valise::client::MemberRecord& member);
    //! A member, or this account itself, is to get or lose the rights of an administrator.
    void administratorWanted(const valise::client::MemberRecord& member, bool on);
    void retentionWanted();
    void serversWanted();
    void disbandWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void rebuild();
    QLabel* fact(const QString& name, QVBoxLayout* layout);

    const Theme* m_theme;
    client::ConversationRecord m_conversation;
    client::ConnectionRecord m_connection;
    QVector<client::MemberRecord> m_members;
    QLabel* m_title;
    QLabel* m_membersTitle;
    QWidget* m_membersBox;
    QVBoxLayout* m_membersLayout;
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
    bool m_rowsStale = true;
    bool m_rowsForAdmin = false;
};

//! One member: picture, name, what the person may do. Clicking opens what can be done.
class MemberRow : public QWidget {
    Q_OBJECT

public:
    //! `manages`: this account may change the member; `group`: the conversation has administrators worth
    //! naming.
    MemberRow(const client::MemberRecord& member, bool manages, bool group, const Theme* theme,
              QWidget* parent = nullptr);

signals:
    void removeWanted(const valise::client::MemberRecord& member);
    void administratorWanted(const valise::client::MemberRecord& member, bool on);

protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void showMenu(QPoint where);
    client::MemberRecord m_member;
    bool m_manages;
    bool m_group;
    bool m_hover = false;
    const Theme* m_theme;
};

} // namespace valise::ui
