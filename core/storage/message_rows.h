// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/storage/message_store.h"

namespace valise::storage {

//! The columns readMessage() expects, of messages `m` joined with groups `g`.
#define VALISE_MESSAGE_COLUMNS                                                                               \
    "m.id, g.group_id, m.event_id, m.sender, m.kind, m.body, m.tags, m.position, m.received_ms, m.epoch, "   \
    "m.direction, m.state, m.accepted, m.total, m.outer_id, m.reply_to, m.target, m.original, m.edited_at, " \
    "m.deleted, m.shown, m.counts, m.system_json, m.failure"

//! The message whose columns begin at `at`.
MessageRow readMessage(const Statement& row, int at = 0);

} // namespace valise::storage
