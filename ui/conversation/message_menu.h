// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/conversation/message_actions.h"
#include "ui/theme/theme.h"

#include <QMenu>

namespace valise::ui {

//! The menu of a message.
class MessageMenu : public QMenu {
    Q_OBJECT

public:
    //! `selectedText`: whether a part of its text is selected, which can be copied alone.
    MessageMenu(const client::MessageRecord& message, bool mayWrite, bool selectedText,
                const QStringList& quickEmoji, const Theme* theme, QWidget* parent);

signals:
    void actionChosen(valise::ui::MessageAction action);
    void reactionChosen(const QString& emoji, bool on);
    void copySelectionWanted();
};

} // namespace valise::ui
