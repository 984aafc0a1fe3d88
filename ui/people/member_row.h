// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace valise::ui {

//! One member: picture, name, rights. A click opens the actions on the member.
class MemberRow : public QWidget {
    Q_OBJECT

public:
    //! `manages`: this account may change the member; `group`: the conversation has administrators worth
    //! naming.
    MemberRow(const client::MemberRecord& member, bool manages, bool group, const Theme* theme,
              QWidget* parent = nullptr);
    //! Shows what is known of the member now.
    void setMember(const client::MemberRecord& member, bool manages, bool group);
    const client::MemberRecord& member() const { return m_member; }

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
    bool m_manages = false;
    bool m_group = false;
    bool m_hover = false;
    const Theme* m_theme;
};

} // namespace valise::ui
