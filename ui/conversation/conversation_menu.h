// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <functional>

class QMenu;

namespace valise::ui {

//! How a conversation stands in the list; only this device knows.
enum class ListFlag { Pinned, Muted, Archived };

//! Adds entries that pin, mute and archive a conversation, or undo it.
void addFlagActions(QMenu* menu, const client::ConversationRecord& conversation, const Theme* theme,
                    const std::function<void(ListFlag flag, bool on)>& chosen);

//! Adds a submenu for how much notifications from a conversation say; nothing: as everywhere else.
void addNotificationMenu(QMenu* menu, const client::ConversationRecord& conversation, const Theme* theme,
                         const std::function<void(std::optional<client::NotificationDetail> detail)>& chosen);

} // namespace valise::ui
