// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/message_menu.h"

#include "ui/conversation/quick_reactions.h"

#include <QWidgetAction>

namespace valise::ui {

MessageMenu::MessageMenu(const client::MessageRecord& message, bool mayWrite, bool selectedText,
                         const QStringList& quickEmoji, const Theme* theme, QWidget* parent)
    : QMenu(parent) {
    setObjectName(QStringLiteral("messageMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    const QVector<MessageAction> actions = actionsFor(message, mayWrite);
    if (actions.contains(MessageAction::React)) {
        auto* quick = new QuickReactions(quickEmoji, message, theme, this);
        connect(quick, &QuickReactions::chosen, this, [this](const QString& emoji, bool on) {
            close();
            emit reactionChosen(emoji, on);
        });
        connect(quick, &QuickReactions::moreWanted, this, [this] {
            close();
            emit actionChosen(MessageAction::React);
        });
        auto* holder = new QWidgetAction(this);
        holder->setDefaultWidget(quick);
        addAction(holder);
        addSeparator();
    }
    for (const MessageAction action : actions) {
        if (action == MessageAction::Details)
            addSeparator();
        if (action == MessageAction::Copy && selectedText)
            addAction(theme->icon(QStringLiteral("copy")), tr("Copy the selected text"), this,
                      &MessageMenu::copySelectionWanted);
        const bool danger = action == MessageAction::Delete;
        auto* entry =
            addAction(theme->icon(actionIcon(action, message), danger ? theme->palette().rest : QColor()),
                      actionText(action, message), this, [this, action] { emit actionChosen(action); });
        entry->setData(static_cast<int>(action));
        // Shown only; the timeline itself hears the keys.
        entry->setShortcut(actionKey(action));
        entry->setShortcutContext(Qt::WidgetShortcut);
        entry->setShortcutVisibleInContextMenu(true);
    }
}

} // namespace valise::ui
