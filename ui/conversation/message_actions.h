// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QKeySequence>

namespace valise::ui {

//! The actions that a message can offer.
enum class MessageAction { Reply, React, Edit, OpenLink, Copy, Forward, Star, Pin, Details, Select, Delete };

//! The actions a message allows, in the order of the menu. `mayWrite`: this account may write here.
QVector<MessageAction> actionsFor(const client::MessageRecord& message, bool mayWrite);
QString actionText(MessageAction action, const client::MessageRecord& message);
QString actionIcon(MessageAction action, const client::MessageRecord& message);
//! The key that does it on the focused message; empty if there is none.
QKeySequence actionKey(MessageAction action);

} // namespace valise::ui
