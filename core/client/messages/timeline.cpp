// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/timeline.h"

#include "core/base/encoding.h"
#include "core/client/history/record_mapping.h"
#include "core/client/messages/expiry.h"

namespace valise::client {

storage::MessageRow receivedRow(const Profile& profile, const Bytes& group,
                                const marmot::ReceivedMessage& message) {
    storage::MessageRow row;
    row.groupId = group;
    row.eventId = message.id;
    row.sender = message.sender;
    row.kind = message.inner.kind;
    row.createdAt = toSeconds(message.inner.createdAt);
    row.receivedMs = profile.clock.nowMs();
    row.epoch = message.epoch;
    row.sequence = message.generation;
    row.outerEventId = message.outerId;
    const bool own = message.sender == profile.account.publicKey;
    row.direction = own ? storage::MessageDirection::Outgoing : storage::MessageDirection::Incoming;
    row.state = own ? storage::MessageState::Sent : storage::MessageState::Received;
    return row;
}

Result<bool> Timeline::receive(const Bytes& group, const marmot::DeliveredMessage& delivered,
                               const marmot::Content& content, Effects& effects) {
    const marmot::ContentTraits& traits = marmot::traitsOf(content);
    if (!traits.kept || traits.changes)
        return false;
    auto& stores = m_profile.stores();
    const marmot::ReceivedMessage& message = delivered.message;
    storage::MessageRow row = receivedRow(m_profile, group, message);
    row.content = message.inner.content;
    row.tagsJson = nostr::tagsToJson(message.inner.tags);
    row.replyTo = marmot::replyToOf(content);
    row.shown = traits.shown;
    row.countsUnread = traits.unread;
    VALISE_CHECK(m_amendments.prepare(row));
    VALISE_TRY(row.row, stores.messages.insert(row));
    VALISE_CHECK(stores.groupStates.placeMessage(group, row.row, delivered.state));
    if (traits.expires)
        VALISE_CHECK(keepExpiry(m_profile, row.row, message.expiresAt));
    effects.met.insert(message.sender);
    if (!traits.shown) {
        VALISE_CHECK(m_profile.count(toHex(group), "unknown", "kept", "kind " + std::to_string(row.kind)));
        const auto octets = static_cast<std::int64_t>(row.content.size() + row.tagsJson.size());
        VALISE_TRY(const std::int64_t gone, stores.unknown.add(group, row.row, octets));
        if (gone > 0)
            VALISE_CHECK(m_profile.count(toHex(group), "unknown", "erased"));
        return true;
    }
    effects.added[group].push_back(row.row);
    VALISE_CHECK(m_sessions.rowAdded(row, effects));
    if (row.direction == storage::MessageDirection::Incoming && !row.deleted) {
        const auto mentioned = marmot::mentionsIn(row.content);
        if (std::find(mentioned.begin(), mentioned.end(), m_profile.account.publicKey) != mentioned.end())
            VALISE_CHECK(stores.marks.addMention(row.row));
    }
    return true;
}

} // namespace valise::client
