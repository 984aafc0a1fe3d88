// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/messages/message_changes.h"

#include "core/base/encoding.h"
#include "core/client/messages/expiry.h"
#include "core/client/messages/timeline.h"

namespace valise::client {

// Versions before the fourth kept such events as hidden rows without looking into them.
Result<void> MessageChanges::start() {
    auto& stores = m_profile.stores();
    if (m_profile.database->restriction())
        return {};
    VALISE_TRY(const auto wanted, stores.settings.number("changes.kept"));
    if (!wanted)
        return {};
    return m_profile.write([&]() -> Result<void> {
        for (const nostr::Kind kind : marmot::kindsThatChange()) {
            VALISE_TRY(const auto rows, stores.messages.kept(kind));
            for (const storage::MessageRow& row : rows) {
                const auto content = marmot::restoreContent({kind, row.content, row.tagsJson});
                if (!content)
                    continue;
                VALISE_CHECK(
                    stores.messages.setTarget(row.groupId, row.eventId, marmot::targetsOf(*content).front()));
                const auto done =
                    m_amendments.apply(row.groupId, {row.sender, row.eventId, row.createdAt}, *content);
                if (!done && done.error().code != ErrorCode::NotAuthorized)
                    return done.error();
            }
        }
        return stores.settings.remove("changes.kept");
    });
}

Result<void> MessageChanges::record(const marmot::GroupEngine& engine, const marmot::Step& step,
                                    Effects& effects) {
    auto& stores = m_profile.stores();
    const Bytes& group = engine.id();
    for (const bool stands : {false, true}) {
        for (const marmot::StateMove& move : stands ? step.restored : step.withdrawn) {
            VALISE_TRY(const auto rows, stores.messages.setStanding(group, move.state, stands));
            effects.changedRows.insert(effects.changedRows.end(), rows.begin(), rows.end());
            for (const std::int64_t row : rows) {
                VALISE_TRY(const auto moved, stores.messages.byRow(row));
                if (!moved)
                    continue;
                VALISE_TRY(const auto about, m_amendments.follow(*moved));
                if (about)
                    effects.changed[group].insert(*about);
            }
            effects.touched.insert(group);
            VALISE_CHECK(m_profile.count(toHex(group), "branch", stands ? "restored" : "withdrawn",
                                         move.own ? "a change of our own" : "a change by somebody else"));
        }
    }
    return {};
}

Result<bool> MessageChanges::receive(const Bytes& group, const marmot::DeliveredMessage& delivered,
                                     const marmot::Content& content, Effects& effects) {
    if (!marmot::traitsOf(content).changes)
        return false;
    auto& stores = m_profile.stores();
    const marmot::ReceivedMessage& message = delivered.message;
    // Hidden, and without content: it says that the event was seen, and belongs to its branch of the group.
    storage::MessageRow row = receivedRow(m_profile, group, message);
    row.target = marmot::targetsOf(content).front();
    row.shown = false;
    row.countsUnread = false;
    VALISE_TRY(const std::int64_t number, stores.messages.insert(row));
    VALISE_CHECK(stores.groupStates.placeMessage(group, number, delivered.state));
    VALISE_CHECK(keepExpiry(m_profile, number, message.expiresAt));
    const auto changed = m_amendments.apply(group, {message.sender, message.id, row.createdAt}, content);
    if (!changed && changed.error().code == ErrorCode::NotAuthorized) {
        VALISE_CHECK(
            m_profile.count(toHex(group), "rejected", "authorization_failed", changed.error().detail));
        return true;
    }
    if (!changed)
        return changed.error();
    effects.changed[group].insert(changed->begin(), changed->end());
    effects.met.insert(message.sender);
    return true;
}

Result<storage::MessageRow> MessageChanges::message(const Bytes& group, const storage::Id32& eventId) {
    VALISE_TRY(auto found, m_profile.stores().messages.get(group, eventId));
    if (!found || !found->shown || found->deleted ||
        !marmot::traitsOfKind(static_cast<nostr::Kind>(found->kind)).shown)
        return {ErrorCode::NotFound, "no such message in this conversation"};
    return std::move(*found);
}

Result<void> MessageChanges::react(const Bytes& group, const storage::Id32& target, const std::string& emoji,
                                   bool on) {
    const marmot::Reaction reaction{target, emoji};
    VALISE_CHECK(reaction.check());
    VALISE_CHECK(message(group, target));
    VALISE_CHECK(m_rules.mayWrite(group));
    VALISE_TRY(std::vector<storage::Id32> own,
               m_profile.stores().changes.reactionEvents(group, target, m_profile.account.publicKey, emoji));
    if (on)
        return own.empty() ? m_sender.sendAmendment(group, reaction, m_amendments) : Result<void>();
    // A reaction that has not left is simply not sent.
    Effects effects;
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        for (auto id = own.begin(); id != own.end();) {
            VALISE_TRY(const bool dropped, m_held.drop(group, *id, effects));
            id = dropped ? own.erase(id) : id + 1;
        }
        return {};
    }));
    m_sessions.tell(effects);
    return own.empty() ? Result<void>() : m_sender.sendAmendment(group, marmot::Deletion{own}, m_amendments);
}

