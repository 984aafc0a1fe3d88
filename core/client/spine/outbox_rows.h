// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/profile.h"
#include "core/nostr/event.h"

namespace valise::client {

//! A row of the outbox that carries an event to relays, dated now. The caller adds what else it knows.
storage::OutboxRow outboxRow(const Profile& profile, storage::OutboxPurpose purpose,
                             const nostr::Event& event, const std::vector<std::string>& relays);

} // namespace valise::client
