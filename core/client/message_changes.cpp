// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/message_changes.h"

#include "core/base/encoding.h"

namespace valise::client {

namespace {

using Kind = marmot::MessageChange::Kind;
constexpr std::size_t kHexId = 64;

bool isText(const storage::MessageRow& message) {
    return message.kind == nostr::kind::kChat && message.direction != storage::MessageDirection::System;
}

} // namespace

Result<void> MessageChanges::refresh(const storage::MessageRow& message) {
    if (message.deleted)
        return {};
    VALISE_TRY(const auto newest,
               m_stores.changes.newestEdit(message.groupId, message.eventId, message.sender));
    if (!newest)
        return m_stores.messages.revert(message.groupId, message.eventId);
    return m_stores.messages.edit(message.groupId, message.eventId, newest->body, message.tagsJson,
                                  newest->createdAt);
}

Result<std::set<storage::Id32>> MessageChanges::apply(ByteView group, const Written& written,
                                                      const marmot::MessageChange& change) {
    std::set<storage::Id32> looksDifferent;
    if (change.kind == Kind::Deletion) {
        bool refused = false;
        for (const storage::Id32& target : change.targets) {
            VALISE_TRY(const auto changed, deleteOne(group, written, target, refused));
            if (changed)
                looksDifferent.insert(*changed);
        }
        if (refused && looksDifferent.empty())
            return {ErrorCode::NotAuthorized, "a deletion of somebody else's message"};
        return looksDifferent;
    }
    const storage::Id32& target = change.targets.front();
    // Taken back before it came.
    VALISE_TRY(const bool withdrawn, m_stores.changes.isDeleted(group, written.eventId, written.author));
    VALISE_TRY(const auto message, m_stores.messages.get(group, target));
    if (withdrawn || (message && message->deleted))
        return looksDifferent;
    if (change.kind == Kind::Reaction) {
        VALISE_TRY(const bool added,
                   m_stores.changes.addReaction(
                       group, {target, written.author, written.eventId, written.createdAt, change.content}));
        if (added && message)
            looksDifferent.insert(target);
        return looksDifferent;
    }
    if (message && (message->sender != written.author || !isText(*message)))
        return {ErrorCode::NotAuthorized, "an edit of somebody else's message"};
    VALISE_CHECK(m_stores.changes.addEdit(
        group, {target, written.author, written.eventId, written.createdAt, change.content}));
    if (message) {
        VALISE_CHECK(refresh(*message));
        looksDifferent.insert(target);
    }
    return looksDifferent;
}

Result<std::optional<storage::Id32>> MessageChanges::deleteOne(ByteView group, const Written& written,
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
    if (isText(*message)) {
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

Result<void> MessageChanges::prepare(storage::MessageRow& message) {
    if (!isText(message))
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

Result<std::optional<storage::Id32>> MessageChanges::undo(ByteView group, const storage::Id32& author,
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

Result<std::optional<storage::Id32>> MessageChanges::follow(const storage::MessageRow& change) {
    if (!change.target)
        return change.target;
    VALISE_TRY(const auto message, m_stores.messages.get(change.groupId, *change.target));
    if (message) {
        VALISE_CHECK(refresh(*message));
    }
    return change.target;
}

Result<void> MessageChanges::erase(ByteView group, const storage::Id32& eventId) {
    VALISE_CHECK(m_stores.messages.markDeleted(group, eventId));
    return m_stores.changes.forget(group, eventId);
}

Result<marmot::InnerEvent> MessageChanges::innerOf(const storage::HeldMessage& queued,
                                                   const marmot::Id32& author, std::uint64_t createdAt) {
    std::vector<marmot::Id32> targets;
    for (std::size_t at = 0; at < queued.tagsJson.size(); at += kHexId) {
        VALISE_TRY(const marmot::Id32 target, fromHexFixed<32>(queued.tagsJson.substr(at, kHexId)));
        targets.push_back(target);
    }
    if (queued.kind == nostr::kind::kChat)
        return marmot::makeText(author, queued.content, createdAt,
                                targets.empty() ? std::nullopt : std::optional(targets.front()));
    marmot::MessageChange change;
    change.kind = queued.kind == nostr::kind::kReaction ? Kind::Reaction
                  : queued.kind == nostr::kind::kEdit   ? Kind::Edit
                                                        : Kind::Deletion;
    change.targets = std::move(targets);
    change.content = queued.content;
    return marmot::makeMessageChange(author, change, createdAt);
}

storage::HeldMessage MessageChanges::held(const marmot::MessageChange& change) {
    storage::HeldMessage out;
    out.kind = marmot::makeMessageChange({}, change, 0).kind;
    out.content = change.content;
    for (const marmot::Id32& target : change.targets)
        out.tagsJson += toHex(target);
    return out;
}

} // namespace valise::client