Result<void> MessageChanges::edit(const Bytes& group, const storage::Id32& target, const std::string& text) {
    const marmot::Edit edit{target, text};
    VALISE_CHECK(edit.check());
    VALISE_TRY(const storage::MessageRow about, message(group, target));
    if (about.sender != m_profile.account.publicKey)
        return {ErrorCode::NotAuthorized, "an edit of somebody else's message"};
    if (about.content == text)
        return {};
    VALISE_TRY(const auto held, m_held.find(group, target));
    if (!held)
        return m_sender.sendAmendment(group, edit, m_amendments);
    // No other member has seen a held message. Its text is replaced, and no edit is sent.
    Effects effects;
    effects.changed[group].insert(target);
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        auto& stores = m_profile.stores();
        const marmot::StoredContent anew = marmot::storeContent(marmot::Text{text, about.replyTo});
        VALISE_CHECK(stores.held.edit(held->id, anew.content, anew.tagsJson));
        VALISE_CHECK(stores.messages.edit(group, target, text, anew.tagsJson, 0));
        return stores.messages.forgetOriginal(group, target);
    }));
    m_sessions.tell(effects);
    return {};
}

Result<void> MessageChanges::deleteForEveryone(const Bytes& group,
                                               const std::vector<storage::Id32>& messages) {
    if (messages.size() > marmot::kMaxDeleted)
        return {ErrorCode::LimitExceeded, "a deletion of too many messages"};
    for (const storage::Id32& id : messages) {
        VALISE_TRY(const storage::MessageRow about, message(group, id));
        if (about.sender != m_profile.account.publicKey)
            return {ErrorCode::NotAuthorized, "a deletion of somebody else's message"};
    }
    VALISE_CHECK(m_rules.mayWrite(group));
    Effects effects;
    marmot::Deletion sent;
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        for (const storage::Id32& id : messages) {
            VALISE_TRY(const bool dropped, m_held.drop(group, id, effects));
            if (!dropped)
                sent.messages.push_back(id);
        }
        return {};
    }));
    m_sessions.tell(effects);
    return sent.messages.empty() ? Result<void>() : m_sender.sendAmendment(group, sent, m_amendments);
}

Result<void> MessageChanges::deleteForMe(const Bytes& group, const std::vector<std::int64_t>& rows) {
    auto& stores = m_profile.stores();
    Effects effects;
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        for (const std::int64_t row : rows) {
            VALISE_TRY(const auto about, stores.messages.byRow(row));
            if (!about || about->groupId != group)
                return {ErrorCode::NotFound, "no such message in this conversation"};
            VALISE_TRY(const bool dropped, m_held.drop(group, about->eventId, effects));
            if (dropped)
                continue;
            VALISE_CHECK(stores.messages.hide(group, about->eventId));
            VALISE_CHECK(stores.changes.forget(group, about->eventId));
            effects.removed[group].insert(row);
            effects.changed[group].insert(about->eventId); // messages that quote it
        }
        return {};
    }));
    m_sessions.tell(effects);
    return {};
}

} // namespace valise::client
