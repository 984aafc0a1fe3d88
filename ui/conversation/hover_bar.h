// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/conversation/message_actions.h"
#include "ui/theme/theme.h"

#include <QFrame>

class QToolButton;

namespace valise::ui {

//! The few buttons that stand at a message while the pointer is over it.
class HoverBar : public QFrame {
    Q_OBJECT

public:
    HoverBar(const Theme* theme, QWidget* parent);
    //! Offers what this message allows; hides itself if that is nothing.
    void showFor(const client::MessageRecord& message, bool mayWrite);
    QToolButton* button(MessageAction action) const;
    QToolButton* menuButton() const { return m_menu; }

signals:
    void actionChosen(valise::ui::MessageAction action);
    void menuWanted();

private:
    void restyle();
    const Theme* m_theme;
    QToolButton* m_react;
    QToolButton* m_reply;
    QToolButton* m_menu;
};

} // namespace valise::ui
