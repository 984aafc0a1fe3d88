// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/held_messages.h"

#include "core/base/encoding.h"

namespace valise::client {

Result<void> HeldMessages::add(const Bytes& group, const marmot::Content& content,
                               const storage::Id32& eventId, std::int64_t createdAt) {
    marmot::StoredContent stored = marmot::storeContent(content);
    storage::HeldMessage held;
    held.groupId = group;
    held.kind = stored.kind;
    held.content = std::move(stored.content);
    held.tagsJson = std::move(stored.tagsJson);
    held.createdMs = createdAt * 1000;
    held.messageId = eventId;
    VALISE_CHECK(m_profile.stores().held.add(held));
    return {};
}

Result<std::optional<storage::HeldMessage>> HeldMessages::find(const Bytes& group,
                                                               const storage::Id32& eventId) {
    VALISE_TRY(auto all, m_profile.stores().held.list(group));
    for (storage::HeldMessage& held : all)
        if (held.messageId == eventId)
            return std::optional(std::move(held));
    return std::optional<storage::HeldMessage>();
}

Result<marmot::Content> HeldMessages::content(const storage::HeldMessage& held) {
    return marmot::restoreContent({static_cast<nostr::Kind>(held.kind), held.content, held.tagsJson});
}

Result<bool> HeldMessages::drop(const Bytes& group, const storage::Id32& eventId, Effects& effects) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto held, find(group, eventId));
    if (!held)
        return false;
    // Words about it on this device would speak of nothing.
    VALISE_TRY(const auto others, stores.held.list(group));
    for (const storage::HeldMessage& other : others) {
        const auto said = content(other);
        if (other.messageId && said && marmot::targetsOf(*said) == std::vector{eventId})
            VALISE_CHECK(drop(group, *other.messageId, effects));
    }
    VALISE_TRY(const auto row, stores.messages.get(group, eventId));
    VALISE_TRY(const auto target, m_amendments.undo(group, m_profile.account.publicKey, eventId));
    if (target)
        effects.changed[group].insert(*target);
    VALISE_CHECK(stores.changes.forget(group, eventId));
    VALISE_CHECK(stores.held.remove(held->id));
    VALISE_CHECK(stores.messages.erase(group, eventId));
    if (row && row->shown)
        effects.removed[group].insert(row->row);
    return true;
}

Result<void> HeldMessages::fail(const Bytes& group, const storage::Id32& eventId, const std::string& reason,
                                Effects& effects) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto row, stores.messages.get(group, eventId));
    if (!row || row->shown) {
        VALISE_CHECK(stores.messages.setState(group, eventId, storage::MessageState::Failed, reason));
        effects.changed[group].insert(eventId);
        return {};
    }
    VALISE_TRY(const auto target, m_amendments.undo(group, row->sender, eventId));
    VALISE_CHECK(stores.messages.setState(group, eventId, storage::MessageState::Withdrawn, reason));
    effects.changed[group];
    if (target)
        effects.changed[group].insert(*target);
    return m_profile.count(toHex(group), "change", "refused", reason);
}

Result<void> HeldMessages::failAll(const Bytes& group) {
    auto& held = m_profile.stores().held;
    VALISE_TRY(const auto all, held.list(group));
    for (const storage::HeldMessage& message : all) {
        Effects ignored;
        if (message.messageId)
            VALISE_CHECK(fail(group, *message.messageId, "the conversation has ended", ignored));
        VALISE_CHECK(held.remove(message.id));
    }
    return {};
}

} // namespace valise::client
