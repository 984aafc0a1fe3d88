// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/outbox_rows.h"

#include "core/client/spine/relay_names.h"

namespace valise::client {

storage::OutboxRow outboxRow(const Profile& profile, storage::OutboxPurpose purpose,
                             const nostr::Event& event, const std::vector<std::string>& relays) {
    storage::OutboxRow row;
    row.purpose = purpose;
    row.eventJson = toBytes(viewOf(event.toJson()));
    row.eventId = event.id;
    row.targets = outboxTargets(relays, profile.options.allowInsecureRelays);
    row.createdMs = profile.clock.nowMs();
    return row;
}

} // namespace valise::client
