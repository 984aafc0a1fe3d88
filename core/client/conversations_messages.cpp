// SPDX-License-Identifier: AGPL-3.0-or-later
// What is done to messages: reactions, edits, deletions and stars, received and of one's own; and how a
// conversation stands in the list.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace valise::client {

namespace {

using Kind = marmot::MessageChange::Kind;
// A message that very many quote is told anew only to the last of them; the others follow when they are
// shown.
constexpr std::size_t kMaxQuoting = 200;

Result<storage::Id32> idOf(const Bytes& bytes) {
    storage::Id32 out{};
    if (bytes.size() != out.size())
        return {ErrorCode::InvalidArgument, "not the id of a message"};
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

nostr::Tags tagsOf(const std::string& json) {
    nostr::Tags out;
    for (const QJsonValue& tag : QJsonDocument::fromJson(QByteArray::fromStdString(json)).array()) {
        nostr::Tag texts;
        for (const QJsonValue& text : tag.toArray())
            texts.push_back(toStd(text.toString()));
        out.push_back(std::move(texts));
    }
    return out;
}

} // namespace

Result<void> Conversations::receiveChange(const Bytes& group, const marmot::DeliveredMessage& delivered,
                                          Effects& effects) {
    const marmot::ReceivedMessage& message = delivered.message;
    auto& stores = m_profile.stores();
    VALISE_TRY(const bool known, stores.messages.contains(group, message.id));
    if (known)
        return count(toHex(group), "rejected", "duplicate", "an inner event sent twice");
    const auto change = marmot::readMessageChange(message.inner);
    if (!change)
        return count(toHex(group), "rejected", "invalid_change", change.error().detail);
    // Hidden, and without content: it says that the event was seen, and belongs to its branch of the group.
    storage::MessageRow row;
    row.groupId = group;
    row.eventId = message.id;
    row.sender = message.sender;
    row.kind = message.inner.kind;
    row.createdAt = toSeconds(message.inner.createdAt);
    row.receivedMs = m_profile.clock.nowMs();
    row.epoch = message.epoch;
    row.sequence = message.generation;
    row.outerEventId = message.outerId;
    row.target = change->targets.front();
    const bool own = message.sender == m_profile.account.publicKey;
    row.direction = own ? storage::MessageDirection::Outgoing : storage::MessageDirection::Incoming;
    row.state = own ? storage::MessageState::Sent : storage::MessageState::Received;
    row.shown = false;
    row.countsUnread = false;
    VALISE_TRY(const std::int64_t rowId, stores.messages.insert(row));
    VALISE_CHECK(stores.groupStates.placeMessage(group, rowId, delivered.state));
    VALISE_CHECK(keepExpiry(rowId, message.expiresAt));
    const auto changed = m_changes.apply(group, {message.sender, message.id, row.createdAt}, *change);
    if (!changed && changed.error().code == ErrorCode::NotAuthorized)
        return count(toHex(group), "rejected", "authorization_failed", changed.error().detail);
    if (!changed)
        return changed.error();
    effects.changed[group].insert(changed->begin(), changed->end());
    effects.met.insert(message.sender);
    return {};
}

Result<void> Conversations::adoptKept() {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto kept, stores.settings.number("changes.kept"));
    if (!kept)
        return {};
    return m_profile.write([&]() -> Result<void> {
        for (const nostr::Kind kind : {nostr::kind::kEdit, nostr::kind::kReaction, nostr::kind::kDeletion}) {
            VALISE_TRY(const auto rows, stores.messages.kept(kind));
            for (const storage::MessageRow& row : rows) {
                marmot::InnerEvent inner;
                inner.kind = kind;
                inner.tags = tagsOf(row.tagsJson);
                inner.content = row.content;
                const auto change = marmot::readMessageChange(inner);
                if (!change)
                    continue;
                VALISE_CHECK(stores.messages.setTarget(row.groupId, row.eventId, change->targets.front()));
                const auto done =
                    m_changes.apply(row.groupId, {row.sender, row.eventId, row.createdAt}, *change);
                if (!done && done.error().code != ErrorCode::NotAuthorized)
                    return done.error();
            }
        }
        return stores.settings.remove("changes.kept");
    });
}

