// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/amendments.h"

namespace valise::client {

namespace {

bool isShown(const storage::MessageRow& row) {
    return row.direction != storage::MessageDirection::System &&
           marmot::traitsOfKind(static_cast<nostr::Kind>(row.kind)).shown;
}

bool isEditable(const storage::MessageRow& row) {
    return isShown(row) && marmot::traitsOfKind(static_cast<nostr::Kind>(row.kind)).editable;
}

} // namespace

Result<void> Amendments::refresh(const storage::MessageRow& message) {
    if (message.deleted)
        return {};
    VALISE_TRY(const auto newest,
               m_stores.changes.newestEdit(message.groupId, message.eventId, message.sender));
    if (!newest)
        return m_stores.messages.revert(message.groupId, message.eventId);
    return m_stores.messages.edit(message.groupId, message.eventId, newest->body, message.tagsJson,
                                  newest->createdAt);
}

Result<std::set<storage::Id32>> Amendments::apply(ByteView group, const Written& written,
                                                  const marmot::Content& content) {
    return std::visit(
        [&]<typename T>(const T& c) -> Result<Changed> {
            if constexpr (T::kTraits.changes)
                return applyOne(group, written, c);
            else
                return {ErrorCode::Internal, "a content that changes nothing"};
        },
        content);
}

Result<Amendments::Changed> Amendments::applyOne(ByteView group, const Written& written,
                                                 const marmot::Deletion& deletion) {
    Changed looksDifferent;
    bool refused = false;
    for (const storage::Id32& target : deletion.messages) {
        VALISE_TRY(const auto changed, deleteOne(group, written, target, refused));
        if (changed)
            looksDifferent.insert(*changed);
    }
    if (refused && looksDifferent.empty())
        return {ErrorCode::NotAuthorized, "a deletion of somebody else's message"};
    return looksDifferent;
}

Result<Amendments::Changed> Amendments::applyOne(ByteView group, const Written& written,
                                                 const marmot::Reaction& reaction) {
    // A deletion may have come before it.
    VALISE_TRY(const bool withdrawn, m_stores.changes.isDeleted(group, written.eventId, written.author));
    VALISE_TRY(const auto message, m_stores.messages.get(group, reaction.target));
    if (withdrawn || (message && message->deleted))
        return Changed();
    VALISE_TRY(const bool added,
               m_stores.changes.addReaction(group, {reaction.target, written.author, written.eventId,
                                                    written.createdAt, reaction.emoji}));
    return added && message ? Changed{reaction.target} : Changed();
}

Result<Amendments::Changed> Amendments::applyOne(ByteView group, const Written& written,
                                                 const marmot::Edit& edit) {
    VALISE_TRY(const bool withdrawn, m_stores.changes.isDeleted(group, written.eventId, written.author));
    VALISE_TRY(const auto message, m_stores.messages.get(group, edit.target));
    if (withdrawn || (message && message->deleted))
        return Changed();
    if (message && (message->sender != written.author || !isEditable(*message)))
        return {ErrorCode::NotAuthorized, "an edit of somebody else's message"};
    VALISE_CHECK(m_stores.changes.addEdit(
        group, {edit.target, written.author, written.eventId, written.createdAt, edit.text}));
    if (!message)
        return Changed();
    VALISE_CHECK(refresh(*message));
    return Changed{edit.target};
}

Result<std::optional<storage::Id32>> Amendments::deleteOne(ByteView group, const Written& written,
                                                           const storage::Id32& target, bool& refused) {
    VALISE_TRY(const auto message, m_stores.messages.get(group, target));
    if (message &&
        (message->sender != written.author || message->direction == storage::MessageDirection::System)) {
        refused = true;
        return std::optional<storage::Id32>();
    }
    VALISE_CHECK(m_stores.changes.addDeletion(group, target, written.author, written.eventId));
    if (!message)
        return std::optional<storage::Id32>();
    if (isShown(*message)) {
        VALISE_CHECK(erase(group, target));
        return std::optional<storage::Id32>(target);
    }
    // A reaction or an edit that is taken back.
    VALISE_TRY(const auto spokeOf, m_stores.changes.withdraw(group, target, written.author));
    if (!spokeOf)
        return std::optional<storage::Id32>();
    VALISE_TRY(const auto about, m_stores.messages.get(group, *spokeOf));
    if (about) {
        VALISE_CHECK(refresh(*about));
    }
    return spokeOf;
}

Result<void> Amendments::prepare(storage::MessageRow& message) {
    if (!isShown(message))
        return {};
    VALISE_TRY(const bool deleted,
               m_stores.changes.isDeleted(message.groupId, message.eventId, message.sender));
    if (deleted) {
        message.content.clear();
        message.tagsJson.clear();
        message.deleted = true;
        return m_stores.changes.forget(message.groupId, message.eventId);
    }
    VALISE_TRY(const auto newest,
               m_stores.changes.newestEdit(message.groupId, message.eventId, message.sender));
    if (newest) {
        message.original = message.content;
        message.content = newest->body;
        message.editedAt = newest->createdAt;
    }
    return {};
}

Result<std::optional<storage::Id32>> Amendments::undo(ByteView group, const storage::Id32& author,
                                                      const storage::Id32& eventId) {
    VALISE_TRY(const auto target, m_stores.changes.withdraw(group, eventId, author));
    if (!target)
        return target;
    VALISE_TRY(const auto message, m_stores.messages.get(group, *target));
    if (message) {
        VALISE_CHECK(refresh(*message));
    }
    return target;
}

Result<std::optional<storage::Id32>> Amendments::follow(const storage::MessageRow& row) {
    if (!row.target)
        return row.target;
    VALISE_TRY(const auto message, m_stores.messages.get(row.groupId, *row.target));
    if (message) {
        VALISE_CHECK(refresh(*message));
    }
    return row.target;
}

Result<void> Amendments::erase(ByteView group, const storage::Id32& eventId) {
    VALISE_CHECK(m_stores.messages.markDeleted(group, eventId));
    return m_stores.changes.forget(group, eventId);
}

} // namespace valise::client
