// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/conversation_menu.h"

#include <QCoreApplication>
#include <QMenu>

namespace valise::ui {
namespace {

struct ConversationMenu {
    Q_DECLARE_TR_FUNCTIONS(ConversationMenu)
};

} // namespace

void addFlagActions(QMenu* menu, const client::ConversationRecord& conversation, const Theme* theme,
                    const std::function<void(ListFlag, bool)>& chosen) {
    const auto add = [&](ListFlag flag, bool on, const QString& icon, const QString& set,
                         const QString& unset) {
        auto* action = menu->addAction(theme->icon(icon), on ? unset : set, menu,
                                       [chosen, flag, on] { chosen(flag, !on); });
        action->setData(static_cast<int>(flag));
    };
    add(ListFlag::Pinned, conversation.pinned, QStringLiteral("pin"), ConversationMenu::tr("Pin to the top"),
        ConversationMenu::tr("Unpin"));
    add(ListFlag::Muted, conversation.muted, QStringLiteral("mute"), ConversationMenu::tr("Mute"),
        ConversationMenu::tr("Unmute"));
    add(ListFlag::Archived, conversation.archived, QStringLiteral("archive"), ConversationMenu::tr("Archive"),
        ConversationMenu::tr("Take out of the archive"));
}

} // namespace valise::ui