void Conversations::tellChanges(const Effects& effects) {
    auto& messages = m_profile.stores().messages;
    for (const auto& [group, ids] : effects.changed) {
        std::map<std::int64_t, storage::MessageRow> rows;
        for (const storage::Id32& id : ids) {
            if (const auto message = messages.get(group, id); message && *message && (*message)->shown)
                rows.emplace((*message)->row, **message);
            if (const auto quoting = messages.quoting(group, id, kMaxQuoting))
                for (const storage::MessageRow& row : *quoting)
                    rows.emplace(row.row, row);
        }
        for (const auto& [row, message] : rows)
            emit messageChanged(m_mapper.message(message));
    }
    for (const auto& [group, rows] : effects.removed)
        for (const std::int64_t row : rows)
            emit messageRemoved(toQt(group), row);
}

Result<storage::MessageRow> Conversations::message(const Bytes& group, const Bytes& eventId) {
    VALISE_TRY(const storage::Id32 id, idOf(eventId));
    VALISE_TRY(auto found, m_profile.stores().messages.get(group, id));
    if (!found || !found->shown || found->deleted || found->kind != nostr::kind::kChat)
        return {ErrorCode::NotFound, "no such message in this conversation"};
    return std::move(*found);
}

Result<void> Conversations::mayWrite(const Bytes& group) {
    VALISE_TRY(const storage::GroupRow stored, record(group));
    if (stored.status == storage::GroupStatus::Disbanded)
        return {ErrorCode::GroupDisbanded, "a message to a group that has ended"};
    if (!session(group) ||
        (stored.status != storage::GroupStatus::Joined && stored.status != storage::GroupStatus::Request))
        return {ErrorCode::NotMember, "this account is not in the group"};
    return {};
}

Result<void> Conversations::sendChange(const Bytes& group, const marmot::MessageChange& change) {
    VALISE_CHECK(mayWrite(group));
    marmot::GroupEngine* found = session(group);
    const bool hold = holds(group);
    const marmot::GroupEngine before = *found;
    Effects effects;
    const auto written = m_profile.write([&]() -> Result<void> {
        auto& stores = m_profile.stores();
        auto when = static_cast<std::uint64_t>(m_profile.clock.now());
        if (change.kind == Kind::Edit) {
            // The newest edit counts, also among several of one second.
            VALISE_TRY(const auto newest,
                       stores.changes.newestEdit(group, change.targets.front(), m_profile.account.publicKey));
            if (newest && newest->createdAt >= 0)
                when = std::max(when, static_cast<std::uint64_t>(newest->createdAt) + 1);
        }
        marmot::InnerEvent inner = marmot::makeMessageChange(m_profile.account.publicKey, change, when);
        nostr::EventId id = inner.canonicalId();
        for (;;) {
            VALISE_TRY(const bool taken, stores.messages.contains(group, id));
            if (!taken)
                break;
            inner.createdAt = ++when;
            id = inner.canonicalId();
        }
        storage::MessageRow row;
        row.groupId = group;
        row.eventId = id;
        row.sender = m_profile.account.publicKey;
        row.kind = inner.kind;
        row.createdAt = toSeconds(when);
        row.receivedMs = m_profile.clock.nowMs();
        row.epoch = found->epoch();
        row.direction = storage::MessageDirection::Outgoing;
        row.state = storage::MessageState::Queued;
        row.totalRelays = static_cast<std::uint32_t>(relaysOf(*found).size());
        row.target = change.targets.front();
        row.shown = false;
        row.countsUnread = false;
        VALISE_CHECK(stores.messages.insert(row));
        VALISE_TRY(const auto changed,
                   m_changes.apply(group, {m_profile.account.publicKey, id, row.createdAt}, change));
        effects.changed[group].insert(changed.begin(), changed.end());
        storage::HeldMessage queued = MessageChanges::held(change);
        queued.groupId = group;
        queued.createdMs = row.createdAt * 1000;
        queued.messageId = id;
        VALISE_CHECK(stores.held.add(queued));
        return hold ? Result<void>() : sealQueued(group, effects);
    });
    if (!written) {
        m_sessions.insert_or_assign(group, before);
        return written;
    }
    if (!hold)
        m_outbox.wake();
    tell(effects);
    return {};
}

