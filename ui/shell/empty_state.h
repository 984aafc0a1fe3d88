// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace valise::ui {

//! Stands in the place of a conversation while none is open, and offers the actions that are possible then.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const Theme* theme, QWidget* parent = nullptr);
    //! Whether there are conversations to choose from.
    void setConversations(bool any);

signals:
    void newConversationWanted();
    void invitationWanted();

private:
    void restyle();

    const Theme* m_theme;
    QLabel* m_picture;
    QLabel* m_title;
    QLabel* m_text;
};

} // namespace valise::ui
