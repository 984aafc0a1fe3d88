// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/conversation_menu.h"

#include <QActionGroup>
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

void addNotificationMenu(QMenu* menu, const client::ConversationRecord& conversation, const Theme* theme,
                         const std::function<void(std::optional<client::NotificationDetail>)>& chosen) {
    using Detail = client::NotificationDetail;
    QMenu* choices =
        menu->addMenu(theme->icon(QStringLiteral("bell")), ConversationMenu::tr("Notifications show"));
    auto* group = new QActionGroup(choices);
    for (const auto& [detail, words] :
         {std::pair(std::optional<Detail>(), ConversationMenu::tr("The same as everywhere")),
          std::pair(std::optional(Detail::Full), ConversationMenu::tr("Who wrote what")),
          std::pair(std::optional(Detail::Sender), ConversationMenu::tr("Who wrote")),
          std::pair(std::optional(Detail::Bare), ConversationMenu::tr("Only that something came"))}) {
        QAction* action = choices->addAction(words, choices, [chosen, detail = detail] { chosen(detail); });
        action->setCheckable(true);
        action->setChecked(conversation.notification == detail);
        group->addAction(action);
    }
}

} // namespace valise::ui