Result<bool> Conversations::dropHeld(const Bytes& group, const storage::Id32& eventId, Effects& effects) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto held, stores.held.list(group));
    for (const storage::HeldMessage& queued : held) {
        if (queued.messageId != eventId)
            continue;
        // What was said about it on this device would speak of nothing.
        for (const storage::HeldMessage& about : held) {
            if (about.messageId && about.kind != nostr::kind::kChat && about.tagsJson == toHex(eventId)) {
                VALISE_CHECK(dropHeld(group, *about.messageId, effects));
            }
        }
        VALISE_TRY(const auto row, stores.messages.get(group, eventId));
        VALISE_TRY(const auto target, m_changes.undo(group, m_profile.account.publicKey, eventId));
        if (target)
            effects.changed[group].insert(*target);
        VALISE_CHECK(stores.changes.forget(group, eventId));
        VALISE_CHECK(stores.held.remove(queued.id));
        VALISE_CHECK(stores.messages.erase(group, eventId));
        if (row && row->shown)
            effects.removed[group].insert(row->row);
        return true;
    }
    return false;
}

Result<void> Conversations::react(const Bytes& group, const Bytes& target, const std::string& emoji,
                                  bool on) {
    VALISE_CHECK(marmot::checkReaction(emoji));
    VALISE_TRY(const storage::MessageRow about, message(group, target));
    VALISE_CHECK(mayWrite(group));
    auto& stores = m_profile.stores();
    VALISE_TRY(std::vector<storage::Id32> own,
               stores.changes.reactionEvents(group, about.eventId, m_profile.account.publicKey, emoji));
    if (on)
        return own.empty() ? sendChange(group, {Kind::Reaction, {about.eventId}, emoji}) : Result<void>();
    // What has not left is simply not sent.
    Effects effects;
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        for (auto id = own.begin(); id != own.end();) {
            VALISE_TRY(const bool dropped, dropHeld(group, *id, effects));
            id = dropped ? own.erase(id) : id + 1;
        }
        return {};
    }));
    tell(effects);
    return own.empty() ? Result<void>() : sendChange(group, {Kind::Deletion, own, {}});
}

Result<void> Conversations::edit(const Bytes& group, const Bytes& target, const std::string& text) {
    if (text.empty() || !isUtf8(text))
        return {ErrorCode::InvalidArgument, "an empty message or one that is not text"};
    if (text.size() > marmot::kMaxText)
        return {ErrorCode::LimitExceeded, "a message that is too long"};
    VALISE_TRY(const storage::MessageRow about, message(group, target));
    if (about.sender != m_profile.account.publicKey)
        return {ErrorCode::NotAuthorized, "an edit of somebody else's message"};
    if (about.content == text)
        return {};
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto held, stores.held.list(group));
    for (const storage::HeldMessage& queued : held) {
        if (queued.messageId != about.eventId)
            continue;
        // Nobody has seen it: it is written anew, not edited.
        Effects effects;
        VALISE_CHECK(m_profile.write([&]() -> Result<void> {
            VALISE_CHECK(stores.held.edit(queued.id, text, queued.tagsJson));
            VALISE_CHECK(stores.messages.edit(group, about.eventId, text, about.tagsJson, 0));
            return stores.messages.forgetOriginal(group, about.eventId);
        }));
        effects.changed[group].insert(about.eventId);
        tell(effects);
        return {};
    }
    return sendChange(group, {Kind::Edit, {about.eventId}, text});
}

Result<void> Conversations::deleteForEveryone(const Bytes& group, const std::vector<Bytes>& messages) {
    if (messages.size() > marmot::kMaxDeleted)
        return {ErrorCode::LimitExceeded, "a deletion of too many messages"};
    std::vector<storage::MessageRow> all;
    for (const Bytes& id : messages) {
        VALISE_TRY(storage::MessageRow about, message(group, id));
        if (about.sender != m_profile.account.publicKey)
            return {ErrorCode::NotAuthorized, "a deletion of somebody else's message"};
        all.push_back(std::move(about));
    }
    VALISE_CHECK(mayWrite(group));
    Effects effects;
    std::vector<storage::Id32> sent;
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        for (const storage::MessageRow& about : all) {
            VALISE_TRY(const bool dropped, dropHeld(group, about.eventId, effects));
            if (!dropped)
                sent.push_back(about.eventId);
        }
        return {};
    }));
    tell(effects);
    return sent.empty() ? Result<void>() : sendChange(group, {Kind::Deletion, sent, {}});
}

