// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/history/record_mapping.h"

#include "core/client/history/mentions.h"
#include "core/client/history/shown_text.h"
#include "core/client/qt_conversions.h"
#include "core/marmot/content/content.h"
#include "core/nostr/nip19.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace valise::client {

namespace {

constexpr qsizetype kQuoteCharacters = 160;
constexpr qsizetype kReactionNames = 8;
constexpr qsizetype kConversationName = 120;
constexpr qsizetype kDescription = 2000;

QJsonObject objectOf(const std::string& json) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

std::string textOf(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

DeliveryState stateOf(const storage::MessageRow& row) {
    switch (row.state) {
    case storage::MessageState::Queued:
        return DeliveryState::Queued;
    case storage::MessageState::Sent:
        return DeliveryState::Sent;
    case storage::MessageState::Delivered:
        return DeliveryState::Delivered;
    case storage::MessageState::Read:
        return DeliveryState::Read;
    case storage::MessageState::Failed:
        return DeliveryState::Failed;
    case storage::MessageState::Received:
        return DeliveryState::Received;
    case storage::MessageState::Withdrawn:
        return DeliveryState::Withdrawn;
    }
    return DeliveryState::Received;
}

ConversationState stateOf(storage::GroupStatus status) {
    switch (status) {
    case storage::GroupStatus::Request:
        return ConversationState::Request;
    case storage::GroupStatus::Joined:
    case storage::GroupStatus::Creating:
        return ConversationState::Active;
    case storage::GroupStatus::Leaving:
        return ConversationState::Leaving;
    case storage::GroupStatus::Left:
    case storage::GroupStatus::Declined:
        return ConversationState::Left;
    case storage::GroupStatus::Removed:
        return ConversationState::Removed;
    case storage::GroupStatus::Disbanded:
        return ConversationState::Disbanded;
    case storage::GroupStatus::Unrecoverable:
        return ConversationState::Damaged;
    }
    return ConversationState::Active;
}

} // namespace

std::string SystemRow::encode() const {
    return textOf({{"kind", static_cast<int>(kind)},
                   {"subject", QString::fromLatin1(subject.toHex())},
                   {"text", text}});
}

SystemRow SystemRow::decode(const std::string& json) {
    const QJsonObject o = objectOf(json);
    SystemRow out;
    const int kind = o["kind"].toInt();
    if (kind > 0 && kind <= static_cast<int>(SystemKind::Joined))
        out.kind = static_cast<SystemKind>(kind);
    out.subject = QByteArray::fromHex(o["subject"].toString().toLatin1());
    out.text = o["text"].toString();
    return out;
}

RecordMapper::RecordMapper(storage::Stores& stores, const storage::Id32& self, QString ownName)
    : m_stores(stores)
    , m_self(self)
    , m_ownName(shownName(ownName)) {}

void RecordMapper::setOwnName(const QString& name) {
    m_ownName = shownName(name);
}

QString RecordMapper::addressOf(const storage::Id32& account) {
    return toQString(nostr::encodeNpub(account));
}

QString RecordMapper::nameOf(const storage::Id32& account) {
    if (account == m_self)
        return m_ownName;
    const auto known = m_names.find(account);
    if (known != m_names.end())
        return known->second;
    QString name;
    if (const auto contact = m_stores.contacts.get(account); contact && *contact)
        name = shownName(toQString((*contact)->shownName()));
    if (name.isEmpty()) {
        const QString address = addressOf(account);
        name = address.left(10) + QChar(0x2026) + address.right(4);
    }
    m_names.emplace(account, name);
    return name;
}

MessageRecord RecordMapper::message(const storage::MessageRow& row) {
    MessageRecord out;
    out.row = row.row;
    out.conversation = toQt(row.groupId);
    out.sender = toQt(row.sender);
    out.senderName = nameOf(row.sender);
    out.own = row.direction == storage::MessageDirection::Outgoing;
    out.createdAt = row.createdAt;
    out.receivedAt = row.receivedMs;
    out.delivery.state = stateOf(row);
    out.delivery.acceptedBy = static_cast<int>(row.acceptedRelays);
    out.delivery.ofRelays = static_cast<int>(row.totalRelays);
    out.delivery.failure = toQString(row.failure);
    out.order = {row.epoch, row.orderKey().position, toQt(row.eventId)};
    if (row.direction == storage::MessageDirection::System) {
        const SystemRow system = SystemRow::decode(row.systemJson);
        const auto subject = fixedBytes<32>(fromQt(system.subject));
        out.content = SystemContent{system.kind,
                                    subject ? nameOf(*subject) : shownName(system.text, kConversationName)};
        return out;
    }
    out.eventId = toQt(row.eventId);
    if (const auto starred = m_stores.changes.isStarred(row.row))
        out.starred = *starred;
    if (const auto expires = m_stores.expiries.of(row.row); expires && *expires)
        out.expiresAt = **expires;
    if (const auto pinned = m_stores.marks.isPinned(row.row))
        out.pinned = *pinned;
    if (row.deleted) {
        out.content = DeletedContent();
    } else {
        out.content = TextContent{toQString(row.content), mentions(row.content), row.editedAt};
        out.reactions = reactions(row);
    }
    if (out.own)
        addReceipts(row, out.delivery);
    if (row.replyTo)
        out.quote = quote(row.groupId, *row.replyTo);
    return out;
}

void RecordMapper::addReceipts(const storage::MessageRow& row, DeliveryRecord& delivery) {
    // A member that has it has it, whatever a relay answered or a branch of the group undid.
    if (const auto count = m_stores.receipts.count(row.groupId, row.eventId)) {
        delivery.deliveredTo = count->delivered;
        delivery.readBy = count->read;
    }
    if (delivery.deliveredTo > 0 &&
        (delivery.state == DeliveryState::Queued || delivery.state == DeliveryState::Sent))
        delivery.state = delivery.readBy > 0 ? DeliveryState::Read : DeliveryState::Delivered;
}

QuoteRecord RecordMapper::quote(ByteView group, const storage::Id32& eventId) {
    QuoteRecord out;
    out.eventId = toQt(eventId);
    const auto quoted = m_stores.messages.get(group, eventId);
    if (!quoted || !*quoted)
        return out;
    out.sender = nameOf((*quoted)->sender);
    out.text =
        withMentionNames(toQString((*quoted)->content), mentions((*quoted)->content)).left(kQuoteCharacters);
    out.deleted = (*quoted)->deleted;
    out.row = (*quoted)->shown ? (*quoted)->row : 0;
    return out;
}

QVector<MentionRecord> RecordMapper::mentions(const std::string& text) {
    QVector<MentionRecord> out;
    for (const storage::Id32& account : marmot::mentionsIn(text))
        out.append({addressOf(account), nameOf(account), account == m_self});
    return out;
}

QVector<ReactionRecord> RecordMapper::reactions(const storage::MessageRow& row) {
    QVector<ReactionRecord> out;
    const auto all = m_stores.changes.reactions(row.groupId, row.eventId);
    if (!all)
        return out;
    std::map<std::string, qsizetype> places;
    std::set<std::pair<storage::Id32, std::string>> counted;
    for (const storage::Reaction& reaction : *all) {
        if (!counted.insert({reaction.author, reaction.emoji}).second)
            continue;
        const auto place = places.emplace(reaction.emoji, out.size());
        if (place.second)
            out.append({toQString(reaction.emoji), 0, false, {}});
        ReactionRecord& record = out[place.first->second];
        ++record.count;
        if (reaction.author == m_self)
            record.own = true;
        else if (record.names.size() < kReactionNames)
            record.names.append(nameOf(reaction.author));
    }
    return out;
}

ConversationRecord RecordMapper::conversation(const storage::ConversationRow& row) {
    const storage::GroupRow& group = row.group;
    ConversationRecord out;
    out.id = toQt(group.groupId);
    out.name = shownName(toQString(group.name), kConversationName);
    out.description = shownText(toQString(group.description), kDescription);
    out.direct = group.name.empty() && group.peer.has_value();
    if (out.direct) {
        out.peer = toQt(*group.peer);
        out.name = nameOf(*group.peer);
    }
    out.state = stateOf(group.status);
    if (group.inviter)
        out.invitedBy = nameOf(*group.inviter);
    out.members = static_cast<int>(group.members);
    out.admin = group.admin;
    out.unread = static_cast<int>(group.unread);
    out.mentions = static_cast<int>(row.mentions);
    out.queued = static_cast<int>(row.queued);
    out.failed = static_cast<int>(row.failed);
    out.scheduled = static_cast<int>(row.scheduled);
    out.scheduledMissed = row.scheduledMissed;
    if (group.notification && *group.notification >= 0 &&
        *group.notification <= static_cast<int>(NotificationDetail::Bare))
        out.notification = static_cast<NotificationDetail>(*group.notification);
    out.draft = toQString(group.draft);
    out.muted = group.muted;
    out.pinned = group.pinned;
    out.archived = group.archived;
    out.retentionSeconds = group.retentionSeconds;
    out.relays = toQStrings(group.relays);
    out.epoch = group.epoch;
    out.lastAt = group.createdMs / 1000;
    if (row.last) {
        const MessageRecord last = message(*row.last);
        out.lastText = withMentionNames(last.text(), last.mentions());
        out.lastDeleted = last.isDeleted();
        out.lastSystem = last.system();
        out.lastSystemSubject = last.systemSubject();
        out.lastSender = last.system() == SystemKind::None ? last.senderName : QString();
        out.lastOwn = last.own;
        out.lastState = last.delivery.state;
        out.lastAt = last.createdAt;
    }
    return out;
}

ContactRecord RecordMapper::contact(const storage::Contact& contact) const {
    ContactRecord out;
    out.key = toQt(contact.publicKey);
    out.address = addressOf(contact.publicKey);
    out.name = shownName(toQString(contact.shownName()));
    if (out.name.isEmpty())
        out.name = out.address.left(10) + QChar(0x2026) + out.address.right(4);
    out.relays = toQStrings(contact.relays);
    out.verified = contact.verified;
    return out;
}

} // namespace valise::client
