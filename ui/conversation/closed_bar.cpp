// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/closed_bar.h"

namespace valise::ui {

ClosedBar::ClosedBar(QWidget* parent)
    : QLabel(parent) {
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setProperty("dim", true);
    setContentsMargins(18, 16, 18, 16);
    hide();
}

void ClosedBar::setConversation(const client::ConversationRecord& conversation) {
    using client::ConversationState;
    QString why;
    switch (conversation.state) {
    case ConversationState::Leaving:
        why = tr("You are leaving. The others' programs confirm it when they are next connected.");
        break;
    case ConversationState::Left:
        why = tr("You left this conversation. What was written stays here.");
        break;
    case ConversationState::Removed:
        why = tr("You were removed from this conversation. What was written stays here.");
        break;
    case ConversationState::Disbanded:
        why = tr("This conversation was ended for everybody. What was written stays here.");
        break;
    case ConversationState::Damaged:
        why = tr("This conversation cannot be followed any more. Ask a member to remove and add you again; "
                 "what was written stays here.");
        break;
    case ConversationState::Request:
    case ConversationState::Active:
        break;
    }
    setText(why);
    setVisible(!why.isEmpty());
}

} // namespace valise::ui