Result<void> Conversations::deleteForMe(const Bytes& group, const std::vector<std::int64_t>& rows) {
    auto& stores = m_profile.stores();
    Effects effects;
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        for (const std::int64_t row : rows) {
            VALISE_TRY(const auto about, stores.messages.byRow(row));
            if (!about || about->groupId != group)
                return {ErrorCode::NotFound, "no such message in this conversation"};
            VALISE_TRY(const bool dropped, dropHeld(group, about->eventId, effects));
            if (dropped)
                continue;
            VALISE_CHECK(stores.messages.hide(group, about->eventId));
            VALISE_CHECK(stores.changes.forget(group, about->eventId));
            effects.removed[group].insert(row);
            effects.changed[group].insert(about->eventId); // what quotes it
        }
        return {};
    }));
    tell(effects);
    return {};
}

Result<void> Conversations::failMessage(const Bytes& group, const storage::Id32& eventId,
                                        const std::string& reason, Effects& effects) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto row, stores.messages.get(group, eventId));
    if (!row || row->shown) {
        VALISE_CHECK(stores.messages.setState(group, eventId, storage::MessageState::Failed, reason));
        effects.changed[group].insert(eventId);
        return {};
    }
    // A change that nobody else sees must not stand here as if they did.
    VALISE_TRY(const auto target, m_changes.undo(group, row->sender, eventId));
    VALISE_CHECK(stores.messages.setState(group, eventId, storage::MessageState::Withdrawn, reason));
    effects.changed[group];
    if (target)
        effects.changed[group].insert(*target);
    return count(toHex(group), "change", "refused", reason);
}

Result<void> Conversations::noteAcceptance(const storage::OutboxRow& row) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto message, stores.messages.get(*row.groupId, *row.messageId));
    VALISE_TRY(const auto current, stores.outbox.get(row.id));
    if (!message || !current)
        return {};
    for (const storage::OutboxTarget& target : current->targets) {
        if (target.state == storage::TargetState::Accepted) {
            VALISE_CHECK(stores.changes.addAcceptance(message->row, target.relay, m_profile.clock.nowMs()));
        }
    }
    return {};
}

Result<void> Conversations::setStarred(const Bytes& group, std::int64_t row, bool on) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto about, stores.messages.byRow(row));
    if (!about || about->groupId != group || !about->shown)
        return {ErrorCode::NotFound, "no such message in this conversation"};
    VALISE_CHECK(
        m_profile.write([&] { return stores.changes.setStarred(row, on, m_profile.clock.nowMs()); }));
    emit messageChanged(m_mapper.message(*about));
    return {};
}

Result<void> Conversations::setMessagePinned(const Bytes& group, std::int64_t row, bool on) {
    auto& stores = m_profile.stores();
    VALISE_TRY(const auto about, stores.messages.byRow(row));
    if (!about || about->groupId != group || !about->shown ||
        about->direction == storage::MessageDirection::System)
        return {ErrorCode::NotFound, "no such message in this conversation"};
    VALISE_CHECK(m_profile.write([&] { return stores.marks.setPinned(row, on, m_profile.clock.nowMs()); }));
    emit messageChanged(m_mapper.message(*about));
    return {};
}

Result<void> Conversations::setFlag(const Bytes& group,
                                    Result<void> (storage::GroupStore::*flag)(ByteView, bool), bool on) {
    VALISE_CHECK(m_profile.write([&] { return (m_profile.stores().groups.*flag)(group, on); }));
    emitConversation(group);
    return {};
}

Result<void> Conversations::setNotificationDetail(const Bytes& group,
                                                  std::optional<NotificationDetail> detail) {
    VALISE_CHECK(m_profile.write([&]() -> Result<void> {
        VALISE_TRY(const storage::GroupRow stored, record(group));
        GroupExtra extra = GroupExtra::decode(stored.extra);
        extra.notification = detail;
        return m_profile.stores().groups.setExtra(group, extra.encode());
    }));
    emitConversation(group);
    return {};
}

Result<void> Conversations::setMuted(const Bytes& group, bool on) {
    return setFlag(group, &storage::GroupStore::setMuted, on);
}

Result<void> Conversations::setPinned(const Bytes& group, bool on) {
    return setFlag(group, &storage::GroupStore::setPinned, on);
}

Result<void> Conversations::setArchived(const Bytes& group, bool on) {
    return setFlag(group, &storage::GroupStore::setArchived, on);
}

} // namespace valise::client
